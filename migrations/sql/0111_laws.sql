-- What a decision says is what happens, and nothing else: `before` and `after` are compared with the rows.
-- What a writer may remove, functions remove; who decides is not a writer's to say.

-- What a subject was before each step of its revision, for the transaction at work alone: a step is
-- compared with its decision at commit, and then forgotten. UNLOGGED: outside of transactions it is empty.
CREATE UNLOGGED TABLE claims.step (
    kind TEXT NOT NULL,
    subject UUID NOT NULL,
    revision INTEGER NOT NULL,
    fields JSONB NOT NULL,
    CONSTRAINT pk_step PRIMARY KEY (kind, subject, revision)
);

-- Rows as decisions write them ---------------------------------------------------------------------

CREATE FUNCTION claims.pairs_of(spans int4multirange) RETURNS jsonb
    LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
    RETURN (SELECT jsonb_agg(jsonb_build_array(lower(r), upper(r)) ORDER BY lower(r)) FROM unnest(spans) AS r);
COMMENT ON FUNCTION claims.pairs_of(int4multirange) IS 'Spans as decisions write them, [[start, end], …]; NULL for none.';

-- NULL and an empty list say the same; the order of a list says nothing, but in a chain, spans and days.
CREATE FUNCTION claims.plain(value jsonb, ordered boolean) RETURNS jsonb
    LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
    RETURN CASE jsonb_typeof(value)
        WHEN 'null' THEN NULL
        WHEN 'object' THEN
            (SELECT jsonb_object_agg(e.key, e.value) FROM jsonb_each(value) AS e
              WHERE e.value NOT IN ('null'::jsonb, '[]'::jsonb))
        WHEN 'array' THEN
            (SELECT jsonb_agg(x.part ORDER BY CASE WHEN ordered THEN x.place ELSE 0 END, x.part)
               FROM (SELECT CASE jsonb_typeof(e.value) WHEN 'object' THEN
                                (SELECT jsonb_object_agg(o.key, o.value) FROM jsonb_each(e.value) AS o
                                  WHERE o.value NOT IN ('null'::jsonb, '[]'::jsonb))
                            ELSE e.value END AS part, e.place
                       FROM jsonb_array_elements(value) WITH ORDINALITY AS e(value, place)) AS x)
        ELSE value END;
COMMENT ON FUNCTION claims.plain(jsonb, boolean) IS 'A value of a decision in the one form in which two that say the same are equal.';

-- One entry of a list of a source, from its row.
CREATE FUNCTION claims.entry_of(of text, stored jsonb) RETURNS jsonb
    LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
    RETURN CASE of
        WHEN 'source_name' THEN claims.plain(jsonb_build_object(
            'name', stored -> 'name', 'kind', stored -> 'kind', 'language', stored -> 'language'), true)
        WHEN 'source_role' THEN claims.plain(jsonb_build_object(
            'title', stored -> 'title', 'organisation', stored -> 'organisation',
            'first', lower((stored ->> 'valid')::daterange),
            'last', upper((stored ->> 'valid')::daterange) - 1,
            'evidence', stored -> 'evidence', 'version', stored -> 'evidence_version',
            'spans', claims.pairs_of((stored ->> 'evidence_spans')::int4multirange)), true)
        WHEN 'outlet_rating' THEN claims.plain(jsonb_build_object(
            'rating', stored -> 'rating', 'rated_on', stored -> 'rated_on',
            'rated_by', stored -> 'rated_by', 'why', stored -> 'why'), true)
        WHEN 'source_identifier' THEN jsonb_build_object(
            'register', stored -> 'register', 'value', stored -> 'value')
        WHEN 'source_distinct' THEN stored -> 'b' END;
COMMENT ON FUNCTION claims.entry_of(text, jsonb) IS 'A row of a table that belongs to a source, as decisions write it.';

CREATE FUNCTION claims.chain_of(claim uuid) RETURNS jsonb
    LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp
    RETURN (SELECT jsonb_agg(jsonb_build_object(
                       'source', a.source, 'mention', claims.pairs_of(a.mention_spans),
                       'cue', claims.pairs_of(a.cue_spans), 'capacity', claims.pairs_of(a.capacity_spans))
                       || to_jsonb(a) - '{claim,position,source,mention,mention_spans,cue,cue_spans,capacity,capacity_spans}'::text[]
                       ORDER BY a.position)
              FROM claims.attribution AS a WHERE a.claim = chain_of.claim);
COMMENT ON FUNCTION claims.chain_of(uuid) IS 'The hops of a claim as decisions write them.';

-- Every column of a subject is part of it, also those that are added later, but the ones named here: what
-- identifies and counts it, what the database derives, and what follows from other fields.
CREATE FUNCTION claims.state_of(kind text, subject uuid) RETURNS jsonb
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
COMMENT ON FUNCTION claims.state_of(text, uuid) IS 'All that decisions may change of a claim, source or document, as they write it.';

-- What a decision and a step of its subject disagree on: the first field, in words; NULL if on none.
-- A list of a source says which entries went and came, every other field its whole value. What the ledger
-- says beside the fields of the tables (readings, remarks) is the ledger's own.
CREATE FUNCTION claims.step_differs(was jsonb, became jsonb, before jsonb, after jsonb, born boolean) RETURNS text
    LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    field text;
    had jsonb;
    has jsonb;
    says_old jsonb;
    says_new jsonb;
    ordered boolean;
BEGIN
    FOR field IN SELECT k FROM jsonb_object_keys(became) AS k ORDER BY k LOOP
        ordered := field IN ('chain', 'content', 'said_on');
        had := claims.plain(was -> field, ordered);
        has := claims.plain(became -> field, ordered);
        says_old := claims.plain(before -> field, ordered);
        says_new := claims.plain(after -> field, ordered);
        IF field IN ('published_at', 'embargo_lifted') THEN
            -- A moment may be written with fewer digits, or in another zone.
            had := to_jsonb((had #>> '{}')::timestamptz);
            has := to_jsonb((has #>> '{}')::timestamptz);
            says_old := to_jsonb((says_old #>> '{}')::timestamptz);
            says_new := to_jsonb((says_new #>> '{}')::timestamptz);
        END IF;
        IF field IN ('names', 'roles', 'ratings', 'identifiers', 'distinct') THEN
            IF EXISTS (SELECT FROM jsonb_array_elements(says_old) AS e WHERE NOT coalesce(had, '[]') @> jsonb_build_array(e))
               OR EXISTS (SELECT FROM jsonb_array_elements(says_new) AS e WHERE NOT coalesce(has, '[]') @> jsonb_build_array(e))
               OR EXISTS (SELECT e FROM jsonb_array_elements(had) AS e EXCEPT SELECT e FROM jsonb_array_elements(has) AS e
                          EXCEPT SELECT e FROM jsonb_array_elements(says_old) AS e)
               OR EXISTS (SELECT e FROM jsonb_array_elements(has) AS e EXCEPT SELECT e FROM jsonb_array_elements(had) AS e
                          EXCEPT SELECT e FROM jsonb_array_elements(says_new) AS e) THEN
                RETURN field;
            END IF;
        ELSIF field = 'parents' THEN
            -- Added and never taken away, whatever is undone.
            IF NOT coalesce(has, '[]') @> coalesce(says_new, '[]')
               OR has IS DISTINCT FROM had AND has IS DISTINCT FROM says_new THEN
                RETURN field;
            END IF;
        ELSIF after ? field THEN
            IF has IS DISTINCT FROM says_new
               -- What it was before it was there is what an undo shall make of it: replaced.
               OR NOT born AND (NOT before ? field OR had IS DISTINCT FROM says_old) THEN
                RETURN field;
            END IF;
        ELSIF born THEN
            IF has IS NOT NULL AND field NOT IN ('run', 'recorded_at', 'said_on_spans', 'venue_spans') THEN
                RETURN field;
            END IF;
        ELSIF has IS DISTINCT FROM had THEN
            RETURN field;
        END IF;
    END LOOP;
    RETURN NULL;
END $$;
COMMENT ON FUNCTION claims.step_differs(jsonb, jsonb, jsonb, jsonb, boolean) IS 'The first field in which a step of a subject and its decision differ; NULL if there is none.';

-- The step and its decision -------------------------------------------------------------------------

-- The stamp is the database's own, whatever is given; and nothing begins in the middle of its history.
CREATE FUNCTION claims.stamp_new() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NEW.revision > 1 THEN
        RAISE EXCEPTION '% %: it begins at revision 0, or at 1 with its first decision', TG_TABLE_NAME, NEW.id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'revision_step';
    END IF;
    NEW.changed_in := pg_current_xact_id()::text::bigint;
    RETURN NEW;
END $$;

-- SECURITY DEFINER, here and below: what the laws are kept with is nobody else's.
CREATE FUNCTION claims.keep_step() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO claims.step (kind, subject, revision, fields)
    VALUES (TG_TABLE_NAME, NEW.id, NEW.revision, claims.state_of(TG_TABLE_NAME, OLD.id));
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

CREATE FUNCTION claims.guard_step() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP <> 'TRUNCATE' AND pg_trigger_depth() > 1 THEN
        RETURN coalesce(NEW, OLD);
    END IF;
    RAISE EXCEPTION '% on claims.step is refused: it follows the revisions alone', TG_OP
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'steps_alone';
END $$;
CREATE TRIGGER step_rows BEFORE INSERT OR UPDATE OR DELETE ON claims.step
    FOR EACH ROW EXECUTE FUNCTION claims.guard_step();
CREATE TRIGGER step_truncate BEFORE TRUNCATE ON claims.step
    FOR EACH STATEMENT EXECUTE FUNCTION claims.guard_step();

CREATE TRIGGER claim_stamped BEFORE INSERT ON claims.claim
    FOR EACH ROW EXECUTE FUNCTION claims.stamp_new();
CREATE TRIGGER source_stamped BEFORE INSERT ON claims.source
    FOR EACH ROW EXECUTE FUNCTION claims.stamp_new();
CREATE TRIGGER document_stamped BEFORE INSERT ON claims.document
    FOR EACH ROW EXECUTE FUNCTION claims.stamp_new();
CREATE TRIGGER claim_step BEFORE UPDATE ON claims.claim
    FOR EACH ROW WHEN (NEW.revision <> OLD.revision) EXECUTE FUNCTION claims.keep_step();
CREATE TRIGGER source_step BEFORE UPDATE ON claims.source
    FOR EACH ROW WHEN (NEW.revision <> OLD.revision) EXECUTE FUNCTION claims.keep_step();
CREATE TRIGGER document_step BEFORE UPDATE ON claims.document
    FOR EACH ROW WHEN (NEW.revision <> OLD.revision) EXECUTE FUNCTION claims.keep_step();

-- What belongs to a subject: as its decisions say, whoever's transaction it is ----------------------

-- A settled chain is what the last decision says that names it. A hop stays with its claim and place.
CREATE OR REPLACE FUNCTION claims.guard_attribution() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    hops_of uuid := coalesce(NEW.claim, OLD.claim);
    settled integer;
    decided jsonb;
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.claim, NEW.position) IS DISTINCT FROM (OLD.claim, OLD.position) THEN
        RAISE EXCEPTION 'attribution of claim %: a hop stays with its claim and place', OLD.claim
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'chain_settled';
    END IF;
    SELECT c.revision INTO settled FROM claims.claim AS c WHERE c.id = hops_of;
    IF settled > 0 THEN
        SELECT d.after -> 'chain' INTO decided FROM claims.decision AS d
         WHERE d.subject_kind = 'claim' AND d.subject = hops_of AND d.after ? 'chain'
         ORDER BY d.revision DESC LIMIT 1;
        IF claims.plain(decided, true) IS DISTINCT FROM claims.plain(claims.chain_of(hops_of), true) THEN
            RAISE EXCEPTION 'attribution of claim %: a settled chain changes only with a decision on its claim',
                hops_of USING ERRCODE = 'restrict_violation', CONSTRAINT = 'chain_settled';
        END IF;
    ELSIF TG_OP = 'UPDATE'
       AND (to_jsonb(OLD) - '{source,link_rule,link_score,link_reason}'::text[])
        <> (to_jsonb(NEW) - '{source,link_rule,link_score,link_reason}'::text[]) THEN
        RAISE EXCEPTION 'attribution of claim %: a proposal is linked anew or replaced whole, never edited', hops_of
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'chain_settled';
    END IF;
    RETURN NULL;
END $$;

-- An entry that came or went is in the last decision that names it, on that side. The machine may add
-- names to a source that nobody decided on, and make anew the keys that names and offices are found by.
CREATE OR REPLACE FUNCTION claims.guard_belonging() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    changed jsonb := coalesce(to_jsonb(NEW), to_jsonb(OLD));
    owner uuid := coalesce(changed ->> 'source', changed ->> 'outlet', changed ->> 'a')::uuid;
    entry jsonb := claims.entry_of(TG_TABLE_NAME, changed);
    list text := CASE TG_TABLE_NAME WHEN 'source_name' THEN 'names' WHEN 'source_role' THEN 'roles'
                     WHEN 'outlet_rating' THEN 'ratings' WHEN 'source_identifier' THEN 'identifiers'
                     ELSE 'distinct' END;
    settled integer;
    there boolean;
    decided boolean;
BEGIN
    IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'source_name'
       AND (to_jsonb(OLD) - 'keys') = (to_jsonb(NEW) - 'keys') THEN
        RETURN NULL;
    END IF;
    SELECT s.revision INTO settled FROM claims.source AS s WHERE s.id = owner;
    IF TG_OP = 'INSERT' AND TG_TABLE_NAME = 'source_name' AND settled = 0 THEN
        RETURN NULL;
    END IF;
    there := coalesce(claims.state_of('source', owner) -> list @> jsonb_build_array(entry), false);
    SELECT EXISTS (SELECT FROM jsonb_array_elements(d.after -> list) AS e WHERE claims.plain(e, true) = entry)
      INTO decided FROM claims.decision AS d
     WHERE d.subject_kind = 'source' AND d.subject = owner AND d.after ? list
       AND EXISTS (SELECT FROM (SELECT d.after -> list UNION ALL SELECT d.before -> list) AS side(entries),
                          jsonb_array_elements(nullif(side.entries, 'null')) AS e
                    WHERE claims.plain(e, true) = entry)
     ORDER BY d.revision DESC LIMIT 1;
    IF TG_OP = 'UPDATE' OR settled = 0 OR decided IS NULL OR decided <> there THEN
        RAISE EXCEPTION '% of source %: it is added or taken away only with a decision on the source',
            TG_TABLE_NAME, owner USING ERRCODE = 'restrict_violation', CONSTRAINT = 'source_settled';
    END IF;
    RETURN NULL;
END $$;

-- A parent, and a link that a person made, are as the last decision says that names them; the link is
-- by whoever decided, of that moment. What the machine linked it may link anew.
CREATE OR REPLACE FUNCTION claims.guard_of_claim() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    changed jsonb := coalesce(to_jsonb(NEW), to_jsonb(OLD));
    owner uuid := coalesce(changed ->> 'claim', changed ->> 'a')::uuid;
    made claims.decision;
    fits boolean;
BEGIN
    IF TG_TABLE_NAME = 'claim_link' AND to_jsonb(OLD) ->> 'linked_by' IS NULL
       AND to_jsonb(NEW) ->> 'linked_by' IS NULL THEN
        RETURN NULL;
    END IF;
    IF TG_TABLE_NAME = 'claim_parent' THEN
        fits := EXISTS (SELECT FROM claims.decision AS d
                         WHERE d.subject_kind = 'claim' AND d.subject = owner
                           AND d.after -> 'parents' @> jsonb_build_array(changed ->> 'parent'));
    ELSE
        SELECT d.* INTO made FROM claims.decision AS d
         WHERE d.subject_kind = 'claim' AND d.subject = owner AND d.after ? 'links'
         ORDER BY d.revision DESC LIMIT 1;
        fits := claims.plain(made.after -> 'links', false) IS NOT DISTINCT FROM
                claims.plain(claims.state_of('claim', owner) -> 'links', false)
            AND made.no IS NOT NULL
            AND (TG_OP <> 'INSERT'
                 OR NOT EXISTS (SELECT FROM claims.claim_link AS l WHERE l.id = (changed ->> 'id')::uuid)
                 OR ((changed ->> 'linked_by')::uuid, (changed ->> 'recorded_at')::timestamptz) = (made.reviewer, made.at));
    END IF;
    IF TG_OP = 'UPDATE' OR NOT fits THEN
        RAISE EXCEPTION '% of claim %: it is added or taken away only with a decision on the claim',
            TG_TABLE_NAME, owner USING ERRCODE = 'restrict_violation', CONSTRAINT = 'claim_settled';
    END IF;
    RETURN NULL;
END $$;

-- A state that is frozen holds all that is stored, also when the server's clock was set back since -----

CREATE FUNCTION claims.latest_moment() RETURNS timestamptz
    LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp
    RETURN greatest(clock_timestamp(),
                    (SELECT max(recorded_at) FROM claims.run),
                    (SELECT max(recorded_at) FROM claims.reviewer),
                    (SELECT max(recorded_at) FROM claims.source),
                    (SELECT max(recorded_at) FROM claims.document),
                    (SELECT max(recorded_at) FROM claims.document_version),
                    (SELECT max(recorded_at) FROM claims.claim),
                    (SELECT max(recorded_at) FROM claims.claim_link),
                    (SELECT max(at) FROM claims.decision),
                    (SELECT max(at) FROM claims.release));
COMMENT ON FUNCTION claims.latest_moment() IS 'Now, or the latest moment at which anything was stored if the clock was set back since.';

CREATE OR REPLACE FUNCTION claims.freeze_release() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    SELECT h.no, h.digest INTO STRICT NEW.no, NEW.digest FROM claims.ledger_head AS h FOR SHARE;
    NEW.at := claims.latest_moment();
    RETURN NEW;
END $$;

-- A policy holds from the moment it is set ----------------------------------------------------------

CREATE FUNCTION claims.sign_policy() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM claims.reviewer AS r
                WHERE r.id = NEW.set_by AND r.closed_at <= clock_timestamp()) THEN
        RAISE EXCEPTION 'reviewer % is closed', NEW.set_by
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'reviewer_open';
    END IF;
    NEW.at := clock_timestamp();
    RETURN NEW;
END $$;
CREATE TRIGGER review_policy_signed BEFORE INSERT ON claims.review_policy
    FOR EACH ROW EXECUTE FUNCTION claims.sign_policy();

-- What is removed, functions of the owner's remove: a right to delete is a right to lock a whole table --

CREATE FUNCTION claims.replace_proposals(proposals uuid[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    untouched uuid[];
BEGIN
    SELECT array_agg(c.id) INTO untouched FROM claims.claim AS c
     WHERE c.id = ANY (proposals) AND c.revision = 0
       AND NOT EXISTS (SELECT FROM claims.reading AS r WHERE r.claim = c.id)
       AND NOT EXISTS (SELECT FROM claims.draft AS d WHERE d.claim = c.id);
    DELETE FROM claims.attribution AS a WHERE a.claim = ANY (untouched);
    DELETE FROM claims.anchor AS a WHERE a.claim = ANY (untouched);
    DELETE FROM claims.claim AS c WHERE c.id = ANY (untouched);
END $$;
COMMENT ON FUNCTION claims.replace_proposals(uuid[]) IS 'Removes proposals that no person has touched, with their hops and anchors; others stay.';

-- What belongs to a subject goes while its revision moves: at commit its decision must say so.
CREATE FUNCTION claims.require_step(of text, id uuid) RETURNS void
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM claims.step AS s WHERE s.kind = of AND s.subject = id) THEN
        RAISE EXCEPTION '% %: what belongs to it is taken away only with a decision on it', of, id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = of || '_settled';
    END IF;
END $$;

CREATE FUNCTION claims.take_chain(of uuid) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM claims.require_step('claim', of);
    DELETE FROM claims.attribution AS a WHERE a.claim = of;
END $$;
COMMENT ON FUNCTION claims.take_chain(uuid) IS 'Takes a claim''s hops away, so that those of a decision take their place.';

CREATE FUNCTION claims.take_link(of uuid, other uuid, link_kind text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM claims.require_step('claim', of);
    DELETE FROM claims.claim_link AS l WHERE l.a = of AND l.b = other AND l.kind = link_kind;
END $$;
COMMENT ON FUNCTION claims.take_link(uuid, uuid, text) IS 'Takes a link of a claim away, as a decision says.';

CREATE FUNCTION claims.take_entry(of uuid, list text, entry jsonb) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    gone jsonb := claims.plain(entry, true);
BEGIN
    PERFORM claims.require_step('source', of);
    CASE list
        WHEN 'names' THEN DELETE FROM claims.source_name AS t
             WHERE t.source = of AND claims.entry_of('source_name', to_jsonb(t)) = gone;
        WHEN 'roles' THEN DELETE FROM claims.source_role AS t
             WHERE t.source = of AND claims.entry_of('source_role', to_jsonb(t)) = gone;
        WHEN 'ratings' THEN DELETE FROM claims.outlet_rating AS t
             WHERE t.outlet = of AND claims.entry_of('outlet_rating', to_jsonb(t)) = gone;
        WHEN 'identifiers' THEN DELETE FROM claims.source_identifier AS t
             WHERE t.source = of AND claims.entry_of('source_identifier', to_jsonb(t)) = gone;
        WHEN 'distinct' THEN DELETE FROM claims.source_distinct AS t
             WHERE t.a = of AND to_jsonb(t.b) = gone;
    END CASE;
END $$;
COMMENT ON FUNCTION claims.take_entry(uuid, text, jsonb) IS 'Takes an entry of a source''s list away, as a decision writes it.';

CREATE FUNCTION claims.free_cards(holder uuid, only_claim uuid, all_but uuid) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    DELETE FROM claims.lease AS l
     WHERE l.reviewer = holder AND l.claim = coalesce(only_claim, l.claim) AND l.claim IS DISTINCT FROM all_but;
END;
COMMENT ON FUNCTION claims.free_cards(uuid, uuid, uuid) IS 'Frees the cards that a reviewer holds: one, or all but one.';

CREATE FUNCTION claims.forget_draft(writer uuid, of uuid) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    DELETE FROM claims.draft AS d WHERE d.reviewer = writer AND d.claim = of;
END;
COMMENT ON FUNCTION claims.forget_draft(uuid, uuid) IS 'Forgets what a reviewer typed about a claim and did not decide.';

-- A suggestion is the machine's: it is found anew, never taken away.
CREATE TRIGGER source_suggestion_rows BEFORE DELETE ON claims.source_suggestion
    FOR EACH ROW EXECUTE FUNCTION claims.refuse_removal();
CREATE TRIGGER source_suggestion_truncate BEFORE TRUNCATE ON claims.source_suggestion
    FOR EACH STATEMENT EXECUTE FUNCTION claims.refuse_removal();

ALTER TABLE claims.step ENABLE ALWAYS TRIGGER step_rows;
ALTER TABLE claims.step ENABLE ALWAYS TRIGGER step_truncate;
ALTER TABLE claims.claim ENABLE ALWAYS TRIGGER claim_stamped;
ALTER TABLE claims.source ENABLE ALWAYS TRIGGER source_stamped;
ALTER TABLE claims.document ENABLE ALWAYS TRIGGER document_stamped;
ALTER TABLE claims.claim ENABLE ALWAYS TRIGGER claim_step;
ALTER TABLE claims.source ENABLE ALWAYS TRIGGER source_step;
ALTER TABLE claims.document ENABLE ALWAYS TRIGGER document_step;
ALTER TABLE claims.review_policy ENABLE ALWAYS TRIGGER review_policy_signed;
ALTER TABLE claims.source_suggestion ENABLE ALWAYS TRIGGER source_suggestion_rows;
ALTER TABLE claims.source_suggestion ENABLE ALWAYS TRIGGER source_suggestion_truncate;
