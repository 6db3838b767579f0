CREATE OR REPLACE VIEW claims_past.source_merged AS
SELECT u.source, u.root
  FROM (SELECT m.source, m.root, true AS stands FROM claims.source_merged AS m
        UNION ALL
        SELECT a.source, a.root, false FROM claims_past.source_merged_anew AS a) AS u
 WHERE NOT u.stands OR u.root NOT IN (SELECT e.root FROM claims_past.end_moved_later AS e);
COMMENT ON VIEW claims_past.source_merged IS 'For each source that was merged the one that stood for it.';
