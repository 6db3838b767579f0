CREATE OR REPLACE FUNCTION claims.count_printed() RETURNS trigger
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

CREATE OR REPLACE FUNCTION claims.queue_up(ids uuid[]) RETURNS void
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM claims.queue_articles(ids);
    INSERT INTO claims.waiting (claim, turn, starts, printed, uncertainty, put_aside, form, speaker, class)
    SELECT c.id, a.turn, lower(c.content_spans),
           greatest(1, (SELECT count(DISTINCT o.version)
                          FROM claims.quote_key AS k
                          JOIN claims.quote_key AS same ON same.key = k.key AND same.counted
                          JOIN claims.claim AS o ON o.id = same.claim
                         WHERE k.claim = c.id)),
           -- Nothing says how sure a claim without a score is: it comes with the most uncertain.
           coalesce(least(abs(c.extractor_score - 0.5), abs(c.name_score - 0.5)), 0), c.status = 'later', c.form, c.speaker,
           c.class
      FROM claims.claim AS c
      JOIN claims.waiting_article AS a ON a.version = c.version
      JOIN claims.document_version AS v ON v.id = c.version
      JOIN claims.document AS d ON d.id = v.document
     WHERE c.id = ANY (ids) AND claims.waits(c.status) AND d.shown_status <> 'withdrawn'
     ORDER BY a.turn, lower(c.content_spans), c.id
    ON CONFLICT (claim) DO UPDATE
       SET starts = excluded.starts, put_aside = excluded.put_aside, speaker = excluded.speaker,
           form = excluded.form, printed = excluded.printed, class = excluded.class;
END $$;

UPDATE claims.waiting AS w SET printed = greatest(1, s.texts)
  FROM (SELECT k.claim, (SELECT count(DISTINCT c.version)
                           FROM claims.quote_key AS same JOIN claims.claim AS c ON c.id = same.claim
                          WHERE same.key = k.key AND same.counted) AS texts
          FROM claims.waiting AS f JOIN claims.quote_key AS k ON k.claim = f.claim WHERE f.printed = 100) AS s
 WHERE w.claim = s.claim AND w.printed <> s.texts;
