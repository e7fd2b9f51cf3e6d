-- who signed what, for the directory: what people did under their name
CREATE INDEX contribution_signed ON contribution (kind, author_id) WHERE visible AND author_name <> '' AND author_id IS NOT NULL;
