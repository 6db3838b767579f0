CREATE OR REPLACE VIEW claims_v1.decisions AS
SELECT d.no, d.id AS decision, d.at, r.name AS reviewer, d.action, d.subject_kind, d.subject,
       d.revision, d.before, d.after, d.reason, d.tool_version, d.undoes,
       encode(d.prev_digest, 'hex') AS prev_digest, encode(d.digest, 'hex') AS digest, d.batch
  FROM claims.decision AS d
  LEFT JOIN claims.reviewer AS r ON r.id = d.reviewer;
COMMENT ON VIEW claims_v1.decisions IS 'The ledger: a row for each decision, in the order of the chain. A reading that a second reader must not know of is not in it before both are.';
COMMENT ON COLUMN claims_v1.decisions.no IS 'Place in the chain, from 1 without gaps.';
COMMENT ON COLUMN claims_v1.decisions.decision IS 'The decision''s id.';
COMMENT ON COLUMN claims_v1.decisions.at IS 'When, by the server''s clock.';
COMMENT ON COLUMN claims_v1.decisions.reviewer IS 'Who decided.';
COMMENT ON COLUMN claims_v1.decisions.action IS 'What was done.';
COMMENT ON COLUMN claims_v1.decisions.subject_kind IS 'claim, source or document.';
COMMENT ON COLUMN claims_v1.decisions.subject IS 'Id of what was decided on.';
COMMENT ON COLUMN claims_v1.decisions.revision IS 'The subject''s revision after the decision.';
COMMENT ON COLUMN claims_v1.decisions.before IS 'Changed fields as they were.';
COMMENT ON COLUMN claims_v1.decisions.after IS 'The same fields afterwards.';
COMMENT ON COLUMN claims_v1.decisions.reason IS 'Why, in the reviewer''s words.';
COMMENT ON COLUMN claims_v1.decisions.tool_version IS 'Version of the program that wrote it.';
COMMENT ON COLUMN claims_v1.decisions.undoes IS 'The decision that this one takes back.';
COMMENT ON COLUMN claims_v1.decisions.prev_digest IS 'Digest of the row before, in hexadecimal.';
COMMENT ON COLUMN claims_v1.decisions.digest IS 'SHA-256 of the row, in hexadecimal.';
COMMENT ON COLUMN claims_v1.decisions.batch IS 'What the decisions of one act share, such as a split; NULL where it was the only one.';
