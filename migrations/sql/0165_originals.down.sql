ALTER TABLE claims.fingerprint DROP CONSTRAINT pk_fingerprint;
ALTER TABLE claims.fingerprint ADD CONSTRAINT pk_fingerprint PRIMARY KEY (hash, place) INCLUDE (is_original);

CREATE OR REPLACE FUNCTION claims.forget_fingerprints(hashes bigint[], place uuid) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    BEGIN ATOMIC
        DELETE FROM claims.fingerprint AS f WHERE f.hash = ANY (hashes) AND f.place = forget_fingerprints.place;
    END;
