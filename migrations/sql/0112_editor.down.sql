-- Refused while a claim that a person added is there: the tables before cannot hold it.
DROP TRIGGER waiting_unscored ON claims.waiting;
DROP FUNCTION claims.queue_unscored();
ALTER TABLE claims.claim DROP CONSTRAINT ck_claim_rule;
ALTER TABLE claims.claim ALTER COLUMN extractor_score SET NOT NULL;
COMMENT ON COLUMN claims.claim.extractor_score IS '0 to 1: how likely the machine''s whole proposal is right.';
