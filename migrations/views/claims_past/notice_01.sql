CREATE OR REPLACE VIEW claims_past.notice AS
SELECT o.id, o.kind, o.signal, o.words, o.place, o.spans, o.url, o.external_id, o.outlet, o.issued_at,
       o.received_at, o.document, o.address, o.identifier, o.archive_record, o.run, o.recorded_at
  FROM claims.notice AS o
 WHERE (CASE WHEN o.recorded_at <= (SELECT current_setting('claims.as_of')::timestamptz) THEN true END) IS NOT NULL;
COMMENT ON VIEW claims_past.notice IS 'Notices that were there.';
