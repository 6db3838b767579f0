-- The records that wait for workers: leased, extracted, and stored in their order.

-- name: add
INSERT INTO claims.queued_record
       (id, run, kind, record, archived, read_at, extracted, extractor_version)
VALUES (:id, :run, :kind, :record, :archived, :read_at, :extracted, :extractor_version)
    ON CONFLICT (id) DO NOTHING;

-- What was never taken; its order is that of the index.
-- name: take_new
UPDATE claims.queued_record AS q
   SET worker = :worker, leased_until = clock_timestamp() + make_interval(secs => :lease), attempts = 1
 WHERE q.id IN (
       SELECT w.id FROM claims.queued_record AS w
        WHERE w.extracted IS NULL AND w.attempts = 0
        ORDER BY w.no
        LIMIT :most
          FOR UPDATE SKIP LOCKED)
RETURNING q.id, q.no, q.run, q.kind, q.record, q.archived, q.read_at, q.attempts;

-- What a worker took and did not end, in time or ever.
-- name: take_again
UPDATE claims.queued_record AS q
   SET worker = :worker, leased_until = clock_timestamp() + make_interval(secs => :lease),
       attempts = q.attempts + 1
 WHERE q.id = (
       SELECT w.id FROM claims.queued_record AS w
        WHERE w.extracted IS NULL AND w.attempts > 0
          AND (w.leased_until IS NULL OR w.leased_until <= clock_timestamp())
        ORDER BY w.attempts, w.no
        LIMIT 1
          FOR UPDATE SKIP LOCKED)
RETURNING q.id, q.no, q.run, q.kind, q.record, q.archived, q.read_at, q.attempts;

-- name: release
UPDATE claims.queued_record AS q SET worker = NULL, leased_until = NULL
 WHERE q.id = ANY (:ids) AND q.extracted IS NULL AND q.worker = :worker;

-- The first that finds something is the one that counts.
-- name: save_extracted
UPDATE claims.queued_record AS q
   SET extracted = :extracted, extractor_version = :extractor_version,
       worker = NULL, leased_until = NULL
 WHERE q.id = :id AND q.extracted IS NULL;

-- Whoever holds the first of all stores it and those that follow; nobody stores beside.
-- name: hold_first
SELECT q.no
  FROM claims.queued_record AS q
 WHERE q.no = (SELECT min(f.no) FROM claims.queued_record AS f) AND q.extracted IS NOT NULL
   FOR UPDATE SKIP LOCKED;

-- name: ready
SELECT q.id, q.no, q.kind, q.record, q.archived, q.read_at, q.extracted, q.extractor_version,
       r.command, r.inputs
  FROM (SELECT w.*, bool_and(w.extracted IS NOT NULL) OVER (ORDER BY w.no) AS is_ready
          FROM (SELECT f.* FROM claims.queued_record AS f WHERE f.no >= :first
                 ORDER BY f.no LIMIT :most) AS w) AS q
  JOIN claims.run AS r ON r.id = q.run
 WHERE q.is_ready
 ORDER BY q.no;

-- name: forget
SELECT claims.forget_stored_records(CAST(:ids AS uuid[]));

-- name: count
SELECT count(*) FILTER (WHERE q.extracted IS NULL AND (q.leased_until IS NULL OR q.leased_until <= clock_timestamp()))
           AS waiting,
       count(*) FILTER (WHERE q.leased_until > clock_timestamp()) AS extracting,
       count(*) FILTER (WHERE q.extracted IS NOT NULL) AS extracted,
       count(DISTINCT q.worker) FILTER (WHERE q.leased_until > clock_timestamp()) AS workers,
       count(*) FILTER (WHERE q.attempts > 1) AS taken_again,
       min(q.read_at) AS oldest
  FROM claims.queued_record AS q;
