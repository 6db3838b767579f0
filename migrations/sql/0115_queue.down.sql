DROP TRIGGER document_queued ON claims.document;
DROP FUNCTION claims.queue_article();

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
     WHERE c.id = ANY (ids) AND claims.waits(c.status)
    ON CONFLICT (claim) DO UPDATE
       SET starts = excluded.starts, put_aside = excluded.put_aside, speaker = excluded.speaker,
           form = excluded.form, printed = excluded.printed;
END;

SELECT claims.queue_up(ARRAY(
    SELECT c.id FROM claims.claim AS c JOIN claims.document_version AS v ON v.id = c.version
      JOIN claims.document AS d ON d.id = v.document
     WHERE d.shown_status = 'withdrawn' AND claims.waits(c.status)));
UPDATE claims.waiting AS w
   SET first_reader = coalesce(r.readers[1], w.first_reader),
       second_reader = coalesce(r.readers[2], w.second_reader)
  FROM claims.waiting AS o, LATERAL (SELECT claims.readers_of(o.claim) AS readers) AS r
 WHERE w.claim = o.claim AND claims.is_withdrawn(o.version);

DROP FUNCTION claims.readers_of(uuid);
DROP FUNCTION claims.is_withdrawn(uuid);
