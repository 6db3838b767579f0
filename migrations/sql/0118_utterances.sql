-- Utterances: words of claims compared across articles, links that the machine proposes, and those that
-- people refused (docs/decisions/0015-utterances.md).

CREATE TABLE claims.quote_words (
    key BIGINT NOT NULL,
    words TEXT NOT NULL,
    size INTEGER NOT NULL,
    CONSTRAINT pk_quote_words PRIMARY KEY (key),
    CONSTRAINT ck_quote_words_words CHECK (words <> '')
);
CREATE TABLE claims.quote_sketch (
    hash INTEGER NOT NULL,
    key BIGINT NOT NULL,
    CONSTRAINT pk_quote_sketch PRIMARY KEY (hash, key)
);
CREATE INDEX ix_quote_sketch_key ON claims.quote_sketch (key);
CREATE TABLE claims.quote_pair (
    a BIGINT NOT NULL,
    b BIGINT NOT NULL,
    relation TEXT NOT NULL,
    share REAL NOT NULL,
    run INTEGER NOT NULL,
    changes TEXT[] NOT NULL,
    CONSTRAINT pk_quote_pair PRIMARY KEY (a, b),
    CONSTRAINT ck_quote_pair_order CHECK (a < b),
    CONSTRAINT ck_quote_pair_relation CHECK (relation IN ('near', 'part', 'loose', 'distant')),
    CONSTRAINT ck_quote_pair_share CHECK (share BETWEEN 0 AND 1)
);
CREATE INDEX ix_quote_pair_b ON claims.quote_pair (b);
CREATE TABLE claims.quote_key (
    claim UUID NOT NULL,
    key BIGINT NOT NULL,
    word_group BIGINT NOT NULL,
    speaker UUID,
    denied BOOLEAN NOT NULL,
    printed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    day DATE,
    counted BOOLEAN NOT NULL,
    CONSTRAINT pk_quote_key PRIMARY KEY (claim)
);
CREATE INDEX ix_quote_key_key ON claims.quote_key (key);
CREATE INDEX ix_quote_key_first ON claims.quote_key (word_group, printed_at, claim) WHERE counted;
CREATE TABLE claims.quote_group (
    id BIGINT NOT NULL,
    key BIGINT NOT NULL,
    speaker UUID,
    denied BOOLEAN NOT NULL,
    first_claim UUID NOT NULL,
    printed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    day DATE,
    leader BIGINT NOT NULL,
    kind TEXT,
    score DOUBLE PRECISION,
    reasons TEXT[],
    other BIGINT,
    other_score DOUBLE PRECISION,
    other_reasons TEXT[],
    method TEXT NOT NULL,
    CONSTRAINT pk_quote_group PRIMARY KEY (id),
    CONSTRAINT ck_quote_group_kind_of_member CHECK ((leader = id) = (kind IS NULL)),
    CONSTRAINT ck_quote_group_link CHECK (num_nulls(kind, score, reasons) IN (0, 3)),
    CONSTRAINT ck_quote_group_other CHECK (num_nulls(other, other_score, other_reasons) IN (0, 3)),
    -- Contradicts, narrows, retracts: only people say that.
    CONSTRAINT ck_quote_group_kind CHECK (kind IN ('same_words', 'same_content')),
    CONSTRAINT ck_quote_group_score CHECK (score >= 0 AND score <= 1 AND other_score >= 0 AND other_score <= 1)
);
CREATE INDEX ix_quote_group_key ON claims.quote_group (key);
CREATE INDEX ix_quote_group_leader ON claims.quote_group (leader);
CREATE INDEX ix_quote_group_first_claim ON claims.quote_group (first_claim);
CREATE INDEX ix_quote_group_other ON claims.quote_group (other) WHERE other IS NOT NULL;
CREATE TABLE claims.quote_due (
    claim UUID NOT NULL,
    CONSTRAINT pk_quote_due PRIMARY KEY (claim)
);
CREATE TABLE claims.quote_head (
    id INTEGER NOT NULL,
    method TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_quote_head PRIMARY KEY (id),
    CONSTRAINT ck_quote_head_single CHECK (id = 1)
);
INSERT INTO claims.quote_head (id) VALUES (1);
INSERT INTO claims.quote_due (claim) SELECT c.id FROM claims.claim AS c;

-- Links that people refused ----------------------------------------------------------------------------

CREATE TABLE claims.link_refused (
    id UUID NOT NULL,
    a UUID NOT NULL,
    b UUID NOT NULL,
    kind TEXT NOT NULL,
    refused_by UUID NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT pk_link_refused PRIMARY KEY (id),
    CONSTRAINT uq_link_refused_a_b_kind UNIQUE (a, b, kind),
    CONSTRAINT ck_link_refused_kind CHECK (kind IN ('same_words', 'same_content', 'contradicts', 'narrows', 'retracts')),
    CONSTRAINT ck_link_refused_two CHECK (a <> b),
    CONSTRAINT fk_link_refused_a FOREIGN KEY(a) REFERENCES claims.claim (id),
    CONSTRAINT fk_link_refused_b FOREIGN KEY(b) REFERENCES claims.claim (id),
    CONSTRAINT fk_link_refused_refused_by FOREIGN KEY(refused_by) REFERENCES claims.reviewer (id)
);
CREATE INDEX ix_link_refused_b ON claims.link_refused (b);

-- Whoever writes a link without a person may say that two claims are the same, and nothing else.
ALTER TABLE claims.claim_link ADD CONSTRAINT ck_claim_link_of_machine
    CHECK (linked_by IS NOT NULL OR kind IN ('same_words', 'same_content'));

CREATE INDEX ix_claim_link_b ON claims.claim_link (b);

-- A state of the past asks which decisions since named what was refused.
CREATE INDEX ix_decision_refused_links ON claims.decision (no)
    WHERE subject_kind = 'claim' AND jsonb_exists(before, 'refused_links');

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

-- A refused link is as the last decision says that names refused links; by whoever decided, of that moment.
CREATE FUNCTION claims.guard_refusal() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    changed jsonb := coalesce(to_jsonb(NEW), to_jsonb(OLD));
    owner uuid := (changed ->> 'a')::uuid;
    made claims.decision;
BEGIN
    SELECT d.* INTO made FROM claims.decision AS d
     WHERE d.subject_kind = 'claim' AND d.subject = owner AND d.after ? 'refused_links'
     ORDER BY d.revision DESC LIMIT 1;
    IF TG_OP = 'UPDATE' OR made.no IS NULL
       OR claims.plain(made.after -> 'refused_links', false) IS DISTINCT FROM
          claims.plain(claims.state_of('claim', owner) -> 'refused_links', false)
       OR (TG_OP = 'INSERT'
           AND EXISTS (SELECT FROM claims.link_refused AS l WHERE l.id = (changed ->> 'id')::uuid)
           AND ((changed ->> 'refused_by')::uuid, (changed ->> 'recorded_at')::timestamptz) <> (made.reviewer, made.at)) THEN
        RAISE EXCEPTION 'link_refused of claim %: it is added or taken away only with a decision on the claim', owner
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'claim_settled';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER link_refused_settled AFTER INSERT OR UPDATE OR DELETE ON claims.link_refused
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION claims.guard_refusal();
CREATE TRIGGER link_refused_truncate BEFORE TRUNCATE ON claims.link_refused
    FOR EACH STATEMENT EXECUTE FUNCTION claims.refuse_removal();
ALTER TABLE claims.link_refused ENABLE ALWAYS TRIGGER link_refused_settled;
ALTER TABLE claims.link_refused ENABLE ALWAYS TRIGGER link_refused_truncate;

CREATE FUNCTION claims.take_refusal(of uuid, other uuid, link_kind text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM claims.require_step('claim', of);
    DELETE FROM claims.link_refused AS l WHERE l.a = of AND l.b = other AND l.kind = link_kind;
END $$;
COMMENT ON FUNCTION claims.take_refusal(uuid, uuid, text) IS 'Takes a refusal of a claim away, as a decision says.';

-- What is due ------------------------------------------------------------------------------------------

-- Whoever compares holds the rows of what it compares: a change that is on its way is waited for, and one
-- that comes later makes the claim due again. SECURITY DEFINER: nobody else writes the table.
CREATE FUNCTION claims.quotes_due(ids uuid[]) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    INSERT INTO claims.quote_due (claim) SELECT DISTINCT o.id FROM unnest(ids) AS o(id) ORDER BY 1
    ON CONFLICT (claim) DO UPDATE SET claim = excluded.claim;
END;
COMMENT ON FUNCTION claims.quotes_due(uuid[]) IS 'Claims are to be compared again.';

CREATE FUNCTION claims.note_quotes_due() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    CASE TG_TABLE_NAME
        WHEN 'claim' THEN
            IF TG_OP = 'INSERT' THEN
                PERFORM claims.quotes_due(ARRAY(SELECT n.id FROM new_rows AS n));
            ELSIF TG_OP = 'DELETE' THEN
                PERFORM claims.quotes_due(ARRAY(SELECT n.id FROM old_rows AS n));
            ELSE
                PERFORM claims.quotes_due(ARRAY[NEW.id]);
            END IF;
        WHEN 'document' THEN
            PERFORM claims.quotes_due(ARRAY(
                SELECT c.id FROM claims.document_version AS v JOIN claims.claim AS c ON c.version = v.id
                 WHERE v.document = NEW.id));
        WHEN 'source' THEN
            PERFORM claims.quotes_due(ARRAY(
                SELECT c.id FROM claims.claim AS c
                 WHERE c.speaker = NEW.id
                    OR c.speaker IN (SELECT m.source FROM claims.source_merged AS m WHERE m.root = NEW.id)));
        WHEN 'source_merged' THEN
            PERFORM claims.quotes_due(ARRAY(
                SELECT c.id FROM claims.claim AS c WHERE c.speaker = coalesce(NEW.source, OLD.source)));
        ELSE
            PERFORM claims.quotes_due(ARRAY[coalesce(NEW.a, OLD.a), coalesce(NEW.b, OLD.b)]);
    END CASE;
    RETURN NULL;
END $$;
CREATE TRIGGER claim_added_compared AFTER INSERT ON claims.claim REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION claims.note_quotes_due();
CREATE TRIGGER claim_removed_compared AFTER DELETE ON claims.claim REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION claims.note_quotes_due();
CREATE TRIGGER claim_compared AFTER UPDATE ON claims.claim
    FOR EACH ROW WHEN (NEW.text IS DISTINCT FROM OLD.text
                       OR NEW.speaker IS DISTINCT FROM OLD.speaker
                       OR NEW.status IS DISTINCT FROM OLD.status
                       OR NEW.said_on IS DISTINCT FROM OLD.said_on
                       OR NEW.revision IS DISTINCT FROM OLD.revision)
    EXECUTE FUNCTION claims.note_quotes_due();
CREATE TRIGGER document_quotes_compared AFTER UPDATE ON claims.document
    FOR EACH ROW WHEN (NEW.published_at IS DISTINCT FROM OLD.published_at
                       OR NEW.shown_status IS DISTINCT FROM OLD.shown_status
                       OR NEW.hidden_until IS DISTINCT FROM OLD.hidden_until)
    EXECUTE FUNCTION claims.note_quotes_due();
CREATE TRIGGER source_quotes_compared AFTER UPDATE OF kind ON claims.source
    FOR EACH ROW WHEN (NEW.kind <> OLD.kind) EXECUTE FUNCTION claims.note_quotes_due();
CREATE TRIGGER source_merged_compared AFTER INSERT OR UPDATE OR DELETE ON claims.source_merged
    FOR EACH ROW EXECUTE FUNCTION claims.note_quotes_due();
CREATE TRIGGER claim_link_compared AFTER INSERT OR DELETE ON claims.claim_link
    FOR EACH ROW EXECUTE FUNCTION claims.note_quotes_due();
CREATE TRIGGER link_refused_compared AFTER INSERT OR DELETE ON claims.link_refused
    FOR EACH ROW EXECUTE FUNCTION claims.note_quotes_due();
ALTER TABLE claims.claim ENABLE ALWAYS TRIGGER claim_added_compared;
ALTER TABLE claims.claim ENABLE ALWAYS TRIGGER claim_removed_compared;
ALTER TABLE claims.claim ENABLE ALWAYS TRIGGER claim_compared;
ALTER TABLE claims.document ENABLE ALWAYS TRIGGER document_quotes_compared;
ALTER TABLE claims.source ENABLE ALWAYS TRIGGER source_quotes_compared;
ALTER TABLE claims.source_merged ENABLE ALWAYS TRIGGER source_merged_compared;
ALTER TABLE claims.claim_link ENABLE ALWAYS TRIGGER claim_link_compared;
ALTER TABLE claims.link_refused ENABLE ALWAYS TRIGGER link_refused_compared;

-- What a comparison removes. All of it can be made again from the claims.
CREATE FUNCTION claims.forget_quotes(due uuid[], gone uuid[], unused bigint[], empty_groups bigint[]) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    DELETE FROM claims.quote_due AS q WHERE q.claim = ANY (due);
    DELETE FROM claims.quote_key AS q WHERE q.claim = ANY (gone);
    DELETE FROM claims.quote_words AS q WHERE q.key = ANY (unused);
    DELETE FROM claims.quote_sketch AS q WHERE q.key = ANY (unused);
    DELETE FROM claims.quote_pair AS q WHERE q.a = ANY (unused);
    DELETE FROM claims.quote_pair AS q WHERE q.b = ANY (unused);
    DELETE FROM claims.quote_group AS q WHERE q.id = ANY (empty_groups);
END;
COMMENT ON FUNCTION claims.forget_quotes(uuid[], uuid[], bigint[], bigint[]) IS 'Claims were compared, or are gone; wordings and groups are left by all.';
CREATE FUNCTION claims.forget_pairs(one bigint[], another bigint[]) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    DELETE FROM claims.quote_pair AS q USING unnest(one, another) AS o(a, b) WHERE q.a = o.a AND q.b = o.b;
END;
COMMENT ON FUNCTION claims.forget_pairs(bigint[], bigint[]) IS 'What two wordings share has become common.';
CREATE FUNCTION claims.compare_quotes_again() RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    DELETE FROM claims.quote_words;
    DELETE FROM claims.quote_sketch;
    DELETE FROM claims.quote_pair;
    DELETE FROM claims.quote_key;
    DELETE FROM claims.quote_group;
    INSERT INTO claims.quote_due (claim) SELECT c.id FROM claims.claim AS c
    ON CONFLICT (claim) DO NOTHING;
END;
COMMENT ON FUNCTION claims.compare_quotes_again() IS 'Forgets all that was found of the words of claims: all are due.';
