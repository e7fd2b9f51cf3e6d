-- subjects of sign-in mails held their code
UPDATE mail SET subject = 'Parvis' WHERE kind = 'code';
-- keyed hash of the address of an erased person: kept so that an older backup or an import can't bring the person back
CREATE TABLE erased_key (
  hash TEXT PRIMARY KEY,
  at {time} NOT NULL,
  -- whether the texts went too
  texts BOOLEAN NOT NULL
);
