-- Every field by a query of its own.

CREATE OR REPLACE FUNCTION claims.plain(value jsonb, ordered boolean) RETURNS jsonb
    LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
    RETURN CASE jsonb_typeof(value)
        WHEN 'null' THEN NULL
        WHEN 'object' THEN
            (SELECT jsonb_object_agg(e.key, e.value) FROM jsonb_each(value) AS e
              WHERE e.value NOT IN ('null'::jsonb, '[]'::jsonb))
        WHEN 'array' THEN
            (SELECT jsonb_agg(x.part ORDER BY CASE WHEN ordered THEN x.place ELSE 0 END, x.part)
               FROM (SELECT CASE jsonb_typeof(e.value) WHEN 'object' THEN
                                (SELECT jsonb_object_agg(o.key, o.value) FROM jsonb_each(e.value) AS o
                                  WHERE o.value NOT IN ('null'::jsonb, '[]'::jsonb))
                            ELSE e.value END AS part, e.place
                       FROM jsonb_array_elements(value) WITH ORDINALITY AS e(value, place)) AS x)
        ELSE value END;

CREATE OR REPLACE FUNCTION claims.step_differs(was jsonb, became jsonb, before jsonb, after jsonb, born boolean) RETURNS text
    LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    field text;
    had jsonb;
    has jsonb;
    says_old jsonb;
    says_new jsonb;
    ordered boolean;
BEGIN
    FOR field IN SELECT k FROM jsonb_object_keys(became) AS k ORDER BY k LOOP
        ordered := field IN ('chain', 'content', 'said_on');
        had := claims.plain(was -> field, ordered);
        has := claims.plain(became -> field, ordered);
        says_old := claims.plain(before -> field, ordered);
        says_new := claims.plain(after -> field, ordered);
        IF field IN ('published_at', 'embargo_lifted') THEN
            -- A moment may be written with fewer digits, or in another zone.
            had := to_jsonb((had #>> '{}')::timestamptz);
            has := to_jsonb((has #>> '{}')::timestamptz);
            says_old := to_jsonb((says_old #>> '{}')::timestamptz);
            says_new := to_jsonb((says_new #>> '{}')::timestamptz);
        END IF;
        IF field IN ('names', 'roles', 'ratings', 'identifiers', 'distinct') THEN
            IF EXISTS (SELECT FROM jsonb_array_elements(says_old) AS e WHERE NOT coalesce(had, '[]') @> jsonb_build_array(e))
               OR EXISTS (SELECT FROM jsonb_array_elements(says_new) AS e WHERE NOT coalesce(has, '[]') @> jsonb_build_array(e))
               OR EXISTS (SELECT e FROM jsonb_array_elements(had) AS e EXCEPT SELECT e FROM jsonb_array_elements(has) AS e
                          EXCEPT SELECT e FROM jsonb_array_elements(says_old) AS e)
               OR EXISTS (SELECT e FROM jsonb_array_elements(has) AS e EXCEPT SELECT e FROM jsonb_array_elements(had) AS e
                          EXCEPT SELECT e FROM jsonb_array_elements(says_new) AS e) THEN
                RETURN field;
            END IF;
        ELSIF field = 'parents' THEN
            -- Added and never taken away, whatever is undone.
            IF NOT coalesce(has, '[]') @> coalesce(says_new, '[]')
               OR has IS DISTINCT FROM had AND has IS DISTINCT FROM says_new THEN
                RETURN field;
            END IF;
        ELSIF after ? field THEN
            IF has IS DISTINCT FROM says_new
               -- What it was before it was there is what an undo shall make of it: replaced.
               OR NOT born AND (NOT before ? field OR had IS DISTINCT FROM says_old) THEN
                RETURN field;
            END IF;
        ELSIF born THEN
            IF has IS NOT NULL AND field NOT IN ('run', 'recorded_at', 'said_on_spans', 'venue_spans') THEN
                RETURN field;
            END IF;
        ELSIF has IS DISTINCT FROM had THEN
            RETURN field;
        END IF;
    END LOOP;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION claims.digested(state jsonb) RETURNS jsonb
    LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
    RETURN (SELECT jsonb_object_agg(f.name, CASE WHEN f.value::text ~ '[.][0-9]*0([^0-9]|$)'
                                                 THEN claims.trimmed(f.value) ELSE f.value END)
              FROM (SELECT e.key AS name, claims.plain(e.value, true) AS value
                      FROM jsonb_each(state - '{links,refused_links,disputed_links,parents}'::text[]) AS e
                    UNION ALL
                    SELECT 'article'::text AS name, to_jsonb(encode(v.sha256, 'hex')) AS value
                      FROM claims.document_version AS v WHERE v.id = (state ->> 'version')::uuid) AS f
             WHERE f.value IS NOT NULL);
