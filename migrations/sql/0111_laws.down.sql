-- The laws as they were: a decision beside the change, whatever it says.

DROP TRIGGER claim_stamped ON claims.claim;
DROP TRIGGER source_stamped ON claims.source;
DROP TRIGGER document_stamped ON claims.document;
DROP TRIGGER claim_step ON claims.claim;
DROP TRIGGER source_step ON claims.source;
DROP TRIGGER document_step ON claims.document;
DROP TRIGGER review_policy_signed ON claims.review_policy;
DROP TRIGGER source_suggestion_rows ON claims.source_suggestion;
DROP TRIGGER source_suggestion_truncate ON claims.source_suggestion;

CREATE OR REPLACE FUNCTION claims.require_decision() RETURNS trigger
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

CREATE OR REPLACE FUNCTION claims.guard_attribution() RETURNS trigger
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

CREATE OR REPLACE FUNCTION claims.guard_belonging() RETURNS trigger
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

CREATE OR REPLACE FUNCTION claims.guard_of_claim() RETURNS trigger
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

CREATE OR REPLACE FUNCTION claims.freeze_release() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    SELECT h.no, h.digest INTO STRICT NEW.no, NEW.digest FROM claims.ledger_head AS h FOR SHARE;
    NEW.at := clock_timestamp();
    RETURN NEW;
END $$;

DROP FUNCTION claims.latest_moment();
DROP TABLE claims.step;
DROP FUNCTION claims.forget_draft(uuid, uuid);
DROP FUNCTION claims.free_cards(uuid, uuid, uuid);
DROP FUNCTION claims.take_entry(uuid, text, jsonb);
DROP FUNCTION claims.take_link(uuid, uuid, text);
DROP FUNCTION claims.take_chain(uuid);
DROP FUNCTION claims.require_step(text, uuid);
DROP FUNCTION claims.replace_proposals(uuid[]);
DROP FUNCTION claims.sign_policy();
DROP FUNCTION claims.guard_step();
DROP FUNCTION claims.keep_step();
DROP FUNCTION claims.stamp_new();
DROP FUNCTION claims.step_differs(jsonb, jsonb, jsonb, jsonb, boolean);
DROP FUNCTION claims.state_of(text, uuid);
DROP FUNCTION claims.chain_of(uuid);
DROP FUNCTION claims.entry_of(text, jsonb);
DROP FUNCTION claims.plain(jsonb, boolean);
DROP FUNCTION claims.pairs_of(int4multirange);
