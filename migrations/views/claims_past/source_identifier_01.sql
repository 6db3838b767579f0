CREATE OR REPLACE VIEW claims_past.source_identifier AS
SELECT i.register, i.value, i.source
  FROM claims.source_identifier AS i
 WHERE NOT EXISTS (
       SELECT FROM claims_past.row_changed_later AS r
        WHERE r.source = i.source AND r.list = 'identifiers'
          AND r.key = jsonb_build_object('register', i.register, 'value', i.value))
UNION ALL
SELECT r.line ->> 'register', r.line ->> 'value', r.source
  FROM claims_past.row_changed_later AS r WHERE r.list = 'identifiers' AND r.was_there;
COMMENT ON VIEW claims_past.source_identifier IS 'Ids in authority files as they were known.';
