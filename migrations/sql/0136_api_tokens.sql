-- Tokens with which programs use the API. A program holds 32 random bytes, the table their digest: whoever
-- reads the table cannot use it.
CREATE TABLE claims.api_token (
    id UUID NOT NULL,
    name TEXT NOT NULL,
    digest BYTEA NOT NULL,
    scopes TEXT[] NOT NULL,
    reviewer UUID,
    added_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
    revoked_at TIMESTAMP WITH TIME ZONE,
    last_used_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_api_token PRIMARY KEY (id),
    CONSTRAINT ck_api_token_digest CHECK (octet_length(digest) = 32),
    CONSTRAINT ck_api_token_name CHECK (name <> ''),
    CONSTRAINT ck_api_token_scopes CHECK (scopes <@ '{read,review,decide,ingest,propose}'::text[] AND cardinality(scopes) > 0),
    CONSTRAINT ck_api_token_signer CHECK ('decide' <> ALL (scopes) OR reviewer IS NOT NULL),
    CONSTRAINT ck_api_token_expires_at CHECK (expires_at > added_at),
    CONSTRAINT fk_api_token_reviewer FOREIGN KEY(reviewer) REFERENCES claims.reviewer (id)
);
CREATE UNIQUE INDEX uq_api_token_digest ON claims.api_token (digest);
CREATE UNIQUE INDEX uq_api_token_name ON claims.api_token (name) WHERE revoked_at IS NULL;
CREATE INDEX ix_api_token_reviewer ON claims.api_token (reviewer);

-- What a token opens is settled when it is added: widening one, or reviving one that was revoked, would be a
-- change that nobody sees. Which tokens there were, and whose, is kept.
CREATE FUNCTION claims.guard_api_token() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF to_jsonb(OLD) - '{revoked_at,last_used_at}'::text[] <> to_jsonb(NEW) - '{revoked_at,last_used_at}'::text[]
       OR OLD.revoked_at IS NOT NULL AND OLD.revoked_at IS DISTINCT FROM NEW.revoked_at
       OR OLD.last_used_at IS NOT NULL AND (NEW.last_used_at IS NULL OR NEW.last_used_at < OLD.last_used_at) THEN
        RAISE EXCEPTION 'token %: it may be revoked, once; to change it, revoke it and add another', OLD.name
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'api_token_kept';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER api_token_changed BEFORE UPDATE ON claims.api_token
    FOR EACH ROW EXECUTE FUNCTION claims.guard_api_token();
CREATE TRIGGER api_token_rows BEFORE DELETE ON claims.api_token
    FOR EACH ROW EXECUTE FUNCTION claims.refuse_change();
CREATE TRIGGER api_token_truncate BEFORE TRUNCATE ON claims.api_token
    FOR EACH STATEMENT EXECUTE FUNCTION claims.refuse_change();
ALTER TABLE claims.api_token ENABLE ALWAYS TRIGGER api_token_changed;
ALTER TABLE claims.api_token ENABLE ALWAYS TRIGGER api_token_rows;
ALTER TABLE claims.api_token ENABLE ALWAYS TRIGGER api_token_truncate;
