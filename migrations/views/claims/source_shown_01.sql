CREATE OR REPLACE VIEW claims.source_shown AS
SELECT u.source, u.root
  FROM (SELECT n.id AS source, n.itself AS root, n.merged_into AS beyond FROM claims.source AS n
         UNION ALL
        SELECT m.source, m.root, NULL FROM claims.source_merged AS m) AS u
 WHERE u.beyond IS NULL;
COMMENT ON VIEW claims.source_shown IS 'For each source the one it is shown as: where its pointers end, itself if it is not merged. Its condition stands outside: inside a part of the UNION ALL it would keep the planner from that part''s indexes.';
COMMENT ON COLUMN claims.source_shown.source IS 'A source.';
COMMENT ON COLUMN claims.source_shown.root IS 'The unmerged source that it is shown as.';
