-- Articles that are withdrawn are few: what came through them is looked for from there.

CREATE INDEX ix_document_shown_status ON claims.document (shown_status) WHERE shown_status = 'withdrawn';
