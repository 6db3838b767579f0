CREATE OR REPLACE VIEW claims_v1.source_names AS
SELECT n.source, coalesce(m.root, n.source) AS shown_as, n.name, n.kind, n.language
  FROM claims.source_name AS n
  LEFT JOIN claims.source_merged AS m ON m.source = n.source;
COMMENT ON VIEW claims_v1.source_names IS 'A row for each name that a source is or was known by.';
COMMENT ON COLUMN claims_v1.source_names.source IS 'The source whose name was recorded.';
COMMENT ON COLUMN claims_v1.source_names.shown_as IS 'The source it is shown as, after merges.';
COMMENT ON COLUMN claims_v1.source_names.name IS 'The name.';
COMMENT ON COLUMN claims_v1.source_names.kind IS 'canonical, alias, former or transliteration.';
COMMENT ON COLUMN claims_v1.source_names.language IS 'BCP 47 tag, where the name has one.';
