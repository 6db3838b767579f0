DROP FUNCTION claims.forget_groups(bigint[]);
DROP FUNCTION claims.forget_wordings(bigint[], integer[]);
DROP FUNCTION claims.forget_quotes(uuid[], uuid[]);

CREATE FUNCTION claims.forget_quotes(due uuid[], gone uuid[], unused bigint[], empty_groups bigint[]) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    DELETE FROM claims.quote_due AS q WHERE q.claim = ANY (due);
    DELETE FROM claims.quote_key AS q WHERE q.claim = ANY (gone);
    DELETE FROM claims.quote_words AS q WHERE q.key = ANY (unused);
    DELETE FROM claims.quote_sketch AS q WHERE q.key = ANY (unused);
    DELETE FROM claims.quote_pair AS q WHERE q.a = ANY (unused);
    DELETE FROM claims.quote_pair AS q WHERE q.b = ANY (unused);
    DELETE FROM claims.quote_group AS q WHERE q.id = ANY (empty_groups);
END;
COMMENT ON FUNCTION claims.forget_quotes(uuid[], uuid[], bigint[], bigint[]) IS 'Claims were compared, or are gone; wordings and groups are left by all.';
CREATE INDEX ix_quote_sketch_key ON claims.quote_sketch (key);
