-- Feeds: which are followed, which addresses are due, and when each host may be asked.

CREATE TABLE claims.feed (
    id UUID NOT NULL,
    address UUID NOT NULL,
    url TEXT NOT NULL,
    name TEXT NOT NULL,
    outlet TEXT,
    every INTEGER NOT NULL,
    added_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    added_by UUID NOT NULL,
    removed_at TIMESTAMP WITH TIME ZONE,
    removed_by UUID,
    CONSTRAINT pk_feed PRIMARY KEY (id),
    CONSTRAINT ck_feed_every CHECK (every >= 60),
    CONSTRAINT ck_feed_name CHECK (name <> ''),
    CONSTRAINT ck_feed_removed CHECK ((removed_at IS NULL) = (removed_by IS NULL)),
    CONSTRAINT fk_feed_added_by FOREIGN KEY(added_by) REFERENCES claims.reviewer (id),
    CONSTRAINT fk_feed_removed_by FOREIGN KEY(removed_by) REFERENCES claims.reviewer (id)
);
CREATE UNIQUE INDEX uq_feed_followed ON claims.feed (address) WHERE removed_at IS NULL;

-- One process asks a host at a time: whoever holds the lease. It runs out by itself, whatever became of it.
CREATE TABLE claims.feed_host (
    host TEXT NOT NULL,
    not_before TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    leased_by UUID,
    leased_until TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_feed_host PRIMARY KEY (host),
    CONSTRAINT ck_feed_host_lease CHECK ((leased_by IS NULL) = (leased_until IS NULL))
);

CREATE TABLE claims.feed_address (
    id UUID NOT NULL,
    feed UUID NOT NULL,
    kind TEXT NOT NULL,
    url TEXT NOT NULL,
    host TEXT NOT NULL,
    due_at TIMESTAMP WITH TIME ZONE,
    asked_at TIMESTAMP WITH TIME ZONE,
    state TEXT DEFAULT 'waiting' NOT NULL,
    http_status INTEGER,
    detail TEXT,
    readings INTEGER DEFAULT 0 NOT NULL,
    failures INTEGER DEFAULT 0 NOT NULL,
    misses INTEGER DEFAULT 0 NOT NULL,
    failing_since TIMESTAMP WITH TIME ZONE,
    etag TEXT,
    last_modified TEXT,
    answered_by TEXT,
    moved_to TEXT,
    published_at TIMESTAMP WITH TIME ZONE,
    changed_at TIMESTAMP WITH TIME ZONE,
    recorded_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT pk_feed_address PRIMARY KEY (id),
    CONSTRAINT ck_feed_address_kind CHECK (kind IN ('feed', 'article')),
    CONSTRAINT ck_feed_address_state CHECK (state IN ('waiting', 'read', 'unchanged', 'missing', 'failed', 'refused', 'no_article')),
    CONSTRAINT ck_feed_address_http_status CHECK (http_status BETWEEN 100 AND 599),
    CONSTRAINT ck_feed_address_counts CHECK (readings >= 0 AND failures >= misses AND misses >= 0),
    CONSTRAINT ck_feed_address_failing_since CHECK ((failures > 0) = (failing_since IS NOT NULL)),
    CONSTRAINT ck_feed_address_of_feeds CHECK (kind = 'feed' OR (etag IS NULL AND last_modified IS NULL AND moved_to IS NULL)),
    CONSTRAINT fk_feed_address_feed FOREIGN KEY(feed) REFERENCES claims.feed (id),
    CONSTRAINT fk_feed_address_host FOREIGN KEY(host) REFERENCES claims.feed_host (host)
);
CREATE INDEX ix_feed_address_due ON claims.feed_address (host, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX ix_feed_address_feed ON claims.feed_address (feed);

-- Who followed what, and when, is kept: a feed is removed once, and nothing else of it changes.
CREATE FUNCTION claims.guard_feed() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF OLD.removed_at IS NOT NULL
       OR to_jsonb(OLD) - '{removed_at,removed_by}'::text[] <> to_jsonb(NEW) - '{removed_at,removed_by}'::text[] THEN
        RAISE EXCEPTION 'feed %: it may be removed, once; to change it, add it again', OLD.id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'feed_kept';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feed_changed BEFORE UPDATE ON claims.feed
    FOR EACH ROW EXECUTE FUNCTION claims.guard_feed();
CREATE TRIGGER feed_rows BEFORE DELETE ON claims.feed
    FOR EACH ROW EXECUTE FUNCTION claims.refuse_change();
CREATE TRIGGER feed_truncate BEFORE TRUNCATE ON claims.feed
    FOR EACH STATEMENT EXECUTE FUNCTION claims.refuse_change();
ALTER TABLE claims.feed ENABLE ALWAYS TRIGGER feed_changed;
ALTER TABLE claims.feed ENABLE ALWAYS TRIGGER feed_rows;
ALTER TABLE claims.feed ENABLE ALWAYS TRIGGER feed_truncate;
