-- Versions: when each text of a document was seen, and by which addresses and ids the document is known.

CREATE TABLE claims.sighting (
    id UUID NOT NULL,
    document UUID NOT NULL,
    version UUID NOT NULL,
    archive_record UUID,
    seen_at TIMESTAMP WITH TIME ZONE NOT NULL,
    publisher_version BIGINT,
    publisher_time TIMESTAMP WITH TIME ZONE,
    run UUID NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT pk_sighting PRIMARY KEY (id),
    CONSTRAINT fk_sighting_document FOREIGN KEY(document) REFERENCES claims.document (id),
    CONSTRAINT fk_sighting_version FOREIGN KEY(version) REFERENCES claims.document_version (id),
    CONSTRAINT fk_sighting_archive_record FOREIGN KEY(archive_record) REFERENCES claims.archive_record (id),
    CONSTRAINT fk_sighting_run FOREIGN KEY(run) REFERENCES claims.run (id)
);
-- The order in which versions follow each other; the first row of a document is its current version.
CREATE INDEX ix_sighting_order ON claims.sighting
    (document, publisher_version DESC NULLS LAST, coalesce(publisher_time, seen_at) DESC, seen_at DESC, id DESC);
CREATE INDEX ix_sighting_version ON claims.sighting (version);

CREATE TABLE claims.document_address (
    id UUID NOT NULL,
    document UUID NOT NULL,
    url TEXT NOT NULL,
    kind TEXT NOT NULL,
    run UUID NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT pk_document_address PRIMARY KEY (id),
    CONSTRAINT ck_document_address_kind CHECK (kind IN ('canonical', 'other', 'fetched', 'redirect')),
    CONSTRAINT fk_document_address_document FOREIGN KEY(document) REFERENCES claims.document (id),
    CONSTRAINT fk_document_address_run FOREIGN KEY(run) REFERENCES claims.run (id)
);
CREATE INDEX ix_document_address_document ON claims.document_address (document);

CREATE TABLE claims.document_identifier (
    id UUID NOT NULL,
    document UUID NOT NULL,
    outlet TEXT,
    external_id TEXT NOT NULL,
    run UUID NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT pk_document_identifier PRIMARY KEY (id),
    CONSTRAINT fk_document_identifier_document FOREIGN KEY(document) REFERENCES claims.document (id),
    CONSTRAINT fk_document_identifier_run FOREIGN KEY(run) REFERENCES claims.run (id)
);
CREATE INDEX ix_document_identifier_document ON claims.document_identifier (document);

-- One id may have been given to two articles, and two names of an outlet be one: document_identifier tells
-- whose an id is.
DROP INDEX claims.uq_document_outlet_external_id;
CREATE INDEX ix_document_outlet_external_id ON claims.document (outlet, external_id) WHERE external_id IS NOT NULL;

CREATE FUNCTION claims.check_sighting() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM claims.document_version AS v
                    WHERE v.id = NEW.version AND v.document = NEW.document) THEN
        RAISE EXCEPTION 'sighting %: its version is of another document', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'sighting_document';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER sighting_document BEFORE INSERT ON claims.sighting
    FOR EACH ROW EXECUTE FUNCTION claims.check_sighting();

CREATE TRIGGER sighting_rows BEFORE UPDATE OR DELETE ON claims.sighting
    FOR EACH ROW EXECUTE FUNCTION claims.refuse_change();
CREATE TRIGGER sighting_truncate BEFORE TRUNCATE ON claims.sighting
    FOR EACH STATEMENT EXECUTE FUNCTION claims.refuse_change();
CREATE TRIGGER document_address_rows BEFORE UPDATE OR DELETE ON claims.document_address
    FOR EACH ROW EXECUTE FUNCTION claims.refuse_change();
CREATE TRIGGER document_address_truncate BEFORE TRUNCATE ON claims.document_address
    FOR EACH STATEMENT EXECUTE FUNCTION claims.refuse_change();
CREATE TRIGGER document_identifier_rows BEFORE UPDATE OR DELETE ON claims.document_identifier
    FOR EACH ROW EXECUTE FUNCTION claims.refuse_change();
CREATE TRIGGER document_identifier_truncate BEFORE TRUNCATE ON claims.document_identifier
    FOR EACH STATEMENT EXECUTE FUNCTION claims.refuse_change();
ALTER TABLE claims.sighting ENABLE ALWAYS TRIGGER sighting_document;
ALTER TABLE claims.sighting ENABLE ALWAYS TRIGGER sighting_rows;
ALTER TABLE claims.sighting ENABLE ALWAYS TRIGGER sighting_truncate;
ALTER TABLE claims.document_address ENABLE ALWAYS TRIGGER document_address_rows;
ALTER TABLE claims.document_address ENABLE ALWAYS TRIGGER document_address_truncate;
ALTER TABLE claims.document_identifier ENABLE ALWAYS TRIGGER document_identifier_rows;
ALTER TABLE claims.document_identifier ENABLE ALWAYS TRIGGER document_identifier_truncate;

-- Each version that is stored was seen once; a document is known by the address and id it has.
INSERT INTO claims.sighting (id, document, version, archive_record, seen_at, run, recorded_at)
SELECT claims.derived_id('sighting', v.id::text, ''), v.document, v.id, v.archive_record, v.retrieved_at,
       v.run, v.recorded_at
  FROM claims.document_version AS v;
-- The key of an address as claims.documents.addresses makes it, but for parameters that track readers.
INSERT INTO claims.document_address (id, document, url, kind, run, recorded_at)
SELECT claims.derived_id('document_address',
                         coalesce(lower(part[1]) || rtrim(part[2], '/') || coalesce(part[3], '')
                                  || coalesce(substring(d.url FROM '#:~:text=.*$'), ''), d.url)),
       d.id, d.url, 'canonical', d.run, d.recorded_at
  FROM claims.document AS d
 CROSS JOIN LATERAL (SELECT regexp_match(split_part(d.url, '#', 1),
                                         '^https?://(?:www\.)?([^/?]+)([^?]*)(\?.*)?$', 'i') AS part) AS m
 WHERE d.url IS NOT NULL
 ORDER BY d.recorded_at, d.id
    ON CONFLICT (id) DO NOTHING;
INSERT INTO claims.document_identifier (id, document, outlet, external_id, run, recorded_at)
SELECT claims.derived_id('document_identifier', coalesce(s.name, ''), d.external_id), d.id, s.name,
       d.external_id, d.run, d.recorded_at
  FROM claims.document AS d LEFT JOIN claims.source AS s ON s.id = d.outlet
 WHERE d.external_id IS NOT NULL
    ON CONFLICT (id) DO NOTHING;

-- The current version of a document: what its publisher numbers highest, dates last, or was seen last.
CREATE FUNCTION claims.current_version(document uuid) RETURNS uuid
    LANGUAGE sql STABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp
    RETURN (SELECT s.version FROM claims.sighting AS s WHERE s.document = current_version.document
             ORDER BY s.publisher_version DESC NULLS LAST, coalesce(s.publisher_time, s.seen_at) DESC,
                      s.seen_at DESC, s.id DESC LIMIT 1);
COMMENT ON FUNCTION claims.current_version(uuid) IS
    'The version of a document that its publisher numbers highest, dates last, or was seen last.';
