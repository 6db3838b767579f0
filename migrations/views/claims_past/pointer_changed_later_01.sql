-- Where all pointers ended. Only a source that shares its end with one that was merged or separated
-- later can have ended elsewhere: those ways are walked anew, all others stand as they are. Three
-- views, because one with a WITH is never looked up by index from a join: a list of claims looks up
-- the source of each, and what is walked anew is walked once for all of them.
CREATE OR REPLACE VIEW claims_past.pointer_changed_later AS
SELECT DISTINCT ON (d.subject) d.subject AS source, (d.before ->> 'merged_into')::uuid AS target
  FROM claims.decision AS d
 WHERE d.subject_kind = 'source' AND d.no > current_setting('claims.as_of_no')::bigint AND d.before ? 'merged_into'
 ORDER BY d.subject, d.no;
COMMENT ON VIEW claims_past.pointer_changed_later IS 'Sources that were merged or separated later, and where they pointed.';
COMMENT ON COLUMN claims_past.pointer_changed_later.source IS 'The source whose pointer changed.';
COMMENT ON COLUMN claims_past.pointer_changed_later.target IS 'What it was merged into; empty if into none.';
