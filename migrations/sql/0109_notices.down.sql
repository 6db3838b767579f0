-- What publishers said, and its effect, are lost.

DROP TRIGGER sighting_followed ON claims.sighting;
DROP TRIGGER document_change_noted ON claims.document;
DROP TRIGGER document_address_notices ON claims.document_address;
DROP TRIGGER document_identifier_notices ON claims.document_identifier;
DROP TRIGGER document_new ON claims.document;
DROP TRIGGER document_revision ON claims.document;
CREATE TRIGGER document_revision BEFORE UPDATE ON claims.document
    FOR EACH ROW EXECUTE FUNCTION claims.guard_revision();
ALTER TABLE claims.document ENABLE ALWAYS TRIGGER document_revision;
DROP INDEX claims.ix_document_outlet;
ALTER TABLE claims.document
    DROP CONSTRAINT ck_document_undecided_notices,
    DROP COLUMN shown_status,
    DROP COLUMN hidden_until,
    DROP COLUMN killed_by,
    DROP COLUMN embargoed_until,
    DROP COLUMN kill_lifted,
    DROP COLUMN embargo_lifted,
    DROP COLUMN settled_notices;
DROP FUNCTION claims.guard_document();
DROP FUNCTION claims.kill_in_force(uuid);
DROP FUNCTION claims.embargo_in_force(uuid);
ALTER TABLE claims.sighting
    DROP COLUMN usable,
    DROP COLUMN embargo;
DROP TABLE claims.document_change;
DROP TABLE claims.notice;
DROP FUNCTION claims.match_waiting_notices();
DROP FUNCTION claims.guard_notice();
DROP FUNCTION claims.follow_publisher();
DROP FUNCTION claims.match_notice();
DROP FUNCTION claims.document_named(uuid, uuid);
DROP FUNCTION claims.note_document_change();
DROP FUNCTION claims.check_new_document();
