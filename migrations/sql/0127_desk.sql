-- Who is signed in at the desk. A browser holds a random token, the table its digest: whoever reads the table
-- cannot sign in with it. An end by time needs no row to be removed.
CREATE TABLE claims.desk_session (
    token_digest BYTEA NOT NULL,
    reviewer UUID NOT NULL,
    began_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    seen_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT pk_desk_session PRIMARY KEY (token_digest),
    CONSTRAINT ck_desk_session_token_digest CHECK (octet_length(token_digest) = 32),
    CONSTRAINT fk_desk_session_reviewer FOREIGN KEY(reviewer) REFERENCES claims.reviewer (id)
);
CREATE INDEX ix_desk_session_reviewer ON claims.desk_session (reviewer);
COMMENT ON TABLE claims.desk_session IS 'Who is signed in at the desk; a row goes when they sign out.';
COMMENT ON COLUMN claims.desk_session.token_digest IS 'SHA-256 of the token that the browser holds.';
COMMENT ON COLUMN claims.desk_session.reviewer IS 'Who signs what is decided in it.';
COMMENT ON COLUMN claims.desk_session.began_at IS 'When they signed in: a session ends so long after.';
COMMENT ON COLUMN claims.desk_session.seen_at IS 'When a page was last asked for: it ends so long after, too.';

CREATE FUNCTION claims.end_desk_sessions(token bytea, holder uuid, seen_before timestamptz) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    DELETE FROM claims.desk_session AS s
     WHERE s.token_digest = token OR s.reviewer = holder OR s.seen_at < seen_before;
END;
COMMENT ON FUNCTION claims.end_desk_sessions(bytea, uuid, timestamptz) IS 'Ends a session, all of a person, and those not seen since a moment; null for none of them.';
