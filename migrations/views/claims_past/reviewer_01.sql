CREATE OR REPLACE VIEW claims_past.reviewer AS
SELECT r.id, r.name, CASE WHEN r.closed_at <= current_setting('claims.as_of')::timestamptz THEN r.closed_at END AS closed_at,
       r.recorded_at, r.role
  FROM claims.reviewer AS r WHERE (CASE WHEN r.recorded_at <= (SELECT current_setting('claims.as_of')::timestamptz) THEN true END) IS NOT NULL;
COMMENT ON VIEW claims_past.reviewer IS 'Reviewers as they were; their names and roles as they are now.';
