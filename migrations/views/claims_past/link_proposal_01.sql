CREATE OR REPLACE VIEW claims_past.link_proposal AS
SELECT p.a, p.b, p.kind, p.score, p.reasons, p.same_act, p.method FROM claims.link_proposal AS p;
COMMENT ON VIEW claims_past.link_proposal IS 'What the machine proposes now; which claims there were, claim tells.';
COMMENT ON COLUMN claims_past.link_proposal.a IS 'A claim, which may be of later.';
COMMENT ON COLUMN claims_past.link_proposal.b IS 'The claim that is proposed for it now.';
COMMENT ON COLUMN claims_past.link_proposal.kind IS 'The kind that is proposed now.';
COMMENT ON COLUMN claims_past.link_proposal.score IS 'How likely that is, 0 to 1.';
COMMENT ON COLUMN claims_past.link_proposal.reasons IS 'Why, in words, as it is proposed now.';
COMMENT ON COLUMN claims_past.link_proposal.same_act IS 'False if the two name different speakers now.';
COMMENT ON COLUMN claims_past.link_proposal.method IS 'The form of the comparison that proposes it now.';
