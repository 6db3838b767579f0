-- Links with both claims, in the order of their ids; proposals alone, or those that people settled too.
-- name: links
SELECT l.a, l.b, l.kind, l.status, l.score, l.reasons, l.linked_by
  FROM claims_v1.links AS l
 WHERE (:settled OR l.status = 'proposed')
   AND (CAST(:kind AS text) IS NULL OR l.kind = :kind)
   AND (CAST(:claim AS uuid) IS NULL OR l.a = :claim OR l.b = :claim)
   AND (CAST(:after_a AS uuid) IS NULL OR (l.a, l.b) > (:after_a, :after_b))
 ORDER BY l.a, l.b, l.kind LIMIT :limit;

-- name: ends
SELECT c.id, c.text, c.form, c.status, c.revision, c.content_spans, v.text AS article, d.published_at,
       (SELECT n.name FROM claims.source AS n WHERE n.id = coalesce(m.root, c.speaker)) AS speaker,
       coalesce(m.root, c.speaker) AS speaker_id, c.said_on,
       (SELECT o.name FROM claims.source AS o WHERE o.id = d.outlet) AS outlet
  FROM claims.claim AS c
  JOIN claims.document_version AS v ON v.id = c.version
  JOIN claims.document AS d ON d.id = v.document
  LEFT JOIN claims.source_merged AS m ON m.source = c.speaker
 WHERE c.id = ANY (:claims);
