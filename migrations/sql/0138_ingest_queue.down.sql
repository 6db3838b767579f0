-- What waits for a worker is lost: its files are read again.

DROP FUNCTION claims.forget_stored_records(uuid[]);
DROP TABLE claims.queued_record;
DROP FUNCTION claims.guard_queued_rows();
DROP FUNCTION claims.guard_queued_record();
