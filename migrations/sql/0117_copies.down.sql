-- What people settled of copies and origins is lost; everything else can be made again.

DROP TRIGGER document_copy_circle ON claims.document;
DROP TRIGGER document_compared ON claims.document;
DROP TRIGGER sighting_compared ON claims.sighting;
DROP FUNCTION claims.refuse_copy_circle();
DROP FUNCTION claims.note_comparison_due();
DROP FUNCTION claims.forget_due(uuid[]);
DROP FUNCTION claims.forget_fingerprints(bigint[], uuid);
DROP FUNCTION claims.forget_copies(uuid);
DROP FUNCTION claims.forget_texts(uuid[]);
DROP FUNCTION claims.compare_again();
DROP TABLE claims.comparison_head, claims.comparison_due, claims.copy, claims.fingerprint, claims.document_text,
    claims.compared_text;
ALTER TABLE claims.document
    DROP CONSTRAINT ck_document_undecided_origin,
    DROP COLUMN copy_of,
    DROP COLUMN origin;
ALTER TABLE claims.sighting DROP COLUMN credit;
