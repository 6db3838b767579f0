-- name: current
SELECT v.id, v.text FROM claims.document_version AS v
 WHERE v.id = claims.current_version(:document);

-- Claims that a person decided on, read or began to edit, of other versions than the current one, which this
-- method has not sought there. What was replaced stands in the claims that were made of it.
-- name: pending_claims
SELECT c.id, c.version, c.content_spans
  FROM claims.claim AS c
  JOIN claims.document_version AS v ON v.id = c.version
 WHERE v.document = :document AND c.version <> :current AND c.status <> 'replaced'
   AND (c.revision > 0
        OR EXISTS (SELECT FROM claims.reading AS r WHERE r.claim = c.id)
        OR EXISTS (SELECT FROM claims.draft AS t WHERE t.claim = c.id))
   AND NOT EXISTS (SELECT FROM claims.anchor AS a
                    WHERE a.claim = c.id AND a.version = :current AND a.method = :method)
 ORDER BY c.version, c.id;

-- name: hops
SELECT a.claim, a.mention_spans, a.cue_spans, a.capacity_spans
  FROM claims.attribution AS a WHERE a.claim = ANY(:claims) ORDER BY a.claim, a.position;

-- name: text
SELECT v.text FROM claims.document_version AS v WHERE v.id = :version;

-- name: changed_documents
SELECT DISTINCT v.document FROM claims.document_version AS v
 WHERE v.number > 1 AND v.document > :after ORDER BY v.document LIMIT :most;

-- name: count_changed
SELECT count(DISTINCT v.document) FROM claims.document_version AS v WHERE v.number > 1;
