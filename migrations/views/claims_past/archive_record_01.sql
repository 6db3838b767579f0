CREATE OR REPLACE VIEW claims_past.archive_record AS
SELECT r.id, r.uri, r.retrieved_at, r.http_status, r.http_headers, r.redirects, r.media_type,
       r.warc_record, r.payload, r.sha256, r.size, r.run, r.recorded_at
  FROM claims.archive_record AS r WHERE (CASE WHEN r.recorded_at <= (SELECT current_setting('claims.as_of')::timestamptz) THEN true END) IS NOT NULL;
COMMENT ON VIEW claims_past.archive_record IS 'Bytes that had been read.';
