-- What other programs propose for the words of stored claims is lost.

DROP FUNCTION claims.replace_other_proposals(uuid[], text);
DROP TABLE claims.other_proposal;
DROP FUNCTION claims.check_other_proposal();
DROP INDEX claims.ix_document_identifier_external_id;
