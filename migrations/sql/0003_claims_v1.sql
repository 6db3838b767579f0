-- The contract's schema and the role that may read it. The views themselves follow, from
-- claims/contract/claims_v1/, one file each.

CREATE SCHEMA claims_v1;
COMMENT ON SCHEMA claims_v1 IS 'Published views: names, types and meaning stay; columns are only added, at the end.';

-- Roles belong to the whole server: another database may have made this one, and a hosted server
-- may not let us. Without the role the views still work for whoever owns them.
DO $$
BEGIN
    CREATE ROLE claims_reader NOLOGIN;
EXCEPTION
    WHEN duplicate_object OR unique_violation THEN NULL;
    WHEN insufficient_privilege THEN
        RAISE NOTICE 'the role claims_reader was not made: this user may not create roles';
END $$;
