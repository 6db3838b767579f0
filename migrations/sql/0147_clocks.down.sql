-- Without the clock of a publication.

ALTER TABLE claims.document DROP COLUMN published_offset;
