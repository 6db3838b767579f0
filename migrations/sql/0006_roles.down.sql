-- Takes the writer's rights away; the roles stay, because other databases of the server may use them.

DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'claims_writer') THEN
        REVOKE ALL ON ALL TABLES IN SCHEMA claims, claims_v1 FROM claims_writer;
        REVOKE ALL ON ALL FUNCTIONS IN SCHEMA claims FROM claims_writer;
        REVOKE ALL ON SCHEMA claims, claims_v1 FROM claims_writer;
    END IF;
END $$;
ALTER FUNCTION claims.freeze_release() SECURITY INVOKER;
