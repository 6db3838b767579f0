-- Links with both claims, in the order of their ids; proposals alone, or those that people settled too. For a
-- reviewer at the queue without what they read and what is disputed: that is not for them, or not there to propose.
-- name: links
SELECT l.a, l.b, l.kind, l.score, l.reasons, l.linked_by,
       CASE WHEN l.status = 'proposed' AND d.disputed THEN 'disputed' ELSE l.status END AS status
  FROM claims_v1.links AS l
 CROSS JOIN LATERAL (
       SELECT EXISTS (SELECT FROM claims.link_disputed AS d WHERE d.a = l.a AND d.b = l.b)
              OR EXISTS (SELECT FROM claims.link_disputed AS d WHERE d.a = l.b AND d.b = l.a) AS disputed) AS d
 WHERE (:settled OR l.status = 'proposed')
   AND (CAST(:kind AS text) IS NULL OR l.kind = :kind)
   AND (CAST(:claim AS uuid) IS NULL OR l.a = :claim OR l.b = :claim)
   AND (CAST(:after_a AS uuid) IS NULL OR (l.a, l.b) > (:after_a, :after_b))
   AND (CAST(:reader AS uuid) IS NULL
        OR NOT d.disputed
           AND NOT EXISTS (SELECT FROM claims.open_link_reading AS r WHERE r.a = l.a AND r.b = l.b AND r.reviewer = :reader))
 ORDER BY l.a, l.b, l.kind LIMIT :limit;

-- Disputed links with the two readings, which are in the ledger; those alone that may be shown to everybody, and of
-- a proposal what it proposes.
-- name: disputes
SELECT d.a, d.b, r.readings, p.kind, p.score, p.reasons
  FROM claims.link_disputed AS d
  JOIN claims.claim AS x ON x.id = d.a AND x.status NOT IN ('rejected', 'withdrawn', 'replaced')
  JOIN claims.claim AS y ON y.id = d.b AND y.status NOT IN ('rejected', 'withdrawn', 'replaced')
 CROSS JOIN LATERAL (
       SELECT e.after -> 'readings' AS readings FROM claims.decision AS e
        WHERE e.subject_kind = 'claim' AND e.subject = d.a AND e.after #>> '{readings,0,after,link,b}' = d.b::text
        ORDER BY e.revision DESC LIMIT 1) AS r
  LEFT JOIN LATERAL (
       SELECT l.kind, l.score, l.reasons FROM claims_v1.links AS l
        WHERE l.a = d.a AND l.b = d.b AND l.status = 'proposed' LIMIT 1) AS p ON true
 WHERE (CAST(:pair_a AS uuid) IS NULL OR d.a = :pair_a AND d.b = :pair_b OR d.a = :pair_b AND d.b = :pair_a)
   AND (CAST(:after_a AS uuid) IS NULL OR (d.a, d.b) > (:after_a, :after_b))
   AND (CAST(:reader AS uuid) IS NULL
        OR NOT EXISTS (SELECT FROM jsonb_array_elements(r.readings) AS o(reading)
                        WHERE o.reading ->> 'reviewer' = CAST(:reader AS text)))
   AND NOT EXISTS (SELECT FROM claims.embargoed AS h WHERE h.version = x.version)
   AND NOT EXISTS (SELECT FROM claims.embargoed AS h WHERE h.version = y.version)
 ORDER BY d.a, d.b LIMIT :limit;

-- name: readings
SELECT e.after -> 'readings' FROM claims.decision AS e
 WHERE e.subject_kind = 'claim' AND e.subject = :a AND e.after #>> '{readings,0,after,link,b}' = CAST(:b AS text)
 ORDER BY e.revision DESC LIMIT 1;

-- name: ends
SELECT c.id, c.text, c.form, c.status, c.revision, c.content_spans, v.text AS article, d.published_at, d.published_offset,
       (SELECT n.name FROM claims.source AS n WHERE n.id = coalesce(m.root, c.speaker)) AS speaker,
       coalesce(m.root, c.speaker) AS speaker_id, c.said_on,
       (SELECT o.name FROM claims.source AS o WHERE o.id = d.outlet) AS outlet
  FROM claims.claim AS c
  JOIN claims.document_version AS v ON v.id = c.version
  JOIN claims.document AS d ON d.id = v.document
  LEFT JOIN claims.source_merged AS m ON m.source = c.speaker
 WHERE c.id = ANY (:claims);
