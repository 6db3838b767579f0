-- Links that two people read, as with claims: sealed readings, and disputes that a third person settles.

CREATE TABLE claims.link_reading (
    id UUID NOT NULL,
    a UUID NOT NULL,
    b UUID NOT NULL,
    a_revision INTEGER NOT NULL,
    b_revision INTEGER NOT NULL,
    reviewer UUID NOT NULL,
    action TEXT NOT NULL,
    kind TEXT,
    reason TEXT,
    tool_version TEXT NOT NULL,
    at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT pk_link_reading PRIMARY KEY (id),
    CONSTRAINT ck_link_reading_action CHECK (action IN ('link', 'different', 'withdrawn')),
    CONSTRAINT ck_link_reading_kind CHECK (kind IN ('same_words', 'same_content', 'contradicts', 'narrows', 'retracts')),
    CONSTRAINT ck_link_reading_link CHECK ((action = 'link') = (kind IS NOT NULL)),
    CONSTRAINT ck_link_reading_two CHECK (a <> b),
    CONSTRAINT fk_link_reading_a FOREIGN KEY(a) REFERENCES claims.claim (id),
    CONSTRAINT fk_link_reading_b FOREIGN KEY(b) REFERENCES claims.claim (id),
    CONSTRAINT fk_link_reading_reviewer FOREIGN KEY(reviewer) REFERENCES claims.reviewer (id)
);
CREATE INDEX ix_link_reading_a_b ON claims.link_reading (a, b);
CREATE INDEX ix_link_reading_b ON claims.link_reading (b);
CREATE INDEX ix_link_reading_reviewer_at ON claims.link_reading (reviewer, at);

CREATE TABLE claims.link_disputed (
    id UUID NOT NULL,
    a UUID NOT NULL,
    b UUID NOT NULL,
    disputed_by UUID NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT pk_link_disputed PRIMARY KEY (id),
    CONSTRAINT uq_link_disputed_a_b UNIQUE (a, b),
    CONSTRAINT ck_link_disputed_two CHECK (a <> b),
    CONSTRAINT fk_link_disputed_a FOREIGN KEY(a) REFERENCES claims.claim (id),
    CONSTRAINT fk_link_disputed_b FOREIGN KEY(b) REFERENCES claims.claim (id),
    CONSTRAINT fk_link_disputed_disputed_by FOREIGN KEY(disputed_by) REFERENCES claims.reviewer (id)
);
CREATE INDEX ix_link_disputed_b ON claims.link_disputed (b);

ALTER TABLE claims.review_policy ADD COLUMN link_share DOUBLE PRECISION DEFAULT 0 NOT NULL;
ALTER TABLE claims.review_policy ADD CONSTRAINT ck_review_policy_link_share CHECK (link_share BETWEEN 0 AND 1);

-- When it was read and what stood there is the database's to say.
CREATE FUNCTION claims.sign_link_reading() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM claims.reviewer AS r
                WHERE r.id = NEW.reviewer AND r.closed_at <= clock_timestamp()) THEN
        RAISE EXCEPTION 'reviewer % is closed', NEW.reviewer
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'reviewer_open';
    END IF;
    NEW.at := clock_timestamp();
    NEW.a_revision := (SELECT c.revision FROM claims.claim AS c WHERE c.id = NEW.a);
    NEW.b_revision := (SELECT c.revision FROM claims.claim AS c WHERE c.id = NEW.b);
    RETURN NEW;
END $$;
CREATE TRIGGER link_reading_signed BEFORE INSERT ON claims.link_reading
    FOR EACH ROW EXECUTE FUNCTION claims.sign_link_reading();
CREATE TRIGGER link_reading_rows BEFORE UPDATE OR DELETE ON claims.link_reading
    FOR EACH ROW EXECUTE FUNCTION claims.refuse_change();
CREATE TRIGGER link_reading_truncate BEFORE TRUNCATE ON claims.link_reading
    FOR EACH STATEMENT EXECUTE FUNCTION claims.refuse_change();
ALTER TABLE claims.link_reading ENABLE ALWAYS TRIGGER link_reading_signed;
ALTER TABLE claims.link_reading ENABLE ALWAYS TRIGGER link_reading_rows;
ALTER TABLE claims.link_reading ENABLE ALWAYS TRIGGER link_reading_truncate;

CREATE OR REPLACE FUNCTION claims.state_of(kind text, subject uuid) RETURNS jsonb
    LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
BEGIN
    RETURN CASE kind
        WHEN 'claim' THEN
            (SELECT to_jsonb(c) - '{id,revision,changed_in,search,listed_on,speaker,content_spans}'::text[]
                    || jsonb_build_object(
                       'content', claims.pairs_of(c.content_spans),
                       'said_on', CASE WHEN c.said_on IS NOT NULL
                                       THEN jsonb_build_array(lower(c.said_on), upper(c.said_on) - 1) END,
                       'chain', claims.chain_of(c.id),
                       'links', (SELECT jsonb_agg(jsonb_build_object('b', l.b, 'kind', l.kind))
                                   FROM claims.claim_link AS l WHERE l.a = c.id AND l.linked_by IS NOT NULL),
                       'refused_links', (SELECT jsonb_agg(jsonb_build_object('b', l.b, 'kind', l.kind))
                                           FROM claims.link_refused AS l WHERE l.a = c.id),
                       'disputed_links', (SELECT jsonb_agg(l.b) FROM claims.link_disputed AS l WHERE l.a = c.id),
                       'parents', (SELECT jsonb_agg(p.parent) FROM claims.claim_parent AS p WHERE p.claim = c.id))
               FROM claims.claim AS c WHERE c.id = subject)
        WHEN 'source' THEN
            (SELECT to_jsonb(s) - '{id,revision,changed_in,itself}'::text[]
                    || jsonb_build_object(
                       'names', (SELECT jsonb_agg(claims.entry_of('source_name', to_jsonb(n)))
                                   FROM claims.source_name AS n WHERE n.source = s.id),
                       'roles', (SELECT jsonb_agg(claims.entry_of('source_role', to_jsonb(r)))
                                   FROM claims.source_role AS r WHERE r.source = s.id),
                       'ratings', (SELECT jsonb_agg(claims.entry_of('outlet_rating', to_jsonb(o)))
                                     FROM claims.outlet_rating AS o WHERE o.outlet = s.id),
                       'identifiers', (SELECT jsonb_agg(claims.entry_of('source_identifier', to_jsonb(i)))
                                         FROM claims.source_identifier AS i WHERE i.source = s.id),
                       'distinct', (SELECT jsonb_agg(to_jsonb(x.b))
                                      FROM claims.source_distinct AS x WHERE x.a = s.id))
               FROM claims.source AS s WHERE s.id = subject)
        WHEN 'document' THEN
            -- The kill and the embargo in force are the publisher's; the database follows them by itself.
            (SELECT to_jsonb(d) - '{id,revision,changed_in,killed_by,embargoed_until,shown_status,hidden_until}'::text[]
               FROM claims.document AS d WHERE d.id = subject)
        END;
END $$;

-- A disputed link is as the last decision says that names disputed links, by whoever decided, of that moment. Two
-- people's readings make it, and neither of them settles it; an undo may put back what was.
CREATE FUNCTION claims.guard_dispute() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    changed jsonb := coalesce(to_jsonb(NEW), to_jsonb(OLD));
    owner uuid := (changed ->> 'a')::uuid;
    made claims.decision;
    readers text[];
BEGIN
    SELECT d.* INTO made FROM claims.decision AS d
     WHERE d.subject_kind = 'claim' AND d.subject = owner AND d.after ? 'disputed_links'
     ORDER BY d.revision DESC LIMIT 1;
    IF TG_OP = 'UPDATE' OR made.no IS NULL
       OR claims.plain(made.after -> 'disputed_links', false) IS DISTINCT FROM
          claims.plain(claims.state_of('claim', owner) -> 'disputed_links', false)
       OR (TG_OP = 'INSERT'
           AND EXISTS (SELECT FROM claims.link_disputed AS l WHERE l.id = (changed ->> 'id')::uuid)
           AND ((changed ->> 'disputed_by')::uuid, (changed ->> 'recorded_at')::timestamptz) <> (made.reviewer, made.at)) THEN
        RAISE EXCEPTION 'link_disputed of claim %: it is added or taken away only with a decision on the claim', owner
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'claim_settled';
    END IF;
    SELECT array_agg(DISTINCT r.reading ->> 'reviewer') INTO readers
      FROM (SELECT d.after -> 'readings' AS readings FROM claims.decision AS d
             WHERE d.subject_kind = 'claim' AND d.subject = owner
               AND d.after #>> '{readings,0,after,link,b}' = changed ->> 'b'
             ORDER BY d.revision DESC LIMIT 1) AS l
     CROSS JOIN jsonb_array_elements(l.readings) AS r(reading);
    IF made.undoes IS NULL
       AND (TG_OP = 'INSERT' AND coalesce(cardinality(readers), 0) < 2
            OR TG_OP = 'DELETE' AND made.reviewer::text = ANY (readers)) THEN
        RAISE EXCEPTION 'link_disputed of claim %: two people differ, and a third settles it', owner
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'third_reader';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER link_disputed_settled AFTER INSERT OR UPDATE OR DELETE ON claims.link_disputed
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION claims.guard_dispute();
CREATE TRIGGER link_disputed_truncate BEFORE TRUNCATE ON claims.link_disputed
    FOR EACH STATEMENT EXECUTE FUNCTION claims.refuse_removal();
ALTER TABLE claims.link_disputed ENABLE ALWAYS TRIGGER link_disputed_settled;
ALTER TABLE claims.link_disputed ENABLE ALWAYS TRIGGER link_disputed_truncate;

CREATE FUNCTION claims.take_dispute(of uuid, other uuid) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM claims.require_step('claim', of);
    DELETE FROM claims.link_disputed AS l WHERE l.a = of AND l.b = other;
END $$;
COMMENT ON FUNCTION claims.take_dispute(uuid, uuid) IS 'Takes a dispute on a link of a claim away, as a decision says.';

-- What people read or settled of a link stays, and the claim at its other end with it.
CREATE OR REPLACE FUNCTION claims.replace_proposals(proposals uuid[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    untouched uuid[];
BEGIN
    SELECT array_agg(c.id) INTO untouched FROM claims.claim AS c
     WHERE c.id = ANY (proposals) AND c.revision = 0
       AND NOT EXISTS (SELECT FROM claims.reading AS r WHERE r.claim = c.id)
       AND NOT EXISTS (SELECT FROM claims.draft AS d WHERE d.claim = c.id)
       AND NOT EXISTS (SELECT FROM claims.link_reading AS r WHERE r.a = c.id)
       AND NOT EXISTS (SELECT FROM claims.link_reading AS r WHERE r.b = c.id)
       AND NOT EXISTS (SELECT FROM claims.claim_link AS l WHERE l.b = c.id AND l.linked_by IS NOT NULL)
       AND NOT EXISTS (SELECT FROM claims.link_refused AS l WHERE l.b = c.id)
       AND NOT EXISTS (SELECT FROM claims.link_disputed AS l WHERE l.b = c.id);
    DELETE FROM claims.attribution AS a WHERE a.claim = ANY (untouched);
    DELETE FROM claims.anchor AS a WHERE a.claim = ANY (untouched);
    DELETE FROM claims.claim AS c WHERE c.id = ANY (untouched);
END $$;
