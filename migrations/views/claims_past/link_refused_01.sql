-- A refusal that was there and was changed later has the signature of the last decision that added it.
CREATE OR REPLACE VIEW claims_past.link_refused AS
SELECT l.id, l.a, l.b, l.kind, l.refused_by, l.recorded_at
  FROM claims.link_refused AS l
 WHERE (CASE WHEN l.recorded_at <= (SELECT current_setting('claims.as_of')::timestamptz) THEN true END) IS NOT NULL
   AND (NOT EXISTS (
       SELECT FROM claims.decision AS d
        WHERE d.subject_kind = 'claim' AND d.subject = l.a AND d.no > current_setting('claims.as_of_no')::bigint AND jsonb_exists(d.before, 'refused_links')))
UNION ALL
SELECT claims.derived_id('link_refused', d.subject::text, l.link ->> 'b', l.link ->> 'kind'), d.subject,
       (l.link ->> 'b')::uuid, l.link ->> 'kind', made.reviewer, made.at
  FROM (SELECT DISTINCT ON (d.subject) d.subject, d.before -> 'refused_links' AS links
          FROM claims.decision AS d
         WHERE d.subject_kind = 'claim' AND d.no > current_setting('claims.as_of_no')::bigint AND jsonb_exists(d.before, 'refused_links')
         ORDER BY d.subject, d.no) AS d
 CROSS JOIN LATERAL jsonb_array_elements(d.links) AS l(link)
  LEFT JOIN LATERAL (
       SELECT m.reviewer, m.at FROM claims.decision AS m
        WHERE m.subject_kind = 'claim' AND m.subject = d.subject AND m.no <= current_setting('claims.as_of_no')::bigint
          AND m.after -> 'refused_links' @> jsonb_build_array(l.link)
          AND NOT m.before -> 'refused_links' @> jsonb_build_array(l.link)
        ORDER BY m.revision DESC LIMIT 1) AS made ON true;
COMMENT ON VIEW claims_past.link_refused IS 'Refused links as they were.';
