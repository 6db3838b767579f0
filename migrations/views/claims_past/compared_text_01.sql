CREATE OR REPLACE VIEW claims_past.compared_text AS
SELECT t.id, t.place, t.version, t.words, t.is_original FROM claims.compared_text AS t;
COMMENT ON VIEW claims_past.compared_text IS 'Texts as they are now: documents tell which of them there were.';
