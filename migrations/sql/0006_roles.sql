-- Three roles: who owns, who writes, who reads. What each may do stands in
-- claims/database/rights.sql, which every upgrade to the newest revision runs.
--
-- Roles belong to the whole server: another database may have made them, and a hosted server may
-- not let us. Without them the program works for whoever owns the tables.

DO $$
DECLARE
    wanted name;
BEGIN
    FOREACH wanted IN ARRAY ARRAY['claims_owner', 'claims_writer', 'claims_reader'] LOOP
        BEGIN
            EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
        EXCEPTION
            WHEN duplicate_object OR unique_violation THEN NULL;
            WHEN insufficient_privilege THEN
                RAISE NOTICE 'the role % was not made: this user may not create roles', wanted;
        END;
    END LOOP;
END $$;

-- It locks the ledger's head, which needs a right that no writer may have.
ALTER FUNCTION claims.freeze_release() SECURITY DEFINER;
