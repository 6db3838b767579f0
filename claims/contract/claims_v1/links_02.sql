CREATE OR REPLACE VIEW links AS
SELECT l.id AS link, l.a, l.b, l.kind, r.name AS linked_by, l.recorded_at AS linked_at,
       ca.status AS a_status, cb.status AS b_status, da.shown_status AS a_document_status,
       db.shown_status AS b_document_status
  FROM claim_link AS l
  LEFT JOIN reviewer AS r ON r.id = l.linked_by
  LEFT JOIN claim AS ca ON ca.id = l.a
  LEFT JOIN document_version AS va ON va.id = ca.version
  LEFT JOIN document AS da ON da.id = va.document
  LEFT JOIN claim AS cb ON cb.id = l.b
  LEFT JOIN document_version AS vb ON vb.id = cb.version
  LEFT JOIN document AS db ON db.id = vb.document
 WHERE NOT EXISTS (SELECT FROM embargoed AS h WHERE h.version = ca.version)
   AND NOT EXISTS (SELECT FROM embargoed AS h WHERE h.version = cb.version);
COMMENT ON VIEW links IS 'A row for each way in which two claims relate to each other.';
COMMENT ON COLUMN links.link IS 'The link''s id.';
COMMENT ON COLUMN links.a IS 'The claim that is linked: a retracts b, a narrows b.';
COMMENT ON COLUMN links.b IS 'The claim it is linked to.';
COMMENT ON COLUMN links.linked_by IS 'Who linked them; NULL for the machine.';
COMMENT ON COLUMN links.linked_at IS 'When the link was recorded.';
COMMENT ON COLUMN links.a_status IS 'Where claim a stands in review.';
COMMENT ON COLUMN links.b_status IS 'Where claim b stands in review.';
COMMENT ON COLUMN links.a_document_status IS 'Whether the article that a stands in may still be relied on: usable, corrected or withdrawn.';
COMMENT ON COLUMN links.b_document_status IS 'The same of the article that b stands in.';
