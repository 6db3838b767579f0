-- Proposals of an article that was withdrawn or killed leave the queue, and come back with it.
-- It cannot be told from their status, as nobody decided on them.

CREATE FUNCTION claims.is_withdrawn(version uuid) RETURNS boolean
    LANGUAGE sql STABLE STRICT SET search_path = pg_catalog, pg_temp
    RETURN (SELECT d.shown_status = 'withdrawn'
              FROM claims.document_version AS v JOIN claims.document AS d ON d.id = v.document
             WHERE v.id = version);
COMMENT ON FUNCTION claims.is_withdrawn(uuid) IS 'Whether the article of a version was withdrawn, by a person or by its wire.';

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

-- Who read a claim already. A dispute follows its two readings: they are of the revision before it.
CREATE FUNCTION claims.readers_of(claim uuid) RETURNS uuid[]
    LANGUAGE sql STABLE STRICT SET search_path = pg_catalog, pg_temp
    RETURN ARRAY(
        SELECT r.reviewer FROM (
            SELECT DISTINCT ON (l.reviewer) l.reviewer, l.action, l.at
              FROM claims.reading AS l
             WHERE l.claim = readers_of.claim AND l.revision =
                   (SELECT CASE WHEN c.status = 'disputed'
                                THEN (SELECT max(o.revision) FROM claims.reading AS o WHERE o.claim = c.id)
                                ELSE c.revision END
                      FROM claims.claim AS c WHERE c.id = readers_of.claim)
             ORDER BY l.reviewer, l.at DESC) AS r
         WHERE r.action <> 'withdrawn' ORDER BY r.at);
COMMENT ON FUNCTION claims.readers_of(uuid) IS 'Who read a waiting claim as it stands, the first reader first.';

-- Who has a card of the article in hand keeps it: what they decide is refused once, with the reason.
CREATE FUNCTION claims.queue_article() RETURNS trigger
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
CREATE TRIGGER document_queued AFTER UPDATE OF shown_status ON claims.document
    FOR EACH ROW WHEN ((OLD.shown_status = 'withdrawn') <> (NEW.shown_status = 'withdrawn'))
    EXECUTE FUNCTION claims.queue_article();

DELETE FROM claims.waiting AS w
 USING claims.document_version AS v JOIN claims.document AS d ON d.id = v.document
 WHERE w.version = v.id AND d.shown_status = 'withdrawn';
