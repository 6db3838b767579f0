CREATE OR REPLACE VIEW claims_past.document_text AS
SELECT t.document, t.version, t.text, t.place, t.credit, t.credit_rule, t.credit_words
  FROM claims.document_text AS t JOIN claims.document AS o ON o.id = t.document
 WHERE (CASE WHEN o.recorded_at <= (SELECT current_setting('claims.as_of')::timestamptz) THEN true END) IS NOT NULL;
COMMENT ON VIEW claims_past.document_text IS 'Texts of the documents that there were; compared as they are now, as the machine finds it.';
