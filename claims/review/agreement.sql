-- What the readers of each twice-read claim said, counted: field, form as proposed, values, claims. Last how those of
-- each twice-read link say that two claims relate.
--
-- A reader who leaves a field as it was proposed says the proposed value. That is the `before` of
-- this decision or of the first later one that names the field, else what the table has. A chain is
-- the ids of its sources, outward, with ? for one that nobody knows; its first is the speaker.
-- Each step is materialized: inlined, its expressions would be worked out once for every use.

WITH read AS MATERIALIZED (
    SELECT d.no, d.subject, d.revision, d.before, d.after -> 'readings' AS readings
      FROM claims.decision AS d
     WHERE jsonb_exists(d.after, 'readings') AND d.subject_kind = 'claim' AND d.undoes IS NULL
       AND d.after #> '{readings,0,after,link}' IS NULL
), later AS MATERIALIZED (
    SELECT r.no,
           (array_agg(n.before -> 'form' ORDER BY n.revision) FILTER (WHERE jsonb_exists(n.before, 'form')))[1] AS form,
           (array_agg(n.before -> 'content' ORDER BY n.revision) FILTER (WHERE jsonb_exists(n.before, 'content')))[1] AS content,
           (array_agg(n.before -> 'chain' ORDER BY n.revision) FILTER (WHERE jsonb_exists(n.before, 'chain')))[1] AS chain
      FROM read AS r
      JOIN claims.claim AS c ON c.id = r.subject AND c.revision > r.revision
      JOIN claims.decision AS n
        ON n.subject_kind = 'claim' AND n.subject = r.subject AND n.revision > r.revision
     WHERE jsonb_exists_any(n.before, ARRAY['form', 'content', 'chain'])
     GROUP BY r.no
), stored AS MATERIALIZED (
    SELECT a.claim, string_agg(coalesce(a.source::text, '?'), ' < ' ORDER BY a.position) AS chain
      FROM claims.attribution AS a
     WHERE a.claim IN (SELECT r.subject FROM read AS r)
     GROUP BY a.claim
), proposed AS MATERIALIZED (
    SELECT r.no, r.subject, r.readings,
           coalesce(r.before ->> 'form', l.form #>> '{}', c.form) AS form,
           coalesce(r.before -> 'content', l.content) AS content,
           CASE WHEN jsonb_exists(r.before, 'chain') OR l.chain IS NOT NULL THEN
               (SELECT string_agg(coalesce(h.hop ->> 'source', '?'), ' < ' ORDER BY h.position)
                  FROM jsonb_array_elements(coalesce(r.before -> 'chain', l.chain))
                       WITH ORDINALITY AS h(hop, position))
               ELSE s.chain END AS chain
      FROM read AS r
      JOIN claims.claim AS c ON c.id = r.subject
      LEFT JOIN stored AS s ON s.claim = r.subject
      LEFT JOIN later AS l ON l.no = r.no
), said AS MATERIALIZED (
    SELECT p.no, g.nth, g.reading ->> 'action' AS action, w.form, w.content, w.chain
      FROM proposed AS p
     CROSS JOIN jsonb_array_elements(p.readings) WITH ORDINALITY AS g(reading, nth)
      LEFT JOIN LATERAL (
          SELECT coalesce(g.reading -> 'after' ->> 'form', p.form) AS form,
                 coalesce((g.reading -> 'after' -> 'content')::text, '') AS content,
                 CASE WHEN jsonb_exists(g.reading -> 'after', 'chain') THEN
                     (SELECT string_agg(coalesce(h.hop ->> 'source', '?'), ' < ' ORDER BY h.position)
                        FROM jsonb_array_elements(g.reading -> 'after' -> 'chain')
                             WITH ORDINALITY AS h(hop, position))
                     ELSE p.chain END AS chain
      ) AS w ON g.reading ->> 'action' = 'accept'
), claim AS MATERIALIZED (
    SELECT no,
           array_agg(action ORDER BY nth) AS decision,
           array_agg(split_part(chain, ' < ', 1) ORDER BY nth) AS speaker,
           array_agg(form ORDER BY nth) AS form,
           array_agg(content ORDER BY nth) AS content,
           array_agg(chain ORDER BY nth) AS chain,
           count(content) = count(*) AND min(content) = max(content) AS same_content
      FROM said GROUP BY no
), compared AS MATERIALIZED (
    SELECT p.form AS proposed, c.decision, c.speaker, c.form, c.chain,
           CASE WHEN c.same_content THEN array_fill('='::text, ARRAY[array_length(c.content, 1)])
                ELSE array_replace(c.content, '', coalesce(p.content::text,
                    (SELECT jsonb_agg(jsonb_build_array(lower(s), upper(s)) ORDER BY lower(s))::text
                       FROM claims.claim AS k, unnest(k.content_spans) AS s
                      WHERE k.id = p.subject))) END AS content
      FROM claim AS c JOIN proposed AS p ON p.no = c.no
)
SELECT 'decision' AS field, proposed, decision AS values, count(*) AS claims FROM compared GROUP BY 2, 3
UNION ALL
SELECT 'speaker', proposed, speaker, count(*) FROM compared GROUP BY 2, 3
UNION ALL
SELECT 'form', proposed, form, count(*) FROM compared GROUP BY 2, 3
UNION ALL
SELECT 'content', proposed, content, count(*) FROM compared GROUP BY 2, 3
UNION ALL
SELECT 'chain', proposed, chain, count(*) FROM compared GROUP BY 2, 3
UNION ALL
SELECT 'link', NULL, l.kinds, count(*)
  FROM (SELECT array_agg(coalesce(g.reading #>> '{after,link,kind}', 'different') ORDER BY g.nth) AS kinds
          FROM claims.decision AS d
         CROSS JOIN jsonb_array_elements(d.after -> 'readings') WITH ORDINALITY AS g(reading, nth)
         WHERE jsonb_exists(d.after, 'readings') AND d.subject_kind = 'claim' AND d.undoes IS NULL
           AND d.after #> '{readings,0,after,link}' IS NOT NULL
         GROUP BY d.no) AS l
 GROUP BY 3
