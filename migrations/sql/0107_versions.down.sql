-- When versions were seen, reverts, and further addresses and ids are lost; the documents and texts stay.

DROP FUNCTION claims.current_version(uuid);
DROP TABLE claims.sighting, claims.document_address, claims.document_identifier;
DROP FUNCTION claims.check_sighting();
DROP INDEX claims.ix_document_outlet_external_id;
CREATE UNIQUE INDEX uq_document_outlet_external_id ON claims.document (outlet, external_id) NULLS NOT DISTINCT WHERE external_id IS NOT NULL;
