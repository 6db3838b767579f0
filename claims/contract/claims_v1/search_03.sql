CREATE OR REPLACE FUNCTION claims_v1.search(words text, at_most integer DEFAULT 50)
    RETURNS SETOF claims_v1.claims
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 50 SET search_path = pg_catalog, pg_temp
    SET join_collapse_limit = 12 AS $$
BEGIN
    -- Ranking all matches of a common word takes a second at a million claims; of 1,000 it does not.
    RETURN QUERY SELECT c.*
      FROM (SELECT m.id, ts_rank_cd(m.search, m.asked) AS rank
              FROM (SELECT n.id, to_tsvector('english', coalesce(n.statement, '') || ' ' || n.text) AS search, a.asked
                      FROM websearch_to_tsquery('english', search.words) AS a(asked)
                      JOIN claims.claim AS n ON to_tsvector('english', coalesce(n.statement, '') || ' ' || n.text) @@ a.asked
                     WHERE n.status IN ('accepted', 'corrected')
                       AND NOT EXISTS (SELECT FROM claims.embargoed AS h WHERE h.version = n.version)
                     LIMIT 1000) AS m
             ORDER BY rank DESC, m.id LIMIT search.at_most) AS best
      JOIN claims_v1.claims AS c ON c.claim = best.id
     ORDER BY best.rank DESC, best.id;
END $$;
COMMENT ON FUNCTION claims_v1.search(text, integer) IS 'Published claims that hold all the words, best first, at most so many; words as a web search takes them: "a phrase", or, -without. Ranked are the first 1,000 that match.';
