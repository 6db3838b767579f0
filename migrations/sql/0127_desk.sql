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

CREATE FUNCTION claims.end_desk_sessions(token bytea, holder uuid, seen_before timestamptz) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    DELETE FROM claims.desk_session AS s
     WHERE s.token_digest = token OR s.reviewer = holder OR s.seen_at < seen_before;
END;
COMMENT ON FUNCTION claims.end_desk_sessions(bytea, uuid, timestamptz) IS 'Ends a session, all of a person, and those not seen since a moment; null for none of them.';
