CREATE OR REPLACE VIEW claims_past.end_moved_later AS
SELECT DISTINCT coalesce(m.root, l.source) AS root
  FROM claims_past.pointer_changed_later AS l LEFT JOIN claims.source_merged AS m ON m.source = l.source;
COMMENT ON VIEW claims_past.end_moved_later IS 'Where those ways end now.';
COMMENT ON COLUMN claims_past.end_moved_later.root IS 'The unmerged source.';
