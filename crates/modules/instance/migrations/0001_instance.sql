-- the team's own text of a page; without a row the text that comes with the program is shown
CREATE TABLE page (
  slug TEXT NOT NULL,
  lang TEXT NOT NULL,
  body TEXT NOT NULL,
  updated_at {time} NOT NULL,
  PRIMARY KEY (slug, lang)
);
