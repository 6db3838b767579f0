-- What the readers of each twice-read claim said, counted: field, form as proposed, values, claims.
--
-- A reader who leaves a field as it was proposed says the proposed value. That is the `before` of
-- this decision or of the first later one that names the field, else what the table has.

WITH read AS (
    SELECT d.no, d.subject, d.revision, d.before, d.after -> 'readings' AS readings
      FROM claims.decision AS d
     WHERE jsonb_exists(d.after, 'readings') AND d.subject_kind = 'claim' AND d.undoes IS NULL
), proposed AS (
    SELECT r.no, r.readings,
           coalesce(r.before -> 'form', l.form, to_jsonb(c.form)) #>> '{}' AS form,
           coalesce(r.before -> 'content', l.content, c.content) AS content,
           coalesce(r.before -> 'chain', l.chain, c.chain) AS chain
      FROM read AS r
      JOIN LATERAL (
          SELECT k.form,
                 (SELECT jsonb_agg(jsonb_build_array(lower(s), upper(s)) ORDER BY lower(s))
                    FROM unnest(k.content_spans) AS s) AS content,
                 (SELECT jsonb_agg(jsonb_build_object('source', a.source, 'mention',
                             (SELECT coalesce(jsonb_agg(jsonb_build_array(lower(m), upper(m)) ORDER BY lower(m)), '[]')
                                FROM unnest(a.mention_spans) AS m)) ORDER BY a.position)
                    FROM claims.attribution AS a WHERE a.claim = k.id) AS chain
            FROM claims.claim AS k WHERE k.id = r.subject) AS c ON true
      LEFT JOIN LATERAL (
          SELECT (array_agg(n.before -> 'form' ORDER BY n.revision) FILTER (WHERE jsonb_exists(n.before, 'form')))[1] AS form,
                 (array_agg(n.before -> 'content' ORDER BY n.revision) FILTER (WHERE jsonb_exists(n.before, 'content')))[1] AS content,
                 (array_agg(n.before -> 'chain' ORDER BY n.revision) FILTER (WHERE jsonb_exists(n.before, 'chain')))[1] AS chain
            FROM claims.decision AS n
           WHERE n.subject_kind = 'claim' AND n.subject = r.subject AND n.revision > r.revision) AS l ON true
), said AS (
    SELECT p.no, p.form, g.nth, g.reading ->> 'action' AS action,
           CASE WHEN g.reading ->> 'action' = 'accept' THEN coalesce(g.reading -> 'after' ->> 'form', p.form) END AS said_form,
           CASE WHEN g.reading ->> 'action' = 'accept' THEN coalesce(g.reading -> 'after' -> 'content', p.content)::text END AS content,
           CASE WHEN g.reading ->> 'action' = 'accept' THEN
               (SELECT array_agg(coalesce(h.hop ->> 'source', (h.hop -> 'mention')::text) ORDER BY h.position)
                  FROM jsonb_array_elements(coalesce(g.reading -> 'after' -> 'chain', p.chain))
                       WITH ORDINALITY AS h(hop, position)) END AS chain
      FROM proposed AS p, jsonb_array_elements(p.readings) WITH ORDINALITY AS g(reading, nth)
), claim AS (
    SELECT no, form,
           array_agg(action ORDER BY nth) AS decision,
           array_agg(chain[1] ORDER BY nth) AS speaker,
           array_agg(said_form ORDER BY nth) AS said_form,
           CASE WHEN count(content) = count(*) AND min(content) = max(content)
                THEN array_fill('='::text, ARRAY[count(*)::integer])
                ELSE array_agg(content ORDER BY nth) END AS content,
           array_agg(array_to_string(chain, ' < ') ORDER BY nth) AS chain
      FROM said GROUP BY no, form
)
SELECT f.field, c.form, f.values, count(*) AS claims
  FROM claim AS c
 CROSS JOIN LATERAL (VALUES ('decision', c.decision), ('speaker', c.speaker), ('form', c.said_form),
                            ('content', c.content), ('chain', c.chain)) AS f(field, values)
 GROUP BY f.field, c.form, f.values
