CREATE OR REPLACE VIEW claims_past.quote_pair AS
SELECT p.a, p.b, p.relation, p.share, p.run, p.changes FROM claims.quote_pair AS p;
COMMENT ON VIEW claims_past.quote_pair IS 'Pairs of wordings as the machine finds them now; which claims there were, claim tells.';
