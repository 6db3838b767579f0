-- How many articles hold the words of a claim that waits is counted up to a hundred. Of words that so many print
-- each further one looked at all of them and wrote all that wait: 0.18 s of the server beside 100,000, and ever more.
-- Of so many rows the count of articles is taken for a hundred without looking at them.
CREATE OR REPLACE FUNCTION claims.count_printed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    keys bigint[];
    -- So many claims of each came or changed, and these.
    added bigint[];
    ids uuid[];
BEGIN
    CASE TG_OP
        WHEN 'INSERT' THEN
            SELECT array_agg(g.key), array_agg(g.added) INTO keys, added
              FROM (SELECT n.key, count(*) AS added FROM new_rows AS n GROUP BY n.key) AS g;
            ids := ARRAY(SELECT n.claim FROM new_rows AS n);
        WHEN 'DELETE' THEN
            SELECT array_agg(g.key), array_agg(0::bigint) INTO keys, added
              FROM (SELECT DISTINCT o.key FROM old_rows AS o) AS g;
        ELSE
            SELECT array_agg(g.key), array_agg(g.added) INTO keys, added
              FROM (SELECT c.key, sum(c.added)::bigint AS added
                      FROM (SELECT o.key, 0 AS added FROM old_rows AS o
                            UNION ALL
                            SELECT n.key, 1 FROM new_rows AS n) AS c GROUP BY c.key) AS g;
            ids := ARRAY(SELECT n.claim FROM new_rows AS n);
    END CASE;
    WITH counted AS MATERIALIZED (
        SELECT o.key, h.held >= 200 + o.added AS is_full,
               CASE WHEN h.held >= 200 THEN 100 ELSE greatest(1, least(100, h.texts)) END AS texts
          FROM unnest(keys, added) AS o(key, added)
         CROSS JOIN LATERAL (
               SELECT count(*) AS held, count(DISTINCT c.version) AS texts
                 FROM (SELECT k.claim FROM claims.quote_key AS k
                        WHERE k.key = o.key AND k.counted LIMIT 200 + o.added) AS k
                 LEFT JOIN claims.claim AS c ON c.id = k.claim) AS h
    ), shown AS (
        SELECT k.claim, s.texts FROM counted AS s JOIN claims.quote_key AS k ON k.key = s.key WHERE NOT s.is_full
        UNION ALL
        -- There were as many before, so that all others have it already.
        SELECT k.claim, s.texts
          FROM unnest(ids) AS a(claim)
          JOIN claims.quote_key AS k ON k.claim = a.claim
          JOIN counted AS s ON s.key = k.key
         WHERE s.is_full
    )
    UPDATE claims.waiting AS w SET printed = s.texts FROM shown AS s WHERE w.claim = s.claim AND w.printed <> s.texts;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION claims.queue_up(ids uuid[]) RETURNS void
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM claims.queue_articles(ids);
    INSERT INTO claims.waiting (claim, turn, starts, printed, uncertainty, put_aside, form, speaker, class)
    SELECT c.id, a.turn, lower(c.content_spans),
           (SELECT CASE WHEN count(*) >= 200 THEN 100 ELSE greatest(1, least(100, count(DISTINCT o.version))) END
              FROM (SELECT same.claim
                      FROM claims.quote_key AS k
                      JOIN claims.quote_key AS same ON same.key = k.key AND same.counted
                     WHERE k.claim = c.id LIMIT 200) AS k
              LEFT JOIN claims.claim AS o ON o.id = k.claim),
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

-- A recount, as the functions count.
UPDATE claims.waiting AS w SET printed = 100 WHERE w.printed > 100;
