CREATE OR REPLACE VIEW claims_past.release AS
SELECT r.id, r.name, r.no, r.digest, r.at, r.made_by, r.note
  FROM claims.release AS r WHERE (CASE WHEN r.at <= (SELECT current_setting('claims.as_of')::timestamptz) THEN true END) IS NOT NULL;
COMMENT ON VIEW claims_past.release IS 'Releases that had been made.';
