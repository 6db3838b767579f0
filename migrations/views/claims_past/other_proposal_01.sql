CREATE OR REPLACE VIEW claims_past.other_proposal AS
SELECT o.claim, o.program, o.run, o.speaker, o.mention, o.mention_spans, o.mode, o.rule, o.score, o.recorded_at
  FROM claims.other_proposal AS o JOIN claims_past.claim AS c ON c.id = o.claim
 WHERE (CASE WHEN o.recorded_at <= (SELECT current_setting('claims.as_of')::timestamptz) THEN true END) IS NOT NULL;
COMMENT ON VIEW claims_past.other_proposal IS 'What other programs proposed by then for the words of claims, as they have it now.';
