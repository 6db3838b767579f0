CREATE OR REPLACE VIEW claims_past.killed AS
SELECT v.id AS version
  FROM claims.document_version AS v
  JOIN claims_past.document AS d ON d.id = v.document
 WHERE v.document IN (SELECT c.document FROM claims.document_change AS c WHERE c.kind = 'killed')
   AND d.killed_by IS NOT NULL AND d.killed_by IS DISTINCT FROM d.kill_lifted;
COMMENT ON VIEW claims_past.killed IS 'The versions of documents whose kill was in force.';
COMMENT ON COLUMN claims_past.killed.version IS 'A version of a document that was killed then.';
