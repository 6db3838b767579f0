CREATE OR REPLACE VIEW claims_past.sighting AS
SELECT s.id, s.document, s.version, s.archive_record, s.seen_at, s.publisher_version, s.publisher_time, s.run,
       s.recorded_at, s.usable, s.embargo, s.credit
  FROM claims.sighting AS s WHERE (CASE WHEN s.recorded_at <= (SELECT current_setting('claims.as_of')::timestamptz) THEN true END) IS NOT NULL;
COMMENT ON VIEW claims_past.sighting IS 'When texts had been seen.';
