-- Accounts are lost. Who only read must not begin to decide: they are closed; an administrator adjudicates.
DROP TRIGGER decision_by_reviewers ON claims.decision;
DROP TRIGGER reading_by_reviewers ON claims.reading;
DROP TRIGGER link_reading_by_reviewers ON claims.link_reading;
DROP TRIGGER review_policy_by_reviewers ON claims.review_policy;
DROP TRIGGER release_by_reviewers ON claims.release;
DROP TRIGGER lease_by_reviewers ON claims.lease;
DROP TRIGGER draft_by_reviewers ON claims.draft;
DROP FUNCTION claims.refuse_readers();
DROP FUNCTION claims.forget_login_attempts(timestamptz);
DROP TABLE claims.login_attempt;
DROP TABLE claims.account;

UPDATE claims.reviewer SET role = 'reviewer', closed_at = coalesce(closed_at, clock_timestamp()) WHERE role = 'reader';
UPDATE claims.reviewer SET role = 'adjudicator' WHERE role = 'admin';
ALTER TABLE claims.reviewer DROP CONSTRAINT ck_reviewer_role;
ALTER TABLE claims.reviewer ADD CONSTRAINT ck_reviewer_role CHECK (role IN ('reviewer', 'adjudicator'));
