-- Whoever is signed in has to sign in again.
DROP FUNCTION claims.end_desk_sessions(bytea, uuid, timestamptz);
DROP TABLE claims.desk_session;
