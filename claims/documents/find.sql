-- name: by_address
SELECT a.document FROM claims.document_address AS a WHERE a.id = :address

-- name: by_prefix
SELECT d.id FROM claims.document AS d WHERE d.id BETWEEN :low AND :high LIMIT 2

-- name: versions
-- The order is that of claims.current_version, which reads the present alone.
WITH latest AS MATERIALIZED (
    SELECT s.version FROM claims.sighting AS s WHERE s.document = :document
     ORDER BY s.publisher_version DESC NULLS LAST, coalesce(s.publisher_time, s.seen_at) DESC,
              s.seen_at DESC, s.id DESC LIMIT 1)
SELECT v.id, v.number, v.text, v.reader, min(s.seen_at) AS first_seen, max(s.seen_at) AS last_seen,
       count(*) AS sightings, max(s.publisher_version) AS publisher_version,
       max(s.publisher_time) AS publisher_time, v.id = (SELECT l.version FROM latest AS l) AS current
  FROM claims.document_version AS v JOIN claims.sighting AS s ON s.version = v.id
 WHERE v.document = :document
 GROUP BY v.id, v.number, v.text, v.reader ORDER BY v.number

-- name: names
SELECT n.kind, n.name
  FROM (SELECT a.kind, a.url AS name, a.recorded_at, 1 AS place FROM claims.document_address AS a WHERE a.document = :document
        UNION ALL
        SELECT 'id', i.external_id, i.recorded_at, 2 FROM claims.document_identifier AS i WHERE i.document = :document) AS n
 ORDER BY n.place, n.recorded_at, n.name

-- name: claims
-- The order is that of claims.current_version, which reads the present alone.
WITH latest AS MATERIALIZED (
    SELECT s.version FROM claims.sighting AS s WHERE s.document = :document
     ORDER BY s.publisher_version DESC NULLS LAST, coalesce(s.publisher_time, s.seen_at) DESC,
              s.seen_at DESC, s.id DESC LIMIT 1)
SELECT c.id, c.status, s.name AS speaker, v.number AS version, c.text,
       (SELECT array_to_string(ARRAY[a.state] || a.changes, ', ') FROM claims.anchor AS a
         WHERE a.claim = c.id AND a.version = (SELECT l.version FROM latest AS l)) AS now
  FROM claims.claim AS c
  JOIN claims.document_version AS v ON v.id = c.version
  LEFT JOIN claims.source_merged AS m ON m.source = c.speaker
  LEFT JOIN claims.source AS s ON s.id = coalesce(m.root, c.speaker)
 WHERE v.document = :document
 ORDER BY v.number, lower(c.content_spans), c.id
