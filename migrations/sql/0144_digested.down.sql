-- The digest as it was; of the states that tables can hold it is the same.

CREATE OR REPLACE FUNCTION claims.claim_digest(state jsonb) RETURNS text
    LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
    RETURN (SELECT encode(sha256(convert_to(jsonb_object_agg(f.name, f.value)::text, 'UTF8')), 'hex')
              FROM (SELECT e.key AS name, claims.plain(e.value, true) AS value
                      FROM jsonb_each(state - '{links,refused_links,disputed_links,parents}'::text[]) AS e
                    UNION ALL
                    SELECT 'article'::text AS name, to_jsonb(encode(v.sha256, 'hex')) AS value
                      FROM claims.document_version AS v WHERE v.id = (state ->> 'version')::uuid) AS f
             WHERE f.value IS NOT NULL);

DROP FUNCTION claims.digested(jsonb);
DROP FUNCTION claims.trimmed(jsonb);
