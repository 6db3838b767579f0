-- Anchors: what changed, where the hops stand, and which form of the algorithm found it.

ALTER TABLE claims.anchor
    ADD COLUMN changes TEXT[] DEFAULT '{}' NOT NULL,
    ADD COLUMN hop_spans JSONB DEFAULT '[]' NOT NULL,
    ADD COLUMN method TEXT DEFAULT 'unknown' NOT NULL,
    ADD COLUMN recorded_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    ADD CONSTRAINT ck_anchor_changes CHECK (changes <@ ARRAY['typography', 'words', 'number', 'negation', 'attribution', 'form']),
    ADD CONSTRAINT ck_anchor_calm CHECK (state NOT IN ('same', 'moved') OR changes <@ ARRAY['typography']),
    ADD CONSTRAINT ck_anchor_hop_spans CHECK (jsonb_typeof(hop_spans) = 'array'),
    ADD CONSTRAINT ck_anchor_method CHECK (method <> '');
ALTER TABLE claims.anchor ALTER COLUMN method DROP DEFAULT;
CREATE INDEX ix_anchor_version ON claims.anchor (version);
CREATE INDEX ix_anchor_unsettled ON claims.anchor (version, claim)
    WHERE state IN ('altered', 'lost', 'ambiguous');

-- An anchor points into another version of the claim's document, within its text. The machine may find
-- it anew; it never moves to another claim or version, and goes only with a proposal that gave way.
CREATE FUNCTION claims.check_anchor() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    body text;
    own uuid;
    fits boolean;
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.claim, NEW.version) IS DISTINCT FROM (OLD.claim, OLD.version) THEN
        RAISE EXCEPTION 'anchor of claim %: it stays with its claim and version', OLD.claim
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'anchor_kept';
    END IF;
    SELECT v.text, c.version INTO body, own
      FROM claims.claim AS c
      JOIN claims.document_version AS stands ON stands.id = c.version
      JOIN claims.document_version AS v ON v.document = stands.document
     WHERE c.id = NEW.claim AND v.id = NEW.version;
    IF own IS NULL OR own = NEW.version THEN
        RAISE EXCEPTION 'anchor of claim %: % is no other version of its document', NEW.claim, NEW.version
            USING ERRCODE = 'check_violation', CONSTRAINT = 'anchor_version';
    END IF;
    SELECT bool_and(claims.spans_fit(body, s.spans)) INTO fits
      FROM (SELECT NEW.spans AS spans
            UNION ALL
            SELECT int4multirange(int4range((pair ->> 0)::int, (pair ->> 1)::int))
              FROM jsonb_array_elements(NEW.hop_spans) AS hop
             CROSS JOIN LATERAL jsonb_each(hop) AS part
             CROSS JOIN LATERAL jsonb_array_elements(part.value) AS pair) AS s;
    IF fits IS NOT TRUE THEN
        RAISE EXCEPTION 'anchor of claim %: its spans are not within the text', NEW.claim
            USING ERRCODE = 'check_violation', CONSTRAINT = 'anchor_spans_fit';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER anchor_checked BEFORE INSERT OR UPDATE ON claims.anchor
    FOR EACH ROW EXECUTE FUNCTION claims.check_anchor();

CREATE FUNCTION claims.guard_anchor_removal() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM claims.claim AS c WHERE c.id = OLD.claim AND c.revision > 0) THEN
        RAISE EXCEPTION 'anchor of claim %: a person decided on the claim; find it anew instead', OLD.claim
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'anchor_stays';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER anchor_removed BEFORE DELETE ON claims.anchor
    FOR EACH ROW EXECUTE FUNCTION claims.guard_anchor_removal();
CREATE TRIGGER anchor_truncate BEFORE TRUNCATE ON claims.anchor
    FOR EACH STATEMENT EXECUTE FUNCTION claims.refuse_removal();
ALTER TABLE claims.anchor ENABLE ALWAYS TRIGGER anchor_checked;
ALTER TABLE claims.anchor ENABLE ALWAYS TRIGGER anchor_removed;
ALTER TABLE claims.anchor ENABLE ALWAYS TRIGGER anchor_truncate;
