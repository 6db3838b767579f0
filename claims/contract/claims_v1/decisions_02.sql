CREATE OR REPLACE VIEW decisions AS
SELECT d.no, d.id AS decision, d.at, r.name AS reviewer, d.action, d.subject_kind, d.subject,
       d.revision, d.before, d.after, d.reason, d.tool_version, d.undoes,
       encode(d.prev_digest, 'hex') AS prev_digest, encode(d.digest, 'hex') AS digest, d.batch
  FROM decision AS d
  LEFT JOIN reviewer AS r ON r.id = d.reviewer
 WHERE NOT EXISTS (SELECT FROM embargoed_subject AS h WHERE h.subject = d.subject AND h.kind = d.subject_kind);
COMMENT ON VIEW decisions IS 'The ledger: a row for each decision, in the order of the chain. A reading that a second reader must not know of is not in it before both are, nor a decision on what is under embargo before that has ended.';
COMMENT ON COLUMN decisions.no IS 'Place in the chain, from 1 without gaps.';
COMMENT ON COLUMN decisions.decision IS 'The decision''s id.';
COMMENT ON COLUMN decisions.action IS 'What was done.';
COMMENT ON COLUMN decisions.prev_digest IS 'Digest of the row before, in hexadecimal.';
COMMENT ON COLUMN decisions.digest IS 'SHA-256 of the row, in hexadecimal.';
COMMENT ON COLUMN decisions.batch IS 'What decisions made together share, such as a split; NULL if there was only one.';
