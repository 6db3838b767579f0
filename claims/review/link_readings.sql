-- Readings of links, sealed until two are in.
-- name: open
SELECT r.id, r.reviewer, r.action, r.kind, r.reason, r.at
  FROM claims.open_link_reading AS r WHERE r.a = :a AND r.b = :b
 ORDER BY r.at;

-- name: sealed
SELECT r.a, r.b FROM claims.open_link_reading AS r WHERE r.id = :id;

-- name: conclusion
SELECT d.id FROM claims.link_reading AS r
  JOIN claims.decision AS d
    ON d.subject_kind = 'claim' AND d.subject = r.a AND d.revision > r.a_revision
 WHERE r.id = :id AND d.after -> 'readings' @> jsonb_build_array(jsonb_build_object('id', r.id));

-- name: last
SELECT r.id, r.a, r.at FROM claims.open_link_reading AS r
 WHERE r.reviewer = :reviewer AND (CAST(:since AS timestamptz) IS NULL OR r.at > :since)
 ORDER BY r.at DESC LIMIT 1;
