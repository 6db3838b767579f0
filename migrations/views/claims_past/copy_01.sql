CREATE OR REPLACE VIEW claims_past.copy AS
SELECT c.text, c.original, c.kind, c.share, c.narration, c.spans FROM claims.copy AS c;
COMMENT ON VIEW claims_past.copy IS 'Copies as the machine finds them now; which documents there were, document_text tells.';
