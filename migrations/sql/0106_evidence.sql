-- Evidence: the bytes that were read, in a table of their own, once however often they are met.

CREATE TABLE claims.archive_record (
    id UUID NOT NULL,
    uri TEXT,
    retrieved_at TIMESTAMP WITH TIME ZONE NOT NULL,
    http_status INTEGER,
    http_headers JSONB DEFAULT '[]' NOT NULL,
    redirects JSONB DEFAULT '[]' NOT NULL,
    media_type TEXT NOT NULL,
    warc_record TEXT,
    payload BYTEA NOT NULL,
    sha256 BYTEA NOT NULL,
    size INTEGER NOT NULL,
    run UUID NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT pk_archive_record PRIMARY KEY (id),
    CONSTRAINT ck_archive_record_sha256 CHECK (sha256 = sha256(payload)),
    CONSTRAINT ck_archive_record_size CHECK (size = octet_length(payload)),
    CONSTRAINT ck_archive_record_http_status CHECK (http_status BETWEEN 100 AND 599),
    CONSTRAINT ck_archive_record_media_type CHECK (media_type <> ''),
    CONSTRAINT fk_archive_record_run FOREIGN KEY(run) REFERENCES claims.run (id)
);
CREATE INDEX ix_archive_record_sha256 ON claims.archive_record (sha256);

CREATE TRIGGER archive_record_rows BEFORE UPDATE OR DELETE ON claims.archive_record
    FOR EACH ROW EXECUTE FUNCTION claims.refuse_change();
CREATE TRIGGER archive_record_truncate BEFORE TRUNCATE ON claims.archive_record
    FOR EACH STATEMENT EXECUTE FUNCTION claims.refuse_change();
ALTER TABLE claims.archive_record ENABLE ALWAYS TRIGGER archive_record_rows;
ALTER TABLE claims.archive_record ENABLE ALWAYS TRIGGER archive_record_truncate;

-- What was stored until now moves there. No version changes: ALTER TABLE rewrites the table without
-- its triggers, and leaves no second copy of the bytes behind, as DROP COLUMN after UPDATE would.
CREATE FUNCTION claims.media_type_at_0106(reader text) RETURNS text
    LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
    RETURN CASE WHEN reader LIKE 'html/%' THEN 'text/html'
                WHEN reader LIKE 'jsonl/%' THEN 'application/json'
                ELSE 'text/plain' END;

DO $$
BEGIN
    IF EXISTS (SELECT FROM claims.document_version AS v WHERE v.archived IS NULL) THEN
        RAISE EXCEPTION 'a version has no archived bytes: its WARC record was never read by claims';
    END IF;
END $$;
INSERT INTO claims.archive_record (id, retrieved_at, media_type, payload, sha256, size, run, recorded_at)
SELECT claims.derived_id('archive_record', '', claims.media_type_at_0106(v.reader),
                         encode(sha256(v.archived), 'hex')),
       v.retrieved_at, claims.media_type_at_0106(v.reader), v.archived, sha256(v.archived),
       octet_length(v.archived), v.run, v.recorded_at
  FROM claims.document_version AS v ORDER BY v.recorded_at, v.id
    ON CONFLICT (id) DO NOTHING;

ALTER TABLE claims.document_version
    DROP CONSTRAINT ck_document_version_archive,
    DROP COLUMN warc_record,
    DROP COLUMN warc_digest,
    ALTER COLUMN archived SET DATA TYPE uuid
        USING claims.derived_id('archive_record', '', claims.media_type_at_0106(reader),
                                encode(sha256(archived), 'hex'));
ALTER TABLE claims.document_version RENAME COLUMN archived TO archive_record;
ALTER TABLE claims.document_version
    ALTER COLUMN archive_record SET NOT NULL,
    ADD COLUMN part text,
    ADD CONSTRAINT fk_document_version_archive_record
        FOREIGN KEY (archive_record) REFERENCES claims.archive_record (id);
CREATE INDEX ix_document_version_archive_record ON claims.document_version (archive_record);
DROP FUNCTION claims.media_type_at_0106(text);

-- The program keeps the list of reasons; the database keeps their form, so that another needs no revision.
ALTER TABLE claims.problem
    DROP CONSTRAINT ck_problem_reason,
    ADD CONSTRAINT ck_problem_reason CHECK (reason ~ '^[a-z]+(-[a-z]+)*$');
