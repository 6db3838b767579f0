CREATE OR REPLACE VIEW claims_v1.releases AS
SELECT r.name, r.at, r.no, encode(r.digest, 'hex') AS digest, p.name AS made_by, r.note,
       r.id AS release
  FROM claims.release AS r
  LEFT JOIN claims.reviewer AS p ON p.id = r.made_by;
COMMENT ON VIEW claims_v1.releases IS 'A row for each named, frozen state of what is published.';
COMMENT ON COLUMN claims_v1.releases.name IS 'What it is called.';
COMMENT ON COLUMN claims_v1.releases.at IS 'When it was made: claims_as_of(at) are the claims that it holds.';
COMMENT ON COLUMN claims_v1.releases.no IS 'Number of the last decision it holds; 0 if none.';
COMMENT ON COLUMN claims_v1.releases.digest IS 'Digest of that decision in hexadecimal; zeros if none.';
COMMENT ON COLUMN claims_v1.releases.made_by IS 'Who made it.';
COMMENT ON COLUMN claims_v1.releases.note IS 'What it is for.';
COMMENT ON COLUMN claims_v1.releases.release IS 'The release''s id.';
