-- What belongs to a source: for each row that was added or taken away later, whether it was there.
-- `key` is what tells the rows of a list apart. Changed within one decision, a row was there before.
CREATE OR REPLACE VIEW claims_past.row_changed_later AS
SELECT DISTINCT ON (t.source, t.list, t.key) t.source, t.list, t.key, t.line, t.was_there
  FROM (SELECT d.subject AS source, d.no, r.list, r.line, r.was_there,
               CASE r.list WHEN 'names' THEN r.line - 'language'
                           WHEN 'roles' THEN r.line - '{evidence,version,spans}'::text[]
                           WHEN 'ratings' THEN r.line - '{rating,why}'::text[]
                           ELSE r.line END AS key
          FROM claims.decision AS d
         CROSS JOIN LATERAL (
               SELECT b.key AS list, e.line, true AS was_there
                 FROM jsonb_each(d.before) AS b CROSS JOIN LATERAL jsonb_array_elements(b.value) AS e(line)
                WHERE jsonb_typeof(b.value) = 'array'
               UNION ALL
               SELECT a.key, e.line, false
                 FROM jsonb_each(d.after) AS a CROSS JOIN LATERAL jsonb_array_elements(a.value) AS e(line)
                WHERE jsonb_typeof(a.value) = 'array') AS r
         WHERE d.subject_kind = 'source' AND d.no > current_setting('claims.as_of_no')::bigint) AS t
 ORDER BY t.source, t.list, t.key, t.no, t.was_there DESC;
COMMENT ON VIEW claims_past.row_changed_later IS 'Names, offices, ratings, ids and distinctions of sources that were added or removed later: the first such change says whether they were there.';
COMMENT ON COLUMN claims_past.row_changed_later.source IS 'Whose they are.';
COMMENT ON COLUMN claims_past.row_changed_later.list IS 'names, roles, ratings, identifiers or distinct.';
COMMENT ON COLUMN claims_past.row_changed_later.key IS 'What tells rows of the list apart.';
COMMENT ON COLUMN claims_past.row_changed_later.line IS 'The row as decisions write it.';
COMMENT ON COLUMN claims_past.row_changed_later.was_there IS 'Whether it was there.';
