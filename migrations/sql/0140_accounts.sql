-- Who may come in at a desk that others reach, and how often somebody may try. Who only reads signs nothing:
-- the database refuses it, whatever a program asks.

ALTER TABLE claims.reviewer DROP CONSTRAINT ck_reviewer_role;
ALTER TABLE claims.reviewer
    ADD CONSTRAINT ck_reviewer_role CHECK (role IN ('reader', 'reviewer', 'adjudicator', 'admin'));

CREATE TABLE claims.account (
    reviewer UUID NOT NULL,
    password TEXT,
    added_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    changed_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT pk_account PRIMARY KEY (reviewer),
    CONSTRAINT ck_account_password CHECK (password LIKE '$argon2id$%'),
    CONSTRAINT fk_account_reviewer FOREIGN KEY(reviewer) REFERENCES claims.reviewer (id)
);

CREATE TABLE claims.login_attempt (
    subject BYTEA NOT NULL,
    number INTEGER NOT NULL,
    since TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_login_attempt PRIMARY KEY (subject),
    CONSTRAINT ck_login_attempt_subject CHECK (octet_length(subject) = 32),
    CONSTRAINT ck_login_attempt_number CHECK (number >= 0)
);
CREATE INDEX ix_login_attempt_since ON claims.login_attempt (since);

CREATE FUNCTION claims.forget_login_attempts(before timestamptz) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    DELETE FROM claims.login_attempt AS a WHERE a.since < before;
END;
COMMENT ON FUNCTION claims.forget_login_attempts(timestamptz) IS 'Forgets attempts to sign in that were counted from before a moment.';

-- The column that says who signs is the trigger's argument.
CREATE FUNCTION claims.refuse_readers() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    signer uuid := (to_jsonb(NEW) ->> TG_ARGV[0])::uuid;
BEGIN
    IF EXISTS (SELECT FROM claims.reviewer AS r WHERE r.id = signer AND r.role = 'reader') THEN
        RAISE EXCEPTION 'reviewer % only reads', signer
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'reviewer_decides';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER decision_by_reviewers BEFORE INSERT ON claims.decision
    FOR EACH ROW EXECUTE FUNCTION claims.refuse_readers('reviewer');
CREATE TRIGGER reading_by_reviewers BEFORE INSERT ON claims.reading
    FOR EACH ROW EXECUTE FUNCTION claims.refuse_readers('reviewer');
CREATE TRIGGER link_reading_by_reviewers BEFORE INSERT ON claims.link_reading
    FOR EACH ROW EXECUTE FUNCTION claims.refuse_readers('reviewer');
CREATE TRIGGER review_policy_by_reviewers BEFORE INSERT ON claims.review_policy
    FOR EACH ROW EXECUTE FUNCTION claims.refuse_readers('set_by');
CREATE TRIGGER release_by_reviewers BEFORE INSERT ON claims.release
    FOR EACH ROW EXECUTE FUNCTION claims.refuse_readers('made_by');
CREATE TRIGGER lease_by_reviewers BEFORE INSERT OR UPDATE OF reviewer ON claims.lease
    FOR EACH ROW EXECUTE FUNCTION claims.refuse_readers('reviewer');
CREATE TRIGGER draft_by_reviewers BEFORE INSERT OR UPDATE OF reviewer ON claims.draft
    FOR EACH ROW EXECUTE FUNCTION claims.refuse_readers('reviewer');

-- session_replication_role = replica switches ordinary triggers off; not these.
ALTER TABLE claims.decision ENABLE ALWAYS TRIGGER decision_by_reviewers;
ALTER TABLE claims.reading ENABLE ALWAYS TRIGGER reading_by_reviewers;
ALTER TABLE claims.link_reading ENABLE ALWAYS TRIGGER link_reading_by_reviewers;
ALTER TABLE claims.review_policy ENABLE ALWAYS TRIGGER review_policy_by_reviewers;
ALTER TABLE claims.release ENABLE ALWAYS TRIGGER release_by_reviewers;
ALTER TABLE claims.lease ENABLE ALWAYS TRIGGER lease_by_reviewers;
ALTER TABLE claims.draft ENABLE ALWAYS TRIGGER draft_by_reviewers;
