CREATE OR REPLACE VIEW claims_past.embargoed AS
SELECT v.id AS version, d.id AS document
  FROM claims.document AS o
  JOIN claims_past.document AS d ON d.id = o.id
  JOIN claims.document_version AS v ON v.document = o.id
 WHERE o.id IN (SELECT n.id FROM claims.document AS n WHERE n.embargoed_until IS NOT NULL
                UNION SELECT c.document FROM claims.document_change AS c WHERE c.embargo_before IS NOT NULL)
   AND d.hidden_until > now();
COMMENT ON VIEW claims_past.embargoed IS 'Versions of documents whose embargo has not ended, or had not by then.';
COMMENT ON COLUMN claims_past.embargoed.version IS 'A version that was, or is, under embargo.';
COMMENT ON COLUMN claims_past.embargoed.document IS 'The document of that version.';
