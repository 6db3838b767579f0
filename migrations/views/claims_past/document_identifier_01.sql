CREATE OR REPLACE VIEW claims_past.document_identifier AS
SELECT s.id, s.document, s.outlet, s.external_id, s.run, s.recorded_at
  FROM claims.document_identifier AS s WHERE (CASE WHEN s.recorded_at <= (SELECT current_setting('claims.as_of')::timestamptz) THEN true END) IS NOT NULL;
COMMENT ON VIEW claims_past.document_identifier IS 'Ids that publishers had given documents.';
