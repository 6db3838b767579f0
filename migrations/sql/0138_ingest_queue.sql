-- Records that wait for a worker. Workers lease some, extract their claims and free them; whoever finds the
-- first of all extracted stores it and those that follow, so that the rows are those of one process.
CREATE TABLE claims.queued_record (
    id UUID NOT NULL,
    no BIGINT GENERATED ALWAYS AS IDENTITY,
    run UUID NOT NULL,
    kind TEXT NOT NULL,
    record TEXT NOT NULL,
    archived BYTEA,
    read_at TIMESTAMP WITH TIME ZONE NOT NULL,
    attempts INTEGER DEFAULT 0 NOT NULL,
    worker TEXT,
    leased_until TIMESTAMP WITH TIME ZONE,
    extracted TEXT,
    extractor_version TEXT,
    CONSTRAINT pk_queued_record PRIMARY KEY (id),
    CONSTRAINT ck_queued_record_kind CHECK (kind IN ('article', 'address', 'notice', 'problem', 'revisit')),
    CONSTRAINT ck_queued_record_attempts CHECK (attempts >= 0),
    CONSTRAINT ck_queued_record_lease CHECK ((worker IS NULL) = (leased_until IS NULL)),
    CONSTRAINT ck_queued_record_attempted CHECK (worker IS NULL OR attempts > 0),
    CONSTRAINT ck_queued_record_extracted CHECK ((extracted IS NULL) = (extractor_version IS NULL)),
    CONSTRAINT ck_queued_record_done CHECK (extracted IS NULL OR worker IS NULL),
    CONSTRAINT fk_queued_record_run FOREIGN KEY(run) REFERENCES claims.run (id)
);
CREATE UNIQUE INDEX uq_queued_record_no ON claims.queued_record (no);
CREATE INDEX ix_queued_record_waiting ON claims.queued_record (attempts, no) WHERE extracted IS NULL;
CREATE INDEX ix_queued_record_run ON claims.queued_record (run);

-- A worker that was slow and one that took over may both end: what the first of them found is what is stored.
CREATE FUNCTION claims.guard_queued_record() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF (OLD.id, OLD.no, OLD.run, OLD.kind, OLD.record, OLD.archived, OLD.read_at)
       IS DISTINCT FROM (NEW.id, NEW.no, NEW.run, NEW.kind, NEW.record, NEW.archived, NEW.read_at)
       OR NEW.attempts < OLD.attempts
       OR OLD.extracted IS NOT NULL AND OLD IS DISTINCT FROM NEW THEN
        RAISE EXCEPTION 'queued record %: what was read, and what was found in it, stays', OLD.no
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'queued_record_kept';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER queued_record_changed BEFORE UPDATE ON claims.queued_record
    FOR EACH ROW EXECUTE FUNCTION claims.guard_queued_record();

-- Nothing leaves the queue before its claims are known.
CREATE FUNCTION claims.guard_queued_rows() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF OLD.extracted IS NULL THEN
        RAISE EXCEPTION 'queued record %: its claims were not extracted yet', OLD.no
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'queued_record_waits';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER queued_record_rows BEFORE DELETE ON claims.queued_record
    FOR EACH ROW EXECUTE FUNCTION claims.guard_queued_rows();
CREATE TRIGGER queued_record_truncate BEFORE TRUNCATE ON claims.queued_record
    FOR EACH STATEMENT EXECUTE FUNCTION claims.refuse_change();
ALTER TABLE claims.queued_record ENABLE ALWAYS TRIGGER queued_record_changed;
ALTER TABLE claims.queued_record ENABLE ALWAYS TRIGGER queued_record_rows;
ALTER TABLE claims.queued_record ENABLE ALWAYS TRIGGER queued_record_truncate;

CREATE FUNCTION claims.forget_stored_records(stored uuid[]) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    DELETE FROM claims.queued_record AS q WHERE q.id = ANY (stored);
END;
COMMENT ON FUNCTION claims.forget_stored_records(uuid[]) IS 'Removes records from the queue of workers once they are stored.';
