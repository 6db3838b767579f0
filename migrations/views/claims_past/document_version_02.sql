CREATE OR REPLACE VIEW claims_past.document_version AS
SELECT v.id, v.document, v.number, v.text, v.sha256, v.retrieved_at, v.reader, v.archive_record,
       v.run, v.recorded_at, v.part
  FROM claims.document_version AS v WHERE (CASE WHEN v.recorded_at <= (SELECT current_setting('claims.as_of')::timestamptz) THEN true END) IS NOT NULL;
COMMENT ON VIEW claims_past.document_version IS 'Texts that had been read, each with the record of its bytes.';
