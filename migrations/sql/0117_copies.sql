-- Copies: which article is printed from which, what the publisher says a text comes from, and what people
-- settle of both (docs/decisions/0014-copies.md).

-- Whom the publisher's own fields name as where a version comes from.
ALTER TABLE claims.sighting ADD COLUMN credit TEXT;

-- What people settle: the article that this one is printed from, itself if it is a report of its own, and
-- whom it comes from.
ALTER TABLE claims.document
    ADD COLUMN copy_of UUID,
    ADD COLUMN origin UUID,
    ADD CONSTRAINT fk_document_copy_of FOREIGN KEY(copy_of) REFERENCES claims.document (id),
    ADD CONSTRAINT fk_document_origin FOREIGN KEY(origin) REFERENCES claims.source (id),
    ADD CONSTRAINT ck_document_undecided_origin CHECK (revision > 0 OR copy_of IS NULL AND origin IS NULL);
CREATE INDEX ix_document_copy_of ON claims.document (copy_of) WHERE copy_of IS NOT NULL;
CREATE INDEX ix_document_origin ON claims.document (origin) WHERE origin IS NOT NULL;

-- Articles with the same words are one text: a million of them are compared once.
CREATE TABLE claims.compared_text (
    id UUID NOT NULL,
    place UUID NOT NULL,
    version UUID NOT NULL,
    words INTEGER NOT NULL,
    is_original BOOLEAN NOT NULL,
    CONSTRAINT pk_compared_text PRIMARY KEY (id),
    CONSTRAINT uq_compared_text_place UNIQUE (place) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_compared_text_version FOREIGN KEY(version) REFERENCES claims.document_version (id)
);
CREATE TABLE claims.document_text (
    document UUID NOT NULL,
    version UUID NOT NULL,
    text UUID NOT NULL,
    place UUID NOT NULL,
    credit TEXT,
    credit_rule TEXT,
    credit_words TEXT,
    CONSTRAINT pk_document_text PRIMARY KEY (document),
    CONSTRAINT ck_document_text_credit CHECK (num_nulls(credit, credit_rule, credit_words) IN (0, 3)),
    CONSTRAINT ck_document_text_credit_rule CHECK (credit_rule IN ('field', 'credit-line', 'byline')),
    CONSTRAINT fk_document_text_document FOREIGN KEY(document) REFERENCES claims.document (id),
    CONSTRAINT fk_document_text_version FOREIGN KEY(version) REFERENCES claims.document_version (id),
    CONSTRAINT fk_document_text_text FOREIGN KEY(text) REFERENCES claims.compared_text (id)
);
CREATE INDEX ix_document_text_text_place ON claims.document_text (text, place);

CREATE TABLE claims.fingerprint (
    hash BIGINT NOT NULL,
    place UUID NOT NULL,
    is_original BOOLEAN NOT NULL,
    CONSTRAINT pk_fingerprint PRIMARY KEY (hash, place) INCLUDE (is_original)
);

CREATE TABLE claims.copy (
    text UUID NOT NULL,
    original UUID NOT NULL,
    kind TEXT NOT NULL,
    share DOUBLE PRECISION NOT NULL,
    narration DOUBLE PRECISION,
    spans INT4MULTIRANGE NOT NULL,
    CONSTRAINT pk_copy PRIMARY KEY (text, original),
    CONSTRAINT ck_copy_kind CHECK (kind IN ('copy', 'cut', 'merged', 'contains')),
    CONSTRAINT ck_copy_share CHECK (share >= 0 AND share <= 1 AND narration >= 0 AND narration <= 1),
    CONSTRAINT ck_copy_another CHECK (text <> original),
    CONSTRAINT fk_copy_text FOREIGN KEY(text) REFERENCES claims.compared_text (id),
    CONSTRAINT fk_copy_original FOREIGN KEY(original) REFERENCES claims.compared_text (id)
);
CREATE INDEX ix_copy_original ON claims.copy (original);

-- Articles whose text, date or settlement changed since they were compared.
CREATE TABLE claims.comparison_due (
    document UUID NOT NULL,
    CONSTRAINT pk_comparison_due PRIMARY KEY (document),
    CONSTRAINT fk_comparison_due_document FOREIGN KEY(document) REFERENCES claims.document (id)
);

-- One comparison at a time: whoever compares holds the row until it commits.
CREATE TABLE claims.comparison_head (
    id BOOLEAN DEFAULT true NOT NULL,
    CONSTRAINT pk_comparison_head PRIMARY KEY (id),
    CONSTRAINT ck_comparison_head_single CHECK (id)
);
INSERT INTO claims.comparison_head DEFAULT VALUES;
INSERT INTO claims.comparison_due (document)
SELECT d.id FROM claims.document AS d WHERE EXISTS (SELECT FROM claims.sighting AS s WHERE s.document = d.id);

-- Whoever compares holds the row of what it compares: a change that is on its way is waited for, and one
-- that comes later makes the article due again. SECURITY DEFINER: nobody else writes the table.
CREATE FUNCTION claims.note_comparison_due() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO claims.comparison_due (document)
    VALUES (CASE TG_TABLE_NAME WHEN 'sighting' THEN to_jsonb(NEW) ->> 'document' ELSE to_jsonb(NEW) ->> 'id' END::uuid)
    ON CONFLICT (document) DO UPDATE SET document = excluded.document;
    RETURN NULL;
END $$;
CREATE TRIGGER sighting_compared AFTER INSERT ON claims.sighting
    FOR EACH ROW EXECUTE FUNCTION claims.note_comparison_due();
CREATE TRIGGER document_compared AFTER UPDATE OF published_at, byline, copy_of ON claims.document
    FOR EACH ROW WHEN (NEW.published_at IS DISTINCT FROM OLD.published_at
                       OR NEW.byline IS DISTINCT FROM OLD.byline
                       OR NEW.copy_of IS DISTINCT FROM OLD.copy_of)
    EXECUTE FUNCTION claims.note_comparison_due();
ALTER TABLE claims.sighting ENABLE ALWAYS TRIGGER sighting_compared;
ALTER TABLE claims.document ENABLE ALWAYS TRIGGER document_compared;

-- No article is, over others, printed from itself. The head is locked, so that of two pointers that are set
-- at once the second sees the first. SECURITY DEFINER: for that lock.
CREATE FUNCTION claims.refuse_copy_circle() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    here uuid := NEW.copy_of;
    beyond uuid;
BEGIN
    PERFORM FROM claims.comparison_head AS h FOR UPDATE;
    LOOP
        SELECT d.copy_of INTO beyond FROM claims.document AS d WHERE d.id = here;
        EXIT WHEN beyond IS NULL OR beyond = here;
        IF beyond = NEW.id THEN
            RAISE EXCEPTION 'document %: it would be a copy of itself', NEW.id
                USING ERRCODE = 'restrict_violation', CONSTRAINT = 'copy_circle';
        END IF;
        here := beyond;
    END LOOP;
    RETURN NEW;
END $$;
CREATE TRIGGER document_copy_circle BEFORE UPDATE OF copy_of ON claims.document
    FOR EACH ROW WHEN (NEW.copy_of IS DISTINCT FROM OLD.copy_of AND NEW.copy_of <> NEW.id)
    EXECUTE FUNCTION claims.refuse_copy_circle();
ALTER TABLE claims.document ENABLE ALWAYS TRIGGER document_copy_circle;

-- What a comparison removes. All of it can be made again from the articles.
CREATE FUNCTION claims.forget_due(documents uuid[]) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    BEGIN ATOMIC
        DELETE FROM claims.comparison_due AS d WHERE d.document = ANY (documents);
    END;
COMMENT ON FUNCTION claims.forget_due(uuid[]) IS 'Documents have been compared.';
CREATE FUNCTION claims.forget_fingerprints(hashes bigint[], place uuid) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    BEGIN ATOMIC
        DELETE FROM claims.fingerprint AS f WHERE f.hash = ANY (hashes) AND f.place = forget_fingerprints.place;
    END;
COMMENT ON FUNCTION claims.forget_fingerprints(bigint[], uuid) IS 'A text no longer stands at a place.';
CREATE FUNCTION claims.forget_copies(text uuid) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    BEGIN ATOMIC
        DELETE FROM claims.copy AS c WHERE c.text = forget_copies.text;
    END;
COMMENT ON FUNCTION claims.forget_copies(uuid) IS 'What a text was a copy of is found anew.';
CREATE FUNCTION claims.forget_texts(texts uuid[]) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    BEGIN ATOMIC
        DELETE FROM claims.compared_text AS t WHERE t.id = ANY (texts);
    END;
COMMENT ON FUNCTION claims.forget_texts(uuid[]) IS 'No article has these texts any more.';
CREATE FUNCTION claims.compare_again() RETURNS bigint
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    BEGIN ATOMIC
        WITH due AS (
            INSERT INTO claims.comparison_due (document)
            SELECT d.id FROM claims.document AS d
             WHERE EXISTS (SELECT FROM claims.sighting AS s WHERE s.document = d.id)
            ON CONFLICT DO NOTHING RETURNING 1)
        SELECT count(*) FROM due;
    END;
COMMENT ON FUNCTION claims.compare_again() IS 'Makes every document due to be compared; returns how many were not.';
