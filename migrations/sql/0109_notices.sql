-- Notices: what publishers say of their articles after publication, kills that take effect at once, and
-- embargoes (docs/decisions/0012-notices.md).

CREATE TABLE claims.notice (
    id UUID NOT NULL,
    kind TEXT NOT NULL,
    signal TEXT NOT NULL,
    words TEXT NOT NULL,
    place TEXT NOT NULL,
    spans INT4MULTIRANGE NOT NULL,
    url TEXT,
    external_id TEXT,
    outlet TEXT,
    issued_at TIMESTAMP WITH TIME ZONE,
    received_at TIMESTAMP WITH TIME ZONE NOT NULL,
    document UUID,
    address UUID,
    identifier UUID,
    archive_record UUID,
    run UUID NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT pk_notice PRIMARY KEY (id),
    CONSTRAINT ck_notice_kind CHECK (kind IN ('correct', 'withdraw', 'kill', 'restore')),
    CONSTRAINT ck_notice_signal CHECK (signal ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    CONSTRAINT ck_notice_names_article CHECK (num_nonnulls(document, address, identifier) > 0),
    CONSTRAINT fk_notice_document FOREIGN KEY(document) REFERENCES claims.document (id),
    CONSTRAINT fk_notice_archive_record FOREIGN KEY(archive_record) REFERENCES claims.archive_record (id),
    CONSTRAINT fk_notice_run FOREIGN KEY(run) REFERENCES claims.run (id)
);
CREATE INDEX ix_notice_document ON claims.notice (document);
CREATE INDEX ix_notice_address ON claims.notice (address) WHERE document IS NULL;
CREATE INDEX ix_notice_identifier ON claims.notice (identifier) WHERE document IS NULL;

-- What the machine did to a document without a decision, in the one order that it shares with the
-- ledger: a row follows the decision that it names.
CREATE TABLE claims.document_change (
    no BIGINT NOT NULL,
    after_no BIGINT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    document UUID NOT NULL,
    kind TEXT NOT NULL,
    notice UUID,
    status_before TEXT NOT NULL,
    status_after TEXT NOT NULL,
    embargo_before TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_document_change PRIMARY KEY (no),
    CONSTRAINT ck_document_change_kind CHECK (kind IN ('killed', 'restored', 'embargoed', 'embargo-ended')),
    CONSTRAINT ck_document_change_no CHECK (no >= 1),
    CONSTRAINT fk_document_change_document FOREIGN KEY(document) REFERENCES claims.document (id),
    CONSTRAINT fk_document_change_notice FOREIGN KEY(notice) REFERENCES claims.notice (id)
);
CREATE INDEX ix_document_change_after_no_no ON claims.document_change (after_no, no);
CREATE INDEX ix_document_change_document ON claims.document_change (document);

-- What the publisher says with a version: that it is usable, in so many words, and until when it is not.
ALTER TABLE claims.sighting
    ADD COLUMN usable BOOLEAN DEFAULT false NOT NULL,
    ADD COLUMN embargo TIMESTAMP WITH TIME ZONE;
CREATE INDEX ix_sighting_document_publisher_time ON claims.sighting (document, publisher_time) WHERE usable;

ALTER TABLE claims.document
    ADD COLUMN killed_by UUID,
    ADD COLUMN embargoed_until TIMESTAMP WITH TIME ZONE,
    ADD COLUMN kill_lifted UUID,
    ADD COLUMN embargo_lifted TIMESTAMP WITH TIME ZONE,
    ADD COLUMN settled_notices UUID[] DEFAULT '{}' NOT NULL,
    ADD COLUMN shown_status TEXT NOT NULL GENERATED ALWAYS AS (
        CASE WHEN killed_by IS NOT NULL AND killed_by IS DISTINCT FROM kill_lifted THEN 'withdrawn'
             ELSE status END) STORED,
    ADD COLUMN hidden_until TIMESTAMP WITH TIME ZONE GENERATED ALWAYS AS (
        CASE WHEN embargoed_until IS DISTINCT FROM embargo_lifted THEN embargoed_until
             ELSE NULL::timestamp with time zone END) STORED,
    ADD CONSTRAINT ck_document_undecided_notices CHECK (
        revision > 0 OR kill_lifted IS NULL AND embargo_lifted IS NULL AND settled_notices = '{}');
CREATE INDEX ix_document_hidden_until ON claims.document (hidden_until) WHERE hidden_until IS NOT NULL;
CREATE INDEX ix_document_embargoed_until ON claims.document (embargoed_until)
    WHERE embargoed_until IS NOT NULL;
CREATE INDEX ix_document_outlet ON claims.document (outlet);
CREATE INDEX ix_document_killed_by ON claims.document (killed_by) WHERE killed_by IS NOT NULL;

-- The kill that holds for a document, whatever people decided of it: its wire's last kill, unless the wire
-- took it back later, by a notice or by a later version that it calls usable. The order in which these
-- arrive makes no difference. Of two words of one moment the kill is believed.
CREATE FUNCTION claims.kill_in_force(document uuid) RETURNS uuid
    LANGUAGE sql STABLE STRICT SET search_path = pg_catalog, pg_temp
    RETURN (SELECT CASE WHEN EXISTS (SELECT FROM claims.notice AS r
                                      WHERE r.document = kill_in_force.document AND r.kind = 'restore'
                                        AND coalesce(r.issued_at, r.received_at) > last.at)
                          OR EXISTS (SELECT FROM claims.sighting AS s
                                      WHERE s.document = kill_in_force.document AND s.usable
                                        AND s.publisher_time > last.at)
                        THEN NULL ELSE last.id END
              FROM (SELECT n.id, coalesce(n.issued_at, n.received_at) AS at FROM claims.notice AS n
                     WHERE n.document = kill_in_force.document AND n.kind = 'kill'
                     ORDER BY coalesce(n.issued_at, n.received_at) DESC, n.id LIMIT 1) AS last);
COMMENT ON FUNCTION claims.kill_in_force(uuid) IS 'The kill notice that is its wire''s last word on a document; NULL if the wire has not killed it, or restored it since.';

-- The embargo that its publisher lays on a document, whatever people decided of it: what the newest version
-- says of it, in the order of claims.current_version. A version that the publisher neither numbers nor dates
-- says nothing by its silence: it may be a copy that lost the embargo on its way.
CREATE FUNCTION claims.embargo_in_force(document uuid) RETURNS timestamptz
    LANGUAGE sql STABLE STRICT SET search_path = pg_catalog, pg_temp
    RETURN (SELECT s.embargo FROM claims.sighting AS s
             WHERE s.document = embargo_in_force.document
               AND (s.embargo IS NOT NULL OR s.publisher_version IS NOT NULL
                    OR s.publisher_time IS NOT NULL)
             ORDER BY s.publisher_version DESC NULLS LAST, coalesce(s.publisher_time, s.seen_at) DESC,
                      s.seen_at DESC, s.embargo DESC NULLS LAST, s.id DESC LIMIT 1);
COMMENT ON FUNCTION claims.embargo_in_force(uuid) IS 'Until when its publisher does not allow a document to be published, by the newest version that speaks of it; NULL if it never said so, or no longer.';

-- An UPDATE of a document moves its revision by exactly one, as guard_revision has it for claims and
-- sources, or it is the machine's: it may fill in empty fields of a document that nobody decided on, and note
-- the kill and the embargo that are in force, no other.
CREATE FUNCTION claims.guard_document() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    machine text[] := '{killed_by,embargoed_until,shown_status,hidden_until}';
    before jsonb := to_jsonb(OLD) - machine;
    after jsonb := to_jsonb(NEW) - machine;
BEGIN
    IF NEW.killed_by IS DISTINCT FROM OLD.killed_by
       AND NEW.killed_by IS DISTINCT FROM claims.kill_in_force(NEW.id) THEN
        RAISE EXCEPTION 'document %: killed_by is the kill in force among its notices', OLD.id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'kill_in_force';
    END IF;
    IF NEW.embargoed_until IS DISTINCT FROM OLD.embargoed_until
       AND NEW.embargoed_until IS DISTINCT FROM claims.embargo_in_force(NEW.id) THEN
        RAISE EXCEPTION 'document %: embargoed_until is the embargo in force among its sightings', OLD.id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'embargo_in_force';
    END IF;
    IF NEW.revision = OLD.revision
       AND (after = before OR OLD.revision = 0 AND jsonb_strip_nulls(before) <@ after) THEN
        RETURN NEW;
    END IF;
    IF NEW.revision <> OLD.revision + 1 OR NEW.id <> OLD.id THEN
        RAISE EXCEPTION 'document %: a change must move revision from % to %, with its decision',
            OLD.id, OLD.revision, OLD.revision + 1
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'revision_step';
    END IF;
    NEW.changed_in := pg_current_xact_id()::text::bigint;
    RETURN NEW;
END $$;
DROP TRIGGER document_revision ON claims.document;
CREATE TRIGGER document_revision BEFORE UPDATE ON claims.document
    FOR EACH ROW EXECUTE FUNCTION claims.guard_document();
ALTER TABLE claims.document ENABLE ALWAYS TRIGGER document_revision;

-- Nothing is known of a new document yet: its sightings and notices come after it.
CREATE FUNCTION claims.check_new_document() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'document %: what is in force follows from its notices and sightings', NEW.id
        USING ERRCODE = 'restrict_violation',
              CONSTRAINT = CASE WHEN NEW.killed_by IS NULL THEN 'embargo_in_force' ELSE 'kill_in_force' END;
END $$;
CREATE TRIGGER document_new BEFORE INSERT ON claims.document
    FOR EACH ROW WHEN (NEW.killed_by IS NOT NULL OR NEW.embargoed_until IS NOT NULL)
    EXECUTE FUNCTION claims.check_new_document();
ALTER TABLE claims.document ENABLE ALWAYS TRIGGER document_new;

-- Notes what the machine did to a document: that it was killed or restored, or that its embargo took it away
-- or gave it back at once. That an embargo ends by the clock is no row: nobody writes then. The head of the
-- ledger is locked until commit, as for a decision, so that both have one order, in which they became
-- visible. SECURITY DEFINER: nobody else writes this table.
CREATE FUNCTION claims.note_document_change() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    was_hidden boolean := coalesce(OLD.hidden_until > now(), false);
    is_hidden boolean := coalesce(NEW.hidden_until > now(), false);
    -- A new document that is under embargo from the start: nobody saw it without.
    is_new boolean := OLD.changed_in = pg_current_xact_id()::text::bigint;
    reached bigint;
BEGIN
    IF NEW.killed_by IS NOT DISTINCT FROM OLD.killed_by AND (is_new OR was_hidden = is_hidden) THEN
        RETURN NULL;
    END IF;
    SELECT h.no INTO STRICT reached FROM claims.ledger_head AS h FOR UPDATE;
    INSERT INTO claims.document_change (no, after_no, at, document, kind, notice, status_before, status_after,
                                        embargo_before)
    SELECT coalesce((SELECT max(c.no) FROM claims.document_change AS c), 0) + row_number() OVER (ORDER BY w.place),
           reached, clock_timestamp(), NEW.id, w.kind, w.notice, OLD.shown_status, NEW.shown_status,
           OLD.embargoed_until
      FROM (SELECT 1 AS place, CASE WHEN NEW.killed_by IS NULL THEN 'restored' ELSE 'killed' END AS kind,
                   NEW.killed_by AS notice
             WHERE NEW.killed_by IS DISTINCT FROM OLD.killed_by
            UNION ALL
            SELECT 2, CASE WHEN is_hidden THEN 'embargoed' ELSE 'embargo-ended' END, NULL
             WHERE NOT is_new AND was_hidden <> is_hidden) AS w;
    RETURN NULL;
END $$;
CREATE TRIGGER document_change_noted AFTER UPDATE OF killed_by, embargoed_until ON claims.document
    FOR EACH ROW WHEN (NEW.killed_by IS DISTINCT FROM OLD.killed_by
                       OR NEW.embargoed_until IS DISTINCT FROM OLD.embargoed_until)
    EXECUTE FUNCTION claims.note_document_change();
ALTER TABLE claims.document ENABLE ALWAYS TRIGGER document_change_noted;

-- A notice finds its document among the addresses and ids that are known. If there is none, whoever stores
-- an address at this moment is waited for: of the two the later one sees the other. SECURITY DEFINER: the
-- lock takes more than the right to add a notice.
CREATE FUNCTION claims.document_named(identifier uuid, address uuid) RETURNS uuid
    LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp
    RETURN coalesce((SELECT i.document FROM claims.document_identifier AS i WHERE i.id = document_named.identifier),
                    (SELECT a.document FROM claims.document_address AS a WHERE a.id = document_named.address));
CREATE FUNCTION claims.match_notice() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    NEW.document := coalesce(NEW.document, claims.document_named(NEW.identifier, NEW.address));
    IF NEW.document IS NULL THEN
        LOCK TABLE claims.document_address, claims.document_identifier IN SHARE MODE;
        NEW.document := claims.document_named(NEW.identifier, NEW.address);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER notice_match BEFORE INSERT ON claims.notice
    FOR EACH ROW EXECUTE FUNCTION claims.match_notice();

-- What its publisher said last takes effect in the same transaction. The document is locked, so that of two
-- words on one document the second sees the first.
CREATE FUNCTION claims.follow_publisher() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM FROM claims.document AS d WHERE d.id = NEW.document FOR UPDATE;
    UPDATE claims.document AS d SET killed_by = f.kill, embargoed_until = f.embargo
      FROM (SELECT claims.kill_in_force(NEW.document) AS kill,
                   claims.embargo_in_force(NEW.document) AS embargo) AS f
     WHERE d.id = NEW.document
       AND (d.killed_by, d.embargoed_until) IS DISTINCT FROM (f.kill, f.embargo);
    RETURN NULL;
END $$;
CREATE TRIGGER notice_followed AFTER INSERT OR UPDATE OF document ON claims.notice
    FOR EACH ROW WHEN (NEW.document IS NOT NULL AND NEW.kind IN ('kill', 'restore'))
    EXECUTE FUNCTION claims.follow_publisher();
CREATE TRIGGER sighting_followed AFTER INSERT ON claims.sighting
    FOR EACH ROW EXECUTE FUNCTION claims.follow_publisher();

-- Notices are evidence: only ever added. One that came before its article is told its document once, the
-- one that has the address or id that it names.
CREATE FUNCTION claims.guard_notice() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.document IS NULL
       AND to_jsonb(OLD) - 'document' = to_jsonb(NEW) - 'document'
       AND (EXISTS (SELECT FROM claims.document_address AS a
                     WHERE a.id = NEW.address AND a.document = NEW.document)
            OR EXISTS (SELECT FROM claims.document_identifier AS i
                        WHERE i.id = NEW.identifier AND i.document = NEW.document)) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% on claims.notice is refused: its rows are only ever added', TG_OP
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'append_only';
END $$;
CREATE TRIGGER notice_rows BEFORE UPDATE OR DELETE ON claims.notice
    FOR EACH ROW EXECUTE FUNCTION claims.guard_notice();
CREATE TRIGGER notice_truncate BEFORE TRUNCATE ON claims.notice
    FOR EACH STATEMENT EXECUTE FUNCTION claims.refuse_change();
CREATE TRIGGER document_change_rows BEFORE UPDATE OR DELETE ON claims.document_change
    FOR EACH ROW EXECUTE FUNCTION claims.refuse_change();
CREATE TRIGGER document_change_truncate BEFORE TRUNCATE ON claims.document_change
    FOR EACH STATEMENT EXECUTE FUNCTION claims.refuse_change();

-- A notice that waited finds the document as soon as it is known by that address or id. SECURITY DEFINER:
-- nobody else changes a notice.
CREATE FUNCTION claims.match_waiting_notices() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_TABLE_NAME = 'document_address' THEN
        UPDATE claims.notice AS n SET document = NEW.document WHERE n.document IS NULL AND n.address = NEW.id;
    ELSE
        UPDATE claims.notice AS n SET document = NEW.document WHERE n.document IS NULL AND n.identifier = NEW.id;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER document_address_notices AFTER INSERT ON claims.document_address
    FOR EACH ROW EXECUTE FUNCTION claims.match_waiting_notices();
CREATE TRIGGER document_identifier_notices AFTER INSERT ON claims.document_identifier
    FOR EACH ROW EXECUTE FUNCTION claims.match_waiting_notices();

ALTER TABLE claims.notice ENABLE ALWAYS TRIGGER notice_match;
ALTER TABLE claims.notice ENABLE ALWAYS TRIGGER notice_followed;
ALTER TABLE claims.sighting ENABLE ALWAYS TRIGGER sighting_followed;
ALTER TABLE claims.notice ENABLE ALWAYS TRIGGER notice_rows;
ALTER TABLE claims.notice ENABLE ALWAYS TRIGGER notice_truncate;
ALTER TABLE claims.document_change ENABLE ALWAYS TRIGGER document_change_rows;
ALTER TABLE claims.document_change ENABLE ALWAYS TRIGGER document_change_truncate;
ALTER TABLE claims.document_address ENABLE ALWAYS TRIGGER document_address_notices;
ALTER TABLE claims.document_identifier ENABLE ALWAYS TRIGGER document_identifier_notices;
