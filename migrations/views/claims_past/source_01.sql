CREATE OR REPLACE VIEW claims_past.source AS
SELECT s.id,
       CASE WHEN p.before ? 'kind' THEN p.before ->> 'kind' ELSE s.kind END AS kind,
       CASE WHEN p.before ? 'name' THEN p.before ->> 'name' ELSE s.name END AS name,
       CASE WHEN p.before ? 'description' THEN p.before ->> 'description'
            ELSE s.description END AS description,
       CASE WHEN p.before ? 'wikidata' THEN p.before ->> 'wikidata' ELSE s.wikidata END AS wikidata,
       CASE WHEN p.before ? 'country' THEN p.before ->> 'country' ELSE s.country END AS country,
       CASE WHEN p.before ? 'homepage' THEN p.before ->> 'homepage' ELSE s.homepage END AS homepage,
       CASE WHEN p.before ? 'merged_into' THEN (p.before ->> 'merged_into')::uuid
            ELSE s.merged_into END AS merged_into,
       coalesce(p.revision, s.revision) AS revision, s.changed_in, s.run, s.recorded_at,
       s.itself
  FROM claims.source AS s
 CROSS JOIN LATERAL (
       -- Of several values for one key jsonb keeps the last: that of the earliest decision.
       SELECT jsonb_object_agg(f.key, f.value ORDER BY d.no DESC)
                  FILTER (WHERE f.key IS NOT NULL) AS before,
              min(d.revision) - 1 AS revision,
              CASE WHEN bool_or(d.revision = 1 AND d.after ? 'kind') THEN NULL ELSE true END AS made
         FROM claims.decision AS d LEFT JOIN LATERAL jsonb_each(d.before) AS f ON true
        WHERE s.revision > 0 AND d.subject_kind = 'source' AND d.subject = s.id AND d.no > current_setting('claims.as_of_no')::bigint) AS p
 WHERE (CASE WHEN s.recorded_at <= (SELECT current_setting('claims.as_of')::timestamptz) THEN true END) IS NOT NULL
   AND p.made IS NOT NULL;
COMMENT ON VIEW claims_past.source IS 'Sources as they were.';
