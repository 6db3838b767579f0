-- The index of statuses holds every claim.

DROP INDEX claims.ix_claim_status_id;
CREATE INDEX ix_claim_status_id ON claims.claim (status, id);
