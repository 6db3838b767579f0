CREATE OR REPLACE VIEW source_names AS
SELECT n.source, coalesce(m.root, n.source) AS shown_as, n.name, n.kind, n.language
  FROM source_name AS n
  LEFT JOIN source_merged AS m ON m.source = n.source
 WHERE NOT EXISTS (SELECT FROM embargoed_source AS h WHERE h.source = n.source);
COMMENT ON VIEW source_names IS 'A row for each name that a source is or was known by; of a source that only an article under embargo names, not before it has ended.';
COMMENT ON COLUMN source_names.source IS 'The source whose name was recorded.';
COMMENT ON COLUMN source_names.shown_as IS 'The source it is shown as, after merges.';
COMMENT ON COLUMN source_names.name IS 'The name.';
