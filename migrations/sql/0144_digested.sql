-- What a claim's digest is of can be asked for, so that it can be computed elsewhere; 0.50 is hashed as 0.5.

CREATE FUNCTION claims.trimmed(value jsonb) RETURNS jsonb
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN CASE jsonb_typeof(value)
        WHEN 'number' THEN to_jsonb(trim_scale(value::numeric))
        WHEN 'object' THEN
            coalesce((SELECT jsonb_object_agg(e.key, claims.trimmed(e.value)) FROM jsonb_each(value) AS e), value)
        WHEN 'array' THEN
            coalesce((SELECT jsonb_agg(claims.trimmed(e.value) ORDER BY e.place)
                        FROM jsonb_array_elements(value) WITH ORDINALITY AS e(value, place)), value)
        ELSE value END;
END $$;
COMMENT ON FUNCTION claims.trimmed(jsonb) IS 'A value whose numbers end in no zero after the point: 0.50 and 0.5 are one number.';

CREATE FUNCTION claims.digested(state jsonb) RETURNS jsonb
    LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
    RETURN (SELECT jsonb_object_agg(f.name, CASE WHEN f.value::text ~ '[.][0-9]*0([^0-9]|$)'
                                                 THEN claims.trimmed(f.value) ELSE f.value END)
              FROM (SELECT e.key AS name, claims.plain(e.value, true) AS value
                      FROM jsonb_each(state - '{links,refused_links,disputed_links,parents}'::text[]) AS e
                    UNION ALL
                    SELECT 'article'::text AS name, to_jsonb(encode(v.sha256, 'hex')) AS value
                      FROM claims.document_version AS v WHERE v.id = (state ->> 'version')::uuid) AS f
             WHERE f.value IS NOT NULL);
COMMENT ON FUNCTION claims.digested(jsonb) IS 'All that a claim is, of which its digest is, in the one form that is hashed (docs/ledger.md).';

CREATE OR REPLACE FUNCTION claims.claim_digest(state jsonb) RETURNS text
    LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
    RETURN encode(sha256(convert_to(claims.digested(state)::text, 'UTF8')), 'hex');
