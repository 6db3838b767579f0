-- Only the index goes with it.

DROP INDEX claims.ix_document_shown_status;
