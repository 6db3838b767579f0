-- A claim in fewer bytes. The words for search are made from the claim's words, and stand in the indexes alone: beside
-- the words they were a third of the row. That no two claims of a text have the same words is found by a hash of their
-- places, and equal words by a number of eight bytes (docs/decisions/0028-bytes.md).

DROP INDEX claims.ix_claim_search;
DROP INDEX claims.ix_claim_published_search;
ALTER TABLE claims.claim DROP COLUMN search;
CREATE INDEX ix_claim_search ON claims.claim
    USING gin (to_tsvector('english'::regconfig, coalesce(statement, '') || ' ' || text));
CREATE INDEX ix_claim_published_search ON claims.claim
    USING gin (to_tsvector('english'::regconfig, coalesce(statement, '') || ' ' || text)) WHERE status IN ('accepted', 'corrected');

ALTER TABLE claims.claim DROP CONSTRAINT uq_claim_version_content_spans;
CREATE UNIQUE INDEX uq_claim_version_content_spans ON claims.claim (version, hash_multirange_extended(content_spans, 0));

DROP INDEX claims.ix_claim_words;
CREATE INDEX ix_claim_words ON claims.claim (hashtextextended(regexp_replace(lower(text), '[^[:alnum:]]+', ' ', 'g'), 0))
    WHERE char_length(text) >= 30;
