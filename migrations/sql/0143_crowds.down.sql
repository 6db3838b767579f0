CREATE INDEX ix_quote_group_key ON claims.quote_group (key);
DROP INDEX claims.ix_quote_group_order;
DROP INDEX claims.ix_quote_group_key_speaker;
