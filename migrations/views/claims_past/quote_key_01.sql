CREATE OR REPLACE VIEW claims_past.quote_key AS
SELECT k.claim, k.key, k.word_group, k.speaker, k.denied, k.printed_at, k.day, k.counted FROM claims.quote_key AS k;
COMMENT ON VIEW claims_past.quote_key IS 'Wordings as the machine finds them now; which claims there were, claim tells.';
