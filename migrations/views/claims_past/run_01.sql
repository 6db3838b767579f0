CREATE OR REPLACE VIEW claims_past.run AS
SELECT r.id, r.command, r.inputs, r.tool_version, r.extractor_version, r.recorded_at
  FROM claims.run AS r WHERE (CASE WHEN r.recorded_at <= (SELECT current_setting('claims.as_of')::timestamptz) THEN true END) IS NOT NULL;
COMMENT ON VIEW claims_past.run IS 'Runs that had begun.';
