-- Hands the schemas to claims_owner and takes from PUBLIC what the database's users need not have.
-- rights.sql, which runs next, hands over what is in the schemas.

DO $$
DECLARE
    one record;
BEGIN
    EXECUTE format('GRANT CREATE ON DATABASE %I TO claims_owner', current_database());
    ALTER SCHEMA claims OWNER TO claims_owner;
    EXECUTE format('REVOKE CREATE ON DATABASE %I FROM claims_owner', current_database());

    -- A reader could otherwise fill the disk with temporary tables and large objects, and take the locks
    -- that migrations wait for. Each may be refused to us on a hosted server; then it stays as it is.
    BEGIN
        EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
        REVOKE CREATE ON SCHEMA public FROM PUBLIC;
    EXCEPTION WHEN insufficient_privilege THEN
        RAISE NOTICE 'PUBLIC may still make temporary tables: this user may not forbid it';
    END;
    BEGIN
        REVOKE USAGE ON LANGUAGE plpgsql FROM PUBLIC;
        FOR one IN
            SELECT p.oid::regprocedure AS name FROM pg_proc AS p
             WHERE p.pronamespace = 'pg_catalog'::regnamespace
               AND p.proname ~ '^(lo_(create|creat|from_bytea|put|import|unlink|open|export)|lowrite|pg_(try_)?advisory_)'
        LOOP
            EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', one.name);
        END LOOP;
    EXCEPTION WHEN insufficient_privilege THEN
        RAISE NOTICE 'PUBLIC may still use large objects, locks and DO: this user may not forbid it';
    END;
END $$;
