CREATE OR REPLACE VIEW claims_past.quote_group AS
SELECT g.id, g.key, g.speaker, g.denied, g.first_claim, g.printed_at, g.day, g.leader, g.kind, g.score, g.reasons, g.other,
       g.other_score, g.other_reasons, g.method
  FROM claims.quote_group AS g;
COMMENT ON VIEW claims_past.quote_group IS 'Groups as the machine finds them now; which claims there were, claim tells.';
