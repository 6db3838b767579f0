-- Decisions without the digest of their claim; those that were written keep theirs.

CREATE OR REPLACE FUNCTION claims.append_decision() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, claims, pg_temp AS $$
DECLARE
    head claims.ledger_head;
BEGIN
    IF EXISTS (SELECT FROM claims.reviewer AS r
                WHERE r.id = NEW.reviewer AND r.closed_at <= clock_timestamp()) THEN
        RAISE EXCEPTION 'reviewer % is closed', NEW.reviewer
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'reviewer_open';
    END IF;
    SELECT h.* INTO STRICT head FROM claims.ledger_head AS h FOR UPDATE;
    NEW.no := head.no + 1;
    NEW.at := clock_timestamp();
    NEW.prev_digest := head.digest;
    NEW.digest := claims.decision_digest(NEW);
    UPDATE claims.ledger_head SET no = NEW.no, digest = NEW.digest WHERE only_row;
    RETURN NEW;
END $$;

-- At commit the decision with that subject and revision must be there, and say what was done.
CREATE OR REPLACE FUNCTION claims.require_decision() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    made claims.decision;
    was jsonb;
    became jsonb;
    field text;
BEGIN
    SELECT d.* INTO made FROM claims.decision AS d
     WHERE d.subject_kind = TG_TABLE_NAME AND d.subject = NEW.id AND d.revision = NEW.revision;
    IF NOT FOUND THEN
        RAISE EXCEPTION '% %: revision % has no decision in the ledger',
            TG_TABLE_NAME, NEW.id, NEW.revision
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'decision_missing';
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.revision = OLD.revision THEN
        RETURN NULL;  -- what the database keeps by itself
    END IF;
    IF TG_OP = 'UPDATE' THEN
        DELETE FROM claims.step AS s
         WHERE s.kind = TG_TABLE_NAME AND s.subject = NEW.id AND s.revision = NEW.revision
        RETURNING s.fields INTO STRICT was;
    END IF;
    SELECT s.fields INTO became FROM claims.step AS s
     WHERE s.kind = TG_TABLE_NAME AND s.subject = NEW.id AND s.revision = NEW.revision + 1;
    field := claims.step_differs(coalesce(was, '{}'), coalesce(became, claims.state_of(TG_TABLE_NAME, NEW.id)),
                                 made.before, made.after, TG_OP = 'INSERT');
    IF field IS NOT NULL THEN
        RAISE EXCEPTION '% %: its decision % does not say what became of %',
            TG_TABLE_NAME, NEW.id, made.no, field
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'decision_differs';
    END IF;
    RETURN NULL;
END $$;

DROP FUNCTION claims.decided_digest(claims.decision);
DROP FUNCTION claims.claim_digest(jsonb);
