-- By how many minutes the clock that an article was published by is ahead of UTC. The day that readers saw is that of
-- this clock; published_at keeps the moment. A decision may change it as it may the moment.

ALTER TABLE claims.document
    ADD COLUMN published_offset SMALLINT,
    ADD CONSTRAINT ck_document_published_offset CHECK (published_offset >= -1080 AND published_offset <= 1080 AND published_offset <> 0),
    ADD CONSTRAINT ck_document_published_clock CHECK (published_offset IS NULL OR published_at IS NOT NULL);
