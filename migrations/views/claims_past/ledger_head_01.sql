CREATE OR REPLACE VIEW claims_past.ledger_head AS
SELECT true AS only_row, current_setting('claims.as_of_no')::bigint AS no,
       coalesce((SELECT d.digest FROM claims.decision AS d WHERE d.no = current_setting('claims.as_of_no')::bigint),
                decode(repeat('00', 32), 'hex')) AS digest;
COMMENT ON VIEW claims_past.ledger_head IS 'The end of the ledger as it was.';
