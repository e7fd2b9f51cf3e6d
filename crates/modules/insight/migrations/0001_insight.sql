-- the themes of all texts, or of one project's. The newest ready one of a scope is shown, older ones are dropped
CREATE TABLE analysis (
  id {uuid} PRIMARY KEY,
  project_id {uuid},
  ready BOOLEAN NOT NULL,
  computed_at {time} NOT NULL,
  -- when it was last found to be up to date
  checked_at {time} NOT NULL,
  took_ms BIGINT NOT NULL,
  texts BIGINT NOT NULL,
  classified BIGINT NOT NULL,
  -- texts that the themes were looked for in: all, or a part drawn at random of very many
  read BIGINT NOT NULL,
  themes BIGINT NOT NULL,
  -- of all texts with their authors, dates and places: the same again means nothing to do
  fingerprint TEXT NOT NULL
);
CREATE INDEX analysis_scope ON analysis (project_id, ready, computed_at);
CREATE TABLE theme (
  id {uuid} PRIMARY KEY,
  analysis_id {uuid} NOT NULL,
  -- 0 for the largest
  position BIGINT NOT NULL,
  label TEXT NOT NULL,
  -- further words, a JSON list
  terms TEXT NOT NULL,
  size BIGINT NOT NULL
);
CREATE INDEX theme_analysis ON theme (analysis_id, position);
CREATE TABLE theme_text (
  analysis_id {uuid} NOT NULL,
  contribution_id {uuid} NOT NULL,
  number BIGINT NOT NULL,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  excerpt TEXT NOT NULL,
  -- who is counted: never shown
  voice {uuid} NOT NULL,
  -- position of the theme, -2 without one
  theme BIGINT NOT NULL,
  -- place in the theme, the most central first
  place BIGINT NOT NULL,
  -- key of the area, or unknown
  area TEXT NOT NULL,
  -- age group, or unknown
  age TEXT NOT NULL,
  -- Monday of the week, YYYY-MM-DD
  week TEXT NOT NULL,
  at {time} NOT NULL,
  PRIMARY KEY (analysis_id, contribution_id)
);
CREATE INDEX theme_text_place ON theme_text (analysis_id, theme, place);
CREATE INDEX theme_text_at ON theme_text (analysis_id, at);
CREATE INDEX theme_text_voice ON theme_text (voice);
CREATE TABLE theme_quote (
  analysis_id {uuid} NOT NULL,
  theme BIGINT NOT NULL,
  position BIGINT NOT NULL,
  contribution_id {uuid} NOT NULL,
  number BIGINT NOT NULL,
  body TEXT NOT NULL,
  lang TEXT NOT NULL,
  -- whether it ends where a sentence ends
  whole BOOLEAN NOT NULL,
  PRIMARY KEY (analysis_id, theme, position)
);
CREATE INDEX theme_quote_of ON theme_quote (contribution_id);
-- the figures that may be shown, and no other: what is hidden is not stored
CREATE TABLE figure (
  analysis_id {uuid} NOT NULL,
  period TEXT NOT NULL,
  -- position of the theme, -1 for all, -2 for texts without one
  theme BIGINT NOT NULL,
  -- key of the area, unknown, or empty for all
  area TEXT NOT NULL,
  -- age group, known, unknown, or empty for all
  age TEXT NOT NULL,
  -- Monday of the week, or empty for all
  week TEXT NOT NULL,
  texts BIGINT NOT NULL,
  people BIGINT NOT NULL,
  PRIMARY KEY (analysis_id, period, theme, area, age, week)
);
