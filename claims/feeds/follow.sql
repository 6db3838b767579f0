-- name: feeds
SELECT f.id, f.url, f.name, f.outlet, f.every, f.added_at, r.name AS added_by, f.removed_at,
       s.state, s.detail, s.asked_at, s.due_at, s.moved_to,
       coalesce(n.articles, 0) AS articles, coalesce(n.waiting, 0) AS waiting
  FROM claims.feed AS f
  JOIN claims.reviewer AS r ON r.id = f.added_by
  LEFT JOIN claims.feed_address AS s ON s.id = f.address AND s.feed = f.id
  LEFT JOIN (SELECT a.feed, count(*) FILTER (WHERE a.readings > 0) AS articles,
                    count(*) FILTER (WHERE a.state = 'waiting') AS waiting
               FROM claims.feed_address AS a WHERE a.kind = 'article' GROUP BY a.feed) AS n ON n.feed = f.id
 WHERE :removed OR f.removed_at IS NULL
 ORDER BY f.removed_at IS NOT NULL, lower(f.name), f.url, f.added_at;

-- name: unscheduled
SELECT f.id, f.url
  FROM claims.feed AS f
 WHERE f.removed_at IS NULL
   AND NOT EXISTS (SELECT FROM claims.feed_address AS a
                    WHERE a.id = f.address AND a.kind = 'feed' AND a.feed = f.id);
