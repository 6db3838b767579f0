CREATE OR REPLACE VIEW claims.embargoed AS
SELECT v.id AS version, d.id AS document
  FROM claims.document AS d
  JOIN claims.document_version AS v ON v.document = d.id
 WHERE d.hidden_until > now();
COMMENT ON VIEW claims.embargoed IS 'The versions of documents whose embargo has not ended. Few, so that what is published leaves them out at little cost.';
COMMENT ON COLUMN claims.embargoed.version IS 'A version.';
COMMENT ON COLUMN claims.embargoed.document IS 'Its document.';
