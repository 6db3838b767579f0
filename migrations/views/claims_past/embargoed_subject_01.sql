CREATE OR REPLACE VIEW claims_past.embargoed_subject AS
SELECT 'claim' AS kind, c.id AS subject
  FROM claims_past.embargoed AS e JOIN claims.claim AS c ON c.version = e.version
 UNION ALL
SELECT 'document', d.id
  FROM claims.document AS o JOIN claims_past.document AS d ON d.id = o.id
 WHERE o.id IN (SELECT n.id FROM claims.document AS n WHERE n.embargoed_until IS NOT NULL
                UNION SELECT c.document FROM claims.document_change AS c WHERE c.embargo_before IS NOT NULL)
   AND d.hidden_until > now()
 UNION ALL
SELECT 'source', s.source FROM claims_past.embargoed_source AS s;
COMMENT ON VIEW claims_past.embargoed_subject IS 'What decisions are not published before an embargo has ended, or were not by then.';
COMMENT ON COLUMN claims_past.embargoed_subject.kind IS 'What it is: claim, document or source.';
COMMENT ON COLUMN claims_past.embargoed_subject.subject IS 'Which one.';
