-- Hands the schemas to claims_owner. rights.sql, which runs next, hands over what is in them, and public.sql
-- takes from PUBLIC what the database's users need not have.

DO $$
BEGIN
    EXECUTE format('GRANT CREATE ON DATABASE %I TO claims_owner', current_database());
    ALTER SCHEMA claims OWNER TO claims_owner;
    EXECUTE format('REVOKE CREATE ON DATABASE %I FROM claims_owner', current_database());
END $$;
