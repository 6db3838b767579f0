CREATE OR REPLACE VIEW claims_past.document_change AS
SELECT o.no, o.after_no, o.at, o.document, o.kind, o.notice, o.status_before, o.status_after,
       o.embargo_before
  FROM claims.document_change AS o
 WHERE o.after_no < current_setting('claims.as_of_no')::bigint
    OR o.after_no = current_setting('claims.as_of_no')::bigint
       AND o.at <= (SELECT current_setting('claims.as_of')::timestamptz);
COMMENT ON VIEW claims_past.document_change IS 'What the machine had done to documents: before the last decision, or after it by that moment.';
