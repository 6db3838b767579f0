-- A new quote is compared in few statements, and a wording's hashes are found by the hashes alone: they
-- follow from its words, so that a second index of them, by wording, is one too many.

DROP INDEX claims.ix_quote_sketch_key;
DROP FUNCTION claims.forget_quotes(uuid[], uuid[], bigint[], bigint[]);

CREATE FUNCTION claims.forget_quotes(due uuid[], gone uuid[]) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    DELETE FROM claims.quote_due AS q WHERE q.claim = ANY (due);
    DELETE FROM claims.quote_key AS q WHERE q.claim = ANY (gone);
END;
COMMENT ON FUNCTION claims.forget_quotes(uuid[], uuid[]) IS 'Claims were compared, or are gone.';

CREATE FUNCTION claims.forget_wordings(unused bigint[], hashes integer[]) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    DELETE FROM claims.quote_words AS q WHERE q.key = ANY (unused);
    DELETE FROM claims.quote_sketch AS q WHERE q.hash = ANY (hashes) AND q.key = ANY (unused);
    DELETE FROM claims.quote_pair AS q WHERE q.a = ANY (unused);
    DELETE FROM claims.quote_pair AS q WHERE q.b = ANY (unused);
END;
COMMENT ON FUNCTION claims.forget_wordings(bigint[], integer[]) IS 'No claim has these wordings, with these hashes, any more.';

CREATE FUNCTION claims.forget_groups(empty_groups bigint[]) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    DELETE FROM claims.quote_group AS q WHERE q.id = ANY (empty_groups);
END;
COMMENT ON FUNCTION claims.forget_groups(bigint[]) IS 'Groups are left by all claims.';
