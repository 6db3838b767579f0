CREATE OR REPLACE VIEW claims_past.document AS
SELECT o.id,
       CASE WHEN p.before ? 'outlet' THEN (p.before ->> 'outlet')::uuid ELSE o.outlet END AS outlet,
       CASE WHEN p.before ? 'url' THEN p.before ->> 'url' ELSE o.url END AS url,
       CASE WHEN p.before ? 'external_id' THEN p.before ->> 'external_id'
            ELSE o.external_id END AS external_id,
       CASE WHEN p.before ? 'title' THEN p.before ->> 'title' ELSE o.title END AS title,
       CASE WHEN p.before ? 'byline' THEN p.before ->> 'byline' ELSE o.byline END AS byline,
       CASE WHEN p.before ? 'published_at' THEN (p.before ->> 'published_at')::timestamptz
            ELSE o.published_at END AS published_at,
       CASE WHEN p.before ? 'language' THEN p.before ->> 'language' ELSE o.language END AS language,
       CASE WHEN p.before ? 'status' THEN p.before ->> 'status' ELSE o.status END AS status,
       coalesce(p.revision, o.revision) AS revision, o.changed_in, o.run, o.recorded_at
  FROM claims.document AS o
 CROSS JOIN LATERAL (
       SELECT jsonb_object_agg(f.key, f.value ORDER BY d.no DESC)
                  FILTER (WHERE f.key IS NOT NULL) AS before,
              min(d.revision) - 1 AS revision
         FROM claims.decision AS d LEFT JOIN LATERAL jsonb_each(d.before) AS f ON true
        WHERE o.revision > 0 AND d.subject_kind = 'document' AND d.subject = o.id AND d.no > current_setting('claims.as_of_no')::bigint) AS p
 WHERE (CASE WHEN o.recorded_at <= (SELECT current_setting('claims.as_of')::timestamptz) THEN true END) IS NOT NULL;
COMMENT ON VIEW claims_past.document IS 'Documents as they were; what the machine filled in since, without a decision, is filled in.';
