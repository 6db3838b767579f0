CREATE OR REPLACE FUNCTION claims_v1.timeline(speaker uuid, at_most integer DEFAULT 50, after uuid DEFAULT NULL)
    RETURNS SETOF claims_v1.claims
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 50 SET search_path = pg_catalog, pg_temp
    SET join_collapse_limit = 12 AS $$
BEGIN
    -- For each source that is shown as the speaker a walk along its index, merged by day: reading
    -- claims_v1.claims itself would join and sort all that the speaker ever said.
    RETURN QUERY SELECT c.*
      FROM (SELECT page.id, page.listed_on
              FROM (SELECT timeline.speaker AS id
                     UNION ALL
                    SELECT m.source FROM claims.source_merged AS m WHERE m.root = timeline.speaker) AS one
             CROSS JOIN LATERAL (
                   SELECT n.id, n.listed_on FROM claims.claim AS n
                    WHERE n.speaker = one.id AND n.status IN ('accepted', 'corrected')
                      AND (n.listed_on, n.id) < (SELECT l.listed_on, l.id FROM claims.claim AS l
                                                  WHERE l.id = timeline.after
                                                  UNION ALL
                                                 SELECT 'infinity', timeline.speaker
                                                  WHERE timeline.after IS NULL)
                      AND NOT EXISTS (SELECT FROM claims.embargoed AS h WHERE h.version = n.version)
                    ORDER BY n.listed_on DESC, n.id DESC LIMIT timeline.at_most) AS page
             ORDER BY page.listed_on DESC, page.id DESC LIMIT timeline.at_most) AS listed
      JOIN claims_v1.claims AS c ON c.claim = listed.id
     ORDER BY listed.listed_on DESC, listed.id DESC;
END $$;
COMMENT ON FUNCTION claims_v1.timeline(uuid, integer, uuid) IS 'What a speaker is published to have said, the latest day first, a page of at most so many; the next page is the one after the last claim of this. Takes the speaker_id of claims_v1.claims, which stands for all that were merged into it.';
