-- What a decision leaves of a claim is hashed into it: also what the machine proposed and no decision names.

-- The state as `claims.state_of` has it, with the digest of the article's text. What decisions alone fill (links,
-- parents) is compared whole with them anyway. A column that is NULL is no part of it, so that one that is added
-- later changes no digest that was written before.
CREATE FUNCTION claims.claim_digest(state jsonb) RETURNS text
    LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
    RETURN (SELECT encode(sha256(convert_to(jsonb_object_agg(f.name, f.value)::text, 'UTF8')), 'hex')
              FROM (SELECT e.key AS name, claims.plain(e.value, true) AS value
                      FROM jsonb_each(state - '{links,refused_links,disputed_links,parents}'::text[]) AS e
                    UNION ALL
                    SELECT 'article'::text AS name, to_jsonb(encode(v.sha256, 'hex')) AS value
                      FROM claims.document_version AS v WHERE v.id = (state ->> 'version')::uuid) AS f
             WHERE f.value IS NOT NULL);
COMMENT ON FUNCTION claims.claim_digest(jsonb) IS 'SHA-256 of all that a claim is: its words, chain, days and form, with the text that it stands in (docs/ledger.md).';

CREATE FUNCTION claims.decided_digest(made claims.decision) RETURNS text
    LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    state jsonb := claims.state_of('claim', made.subject);
    reached integer := (SELECT c.revision FROM claims.claim AS c WHERE c.id = made.subject);
BEGIN
    IF state IS NULL OR reached = made.revision THEN
        RETURN claims.claim_digest(state);
    END IF;
    -- Its effect comes after it: what it says of the fields, over what is there.
    RETURN claims.claim_digest(state || (SELECT coalesce(jsonb_object_agg(e.key, e.value), '{}')
                                           FROM jsonb_each(made.after) AS e
                                          WHERE state ? e.key));
END $$;
COMMENT ON FUNCTION claims.decided_digest(claims.decision) IS 'The digest of a claim as a decision on it leaves it; NULL if there is no such claim yet.';

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
    IF NEW.subject_kind = 'claim' THEN
        NEW.after := NEW.after || jsonb_build_object('digest', claims.decided_digest(NEW));
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
    became := coalesce(became, claims.state_of(TG_TABLE_NAME, NEW.id));
    field := claims.step_differs(coalesce(was, '{}'), became, made.before, made.after, TG_OP = 'INSERT');
    IF field IS NOT NULL THEN
        RAISE EXCEPTION '% %: its decision % does not say what became of %',
            TG_TABLE_NAME, NEW.id, made.no, field
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'decision_differs';
    END IF;
    IF TG_TABLE_NAME = 'claim' AND claims.claim_digest(became) IS DISTINCT FROM made.after ->> 'digest' THEN
        RAISE EXCEPTION 'claim %: its decision % has the digest of another state of it', NEW.id, made.no
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'decision_differs';
    END IF;
    RETURN NULL;
END $$;
