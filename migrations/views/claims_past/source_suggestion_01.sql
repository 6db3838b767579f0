CREATE OR REPLACE VIEW claims_past.source_suggestion AS
SELECT u.a, u.b, u.score, u.reason, u.recorded_at
  FROM claims.source_suggestion AS u WHERE (CASE WHEN u.recorded_at <= (SELECT current_setting('claims.as_of')::timestamptz) THEN true END) IS NOT NULL;
COMMENT ON VIEW claims_past.source_suggestion IS 'Pairs that had been suggested.';
