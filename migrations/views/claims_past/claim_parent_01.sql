CREATE OR REPLACE VIEW claims_past.claim_parent AS
SELECT p.claim, p.parent
  FROM claims.claim_parent AS p JOIN claims_past.claim AS c ON c.id = p.claim;
COMMENT ON VIEW claims_past.claim_parent IS 'Parents of the claims that there were.';
