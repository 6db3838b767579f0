-- A card is before a person again, wherever they have it.

DROP FUNCTION claims.free_session(uuid, uuid, uuid, uuid, timestamptz);
ALTER TABLE claims.lease DROP COLUMN session;
