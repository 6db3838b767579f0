CREATE OR REPLACE VIEW claims_past.link_proposal AS
SELECT p.a, p.b, p.kind, p.score, p.reasons, p.same_act, p.method FROM claims.link_proposal AS p;
COMMENT ON VIEW claims_past.link_proposal IS 'What the machine proposes now; which claims there were, claim tells.';
