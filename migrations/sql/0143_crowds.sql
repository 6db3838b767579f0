-- Words that very many speakers have said: who comes last is compared with the first of them and with the
-- speaker's own, which indexes find without reading all of them.

CREATE INDEX ix_quote_group_key_speaker ON claims.quote_group (key, speaker);
CREATE INDEX ix_quote_group_order ON claims.quote_group (key, printed_at, first_claim) WHERE speaker IS NOT NULL;
DROP INDEX claims.ix_quote_group_key;
