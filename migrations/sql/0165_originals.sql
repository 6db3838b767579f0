-- Originals with a run are found by the index, however many copies have it: a notice at the end of very many copies
-- was read through for each new article that has it.
ALTER TABLE claims.fingerprint DROP CONSTRAINT pk_fingerprint;
ALTER TABLE claims.fingerprint ADD CONSTRAINT pk_fingerprint PRIMARY KEY (hash, is_original, place);

CREATE OR REPLACE FUNCTION claims.forget_fingerprints(hashes bigint[], place uuid) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    BEGIN ATOMIC
        DELETE FROM claims.fingerprint AS f
         WHERE f.hash = ANY (hashes) AND f.is_original = ANY ('{t,f}'::boolean[]) AND f.place = forget_fingerprints.place;
    END;
