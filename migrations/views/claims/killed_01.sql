CREATE OR REPLACE VIEW claims.killed AS
SELECT v.id AS version
  FROM claims.document AS d
  JOIN claims.document_version AS v ON v.document = d.id
 WHERE d.killed_by IS NOT NULL AND d.killed_by IS DISTINCT FROM d.kill_lifted;
COMMENT ON VIEW claims.killed IS 'The versions of documents whose kill is in force: what was not published of them before is published nowhere.';
COMMENT ON COLUMN claims.killed.version IS 'A version of such a document.';
