CREATE OR REPLACE VIEW links AS
SELECT l.id AS link, l.a, l.b, l.kind, r.name AS linked_by, l.recorded_at AS linked_at,
       ca.status AS a_status, cb.status AS b_status, da.shown_status AS a_document_status,
       db.shown_status AS b_document_status, l.status, l.score, l.reasons
  FROM (SELECT s.id, s.a, s.b, s.kind, s.linked_by, s.recorded_at,
               CASE WHEN s.linked_by IS NULL THEN 'proposed' ELSE 'settled' END AS status,
               NULL::double precision AS score, NULL::text AS reasons
          FROM claim_link AS s
        UNION ALL
        SELECT NULL::uuid AS id, p.a, p.b, p.kind, NULL::uuid AS linked_by, NULL::timestamptz AS recorded_at,
               'proposed'::text AS status, p.score, array_to_string(p.reasons, '; ') AS reasons
          FROM link_proposal AS p
         WHERE NOT EXISTS (SELECT FROM claim_link AS s WHERE s.a = p.a AND s.b = p.b)
           AND NOT EXISTS (SELECT FROM claim_link AS s WHERE s.a = p.b AND s.b = p.a)
           AND NOT EXISTS (SELECT FROM link_refused AS s WHERE s.a = p.a AND s.b = p.b)
           AND NOT EXISTS (SELECT FROM link_refused AS s WHERE s.a = p.b AND s.b = p.a)) AS l
  LEFT JOIN reviewer AS r ON r.id = l.linked_by
  LEFT JOIN claim AS ca ON ca.id = l.a
  LEFT JOIN document_version AS va ON va.id = ca.version
  LEFT JOIN document AS da ON da.id = va.document
  LEFT JOIN claim AS cb ON cb.id = l.b
  LEFT JOIN document_version AS vb ON vb.id = cb.version
  LEFT JOIN document AS db ON db.id = vb.document
 WHERE NOT EXISTS (SELECT FROM embargoed AS h WHERE h.version = ca.version)
   AND NOT EXISTS (SELECT FROM embargoed AS h WHERE h.version = cb.version)
   AND (l.id IS NOT NULL OR ca.id IS NOT NULL AND cb.id IS NOT NULL
        AND ca.status NOT IN ('rejected', 'withdrawn', 'replaced') AND cb.status NOT IN ('rejected', 'withdrawn', 'replaced')
        AND da.shown_status <> 'withdrawn' AND db.shown_status <> 'withdrawn');
COMMENT ON VIEW links IS 'A row for each way in which two claims relate to each other: settled by a person, or only proposed by the machine, which proposes same_words and same_content alone.';
COMMENT ON COLUMN links.link IS 'The link''s id; NULL for a proposal, which has none.';
COMMENT ON COLUMN links.a IS 'The claim that is linked: a retracts b, a narrows b. Of a proposal, the later one.';
COMMENT ON COLUMN links.b IS 'The claim it is linked to.';
COMMENT ON COLUMN links.linked_by IS 'Who linked them; NULL for the machine.';
COMMENT ON COLUMN links.linked_at IS 'When the link was recorded; NULL for a proposal.';
COMMENT ON COLUMN links.a_status IS 'Where claim a stands in review.';
COMMENT ON COLUMN links.b_status IS 'Where claim b stands in review.';
COMMENT ON COLUMN links.a_document_status IS 'Whether the article that a stands in may still be relied on: usable, corrected or withdrawn.';
COMMENT ON COLUMN links.b_document_status IS 'The same of the article that b stands in.';
COMMENT ON COLUMN links.status IS 'settled: a person said so, and it may be published. proposed: nobody has said so yet.';
COMMENT ON COLUMN links.score IS 'Of a proposal, 0 to 1: how likely both report the same.';
COMMENT ON COLUMN links.reasons IS 'Of a proposal: why, in words.';
