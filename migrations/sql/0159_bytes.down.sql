-- The words for search in a column again, and indexes of whole values.

DROP INDEX claims.ix_claim_words;
CREATE INDEX ix_claim_words ON claims.claim USING hash (md5(regexp_replace(lower(text), '[^[:alnum:]]+', ' ', 'g')))
    WHERE char_length(text) >= 30;

DROP INDEX claims.uq_claim_version_content_spans;
ALTER TABLE claims.claim ADD CONSTRAINT uq_claim_version_content_spans UNIQUE (version, content_spans);

DROP INDEX claims.ix_claim_search;
DROP INDEX claims.ix_claim_published_search;
ALTER TABLE claims.claim ADD COLUMN search TSVECTOR
    GENERATED ALWAYS AS (to_tsvector('english'::regconfig, ((COALESCE(statement, ''::text) || ' '::text) || text))) STORED;
CREATE INDEX ix_claim_search ON claims.claim USING gin (search);
CREATE INDEX ix_claim_published_search ON claims.claim USING gin (search) WHERE status IN ('accepted', 'corrected');
