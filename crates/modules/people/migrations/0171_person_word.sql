-- the words that a search of the directory begins with
CREATE TABLE person_word (
  word TEXT NOT NULL,
  person_id {uuid} NOT NULL REFERENCES person (id),
  PRIMARY KEY (word, person_id)
);
CREATE INDEX person_word_of ON person_word (person_id);
--postgres CREATE INDEX person_word_begins ON person_word (word text_pattern_ops, person_id);
-- whether a person's words are there: as long as some are not, a search reads the whole directory
ALTER TABLE person ADD COLUMN in_words BOOLEAN NOT NULL DEFAULT FALSE;
CREATE INDEX person_unworded ON person (id) WHERE NOT in_words AND erased_at IS NULL AND merged_into IS NULL;
DROP INDEX person_unfolded;
