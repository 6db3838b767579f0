-- What claims_reader may do: read the views, and nothing else of ours.
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'claims_reader') THEN
        GRANT USAGE ON SCHEMA claims_v1 TO claims_reader;
        GRANT SELECT ON ALL TABLES IN SCHEMA claims_v1 TO claims_reader;
    END IF;
END $$;
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA claims FROM PUBLIC;
