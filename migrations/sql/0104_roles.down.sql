-- Takes the writer's rights away; the roles stay, because other databases of the server may use them.

DO $$
DECLARE
    one name;
BEGIN
    FOR one IN
        SELECT n.nspname FROM pg_namespace AS n
         WHERE n.nspname IN ('claims', 'claims_v1', 'claims_past', 'claims_v1_past')
           AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'claims_writer')
    LOOP
        EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA %I FROM claims_writer', one);
        EXECUTE format('REVOKE ALL ON ALL FUNCTIONS IN SCHEMA %I FROM claims_writer', one);
        EXECUTE format('REVOKE ALL ON SCHEMA %I FROM claims_writer', one);
    END LOOP;
END $$;

-- Gives everybody back what PostgreSQL gives by default.
DO $$
DECLARE
    one record;
BEGIN
    FOR one IN
        SELECT 'TEMPORARY' AS verb, format('DATABASE %I', current_database()) AS object
        UNION ALL SELECT 'USAGE', 'LANGUAGE plpgsql'
        UNION ALL
        SELECT 'EXECUTE', 'FUNCTION ' || p.oid::regprocedure FROM pg_proc AS p
         WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.proname !~ '^lo_(im|ex)port$'
           AND p.proname ~ '^(lo_|loread$|lowrite$|pg_(try_)?advisory_|pg_notify$|pg_logical_emit_message$)'
    LOOP
        BEGIN
            EXECUTE format('GRANT %s ON %s TO PUBLIC', one.verb, one.object);
        EXCEPTION WHEN insufficient_privilege THEN
            RAISE NOTICE '% on % was not given back: this user may not', one.verb, one.object;
        END;
    END LOOP;
END $$;
