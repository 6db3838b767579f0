CREATE OR REPLACE VIEW claims_past.document AS
SELECT w.id, w.outlet, w.url, w.external_id, w.title, w.byline, w.published_at, w.language, w.status,
       w.revision, w.changed_in, w.run, w.recorded_at, w.killed_by, w.embargoed_until, w.kill_lifted,
       w.embargo_lifted, w.settled_notices,
       CASE WHEN w.killed_by IS NOT NULL AND w.killed_by IS DISTINCT FROM w.kill_lifted THEN 'withdrawn'
            ELSE w.status END AS shown_status,
       -- Hidden if it is today, and if it was then: what was not published is in no past either.
       CASE WHEN w.hidden_today > now() THEN w.hidden_today
            WHEN w.embargoed_until IS DISTINCT FROM w.embargo_lifted
                 AND w.embargoed_until > (SELECT current_setting('claims.as_of')::timestamptz)
            THEN timestamptz '9999-12-31 00:00:00+00' END AS hidden_until,
       w.copy_of, w.origin, w.published_offset
  FROM (
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
       coalesce(p.revision, o.revision) AS revision, o.changed_in, o.run, o.recorded_at,
       CASE WHEN (SELECT count(*) > 0 FROM claims.document_change)
            THEN (SELECT CASE c.kind WHEN 'killed' THEN c.notice END
                    FROM claims.document_change AS c
                   WHERE c.document = o.id AND c.kind IN ('killed', 'restored')
                     AND (c.after_no < current_setting('claims.as_of_no')::bigint
                          OR c.after_no = current_setting('claims.as_of_no')::bigint
                             AND c.at <= (SELECT current_setting('claims.as_of')::timestamptz))
                   ORDER BY c.no DESC LIMIT 1) END AS killed_by,
       CASE WHEN later.no IS NOT NULL
            THEN later.embargo_before ELSE o.embargoed_until END AS embargoed_until,
       CASE WHEN p.before ? 'kill_lifted' THEN (p.before ->> 'kill_lifted')::uuid
            ELSE o.kill_lifted END AS kill_lifted,
       CASE WHEN p.before ? 'embargo_lifted' THEN (p.before ->> 'embargo_lifted')::timestamptz
            ELSE o.embargo_lifted END AS embargo_lifted,
       CASE WHEN p.before ? 'settled_notices'
            THEN ARRAY(SELECT jsonb_array_elements_text(p.before -> 'settled_notices')::uuid)
            ELSE o.settled_notices END AS settled_notices,
       o.hidden_until AS hidden_today,
       CASE WHEN p.before ? 'copy_of' THEN (p.before ->> 'copy_of')::uuid ELSE o.copy_of END AS copy_of,
       CASE WHEN p.before ? 'origin' THEN (p.before ->> 'origin')::uuid ELSE o.origin END AS origin,
       CASE WHEN p.before ? 'published_offset' THEN (p.before ->> 'published_offset')::smallint
            ELSE o.published_offset END AS published_offset
  FROM claims.document AS o
 CROSS JOIN LATERAL (
       SELECT jsonb_object_agg(f.key, f.value ORDER BY d.no DESC)
                  FILTER (WHERE f.key IS NOT NULL) AS before,
              min(d.revision) - 1 AS revision
         FROM claims.decision AS d LEFT JOIN LATERAL jsonb_each(d.before) AS f ON true
        WHERE o.revision > 0 AND d.subject_kind = 'document' AND d.subject = o.id AND d.no > current_setting('claims.as_of_no')::bigint) AS p
  -- The embargo is what it was before the first change that came later.
  LEFT JOIN LATERAL (
       SELECT c.no, c.embargo_before FROM claims.document_change AS c
        WHERE c.document = o.id AND c.kind IN ('embargoed', 'embargo-ended')
          AND (c.after_no > current_setting('claims.as_of_no')::bigint
               OR c.after_no = current_setting('claims.as_of_no')::bigint
                  AND c.at > (SELECT current_setting('claims.as_of')::timestamptz))
        ORDER BY c.no LIMIT 1) AS later ON (SELECT count(*) > 0 FROM claims.document_change)
 WHERE (CASE WHEN o.recorded_at <= (SELECT current_setting('claims.as_of')::timestamptz) THEN true END) IS NOT NULL) AS w;
COMMENT ON VIEW claims_past.document IS 'Documents as they were; what the machine filled in since, without a decision, is filled in.';
