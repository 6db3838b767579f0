CREATE OR REPLACE VIEW claims_past.source_distinct AS
SELECT x.a, x.b
  FROM claims.source_distinct AS x
 WHERE NOT EXISTS (
       SELECT FROM claims_past.row_changed_later AS r
        WHERE r.source = x.a AND r.list = 'distinct' AND r.key = to_jsonb(x.b))
UNION ALL
SELECT r.source, (r.line #>> '{}')::uuid
  FROM claims_past.row_changed_later AS r WHERE r.list = 'distinct' AND r.was_there;
COMMENT ON VIEW claims_past.source_distinct IS 'Pairs that had been found distinct.';
