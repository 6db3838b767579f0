CREATE OR REPLACE VIEW claims_past.source_merged_anew AS
WITH RECURSIVE later AS MATERIALIZED (SELECT l.source, l.target FROM claims_past.pointer_changed_later AS l),
moved AS MATERIALIZED (SELECT e.root FROM claims_past.end_moved_later AS e),
pointer AS MATERIALIZED (
    SELECT l.source, l.target FROM later AS l WHERE l.target IS NOT NULL
    UNION ALL
    SELECT s.id, s.merged_into
      FROM claims.source_merged AS m JOIN moved ON moved.root = m.root
      JOIN claims.source AS s ON s.id = m.source
     WHERE m.source NOT IN (SELECT l.source FROM later AS l)),
way AS (
    SELECT source, target FROM pointer
    UNION ALL
    SELECT w.source, p.target FROM way AS w JOIN pointer AS p ON p.source = w.target),
-- A way may lead out of what was moved, to where a way goes on that stands as it is.
anew AS MATERIALIZED (
    SELECT w.source, coalesce(m.root, w.target) AS root
      FROM way AS w
      LEFT JOIN claims.source_merged AS m
             ON m.source = w.target AND m.root NOT IN (SELECT root FROM moved)
     WHERE w.target NOT IN (SELECT p.source FROM pointer AS p))
SELECT a.source, a.root FROM anew AS a;
COMMENT ON VIEW claims_past.source_merged_anew IS 'Where the ways that changed later ended.';
COMMENT ON COLUMN claims_past.source_merged_anew.source IS 'A source that was merged into another.';
COMMENT ON COLUMN claims_past.source_merged_anew.root IS 'The unmerged source that it was shown as.';
