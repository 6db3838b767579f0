CREATE OR REPLACE VIEW claims_past.decision AS
SELECT d.id, d.no, d.at, d.reviewer, d.action, d.subject_kind, d.subject, d.revision, d.before,
       d.after, d.reason, d.tool_version, d.undoes, d.prev_digest, d.digest, d.batch
  FROM claims.decision AS d WHERE d.no <= current_setting('claims.as_of_no')::bigint;
COMMENT ON VIEW claims_past.decision IS 'The ledger up to the number.';
