CREATE OR REPLACE VIEW claims_past.document_address AS
SELECT s.id, s.document, s.url, s.kind, s.run, s.recorded_at
  FROM claims.document_address AS s WHERE (CASE WHEN s.recorded_at <= (SELECT current_setting('claims.as_of')::timestamptz) THEN true END) IS NOT NULL;
COMMENT ON VIEW claims_past.document_address IS 'Addresses under which documents had been met.';
