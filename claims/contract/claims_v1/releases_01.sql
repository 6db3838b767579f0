CREATE OR REPLACE VIEW releases AS
SELECT r.name, r.at, r.no, encode(r.digest, 'hex') AS digest, p.name AS made_by, r.note,
       r.id AS release
  FROM release AS r
  LEFT JOIN reviewer AS p ON p.id = r.made_by;
COMMENT ON VIEW releases IS 'A row for each named, frozen state of what is published.';
COMMENT ON COLUMN releases.at IS 'When it was made: claims_as_of(at) are the claims that it holds.';
COMMENT ON COLUMN releases.digest IS 'Digest of that decision in hexadecimal; zeros if none.';
COMMENT ON COLUMN releases.release IS 'The release''s id.';
