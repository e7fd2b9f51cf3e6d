-- how many people live where, by sex and age, as the census estimates it: what answers are weighted to
CREATE TABLE census_margin (
  -- code of INSEE: a commune (5 signs) or an IRIS (9)
  place TEXT NOT NULL,
  place_name TEXT NOT NULL,
  sex TEXT NOT NULL CHECK (sex IN ('women', 'men')),
  -- both included; none for the oldest
  age_from BIGINT NOT NULL CHECK (age_from BETWEEN 0 AND 130),
  age_to BIGINT CHECK (age_to BETWEEN age_from AND 130),
  people {float} NOT NULL CHECK (people >= 0),
  source TEXT NOT NULL,
  imported_at {time} NOT NULL,
  PRIMARY KEY (place, sex, age_from)
);
