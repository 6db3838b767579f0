CREATE OR REPLACE VIEW claims_past.source_name AS
SELECT n.id, n.source, n.name, n.kind, n.language, n.keys
  FROM claims.source_name AS n JOIN claims.source AS s ON s.id = n.source
 WHERE (CASE WHEN s.recorded_at <= (SELECT current_setting('claims.as_of')::timestamptz) THEN true END) IS NOT NULL
   AND (s.revision = 0 OR NOT EXISTS (
       SELECT FROM claims_past.row_changed_later AS r
        WHERE r.source = n.source AND r.list = 'names'
          AND r.key = jsonb_build_object('name', n.name, 'kind', n.kind)))
UNION ALL
SELECT claims.derived_id('source_name', r.source::text, r.line ->> 'name', r.line ->> 'kind'),
       r.source, r.line ->> 'name', r.line ->> 'kind', r.line ->> 'language', '{}'::text[]
  FROM claims_past.row_changed_later AS r WHERE r.list = 'names' AND r.was_there;
COMMENT ON VIEW claims_past.source_name IS 'Names as they were; one that was removed later has no keys and is found by its letters.';
