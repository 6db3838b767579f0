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
ALTER FUNCTION claims.freeze_release() SECURITY INVOKER;
