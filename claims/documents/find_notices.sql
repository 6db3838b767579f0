-- Those that wait for a person, as the filter `open` below has them.
-- name: count_open
SELECT count(*) FROM claims.notice AS n JOIN claims.document AS d ON d.id = n.document
 WHERE n.kind <> 'kill' AND n.id <> ALL (d.settled_notices);

-- What publishers said of articles, with what became of it. A person settled a notice by the last decision
-- that added it to those that are settled.
-- name: notices
SELECT n.id, n.kind, n.signal, n.words, n.place, n.url, n.external_id, n.outlet, n.issued_at, n.received_at,
       n.document, d.title,
       CASE WHEN n.document IS NULL THEN 'waiting'
            WHEN n.kind = 'kill' AND d.kill_lifted = n.id THEN 'lifted'
            WHEN n.kind = 'kill' AND d.killed_by = n.id THEN 'in force'
            WHEN n.kind = 'kill' THEN 'superseded'
            WHEN n.id = ANY (d.settled_notices) THEN
                (SELECT CASE e.action WHEN 'dismiss' THEN 'dismissed' ELSE 'confirmed' END
                   FROM claims.decision AS e
                  WHERE e.subject_kind = 'document' AND e.subject = d.id AND e.undoes IS NULL
                    AND jsonb_exists(e.after -> 'settled_notices', n.id::text)
                    AND NOT jsonb_exists(e.before -> 'settled_notices', n.id::text)
                  ORDER BY e.revision DESC LIMIT 1)
            ELSE 'open' END AS state
  FROM claims.notice AS n LEFT JOIN claims.document AS d ON d.id = n.document
 WHERE (CAST(:low AS uuid) IS NULL OR n.id BETWEEN :low AND :high)
   AND (CAST(:document AS uuid) IS NULL OR n.document = :document)
   AND (CAST(:kind AS text) IS NULL OR n.kind = :kind)
   AND (NOT CAST(:open AS boolean)
        OR n.document IS NOT NULL AND n.kind <> 'kill' AND n.id <> ALL (d.settled_notices))
 ORDER BY coalesce(n.issued_at, n.received_at) DESC, n.id
 LIMIT :most;

-- How many wait for a person.
