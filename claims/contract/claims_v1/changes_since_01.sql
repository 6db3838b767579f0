CREATE OR REPLACE FUNCTION claims_v1.changes_since(token text DEFAULT NULL, at_most integer DEFAULT 1000)
    RETURNS SETOF claims_v1.changes
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    reached bigint := 0;
BEGIN
    IF coalesce(token, '') <> '' THEN
        IF token ~ '^[0-7][0-9a-f]{31}$' THEN
            reached := ('x' || left(token, 16))::bit(64)::bigint;
        END IF;
        IF NOT EXISTS (SELECT FROM claims_v1.decisions AS d
                        WHERE d.no = reached AND left(d.digest, 16) = right(token, 16)) THEN
            RAISE EXCEPTION 'the token % is not of this ledger', quote_literal(left(token, 40))
                USING ERRCODE = 'invalid_parameter_value',
                      HINT = 'Read everything anew: SELECT * FROM claims_v1.changes_since(NULL).';
        END IF;
    END IF;
    RETURN QUERY SELECT c.* FROM claims_v1.changes AS c WHERE c.no > reached ORDER BY c.no LIMIT at_most;
END $$;
COMMENT ON FUNCTION claims_v1.changes_since(text, integer) IS 'The rows of claims_v1.changes that follow a token, in order, at most so many; from the first one without a token. Numbers are given under one lock until commit, so that a row never appears before one with a smaller number: nothing is missed. No rows: nothing is new, keep the token. A token of another ledger, or of one whose end was cut off, is refused (22023).';
