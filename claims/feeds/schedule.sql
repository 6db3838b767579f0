-- A host with something due, which nobody else asks and which may be asked now: the one that waits longest.
-- name: lease_host
UPDATE claims.feed_host AS h
   SET leased_by = :holder, leased_until = now() + make_interval(secs => :lease)
 WHERE h.host = (
       SELECT o.host
         FROM claims.feed_host AS o
        CROSS JOIN LATERAL (
              SELECT min(a.due_at) AS due_at
                FROM claims.feed_address AS a
                JOIN claims.feed AS f ON f.id = a.feed AND f.removed_at IS NULL
               WHERE a.host = o.host AND a.due_at <= now()
                 AND (:articles OR a.kind = 'feed')
                 AND (CAST(:feeds AS uuid[]) IS NULL OR a.feed = ANY(:feeds))) AS d
        WHERE d.due_at IS NOT NULL AND o.not_before <= now()
          AND (o.leased_until IS NULL OR o.leased_until <= now())
        ORDER BY d.due_at, o.host
        LIMIT 1
          FOR UPDATE OF o SKIP LOCKED)
RETURNING h.host;

-- name: next_address
SELECT a.id, a.feed, a.kind, a.url, a.host, f.url AS feed_url, f.outlet, f.every, a.state, a.readings, a.failures, a.misses,
       a.failing_since, a.answered_by, a.etag, a.last_modified, a.moved_to, a.published_at
  FROM claims.feed_address AS a
  JOIN claims.feed AS f ON f.id = a.feed AND f.removed_at IS NULL
 WHERE a.host = :host AND a.due_at <= now()
   AND (:articles OR a.kind = 'feed')
   AND (CAST(:feeds AS uuid[]) IS NULL OR a.feed = ANY(:feeds))
 ORDER BY a.due_at, a.kind DESC, a.published_at DESC NULLS LAST, a.id
 LIMIT 1;

-- name: renew
UPDATE claims.feed_host AS h SET leased_until = now() + make_interval(secs => :lease)
 WHERE h.host = :host AND h.leased_by = :holder AND h.leased_until > now();

-- name: release
UPDATE claims.feed_host AS h
   SET leased_by = NULL, leased_until = NULL,
       not_before = greatest(h.not_before, now() + make_interval(secs => :ahead))
 WHERE h.host = :host AND h.leased_by = :holder
RETURNING h.host;

-- Seconds until a host with something due may be asked that nobody else asks now.
-- name: seconds_to_wait
SELECT extract(epoch FROM min(h.not_before) - now())::double precision
  FROM claims.feed_host AS h
 WHERE (h.leased_until IS NULL OR h.leased_until <= now())
   AND EXISTS (SELECT FROM claims.feed_address AS a
                 JOIN claims.feed AS f ON f.id = a.feed AND f.removed_at IS NULL
                WHERE a.host = h.host AND a.due_at <= now()
                  AND (:articles OR a.kind = 'feed')
                  AND (CAST(:feeds AS uuid[]) IS NULL OR a.feed = ANY(:feeds)));

-- What is left: due now and not asked, and what hosts are asked by others.
-- name: count_left
SELECT count(*) FILTER (WHERE h.leased_until > now()) AS elsewhere,
       count(*) FILTER (WHERE h.leased_until IS NULL OR h.leased_until <= now()) AS due
  FROM claims.feed_address AS a
  JOIN claims.feed AS f ON f.id = a.feed AND f.removed_at IS NULL
  JOIN claims.feed_host AS h ON h.host = a.host
 WHERE a.due_at <= now()
   AND (CAST(:feeds AS uuid[]) IS NULL OR a.feed = ANY(:feeds));

-- name: make_due
UPDATE claims.feed_address AS a SET due_at = now()
  FROM claims.feed AS f
 WHERE f.id = a.feed AND f.removed_at IS NULL AND a.kind = 'feed' AND a.due_at > now()
   AND (CAST(:feeds AS uuid[]) IS NULL OR a.feed = ANY(:feeds));

-- Addresses of articles that a feed names. One that is known is due again if the feed says that its article
-- was changed since; it belongs to the feed that named it first, unless that is not followed any more.
-- name: save_addresses
INSERT INTO claims.feed_address AS a (id, feed, kind, url, host, due_at, published_at, changed_at)
VALUES (:id, :feed, 'article', :url, :host, now(), :published_at, :changed_at)
    ON CONFLICT (id) DO UPDATE
   SET changed_at = coalesce(EXCLUDED.changed_at, a.changed_at),
       due_at = CASE WHEN EXCLUDED.changed_at > a.changed_at THEN least(a.due_at, now()) ELSE a.due_at END,
       feed = CASE WHEN EXISTS (SELECT FROM claims.feed AS f WHERE f.id = a.feed AND f.removed_at IS NOT NULL)
                   THEN EXCLUDED.feed ELSE a.feed END
 WHERE a.kind = 'article';

-- name: save_hosts
INSERT INTO claims.feed_host (host) VALUES (:host) ON CONFLICT DO NOTHING;

-- name: save_feed_address
INSERT INTO claims.feed_address AS a (id, feed, kind, url, host, due_at)
VALUES (:id, :feed, 'feed', :url, :host, now())
    ON CONFLICT (id) DO UPDATE
   SET feed = EXCLUDED.feed, kind = 'feed', url = EXCLUDED.url, host = EXCLUDED.host, due_at = now(),
       failures = 0, misses = 0, failing_since = NULL, etag = NULL, last_modified = NULL;
