CREATE OR REPLACE VIEW attributions AS
SELECT a.claim, a.position, s.name AS source, s.kind AS source_kind, s.id AS source_id, a.mention,
       a.cue, a.capacity, a.mode, c.status, d.shown_status AS document_status,
       coalesce(s.name, '[' || nullif(a.mention, '') || ']', '[unknown]')
       || CASE WHEN a.mode <> 'says' THEN ' (' || a.mode || ')' ELSE '' END AS label
  FROM attribution AS a
  LEFT JOIN claim AS c ON c.id = a.claim
  LEFT JOIN document_version AS v ON v.id = c.version
  LEFT JOIN document AS d ON d.id = v.document
  LEFT JOIN source_shown AS p ON p.source = a.source
  LEFT JOIN source AS s ON s.id = p.root
 WHERE NOT EXISTS (SELECT FROM embargoed AS h WHERE h.version = c.version)
   AND (c.status IN ('accepted', 'corrected')
        OR NOT EXISTS (SELECT FROM killed AS k WHERE k.version = c.version));
COMMENT ON VIEW attributions IS 'A row for each hop of each claim''s chain, from the voice (position 1) outward.';
COMMENT ON COLUMN attributions.claim IS 'The claim whose chain it is.';
COMMENT ON COLUMN attributions.position IS '1 for the voice whose words they are, then each carrier outward.';
COMMENT ON COLUMN attributions.source IS 'Name of the source, after merges; NULL if nobody knows.';
COMMENT ON COLUMN attributions.source_kind IS 'The source''s kind: person, organisation, outlet or group.';
COMMENT ON COLUMN attributions.source_id IS 'The source''s id, after merges.';
COMMENT ON COLUMN attributions.label IS 'How a line of text names the hop: the source, else [the mention], else [unknown]; with the mode if it is not says.';
