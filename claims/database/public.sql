-- Takes from PUBLIC what the users of a database that is separated need not have: a reader could otherwise
-- fill the disk with temporary tables, large objects and messages, and take the locks that migrations wait for.
-- Each may be refused to us on a hosted server, by an error or by a mere warning; roles.py looks at what is left.

DO $$
DECLARE
    statement text;
BEGIN
    FOR statement IN
        SELECT format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database())
        UNION ALL SELECT 'REVOKE CREATE ON SCHEMA public FROM PUBLIC' WHERE to_regnamespace('public') IS NOT NULL
        UNION ALL SELECT 'REVOKE USAGE ON LANGUAGE plpgsql FROM PUBLIC'
        UNION ALL
        SELECT format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', p.oid::regprocedure) FROM pg_proc AS p
         WHERE p.pronamespace = 'pg_catalog'::regnamespace
           AND p.proname ~ '^(lo_(create|creat|from_bytea|put|import|unlink|open|export)|lowrite|pg_(try_)?advisory_|pg_notify$|pg_logical_emit_message$)'
           AND has_function_privilege('public', p.oid, 'EXECUTE')
    LOOP
        BEGIN
            EXECUTE statement;
        EXCEPTION WHEN insufficient_privilege THEN NULL;
        END;
    END LOOP;
END $$;
