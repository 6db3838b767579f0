-- The bytes go back to their versions. What is only in archive_record is lost: addresses, headers, and
-- records that no version was read from. Problems with a reason that 0105 does not know stop it.

ALTER TABLE claims.problem
    DROP CONSTRAINT ck_problem_reason,
    ADD CONSTRAINT ck_problem_reason CHECK (reason IN ('bad-encoding', 'bad-json', 'bad-field', 'binary', 'empty', 'missing-text', 'too-large', 'no-article', 'unreadable', 'extraction-failed', 'conflict', 'decided-elsewhere'));

CREATE FUNCTION claims.payload_at_0106(record uuid) RETURNS bytea
    LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
    RETURN (SELECT a.payload FROM claims.archive_record AS a WHERE a.id = record);
DROP INDEX claims.ix_document_version_archive_record;
ALTER TABLE claims.document_version
    DROP CONSTRAINT fk_document_version_archive_record,
    DROP COLUMN part,
    ALTER COLUMN archive_record DROP NOT NULL,
    ALTER COLUMN archive_record SET DATA TYPE bytea USING claims.payload_at_0106(archive_record);
ALTER TABLE claims.document_version RENAME COLUMN archive_record TO archived;
ALTER TABLE claims.document_version
    ADD COLUMN warc_record text,
    ADD COLUMN warc_digest text,
    ADD CONSTRAINT ck_document_version_archive CHECK (archived IS NOT NULL OR (warc_record IS NOT NULL AND warc_digest IS NOT NULL));
DROP FUNCTION claims.payload_at_0106(uuid);
DROP TABLE claims.archive_record;
