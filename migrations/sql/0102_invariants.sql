-- The invariants that the database itself keeps (docs/invariants.md numbers them).

-- Invariant 1: every recorded word is what stands at its spans. -----------------------------------

CREATE FUNCTION claims.words_at(body text, spans int4multirange) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
    RETURN coalesce(
        (SELECT string_agg(substr(body, lower(r) + 1, upper(r) - lower(r)), ' … ' ORDER BY lower(r))
           FROM unnest(spans) AS r),
        '');
COMMENT ON FUNCTION claims.words_at(text, int4multirange) IS
    'The words at spans of a text, in code points from 0, slices separated by an ellipsis.';

CREATE FUNCTION claims.spans_fit(body text, spans int4multirange) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
    RETURN isempty(spans) OR (lower(spans) >= 0 AND upper(spans) <= char_length(body));
COMMENT ON FUNCTION claims.spans_fit(text, int4multirange) IS
    'Whether spans lie inside a text; unbounded spans do not.';

CREATE FUNCTION claims.check_claim_words() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    body text;
BEGIN
    SELECT v.text INTO body FROM claims.document_version AS v WHERE v.id = NEW.version;
    IF claims.spans_fit(body, NEW.content_spans) IS NOT TRUE
       OR claims.words_at(body, NEW.content_spans) IS DISTINCT FROM NEW.text THEN
        RAISE EXCEPTION 'claim %: text is not what stands at its spans', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'claim_words';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claim_words BEFORE INSERT OR UPDATE OF version, content_spans, text ON claims.claim
    FOR EACH ROW EXECUTE FUNCTION claims.check_claim_words();

CREATE FUNCTION claims.check_attribution_words() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    body text;
BEGIN
    SELECT v.text INTO body
      FROM claims.claim AS c JOIN claims.document_version AS v ON v.id = c.version
     WHERE c.id = NEW.claim;
    IF claims.spans_fit(body, NEW.mention_spans) IS NOT TRUE
       OR claims.spans_fit(body, NEW.cue_spans) IS NOT TRUE
       OR claims.spans_fit(body, NEW.capacity_spans) IS NOT TRUE
       OR claims.words_at(body, NEW.mention_spans) IS DISTINCT FROM NEW.mention
       OR claims.words_at(body, NEW.cue_spans) IS DISTINCT FROM NEW.cue
       OR claims.words_at(body, NEW.capacity_spans) IS DISTINCT FROM coalesce(NEW.capacity, '') THEN
        RAISE EXCEPTION 'attribution % of claim %: mention, cue or capacity is not what stands at its spans',
            NEW.position, NEW.claim
            USING ERRCODE = 'check_violation', CONSTRAINT = 'attribution_words';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER attribution_words BEFORE INSERT OR UPDATE ON claims.attribution
    FOR EACH ROW EXECUTE FUNCTION claims.check_attribution_words();

-- An editor may say it in other words, so that only what nobody decided on has to be what stands there.
CREATE FUNCTION claims.check_circumstance_words() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    body text;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        RAISE EXCEPTION 'claim %: where the machine found when and where it was said does not change', NEW.id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'circumstance_kept';
    END IF;
    SELECT v.text INTO body FROM claims.document_version AS v WHERE v.id = NEW.version;
    IF claims.spans_fit(body, NEW.said_on_spans) IS NOT TRUE
       OR claims.spans_fit(body, NEW.venue_spans) IS NOT TRUE
       OR NEW.revision = 0 AND (
           NOT isempty(NEW.said_on_spans)
           AND claims.words_at(body, NEW.said_on_spans) IS DISTINCT FROM NEW.said_on_text
           OR NOT isempty(NEW.venue_spans)
           AND claims.words_at(body, NEW.venue_spans) IS DISTINCT FROM NEW.venue) THEN
        RAISE EXCEPTION 'claim %: said_on_text or venue is not what stands at its spans', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'circumstance_words';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claim_circumstance_words BEFORE INSERT ON claims.claim
    FOR EACH ROW WHEN (NOT isempty(NEW.said_on_spans) OR NOT isempty(NEW.venue_spans))
    EXECUTE FUNCTION claims.check_circumstance_words();
CREATE TRIGGER claim_circumstance_kept BEFORE UPDATE OF said_on_spans, venue_spans ON claims.claim
    FOR EACH ROW WHEN (OLD.said_on_spans <> NEW.said_on_spans OR OLD.venue_spans <> NEW.venue_spans)
    EXECUTE FUNCTION claims.check_circumstance_words();

-- A claim's speaker is the source at position 1, and positions have no gaps. At commit, because the
-- claim is written before its hops.
CREATE FUNCTION claims.check_chain() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    subject uuid := CASE TG_TABLE_NAME WHEN 'claim' THEN to_jsonb(NEW) ->> 'id'
                         ELSE to_jsonb(coalesce(NEW, OLD)) ->> 'claim' END;
    hops bigint;
    last_hop integer;
    voice uuid;
    said_by uuid;
BEGIN
    SELECT c.speaker INTO said_by FROM claims.claim AS c WHERE c.id = subject;
    IF NOT FOUND THEN
        RETURN NULL;  -- an undecided proposal that was replaced
    END IF;
    SELECT count(*), max(a.position) INTO hops, last_hop
      FROM claims.attribution AS a WHERE a.claim = subject;
    SELECT a.source INTO voice
      FROM claims.attribution AS a WHERE a.claim = subject AND a.position = 1;
    IF hops = 0 OR hops <> last_hop OR voice IS DISTINCT FROM said_by THEN
        RAISE EXCEPTION 'claim %: its chain has a gap, or its speaker is not the source at position 1',
            subject USING ERRCODE = 'check_violation', CONSTRAINT = 'claim_chain';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER claim_chain AFTER INSERT OR UPDATE OF speaker ON claims.claim
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION claims.check_chain();
CREATE CONSTRAINT TRIGGER attribution_chain
    AFTER UPDATE OR DELETE ON claims.attribution
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION claims.check_chain();
CREATE CONSTRAINT TRIGGER attribution_chain_late AFTER INSERT ON claims.attribution
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.position > 1)
    EXECUTE FUNCTION claims.check_chain();

-- Invariant 2: what was recorded is never rewritten. ----------------------------------------------

CREATE FUNCTION claims.refuse_change() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION '% on %.% is refused: its rows are only ever added',
        TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'append_only';
END $$;
CREATE TRIGGER version_rows BEFORE UPDATE OR DELETE ON claims.document_version
    FOR EACH ROW EXECUTE FUNCTION claims.refuse_change();
CREATE TRIGGER version_truncate BEFORE TRUNCATE ON claims.document_version
    FOR EACH STATEMENT EXECUTE FUNCTION claims.refuse_change();

-- Invariants 3 and 4: no change to what a person settled without its decision, even from psql. ----

-- An UPDATE must move revision by exactly one, and is stamped with its transaction. The machine may
-- fill in empty fields of a document that nobody decided on, and link the speaker of a proposal anew;
-- the database itself keeps a claim's listed_on.
CREATE FUNCTION claims.guard_revision() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_TABLE_NAME = 'document' AND OLD.revision = 0 AND NEW.revision = 0
       AND jsonb_strip_nulls(to_jsonb(OLD)) <@ to_jsonb(NEW) THEN
        RETURN NEW;
    END IF;
    IF TG_TABLE_NAME = 'claim' AND NEW.revision = OLD.revision
       AND (to_jsonb(OLD) - '{listed_on,search,speaker}'::text[])
         = (to_jsonb(NEW) - '{listed_on,search,speaker}'::text[]) THEN
        IF OLD.revision = 0 OR to_jsonb(NEW) -> 'speaker' = to_jsonb(OLD) -> 'speaker' THEN
            RETURN NEW;
        END IF;
    END IF;
    IF NEW.revision <> OLD.revision + 1 OR NEW.id <> OLD.id THEN
        RAISE EXCEPTION '% %: a change must move revision from % to %, with its decision',
            TG_TABLE_NAME, OLD.id, OLD.revision, OLD.revision + 1
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'revision_step';
    END IF;
    NEW.changed_in := pg_current_xact_id()::text::bigint;
    RETURN NEW;
END $$;

-- At commit the decision with that subject and revision must be there.
CREATE FUNCTION claims.require_decision() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM claims.decision AS d
         WHERE d.subject_kind = TG_TABLE_NAME AND d.subject = NEW.id AND d.revision = NEW.revision)
    THEN
        RAISE EXCEPTION '% %: revision % has no decision in the ledger',
            TG_TABLE_NAME, NEW.id, NEW.revision
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'decision_missing';
    END IF;
    RETURN NULL;
END $$;

-- What was decided on stays; sources and documents stay in any case.
CREATE FUNCTION claims.refuse_removal() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' AND TG_TABLE_NAME = 'claim' THEN
        IF OLD.revision = 0 THEN
            RETURN OLD;  -- an undecided proposal gives way to a better one
        END IF;
    END IF;
    RAISE EXCEPTION '% on claims.% is refused: close, merge, withdraw or reject instead',
        TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'never_removed';
END $$;

CREATE TRIGGER claim_revision BEFORE UPDATE ON claims.claim
    FOR EACH ROW EXECUTE FUNCTION claims.guard_revision();
CREATE TRIGGER source_revision BEFORE UPDATE ON claims.source
    FOR EACH ROW EXECUTE FUNCTION claims.guard_revision();
CREATE TRIGGER document_revision BEFORE UPDATE ON claims.document
    FOR EACH ROW EXECUTE FUNCTION claims.guard_revision();

CREATE CONSTRAINT TRIGGER claim_decision AFTER INSERT OR UPDATE ON claims.claim
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.revision > 0)
    EXECUTE FUNCTION claims.require_decision();
CREATE CONSTRAINT TRIGGER source_decision AFTER INSERT OR UPDATE ON claims.source
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.revision > 0)
    EXECUTE FUNCTION claims.require_decision();
CREATE CONSTRAINT TRIGGER document_decision AFTER INSERT OR UPDATE ON claims.document
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.revision > 0)
    EXECUTE FUNCTION claims.require_decision();

CREATE TRIGGER claim_removal BEFORE DELETE ON claims.claim
    FOR EACH ROW EXECUTE FUNCTION claims.refuse_removal();
CREATE TRIGGER source_removal BEFORE DELETE ON claims.source
    FOR EACH ROW EXECUTE FUNCTION claims.refuse_removal();
CREATE TRIGGER document_removal BEFORE DELETE ON claims.document
    FOR EACH ROW EXECUTE FUNCTION claims.refuse_removal();
CREATE TRIGGER reviewer_removal BEFORE DELETE ON claims.reviewer
    FOR EACH ROW EXECUTE FUNCTION claims.refuse_removal();
CREATE TRIGGER claim_truncate BEFORE TRUNCATE ON claims.claim
    FOR EACH STATEMENT EXECUTE FUNCTION claims.refuse_removal();
CREATE TRIGGER source_truncate BEFORE TRUNCATE ON claims.source
    FOR EACH STATEMENT EXECUTE FUNCTION claims.refuse_removal();
CREATE TRIGGER document_truncate BEFORE TRUNCATE ON claims.document
    FOR EACH STATEMENT EXECUTE FUNCTION claims.refuse_removal();
CREATE TRIGGER reviewer_truncate BEFORE TRUNCATE ON claims.reviewer
    FOR EACH STATEMENT EXECUTE FUNCTION claims.refuse_removal();
CREATE TRIGGER attribution_truncate BEFORE TRUNCATE ON claims.attribution
    FOR EACH STATEMENT EXECUTE FUNCTION claims.refuse_removal();

-- A hop of a settled claim changes only in the transaction that moves its claim's revision.
CREATE FUNCTION claims.guard_attribution() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    subject uuid := coalesce(NEW.claim, OLD.claim);
    settled integer;
    stamp bigint;
BEGIN
    SELECT c.revision, c.changed_in INTO settled, stamp FROM claims.claim AS c WHERE c.id = subject;
    IF settled > 0 AND stamp IS DISTINCT FROM pg_current_xact_id()::text::bigint THEN
        RAISE EXCEPTION 'attribution of claim %: a settled chain changes only with a decision on its claim',
            subject USING ERRCODE = 'restrict_violation', CONSTRAINT = 'chain_settled';
    END IF;
    IF TG_OP = 'UPDATE' AND settled = 0
       AND (to_jsonb(OLD) - '{source,link_rule,link_score,link_reason}'::text[])
        <> (to_jsonb(NEW) - '{source,link_rule,link_score,link_reason}'::text[]) THEN
        RAISE EXCEPTION 'attribution of claim %: a proposal is linked anew or replaced whole, never edited', subject
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'chain_settled';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER attribution_settled AFTER INSERT OR UPDATE OR DELETE ON claims.attribution
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION claims.guard_attribution();

-- What belongs to a source changes only in a transaction that decides on the source. The machine may
-- add names to a source that nobody decided on, and make anew the keys that names are found by.
CREATE FUNCTION claims.guard_belonging() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    -- As JSON: PL/pgSQL cannot name a column that only some of the tables have.
    changed jsonb := coalesce(to_jsonb(NEW), to_jsonb(OLD));
    owner uuid := coalesce(changed ->> 'source', changed ->> 'outlet', changed ->> 'a')::uuid;
    settled integer;
    stamp bigint;
BEGIN
    IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'source_name'
       AND (to_jsonb(OLD) - 'keys') = (to_jsonb(NEW) - 'keys') THEN
        RETURN NULL;
    END IF;
    SELECT s.revision, s.changed_in INTO settled, stamp FROM claims.source AS s WHERE s.id = owner;
    IF TG_OP = 'INSERT' AND TG_TABLE_NAME = 'source_name' AND settled = 0 THEN
        RETURN NULL;
    END IF;
    IF TG_OP = 'UPDATE' OR settled = 0 OR stamp IS DISTINCT FROM pg_current_xact_id()::text::bigint THEN
        RAISE EXCEPTION '% of source %: it is added or taken away only with a decision on the source',
            TG_TABLE_NAME, owner USING ERRCODE = 'restrict_violation', CONSTRAINT = 'source_settled';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER source_name_settled AFTER INSERT OR UPDATE OR DELETE ON claims.source_name
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION claims.guard_belonging();
CREATE CONSTRAINT TRIGGER source_role_settled AFTER INSERT OR UPDATE OR DELETE ON claims.source_role
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION claims.guard_belonging();
CREATE CONSTRAINT TRIGGER source_identifier_settled
    AFTER INSERT OR UPDATE OR DELETE ON claims.source_identifier
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION claims.guard_belonging();
CREATE CONSTRAINT TRIGGER source_distinct_settled
    AFTER INSERT OR UPDATE OR DELETE ON claims.source_distinct
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION claims.guard_belonging();
CREATE CONSTRAINT TRIGGER outlet_rating_settled
    AFTER INSERT OR UPDATE OR DELETE ON claims.outlet_rating
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION claims.guard_belonging();
CREATE TRIGGER source_name_truncate BEFORE TRUNCATE ON claims.source_name
    FOR EACH STATEMENT EXECUTE FUNCTION claims.refuse_removal();
CREATE TRIGGER source_role_truncate BEFORE TRUNCATE ON claims.source_role
    FOR EACH STATEMENT EXECUTE FUNCTION claims.refuse_removal();
CREATE TRIGGER source_identifier_truncate BEFORE TRUNCATE ON claims.source_identifier
    FOR EACH STATEMENT EXECUTE FUNCTION claims.refuse_removal();
CREATE TRIGGER source_distinct_truncate BEFORE TRUNCATE ON claims.source_distinct
    FOR EACH STATEMENT EXECUTE FUNCTION claims.refuse_removal();
CREATE TRIGGER outlet_rating_truncate BEFORE TRUNCATE ON claims.outlet_rating
    FOR EACH STATEMENT EXECUTE FUNCTION claims.refuse_removal();

-- Invariant 7: a merge is a pointer, never in a circle, and can be undone. ------------------------

-- All sources on the way from one to the end of its pointers, locked, so that whoever changes one of
-- them waits: of two merges that would close a circle the later one sees the earlier.
CREATE FUNCTION claims.lock_way(start uuid) RETURNS uuid[]
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    way uuid[] := '{}';
    here uuid := start;
    next_one uuid;
BEGIN
    WHILE here IS NOT NULL AND here <> ALL (way) LOOP
        SELECT s.merged_into INTO next_one FROM claims.source AS s WHERE s.id = here FOR SHARE;
        way := way || here;
        here := next_one;
    END LOOP;
    RETURN way;
END $$;
COMMENT ON FUNCTION claims.lock_way(uuid) IS
    'The sources from one to the end of its pointers, in order, each locked against change.';

-- Everything that was merged into a source, however far off, and the source itself.
CREATE FUNCTION claims.merged_under(root uuid) RETURNS SETOF uuid
    LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    WITH RECURSIVE under AS (
        SELECT root AS id
        UNION
        SELECT s.id FROM claims.source AS s JOIN under AS u ON s.merged_into = u.id)
    SELECT id FROM under;
END;
COMMENT ON FUNCTION claims.merged_under(uuid) IS
    'A source and all that was merged into it, directly or through others.';

CREATE FUNCTION claims.check_merge() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    way uuid[];
    target_kind text;
BEGIN
    PERFORM claims.lock_way(OLD.merged_into);
    IF NEW.merged_into IS NULL THEN
        RETURN NEW;
    END IF;
    way := claims.lock_way(NEW.merged_into);
    IF NEW.id = ANY (way) THEN
        RAISE EXCEPTION 'source %: merging it into % would close a circle', NEW.id, NEW.merged_into
            USING ERRCODE = 'check_violation', CONSTRAINT = 'merge_circle';
    END IF;
    SELECT s.kind INTO target_kind FROM claims.source AS s WHERE s.id = way[array_upper(way, 1)];
    IF NEW.kind <> target_kind
       AND NOT (NEW.kind IN ('organisation', 'outlet') AND target_kind IN ('organisation', 'outlet'))
    THEN
        RAISE EXCEPTION 'source %: a % is never merged into a %', NEW.id, NEW.kind, target_kind
            USING ERRCODE = 'check_violation', CONSTRAINT = 'merge_kinds';
    END IF;
    IF EXISTS (
        SELECT FROM claims.source_distinct AS d
          JOIN claims.merged_under(NEW.id) AS mine(id) ON mine.id IN (d.a, d.b)
          JOIN claims.merged_under(way[array_upper(way, 1)]) AS theirs(id)
            ON theirs.id IN (d.a, d.b) AND theirs.id <> mine.id)
    THEN
        RAISE EXCEPTION 'source %: it was found not to be %', NEW.id, NEW.merged_into
            USING ERRCODE = 'check_violation', CONSTRAINT = 'merge_distinct';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER source_merge BEFORE UPDATE OF merged_into ON claims.source
    FOR EACH ROW WHEN (NEW.merged_into IS DISTINCT FROM OLD.merged_into)
    EXECUTE FUNCTION claims.check_merge();

-- A source begins unmerged: a merge is a change, with its decision and this check.
CREATE FUNCTION claims.refuse_born_merged() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'source %: it must be there before it is merged', NEW.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'merge_circle';
END $$;
CREATE TRIGGER source_born BEFORE INSERT ON claims.source
    FOR EACH ROW WHEN (NEW.merged_into IS NOT NULL) EXECUTE FUNCTION claims.refuse_born_merged();

CREATE FUNCTION claims.follow_merge() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, claims, pg_temp AS $$
DECLARE
    way uuid[] := claims.lock_way(NEW.id);
    top uuid := way[array_upper(way, 1)];
    moved uuid[] := ARRAY(SELECT claims.merged_under(NEW.id));
BEGIN
    DELETE FROM claims.source_merged AS m WHERE m.source = ANY (moved);
    INSERT INTO claims.source_merged (source, root)
        SELECT id, top FROM unnest(moved) AS id WHERE id <> top;
    RETURN NULL;
END $$;
CREATE TRIGGER source_merge_followed AFTER UPDATE OF merged_into ON claims.source
    FOR EACH ROW WHEN (NEW.merged_into IS DISTINCT FROM OLD.merged_into)
    EXECUTE FUNCTION claims.follow_merge();

-- It moves with the merges alone (depth 2: the UPDATE's trigger, then this one).
CREATE FUNCTION claims.guard_merged() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP <> 'TRUNCATE' AND pg_trigger_depth() > 1 THEN
        RETURN coalesce(NEW, OLD);
    END IF;
    RAISE EXCEPTION '% on claims.source_merged is refused: it moves with the merges alone', TG_OP
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'merges_alone';
END $$;
CREATE TRIGGER merged_rows BEFORE INSERT OR UPDATE OR DELETE ON claims.source_merged
    FOR EACH ROW EXECUTE FUNCTION claims.guard_merged();
CREATE TRIGGER merged_truncate BEFORE TRUNCATE ON claims.source_merged
    FOR EACH STATEMENT EXECUTE FUNCTION claims.guard_merged();

-- Two sources that are one cannot be found distinct: the merge is undone first.
CREATE FUNCTION claims.check_distinct() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    way_a uuid[] := claims.lock_way(NEW.a);
    way_b uuid[] := claims.lock_way(NEW.b);
BEGIN
    IF way_a[array_upper(way_a, 1)] = way_b[array_upper(way_b, 1)] THEN
        RAISE EXCEPTION 'sources % and % are merged', NEW.a, NEW.b
            USING ERRCODE = 'check_violation', CONSTRAINT = 'merge_distinct';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER source_distinct_apart BEFORE INSERT ON claims.source_distinct
    FOR EACH ROW EXECUTE FUNCTION claims.check_distinct();

-- Only an outlet is rated.
CREATE FUNCTION claims.check_rated() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF (SELECT s.kind FROM claims.source AS s WHERE s.id = NEW.outlet) <> 'outlet' THEN
        RAISE EXCEPTION 'source %: only an outlet is rated', NEW.outlet
            USING ERRCODE = 'check_violation', CONSTRAINT = 'rating_outlet';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER outlet_rating_kind BEFORE INSERT OR UPDATE ON claims.outlet_rating
    FOR EACH ROW EXECUTE FUNCTION claims.check_rated();

-- A claim is listed under the day it was said, else the day it was printed. -----------------------

CREATE FUNCTION claims.list_claim() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    NEW.listed_on := coalesce(
        lower(NEW.said_on),
        (SELECT (d.published_at AT TIME ZONE 'UTC')::date
           FROM claims.document_version AS v JOIN claims.document AS d ON d.id = v.document
          WHERE v.id = NEW.version),
        DATE '0001-01-01');
    RETURN NEW;
END $$;
CREATE TRIGGER claim_listed BEFORE INSERT OR UPDATE OF said_on, listed_on, version ON claims.claim
    FOR EACH ROW EXECUTE FUNCTION claims.list_claim();

CREATE FUNCTION claims.list_claims_anew() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE claims.claim AS c SET listed_on = c.listed_on
      FROM claims.document_version AS v WHERE v.id = c.version AND v.document = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER document_listed AFTER UPDATE OF published_at ON claims.document
    FOR EACH ROW WHEN (NEW.published_at IS DISTINCT FROM OLD.published_at)
    EXECUTE FUNCTION claims.list_claims_anew();

-- Invariant 5: the ledger takes INSERT only, and is one chain. ------------------------------------

INSERT INTO claims.ledger_head (only_row, no, digest)
    VALUES (true, 0, decode(repeat('00', 32), 'hex'));

-- Fields in this order, each as its length in bytes, a colon and its UTF-8 text, or `-` for NULL:
-- no two different rows give the same bytes, and any language can repeat it.
CREATE FUNCTION claims.field(value text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
    RETURN coalesce(octet_length(convert_to(value, 'UTF8'))::text || ':' || value, '-');
COMMENT ON FUNCTION claims.field(text) IS
    'One field of a decision in the form that is hashed: length in bytes, colon, text; - for NULL.';

-- A batch is a fifteenth field where there is one: as each field begins with its length, no row of fourteen
-- fields has the bytes of one of fifteen.
CREATE FUNCTION claims.decision_digest(d claims.decision) RETURNS bytea
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
        || claims.field(encode(d.prev_digest, 'hex'))
        || CASE WHEN d.batch IS NULL THEN '' ELSE claims.field(d.batch::text) END, 'UTF8'));
COMMENT ON FUNCTION claims.decision_digest(claims.decision) IS
    'SHA-256 of all columns of a decision but the digest itself (docs/ledger.md).';

-- Number, time, previous digest and digest are given together under the lock on the head row: a
-- number drawn before the lock, or an advisory lock at REPEATABLE READ, forks the chain.
CREATE FUNCTION claims.append_decision() RETURNS trigger
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
CREATE TRIGGER decision_append BEFORE INSERT ON claims.decision
    FOR EACH ROW EXECUTE FUNCTION claims.append_decision();
CREATE TRIGGER decision_rows BEFORE UPDATE OR DELETE ON claims.decision
    FOR EACH ROW EXECUTE FUNCTION claims.refuse_change();
CREATE TRIGGER decision_truncate BEFORE TRUNCATE ON claims.decision
    FOR EACH STATEMENT EXECUTE FUNCTION claims.refuse_change();

-- A decision without its effect is refused as well as an effect without its decision.
CREATE FUNCTION claims.require_effect() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    reached integer;
BEGIN
    reached := CASE NEW.subject_kind
        WHEN 'claim' THEN (SELECT c.revision FROM claims.claim AS c WHERE c.id = NEW.subject)
        WHEN 'source' THEN (SELECT s.revision FROM claims.source AS s WHERE s.id = NEW.subject)
        WHEN 'document' THEN (SELECT d.revision FROM claims.document AS d WHERE d.id = NEW.subject)
    END;
    IF reached IS NULL OR reached < NEW.revision THEN
        RAISE EXCEPTION 'decision %: its % % has not reached revision %',
            NEW.id, NEW.subject_kind, NEW.subject, NEW.revision
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'effect_missing';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER decision_effect AFTER INSERT ON claims.decision
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION claims.require_effect();

-- The head moves only from inside the append (depth 2: the INSERT's trigger, then this one).
CREATE FUNCTION claims.guard_head() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND pg_trigger_depth() > 1 THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% on claims.ledger_head is refused: it moves with the ledger alone', TG_OP
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'append_only';
END $$;
CREATE TRIGGER head_rows BEFORE INSERT OR UPDATE OR DELETE ON claims.ledger_head
    FOR EACH ROW EXECUTE FUNCTION claims.guard_head();
CREATE TRIGGER head_truncate BEFORE TRUNCATE ON claims.ledger_head
    FOR EACH STATEMENT EXECUTE FUNCTION claims.guard_head();

-- An INSERT that ends in ON CONFLICT DO NOTHING runs the append and adds no row; the head must not
-- move then.
CREATE FUNCTION claims.check_head() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM claims.decision AS d WHERE d.no = NEW.no AND d.digest = NEW.digest)
    THEN
        RAISE EXCEPTION 'the ledger has no decision % to be its head', NEW.no
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'head_without_decision';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER head_decision AFTER UPDATE ON claims.ledger_head
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION claims.check_head();

-- Review: parents and links, readings, the policy, releases ---------------------------------------

-- A parent, and a link that a person made, belong to a claim and change only together with a decision
-- on it. What the machine linked it may link anew.
CREATE FUNCTION claims.guard_of_claim() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    changed jsonb := coalesce(to_jsonb(NEW), to_jsonb(OLD));
    owner uuid := coalesce(changed ->> 'claim', changed ->> 'a')::uuid;
    settled integer;
    stamp bigint;
BEGIN
    IF TG_TABLE_NAME = 'claim_link' AND to_jsonb(OLD) ->> 'linked_by' IS NULL
       AND to_jsonb(NEW) ->> 'linked_by' IS NULL THEN
        RETURN NULL;
    END IF;
    SELECT c.revision, c.changed_in INTO settled, stamp FROM claims.claim AS c WHERE c.id = owner;
    IF TG_OP = 'UPDATE' OR settled = 0 OR stamp IS DISTINCT FROM pg_current_xact_id()::text::bigint THEN
        RAISE EXCEPTION '% of claim %: it is added or taken away only with a decision on the claim',
            TG_TABLE_NAME, owner USING ERRCODE = 'restrict_violation', CONSTRAINT = 'claim_settled';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER claim_parent_settled AFTER INSERT OR UPDATE OR DELETE ON claims.claim_parent
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION claims.guard_of_claim();
CREATE CONSTRAINT TRIGGER claim_link_settled AFTER INSERT OR UPDATE OR DELETE ON claims.claim_link
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION claims.guard_of_claim();
CREATE TRIGGER claim_parent_rows BEFORE UPDATE OR DELETE ON claims.claim_parent
    FOR EACH ROW EXECUTE FUNCTION claims.refuse_change();
CREATE TRIGGER claim_parent_truncate BEFORE TRUNCATE ON claims.claim_parent
    FOR EACH STATEMENT EXECUTE FUNCTION claims.refuse_change();
CREATE TRIGGER claim_link_truncate BEFORE TRUNCATE ON claims.claim_link
    FOR EACH STATEMENT EXECUTE FUNCTION claims.refuse_removal();

CREATE FUNCTION claims.sign_reading() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM claims.reviewer AS r
                WHERE r.id = NEW.reviewer AND r.closed_at <= clock_timestamp()) THEN
        RAISE EXCEPTION 'reviewer % is closed', NEW.reviewer
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'reviewer_open';
    END IF;
    NEW.at := clock_timestamp();
    RETURN NEW;
END $$;
CREATE TRIGGER reading_signed BEFORE INSERT ON claims.reading
    FOR EACH ROW EXECUTE FUNCTION claims.sign_reading();
CREATE TRIGGER reading_rows BEFORE UPDATE OR DELETE ON claims.reading
    FOR EACH ROW EXECUTE FUNCTION claims.refuse_change();
CREATE TRIGGER reading_truncate BEFORE TRUNCATE ON claims.reading
    FOR EACH STATEMENT EXECUTE FUNCTION claims.refuse_change();

CREATE TRIGGER review_policy_rows BEFORE UPDATE OR DELETE ON claims.review_policy
    FOR EACH ROW EXECUTE FUNCTION claims.refuse_change();
CREATE TRIGGER review_policy_truncate BEFORE TRUNCATE ON claims.review_policy
    FOR EACH STATEMENT EXECUTE FUNCTION claims.refuse_change();

-- A release is the head of the ledger as it is now, whatever the client says. The owner's, because it locks the
-- ledger's head, which needs a right that no writer may have.
CREATE FUNCTION claims.freeze_release() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    SELECT h.no, h.digest INTO STRICT NEW.no, NEW.digest FROM claims.ledger_head AS h FOR SHARE;
    NEW.at := clock_timestamp();
    RETURN NEW;
END $$;
CREATE TRIGGER release_frozen BEFORE INSERT ON claims.release
    FOR EACH ROW EXECUTE FUNCTION claims.freeze_release();
CREATE TRIGGER release_rows BEFORE UPDATE OR DELETE ON claims.release
    FOR EACH ROW EXECUTE FUNCTION claims.refuse_change();
CREATE TRIGGER release_truncate BEFORE TRUNCATE ON claims.release
    FOR EACH STATEMENT EXECUTE FUNCTION claims.refuse_change();

-- The queue follows what is decided and read ------------------------------------------------------

CREATE FUNCTION claims.waits(status text) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp
    RETURN status IN ('proposed', 'later', 'second_reading', 'disputed');
COMMENT ON FUNCTION claims.waits(text) IS 'Whether a claim of this status waits for a person.';

CREATE FUNCTION claims.queue_up(ids uuid[]) RETURNS void
    LANGUAGE sql SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    INSERT INTO claims.waiting (claim, version, arrived_at, starts, put_aside, uncertainty,
                                published_at, printed, speaker, outlet, form)
    SELECT c.id, c.version, v.recorded_at, lower(c.content_spans), c.status = 'later',
           abs(c.extractor_score - 0.5), coalesce(d.published_at, 'infinity'),
           CASE WHEN char_length(c.text) < 30 THEN 1 ELSE
               (SELECT count(DISTINCT o.version) FROM claims.claim AS o
                 WHERE char_length(o.text) >= 30
                   AND md5(regexp_replace(lower(o.text), '[^[:alnum:]]+', ' ', 'g'))
                     = md5(regexp_replace(lower(c.text), '[^[:alnum:]]+', ' ', 'g'))) END,
           c.speaker, d.outlet, c.form
      FROM claims.claim AS c
      JOIN claims.document_version AS v ON v.id = c.version
      JOIN claims.document AS d ON d.id = v.document
     WHERE c.id = ANY (ids) AND claims.waits(c.status)
    ON CONFLICT (claim) DO UPDATE
       SET starts = excluded.starts, put_aside = excluded.put_aside, speaker = excluded.speaker,
           form = excluded.form, printed = excluded.printed;
END;
COMMENT ON FUNCTION claims.queue_up(uuid[]) IS 'Puts claims that wait into the queue, or brings their rows there up to date.';

CREATE FUNCTION claims.queue_new() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM claims.queue_up(ARRAY(SELECT n.id FROM new_rows AS n WHERE claims.waits(n.status)));
    -- The same words in another article: those that wait there are printed once more often.
    UPDATE claims.waiting AS w SET printed = same.texts
      FROM (SELECT k.key, count(DISTINCT o.version) AS texts
              FROM (SELECT DISTINCT md5(regexp_replace(lower(n.text), '[^[:alnum:]]+', ' ', 'g')) AS key
                      FROM new_rows AS n WHERE char_length(n.text) >= 30) AS k
              JOIN claims.claim AS o
                ON md5(regexp_replace(lower(o.text), '[^[:alnum:]]+', ' ', 'g')) = k.key
               AND char_length(o.text) >= 30
             GROUP BY k.key HAVING count(DISTINCT o.version) > 1) AS same
      JOIN claims.claim AS c
        ON md5(regexp_replace(lower(c.text), '[^[:alnum:]]+', ' ', 'g')) = same.key
       AND char_length(c.text) >= 30
     WHERE w.claim = c.id AND w.printed <> same.texts;
    RETURN NULL;
END $$;
CREATE TRIGGER claim_queued AFTER INSERT ON claims.claim
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION claims.queue_new();

CREATE FUNCTION claims.queue_changed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT claims.waits(NEW.status) THEN
        DELETE FROM claims.waiting AS w WHERE w.claim = NEW.id;
        DELETE FROM claims.lease AS l WHERE l.claim = NEW.id;
    ELSE
        PERFORM claims.queue_up(ARRAY[NEW.id]);
        -- Readings are of one revision: at the next one both readers are free to read again, unless
        -- it is their dispute that a third has to settle.
        IF NEW.revision <> OLD.revision AND NEW.status <> 'disputed' THEN
            UPDATE claims.waiting AS w SET first_reader = DEFAULT, second_reader = DEFAULT
             WHERE w.claim = NEW.id;
        END IF;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER claim_requeued AFTER UPDATE OF status, speaker, form, content_spans, revision ON claims.claim
    FOR EACH ROW WHEN (claims.waits(NEW.status) OR claims.waits(OLD.status))
    EXECUTE FUNCTION claims.queue_changed();

-- An undecided proposal that gives way to a better one leaves the queue, and whose card it is on.
CREATE FUNCTION claims.queue_removed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    DELETE FROM claims.waiting AS w WHERE w.claim = OLD.id;
    DELETE FROM claims.lease AS l WHERE l.claim = OLD.id;
    RETURN OLD;
END $$;
CREATE TRIGGER claim_unqueued BEFORE DELETE ON claims.claim
    FOR EACH ROW EXECUTE FUNCTION claims.queue_removed();

-- Who read a claim stands in its row of the queue, so that nobody is offered it twice.
CREATE FUNCTION claims.queue_read() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    readers uuid[] := ARRAY(
        SELECT r.reviewer FROM (
            SELECT DISTINCT ON (l.reviewer) l.reviewer, l.action, l.at
              FROM claims.reading AS l
             WHERE l.claim = NEW.claim AND l.revision = NEW.revision
             ORDER BY l.reviewer, l.at DESC) AS r
         WHERE r.action <> 'withdrawn' ORDER BY r.at);
    nobody uuid := '00000000-0000-0000-0000-000000000000';
BEGIN
    UPDATE claims.waiting AS w
       SET first_reader = coalesce(readers[1], nobody), second_reader = coalesce(readers[2], nobody)
     WHERE w.claim = NEW.claim;
    RETURN NULL;
END $$;
CREATE TRIGGER reading_queued AFTER INSERT ON claims.reading
    FOR EACH ROW EXECUTE FUNCTION claims.queue_read();

-- session_replication_role = replica switches ordinary triggers off; not these.
ALTER TABLE claims.decision ENABLE ALWAYS TRIGGER decision_append;
ALTER TABLE claims.decision ENABLE ALWAYS TRIGGER decision_rows;
ALTER TABLE claims.decision ENABLE ALWAYS TRIGGER decision_truncate;
ALTER TABLE claims.decision ENABLE ALWAYS TRIGGER decision_effect;
ALTER TABLE claims.ledger_head ENABLE ALWAYS TRIGGER head_rows;
ALTER TABLE claims.ledger_head ENABLE ALWAYS TRIGGER head_truncate;
ALTER TABLE claims.ledger_head ENABLE ALWAYS TRIGGER head_decision;
ALTER TABLE claims.document_version ENABLE ALWAYS TRIGGER version_rows;
ALTER TABLE claims.document_version ENABLE ALWAYS TRIGGER version_truncate;
ALTER TABLE claims.claim ENABLE ALWAYS TRIGGER claim_revision;
ALTER TABLE claims.claim ENABLE ALWAYS TRIGGER claim_decision;
ALTER TABLE claims.claim ENABLE ALWAYS TRIGGER claim_removal;
ALTER TABLE claims.claim ENABLE ALWAYS TRIGGER claim_truncate;
ALTER TABLE claims.source ENABLE ALWAYS TRIGGER source_revision;
ALTER TABLE claims.source ENABLE ALWAYS TRIGGER source_decision;
ALTER TABLE claims.source ENABLE ALWAYS TRIGGER source_removal;
ALTER TABLE claims.source ENABLE ALWAYS TRIGGER source_truncate;
ALTER TABLE claims.document ENABLE ALWAYS TRIGGER document_revision;
ALTER TABLE claims.document ENABLE ALWAYS TRIGGER document_decision;
ALTER TABLE claims.document ENABLE ALWAYS TRIGGER document_removal;
ALTER TABLE claims.document ENABLE ALWAYS TRIGGER document_truncate;
ALTER TABLE claims.reviewer ENABLE ALWAYS TRIGGER reviewer_removal;
ALTER TABLE claims.reviewer ENABLE ALWAYS TRIGGER reviewer_truncate;
ALTER TABLE claims.attribution ENABLE ALWAYS TRIGGER attribution_settled;
ALTER TABLE claims.attribution ENABLE ALWAYS TRIGGER attribution_truncate;
ALTER TABLE claims.source ENABLE ALWAYS TRIGGER source_merge;
ALTER TABLE claims.source ENABLE ALWAYS TRIGGER source_merge_followed;
ALTER TABLE claims.source ENABLE ALWAYS TRIGGER source_born;
ALTER TABLE claims.source_merged ENABLE ALWAYS TRIGGER merged_rows;
ALTER TABLE claims.source_merged ENABLE ALWAYS TRIGGER merged_truncate;
ALTER TABLE claims.source_name ENABLE ALWAYS TRIGGER source_name_settled;
ALTER TABLE claims.source_role ENABLE ALWAYS TRIGGER source_role_settled;
ALTER TABLE claims.source_identifier ENABLE ALWAYS TRIGGER source_identifier_settled;
ALTER TABLE claims.source_distinct ENABLE ALWAYS TRIGGER source_distinct_settled;
ALTER TABLE claims.source_distinct ENABLE ALWAYS TRIGGER source_distinct_apart;
ALTER TABLE claims.outlet_rating ENABLE ALWAYS TRIGGER outlet_rating_settled;
ALTER TABLE claims.outlet_rating ENABLE ALWAYS TRIGGER outlet_rating_kind;
ALTER TABLE claims.source_name ENABLE ALWAYS TRIGGER source_name_truncate;
ALTER TABLE claims.source_role ENABLE ALWAYS TRIGGER source_role_truncate;
ALTER TABLE claims.source_identifier ENABLE ALWAYS TRIGGER source_identifier_truncate;
ALTER TABLE claims.source_distinct ENABLE ALWAYS TRIGGER source_distinct_truncate;
ALTER TABLE claims.outlet_rating ENABLE ALWAYS TRIGGER outlet_rating_truncate;
ALTER TABLE claims.claim ENABLE ALWAYS TRIGGER claim_listed;
ALTER TABLE claims.document ENABLE ALWAYS TRIGGER document_listed;
ALTER TABLE claims.claim ENABLE ALWAYS TRIGGER claim_circumstance_words;
ALTER TABLE claims.claim ENABLE ALWAYS TRIGGER claim_circumstance_kept;
ALTER TABLE claims.claim ENABLE ALWAYS TRIGGER claim_queued;
ALTER TABLE claims.claim ENABLE ALWAYS TRIGGER claim_requeued;
ALTER TABLE claims.claim ENABLE ALWAYS TRIGGER claim_unqueued;
ALTER TABLE claims.claim_parent ENABLE ALWAYS TRIGGER claim_parent_settled;
ALTER TABLE claims.claim_parent ENABLE ALWAYS TRIGGER claim_parent_rows;
ALTER TABLE claims.claim_parent ENABLE ALWAYS TRIGGER claim_parent_truncate;
ALTER TABLE claims.claim_link ENABLE ALWAYS TRIGGER claim_link_settled;
ALTER TABLE claims.claim_link ENABLE ALWAYS TRIGGER claim_link_truncate;
ALTER TABLE claims.reading ENABLE ALWAYS TRIGGER reading_signed;
ALTER TABLE claims.reading ENABLE ALWAYS TRIGGER reading_rows;
ALTER TABLE claims.reading ENABLE ALWAYS TRIGGER reading_truncate;
ALTER TABLE claims.reading ENABLE ALWAYS TRIGGER reading_queued;
ALTER TABLE claims.review_policy ENABLE ALWAYS TRIGGER review_policy_rows;
ALTER TABLE claims.review_policy ENABLE ALWAYS TRIGGER review_policy_truncate;
ALTER TABLE claims.release ENABLE ALWAYS TRIGGER release_frozen;
ALTER TABLE claims.release ENABLE ALWAYS TRIGGER release_rows;
ALTER TABLE claims.release ENABLE ALWAYS TRIGGER release_truncate;
