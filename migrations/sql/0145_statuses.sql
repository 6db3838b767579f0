-- The index of statuses holds what was decided: nearly every claim is a proposal, and is found by what is no other.

DROP INDEX claims.ix_claim_status_id;
CREATE INDEX ix_claim_status_id ON claims.claim (status, id) WHERE status <> 'proposed';
