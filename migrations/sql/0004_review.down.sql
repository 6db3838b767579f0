-- Takes review away, last made first. What only review can say must not be there: batches, states.

DO $$
BEGIN
    IF EXISTS (SELECT FROM claims.decision WHERE batch IS NOT NULL)
       OR EXISTS (SELECT FROM claims.claim WHERE status NOT IN ('proposed', 'accepted', 'rejected'))
       OR EXISTS (SELECT FROM claims.reading) OR EXISTS (SELECT FROM claims.release) THEN
        RAISE EXCEPTION 'decisions were made that the earlier schema cannot hold';
    END IF;
END $$;
DROP TRIGGER claim_unqueued ON claims.claim;
DROP TRIGGER claim_requeued ON claims.claim;
DROP TRIGGER claim_queued ON claims.claim;
DROP TRIGGER claim_link_truncate ON claims.claim_link;
DROP TRIGGER claim_link_settled ON claims.claim_link;
DROP FUNCTION claims.queue_up(uuid[]);
DROP TABLE claims.waiting;
DROP TABLE claims.release;
DROP TABLE claims.draft;
DROP TABLE claims.lease;
DROP TABLE claims.review_policy;
DROP TABLE claims.reading;
DROP TABLE claims.claim_parent;
DROP INDEX claims.ix_claim_words;
DROP FUNCTION claims.queue_read();
DROP FUNCTION claims.queue_removed();
DROP FUNCTION claims.queue_changed();
DROP FUNCTION claims.queue_new();
DROP FUNCTION claims.waits(text);
DROP FUNCTION claims.freeze_release();
DROP FUNCTION claims.sign_reading();
DROP FUNCTION claims.guard_of_claim();
CREATE OR REPLACE FUNCTION claims.decision_digest(d claims.decision) RETURNS bytea
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
    RETURN sha256(convert_to(
        claims.field(d.no::text)
        || claims.field(d.id::text)
        || claims.field(to_char(d.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
        || claims.field(d.reviewer::text)
        || claims.field(d.action)
        || claims.field(d.subject_kind)
        || claims.field(d.subject::text)
        || claims.field(d.revision::text)
        || claims.field(d.before::text)
        || claims.field(d.after::text)
        || claims.field(d.reason)
        || claims.field(d.tool_version)
        || claims.field(d.undoes::text)
        || claims.field(encode(d.prev_digest, 'hex')), 'UTF8'));
DROP INDEX claims.ix_decision_readings;
DROP INDEX claims.ix_decision_at;
DROP INDEX claims.ix_decision_batch;
DROP INDEX claims.ix_decision_reviewer_no;
ALTER TABLE claims.decision DROP COLUMN batch;
ALTER TABLE claims.reviewer DROP COLUMN role;
DROP TRIGGER claim_circumstance_kept ON claims.claim;
DROP TRIGGER claim_circumstance_words ON claims.claim;
DROP FUNCTION claims.check_circumstance_words();
ALTER TABLE claims.claim DROP COLUMN venue_spans;
ALTER TABLE claims.claim DROP COLUMN said_on_spans;
ALTER TABLE claims.claim DROP CONSTRAINT ck_claim_status;
ALTER TABLE claims.claim ADD CONSTRAINT ck_claim_status CHECK (status IN ('proposed', 'accepted', 'rejected'));
COMMENT ON COLUMN claims.claim.status IS 'proposed, accepted or rejected.';
