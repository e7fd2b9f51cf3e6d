-- addresses whose server refused a letter for good: nothing goes there but what is asked for from there
CREATE TABLE refused_address (
  -- in lower case
  address TEXT PRIMARY KEY CHECK (address <> ''),
  person_id {uuid},
  code BIGINT NOT NULL CHECK (code BETWEEN 500 AND 599),
  reason TEXT NOT NULL CHECK (reason IN ('unknown', 'closed', 'refused')),
  at {time} NOT NULL
);
CREATE INDEX refused_address_person ON refused_address (person_id);
