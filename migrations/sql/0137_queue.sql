-- The queue in fewer bytes and less work. An article that waits has a row of its own, with all that its claims
-- have in common; a claim points to it by a number, its turn. Indexes leave out what is put aside or was read
-- once, which is little and has indexes of its own; how often words are printed is counted where claims are
-- compared (docs/decisions/0019-queue.md).

CREATE OR REPLACE FUNCTION claims.queue_up(ids uuid[]) RETURNS void
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM claims.queue_articles(ids);
    INSERT INTO claims.waiting (claim, turn, starts, printed, uncertainty, put_aside, form, speaker)
    SELECT c.id, a.turn, lower(c.content_spans),
           greatest(1, (SELECT count(DISTINCT o.version)
                          FROM claims.quote_key AS k
                          JOIN claims.quote_key AS same ON same.key = k.key AND same.counted
                          JOIN claims.claim AS o ON o.id = same.claim
                         WHERE k.claim = c.id)),
           -- Nothing says how sure a claim without a score is: it comes with the most uncertain.
           coalesce(abs(c.extractor_score - 0.5), 0), c.status = 'later', c.form, c.speaker
      FROM claims.claim AS c
      JOIN claims.waiting_article AS a ON a.version = c.version
      JOIN claims.document_version AS v ON v.id = c.version
      JOIN claims.document AS d ON d.id = v.document
     WHERE c.id = ANY (ids) AND claims.waits(c.status) AND d.shown_status <> 'withdrawn'
     ORDER BY a.turn, lower(c.content_spans), c.id
    ON CONFLICT (claim) DO UPDATE
       SET starts = excluded.starts, put_aside = excluded.put_aside, speaker = excluded.speaker,
           form = excluded.form, printed = excluded.printed;
END $$;

DROP TABLE claims.waiting;
DROP FUNCTION claims.queue_unscored();

CREATE TABLE claims.waiting_article (
    turn BIGINT NOT NULL,
    version UUID NOT NULL,
    published_at TIMESTAMP WITH TIME ZONE NOT NULL,
    outlet UUID,
    CONSTRAINT pk_waiting_article PRIMARY KEY (turn),
    CONSTRAINT uq_waiting_article_version UNIQUE (version)
);
CREATE INDEX ix_waiting_article_outlet_turn ON claims.waiting_article (outlet, turn);
CREATE INDEX ix_waiting_article_published_at_turn ON claims.waiting_article (published_at, turn);

CREATE TABLE claims.waiting (
    claim UUID NOT NULL,
    turn BIGINT NOT NULL,
    starts INTEGER NOT NULL,
    printed INTEGER DEFAULT 1 NOT NULL,
    uncertainty REAL NOT NULL,
    put_aside BOOLEAN NOT NULL,
    form TEXT NOT NULL,
    speaker UUID,
    first_reader UUID,
    second_reader UUID,
    CONSTRAINT pk_waiting PRIMARY KEY (claim)
);
-- No foreign keys: triggers add and remove these rows, and nobody else may. All claims of an article have one turn, which a B-tree stores once: the place in the article is sorted.
CREATE INDEX ix_waiting_turn ON claims.waiting (turn);
CREATE INDEX ix_waiting_uncertain ON claims.waiting (uncertainty, turn) WHERE first_reader IS NULL AND NOT put_aside;
CREATE INDEX ix_waiting_printed ON claims.waiting (printed DESC, turn) WHERE printed > 1 AND first_reader IS NULL AND NOT put_aside;
CREATE INDEX ix_waiting_speaker ON claims.waiting (speaker, turn) WHERE first_reader IS NULL AND NOT put_aside;
CREATE INDEX ix_waiting_form ON claims.waiting (form, turn) WHERE first_reader IS NULL AND NOT put_aside;
CREATE INDEX ix_waiting_new ON claims.waiting (turn) WHERE first_reader IS NULL AND NOT put_aside;
CREATE INDEX ix_waiting_aside ON claims.waiting (turn) WHERE first_reader IS NULL AND put_aside;
CREATE INDEX ix_waiting_read ON claims.waiting (first_reader, put_aside, turn) WHERE first_reader IS NOT NULL;

-- The articles of some claims that wait: those that are new here get their turn, when their text was stored, in
-- microseconds. Of two texts of one moment the second comes a microsecond later. Their rows are held, so that
-- nobody who takes an article's last claim away takes the article from under a claim that comes.
CREATE FUNCTION claims.queue_articles(ids uuid[]) RETURNS void
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    versions uuid[] := ARRAY(
        SELECT DISTINCT v.id FROM claims.claim AS c
          JOIN claims.document_version AS v ON v.id = c.version
          JOIN claims.document AS d ON d.id = v.document
         WHERE c.id = ANY (ids) AND claims.waits(c.status) AND d.shown_status <> 'withdrawn');
    held bigint;
    later bigint := 0;
BEGIN
    LOOP
        SELECT count(*) INTO held FROM (
            SELECT FROM claims.waiting_article AS a WHERE a.version = ANY (versions)
             ORDER BY a.turn FOR KEY SHARE) AS a;
        EXIT WHEN held = cardinality(versions);
        INSERT INTO claims.waiting_article (turn, version, published_at, outlet)
        SELECT (extract(epoch FROM v.recorded_at) * 1000000)::bigint + later, v.id,
               coalesce(d.published_at, 'infinity'), d.outlet
          FROM claims.document_version AS v JOIN claims.document AS d ON d.id = v.document
         WHERE v.id = ANY (versions)
           AND NOT EXISTS (SELECT FROM claims.waiting_article AS a WHERE a.version = v.id)
         ORDER BY v.recorded_at, v.id
        ON CONFLICT DO NOTHING;
        later := later + 1;
    END LOOP;
END $$;
COMMENT ON FUNCTION claims.queue_articles(uuid[]) IS 'Gives the articles of claims that wait their turns, and holds their rows.';

-- Of two who take the last claims of one article away at one moment neither waits for the other: the row of the
-- article may stay, and is passed over.
CREATE FUNCTION claims.leave_queue(ids uuid[]) RETURNS void
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    turns bigint[];
BEGIN
    WITH gone AS (DELETE FROM claims.waiting AS w WHERE w.claim = ANY (ids) RETURNING w.turn)
    SELECT array_agg(DISTINCT g.turn) INTO turns FROM gone AS g;
    DELETE FROM claims.lease AS l WHERE l.claim = ANY (ids);
    DELETE FROM claims.waiting_article AS a
     WHERE a.turn IN (SELECT o.turn FROM claims.waiting_article AS o
                       WHERE o.turn = ANY (turns)
                         AND NOT EXISTS (SELECT FROM claims.waiting AS w WHERE w.turn = o.turn)
                         FOR UPDATE SKIP LOCKED);
END $$;
COMMENT ON FUNCTION claims.leave_queue(uuid[]) IS 'Takes claims out of the queue and out of hands, and articles of which nothing waits.';

CREATE OR REPLACE FUNCTION claims.queue_new() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM claims.queue_up(ARRAY(SELECT n.id FROM new_rows AS n WHERE claims.waits(n.status)));
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION claims.queue_changed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT claims.waits(NEW.status) THEN
        PERFORM claims.leave_queue(ARRAY[NEW.id]);
    ELSE
        PERFORM claims.queue_up(ARRAY[NEW.id]);
        -- Readings are of one revision: at the next one both readers are free to read again, unless
        -- it is their dispute that a third has to settle.
        IF NEW.revision <> OLD.revision AND NEW.status <> 'disputed' THEN
            UPDATE claims.waiting AS w SET first_reader = NULL, second_reader = NULL
             WHERE w.claim = NEW.id;
        END IF;
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION claims.queue_removed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM claims.leave_queue(ARRAY[OLD.id]);
    RETURN OLD;
END $$;

CREATE OR REPLACE FUNCTION claims.queue_read() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    readers uuid[] := ARRAY(
        SELECT r.reviewer FROM (
            SELECT DISTINCT ON (l.reviewer) l.reviewer, l.action, l.at
              FROM claims.reading AS l
             WHERE l.claim = NEW.claim AND l.revision = NEW.revision
             ORDER BY l.reviewer, l.at DESC) AS r
         WHERE r.action <> 'withdrawn' ORDER BY r.at);
BEGIN
    UPDATE claims.waiting AS w SET first_reader = readers[1], second_reader = readers[2]
     WHERE w.claim = NEW.claim;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION claims.queue_article() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NEW.shown_status = 'withdrawn' THEN
        DELETE FROM claims.waiting AS w
         USING claims.waiting_article AS a, claims.document_version AS v
         WHERE v.document = NEW.id AND a.version = v.id AND w.turn = a.turn;
        DELETE FROM claims.waiting_article AS a USING claims.document_version AS v
         WHERE v.document = NEW.id AND a.version = v.id;
    ELSE
        PERFORM claims.queue_up(ARRAY(
            SELECT c.id FROM claims.claim AS c JOIN claims.document_version AS v ON v.id = c.version
             WHERE v.document = NEW.id AND claims.waits(c.status)));
        UPDATE claims.waiting AS w SET first_reader = r.readers[1], second_reader = r.readers[2]
          FROM claims.document_version AS v, claims.waiting_article AS a, claims.waiting AS o,
               LATERAL (SELECT claims.readers_of(o.claim) AS readers) AS r
         WHERE v.document = NEW.id AND a.version = v.id AND o.turn = a.turn AND w.claim = o.claim
           AND r.readers <> '{}';
    END IF;
    RETURN NULL;
END $$;

-- What an article's claims are found by follows what is decided on the article.
CREATE FUNCTION claims.queue_article_changed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE claims.waiting_article AS a
       SET published_at = coalesce(NEW.published_at, 'infinity'), outlet = NEW.outlet
      FROM claims.document_version AS v WHERE v.document = NEW.id AND a.version = v.id;
    RETURN NULL;
END $$;
CREATE TRIGGER document_requeued AFTER UPDATE OF published_at, outlet ON claims.document
    FOR EACH ROW WHEN ((OLD.published_at, OLD.outlet) IS DISTINCT FROM (NEW.published_at, NEW.outlet))
    EXECUTE FUNCTION claims.queue_article_changed();

-- How many texts hold the words of a claim that waits, as wordings are compared: a few words only if one speaker
-- says them on one day, and what was rejected or withdrawn not at all.
CREATE FUNCTION claims.count_printed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    keys bigint[];
BEGIN
    CASE TG_OP
        WHEN 'INSERT' THEN keys := ARRAY(SELECT DISTINCT n.key FROM new_rows AS n);
        WHEN 'DELETE' THEN keys := ARRAY(SELECT DISTINCT o.key FROM old_rows AS o);
        ELSE keys := ARRAY(SELECT o.key FROM old_rows AS o UNION SELECT n.key FROM new_rows AS n);
    END CASE;
    UPDATE claims.waiting AS w SET printed = s.texts
      FROM (SELECT k.key, greatest(1, count(DISTINCT c.version) FILTER (WHERE k.counted)) AS texts
              FROM claims.quote_key AS k JOIN claims.claim AS c ON c.id = k.claim
             WHERE k.key = ANY (keys) GROUP BY k.key) AS s
      JOIN claims.quote_key AS k ON k.key = s.key
     WHERE w.claim = k.claim AND w.printed <> s.texts;
    RETURN NULL;
END $$;
CREATE TRIGGER quote_key_added_printed AFTER INSERT ON claims.quote_key
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION claims.count_printed();
CREATE TRIGGER quote_key_changed_printed AFTER UPDATE ON claims.quote_key
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION claims.count_printed();
CREATE TRIGGER quote_key_removed_printed AFTER DELETE ON claims.quote_key
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION claims.count_printed();

-- Equal words are looked up for articles that were withdrawn (claims_v1.withdrawn_origins): a hash does.
DROP INDEX claims.ix_claim_words;
CREATE INDEX ix_claim_words ON claims.claim USING hash (md5(regexp_replace(lower(text), '[^[:alnum:]]+', ' ', 'g')))
    WHERE char_length(text) >= 30;

SELECT claims.queue_up(ARRAY(SELECT c.id FROM claims.claim AS c WHERE claims.waits(c.status)));
UPDATE claims.waiting AS w SET first_reader = r.readers[1], second_reader = r.readers[2]
  FROM (SELECT DISTINCT l.claim FROM claims.reading AS l) AS o,
       LATERAL (SELECT claims.readers_of(o.claim) AS readers) AS r
 WHERE w.claim = o.claim;

-- session_replication_role = replica switches ordinary triggers off; not these.
ALTER TABLE claims.document ENABLE ALWAYS TRIGGER document_requeued;
ALTER TABLE claims.quote_key ENABLE ALWAYS TRIGGER quote_key_added_printed;
ALTER TABLE claims.quote_key ENABLE ALWAYS TRIGGER quote_key_changed_printed;
ALTER TABLE claims.quote_key ENABLE ALWAYS TRIGGER quote_key_removed_printed;
