CREATE OR REPLACE VIEW claims_past.source_shown AS
SELECT s.id AS source, coalesce(m.root, s.id) AS root
  FROM claims.source AS s LEFT JOIN claims_past.source_merged AS m ON m.source = s.id
 WHERE (CASE WHEN s.recorded_at <= (SELECT current_setting('claims.as_of')::timestamptz) THEN true END) IS NOT NULL
   AND (s.revision = 0 OR NOT EXISTS (
       SELECT FROM claims.decision AS d
        WHERE d.subject_kind = 'source' AND d.subject = s.id AND d.revision = 1
          AND d.no > current_setting('claims.as_of_no')::bigint AND jsonb_exists(d.after, 'kind')));
COMMENT ON VIEW claims_past.source_shown IS 'For each source the one it was shown as.';
COMMENT ON COLUMN claims_past.source_shown.source IS 'A source that there was.';
COMMENT ON COLUMN claims_past.source_shown.root IS 'The unmerged source that it was shown as then.';
