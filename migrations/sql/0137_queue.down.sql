DROP TRIGGER quote_key_added_printed ON claims.quote_key;
DROP TRIGGER quote_key_changed_printed ON claims.quote_key;
DROP TRIGGER quote_key_removed_printed ON claims.quote_key;
DROP FUNCTION claims.count_printed();
DROP TRIGGER document_requeued ON claims.document;
DROP FUNCTION claims.queue_article_changed();
DROP FUNCTION claims.leave_queue(uuid[]);
DROP FUNCTION claims.queue_articles(uuid[]);
DROP TABLE claims.waiting;
DROP TABLE claims.waiting_article;

CREATE TABLE claims.waiting (
    claim UUID NOT NULL,
    version UUID NOT NULL,
    arrived_at TIMESTAMP WITH TIME ZONE NOT NULL,
    starts INTEGER NOT NULL,
    put_aside BOOLEAN NOT NULL,
    first_reader UUID DEFAULT '00000000-0000-0000-0000-000000000000' NOT NULL,
    second_reader UUID DEFAULT '00000000-0000-0000-0000-000000000000' NOT NULL,
    uncertainty DOUBLE PRECISION NOT NULL,
    published_at TIMESTAMP WITH TIME ZONE NOT NULL,
    printed INTEGER DEFAULT 1 NOT NULL,
    speaker UUID,
    outlet UUID,
    form TEXT NOT NULL,
    CONSTRAINT pk_waiting PRIMARY KEY (claim),
    CONSTRAINT fk_waiting_claim FOREIGN KEY(claim) REFERENCES claims.claim (id)
);
CREATE INDEX ix_waiting_article ON claims.waiting (first_reader, put_aside, arrived_at, version, starts, claim);
CREATE INDEX ix_waiting_uncertain ON claims.waiting (first_reader, put_aside, uncertainty, version, starts, claim);
CREATE INDEX ix_waiting_oldest ON claims.waiting (first_reader, put_aside, published_at, version, starts, claim);
CREATE INDEX ix_waiting_printed ON claims.waiting (first_reader, put_aside, printed DESC, version, starts, claim);
CREATE INDEX ix_waiting_speaker ON claims.waiting (speaker, first_reader, put_aside, arrived_at, version, starts, claim);
CREATE INDEX ix_waiting_outlet ON claims.waiting (outlet, first_reader, put_aside, arrived_at, version, starts, claim);
CREATE INDEX ix_waiting_form ON claims.waiting (form, first_reader, put_aside, arrived_at, version, starts, claim);
CREATE INDEX ix_waiting_version ON claims.waiting (version, starts);

CREATE FUNCTION claims.queue_unscored() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    NEW.uncertainty := 0;
    RETURN NEW;
END $$;
CREATE TRIGGER waiting_unscored BEFORE INSERT ON claims.waiting
    FOR EACH ROW WHEN (NEW.uncertainty IS NULL) EXECUTE FUNCTION claims.queue_unscored();

DROP INDEX claims.ix_claim_words;
CREATE INDEX ix_claim_words ON claims.claim (md5(regexp_replace(lower(text), '[^[:alnum:]]+', ' ', 'g')), version) WHERE char_length(text) >= 30;

CREATE OR REPLACE FUNCTION claims.queue_up(ids uuid[]) RETURNS void
    LANGUAGE sql SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    INSERT INTO claims.waiting (claim, version, arrived_at, starts, put_aside, uncertainty,
                                published_at, printed, speaker, outlet, form)
    SELECT c.id, c.version, v.recorded_at, lower(c.content_spans), c.status = 'later',
           abs(c.extractor_score - 0.5), coalesce(d.published_at, 'infinity'),
           CASE WHEN char_length(c.text) < 30 THEN 1 ELSE
               (SELECT count(DISTINCT o.version) FROM claims.claim AS o
                 WHERE char_length(o.text) >= 30
                   AND md5(regexp_replace(lower(o.text), '[^[:alnum:]]+', ' ', 'g'))
                     = md5(regexp_replace(lower(c.text), '[^[:alnum:]]+', ' ', 'g'))) END,
           c.speaker, d.outlet, c.form
      FROM claims.claim AS c
      JOIN claims.document_version AS v ON v.id = c.version
      JOIN claims.document AS d ON d.id = v.document
     WHERE c.id = ANY (ids) AND claims.waits(c.status) AND d.shown_status <> 'withdrawn'
    ON CONFLICT (claim) DO UPDATE
       SET starts = excluded.starts, put_aside = excluded.put_aside, speaker = excluded.speaker,
           form = excluded.form, printed = excluded.printed;
END;


CREATE OR REPLACE FUNCTION claims.queue_new() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM claims.queue_up(ARRAY(SELECT n.id FROM new_rows AS n WHERE claims.waits(n.status)));
    -- The same words in another article: those that wait there are printed once more often.
    UPDATE claims.waiting AS w SET printed = same.texts
      FROM (SELECT k.key, count(DISTINCT o.version) AS texts
              FROM (SELECT DISTINCT md5(regexp_replace(lower(n.text), '[^[:alnum:]]+', ' ', 'g')) AS key
                      FROM new_rows AS n WHERE char_length(n.text) >= 30) AS k
              JOIN claims.claim AS o
                ON md5(regexp_replace(lower(o.text), '[^[:alnum:]]+', ' ', 'g')) = k.key
               AND char_length(o.text) >= 30
             GROUP BY k.key HAVING count(DISTINCT o.version) > 1) AS same
      JOIN claims.claim AS c
        ON md5(regexp_replace(lower(c.text), '[^[:alnum:]]+', ' ', 'g')) = same.key
       AND char_length(c.text) >= 30
     WHERE w.claim = c.id AND w.printed <> same.texts;
    RETURN NULL;
END $$;


CREATE OR REPLACE FUNCTION claims.queue_changed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT claims.waits(NEW.status) THEN
        DELETE FROM claims.waiting AS w WHERE w.claim = NEW.id;
        DELETE FROM claims.lease AS l WHERE l.claim = NEW.id;
    ELSE
        PERFORM claims.queue_up(ARRAY[NEW.id]);
        -- Readings are of one revision: at the next one both readers are free to read again, unless
        -- it is their dispute that a third has to settle.
        IF NEW.revision <> OLD.revision AND NEW.status <> 'disputed' THEN
            UPDATE claims.waiting AS w SET first_reader = DEFAULT, second_reader = DEFAULT
             WHERE w.claim = NEW.id;
        END IF;
    END IF;
    RETURN NULL;
END $$;


CREATE OR REPLACE FUNCTION claims.queue_removed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    DELETE FROM claims.waiting AS w WHERE w.claim = OLD.id;
    DELETE FROM claims.lease AS l WHERE l.claim = OLD.id;
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
    nobody uuid := '00000000-0000-0000-0000-000000000000';
BEGIN
    UPDATE claims.waiting AS w
       SET first_reader = coalesce(readers[1], nobody), second_reader = coalesce(readers[2], nobody)
     WHERE w.claim = NEW.claim;
    RETURN NULL;
END $$;


CREATE OR REPLACE FUNCTION claims.queue_article() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    nobody uuid := '00000000-0000-0000-0000-000000000000';
BEGIN
    IF NEW.shown_status = 'withdrawn' THEN
        DELETE FROM claims.waiting AS w USING claims.document_version AS v
         WHERE v.document = NEW.id AND w.version = v.id;
    ELSE
        PERFORM claims.queue_up(ARRAY(
            SELECT c.id FROM claims.claim AS c JOIN claims.document_version AS v ON v.id = c.version
             WHERE v.document = NEW.id AND claims.waits(c.status)));
        UPDATE claims.waiting AS w
           SET first_reader = coalesce(r.readers[1], nobody), second_reader = coalesce(r.readers[2], nobody)
          FROM claims.document_version AS v, claims.waiting AS o,
               LATERAL (SELECT claims.readers_of(o.claim) AS readers) AS r
         WHERE v.document = NEW.id AND o.version = v.id AND w.claim = o.claim AND r.readers <> '{}';
    END IF;
    RETURN NULL;
END $$;

SELECT claims.queue_up(ARRAY(SELECT c.id FROM claims.claim AS c WHERE claims.waits(c.status)));
UPDATE claims.waiting AS w
   SET first_reader = coalesce(r.readers[1], w.first_reader),
       second_reader = coalesce(r.readers[2], w.second_reader)
  FROM (SELECT DISTINCT l.claim FROM claims.reading AS l) AS o,
       LATERAL (SELECT claims.readers_of(o.claim) AS readers) AS r
 WHERE w.claim = o.claim;
