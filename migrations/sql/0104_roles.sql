-- Three roles: who owns, who writes, who reads. What each may do stands in
-- claims/database/rights.sql, which every upgrade to the newest revision runs.
--
-- Roles belong to the whole server: another database may have made them, and a hosted server may
-- not let us. Without them the program works for whoever owns the tables.

DO $$
DECLARE
    role name;
BEGIN
    FOREACH role IN ARRAY ARRAY['claims_owner', 'claims_writer', 'claims_reader'] LOOP
        BEGIN
            EXECUTE format('CREATE ROLE %I NOLOGIN', role);
        EXCEPTION
            WHEN duplicate_object OR unique_violation THEN NULL;
            WHEN insufficient_privilege THEN
                RAISE NOTICE 'the role % was not made: this user may not create roles', role;
        END;
    END LOOP;
END $$;

-- What every role of the server may do in a database unless it is taken away: fill the disk
-- with temporary tables, large objects and messages in the log, take the locks that migrations wait
-- for, run blocks of code. Each is taken by itself: a hosted server may refuse some of them, and says so
-- in a notice. Whoever owns the schema keeps them, because migrations take a lock.
DO $$
DECLARE
    owner name := (SELECT pg_get_userbyid(n.nspowner) FROM pg_namespace AS n WHERE n.nspname = 'claims');
    one record;
BEGIN
    FOR one IN
        SELECT 'TEMPORARY' AS verb, format('DATABASE %I', current_database()) AS object
        UNION ALL SELECT 'CREATE', 'SCHEMA public' WHERE to_regnamespace('public') IS NOT NULL
        UNION ALL SELECT 'USAGE', 'LANGUAGE plpgsql'
        UNION ALL
        SELECT 'EXECUTE', 'FUNCTION ' || p.oid::regprocedure FROM pg_proc AS p
         WHERE p.pronamespace = 'pg_catalog'::regnamespace
           AND p.proname ~ '^(lo_|loread$|lowrite$|pg_(try_)?advisory_|pg_notify$|pg_logical_emit_message$)'
    LOOP
        BEGIN
            EXECUTE format('GRANT %s ON %s TO %I', one.verb, one.object, owner);
            IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'claims_writer') AND one.verb = 'TEMPORARY' THEN
                EXECUTE format('GRANT %s ON %s TO claims_writer', one.verb, one.object);
            END IF;
            EXECUTE format('REVOKE %s ON %s FROM PUBLIC', one.verb, one.object);
        EXCEPTION WHEN insufficient_privilege THEN
            RAISE NOTICE 'everybody who can connect keeps % on %: this user may not take it away', one.verb, one.object;
        END;
    END LOOP;
END $$;
