-- Reports of utterances (docs/decisions/0016-asking.md).

-- Claims that are withdrawn, rejected or not compared yet are no reports of an utterance: they stand for themselves.
-- name: folded
SELECT coalesce(u.utterance, c.id) AS utterance
  FROM unnest(CAST(:claims AS uuid[])) AS o(id)
  JOIN claims.claim AS c ON c.id = o.id
  LEFT JOIN claims_v1.utterances AS u ON u.claim = c.id
  JOIN claims.claim AS f ON f.id = coalesce(u.utterance, c.id)
  JOIN claims.document_version AS v ON v.id = f.version
  JOIN claims.document AS d ON d.id = v.document
 WHERE c.status NOT IN ('rejected', 'withdrawn', 'replaced') AND d.shown_status <> 'withdrawn'
 GROUP BY 1
 ORDER BY min(d.published_at) NULLS LAST, 1
 LIMIT :limit

-- name: utterance_of
SELECT coalesce((SELECT u.utterance FROM claims_v1.utterances AS u WHERE u.claim = :claim), :claim)

-- name: printings
SELECT o.id AS utterance, c.id AS claim, c.text, c.statement, c.form, c.status, g.kind, c.said_on,
       d.id AS document, d.shown_status AS document_status, d.published_at, d.published_offset,
       s.name AS outlet, s.id AS outlet_id, d.url
  FROM unnest(CAST(:utterances AS uuid[])) AS o(id)
 CROSS JOIN LATERAL (
       (SELECT u.claim, u.kind FROM claims_v1.utterances AS u WHERE u.utterance = o.id LIMIT :most)
       UNION ALL
       SELECT o.id, NULL WHERE NOT EXISTS (SELECT FROM claims_v1.utterances AS u WHERE u.claim = o.id)) AS g
  JOIN claims.claim AS c ON c.id = g.claim
  JOIN claims.document_version AS v ON v.id = c.version
  JOIN claims.document AS d ON d.id = v.document
  LEFT JOIN claims.source_shown AS p ON p.source = d.outlet
  LEFT JOIN claims.source AS s ON s.id = p.root
 ORDER BY d.published_at NULLS LAST, c.id

-- name: chains
SELECT a.claim, a.mention, a.mode, s.id AS source, s.name, s.kind
  FROM claims.attribution AS a
  LEFT JOIN claims.source_shown AS p ON p.source = a.source
  LEFT JOIN claims.source AS s ON s.id = p.root
 WHERE a.claim = ANY (:claims)
 ORDER BY a.claim, a.position

-- name: origins
SELECT o.document, o.original, o.origin, o.origin_key, o.rule, o.reason
  FROM claims_v1.origins AS o WHERE o.document = ANY (:documents)
 ORDER BY o.document, o.origin_key

-- name: settled
SELECT l.a, l.b, l.kind
  FROM claims.claim_link AS l
 WHERE l.linked_by IS NOT NULL AND l.kind IN ('contradicts', 'narrows', 'retracts')
   AND (l.a = ANY (:claims) OR l.b = ANY (:claims))

-- Of which a person said that they speak of different things, when asked whether they clash.
-- name: refused
SELECT l.a, l.b
  FROM claims.link_refused AS l
 WHERE l.kind IN ('contradicts', 'narrows', 'retracts') AND (l.a = ANY (:claims) OR l.b = ANY (:claims))
