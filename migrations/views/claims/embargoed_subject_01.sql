CREATE OR REPLACE VIEW claims.embargoed_subject AS
SELECT 'claim' AS kind, c.id AS subject
  FROM claims.embargoed AS e JOIN claims.claim AS c ON c.version = e.version
 UNION ALL
SELECT 'document', d.id FROM claims.document AS d WHERE d.hidden_until > now()
 UNION ALL
SELECT 'source', s.source FROM claims.embargoed_source AS s;
COMMENT ON VIEW claims.embargoed_subject IS 'What decisions are not published before an embargo has ended: those on the document, on its claims, and on sources that no other article names.';
COMMENT ON COLUMN claims.embargoed_subject.kind IS 'claim, document or source.';
COMMENT ON COLUMN claims.embargoed_subject.subject IS 'Its id.';
