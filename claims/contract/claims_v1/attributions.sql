CREATE OR REPLACE VIEW claims_v1.attributions AS
SELECT a.claim, a.position, s.name AS source, s.kind AS source_kind, s.id AS source_id, a.mention,
       a.cue, a.capacity, a.mode, c.status, d.status AS document_status,
       coalesce(s.name, '[' || nullif(a.mention, '') || ']', '[unknown]')
       || CASE WHEN a.mode <> 'says' THEN ' (' || a.mode || ')' ELSE '' END AS label
  FROM claims.attribution AS a
  LEFT JOIN claims.claim AS c ON c.id = a.claim
  LEFT JOIN claims.document_version AS v ON v.id = c.version
  LEFT JOIN claims.document AS d ON d.id = v.document
  LEFT JOIN claims.source_shown AS p ON p.source = a.source
  LEFT JOIN claims.source AS s ON s.id = p.root;
COMMENT ON VIEW claims_v1.attributions IS 'A row for each hop of each claim''s chain, from the voice (position 1) outward.';
COMMENT ON COLUMN claims_v1.attributions.claim IS 'The claim whose chain it is.';
COMMENT ON COLUMN claims_v1.attributions.position IS '1 for the voice whose words they are, then each carrier outward.';
COMMENT ON COLUMN claims_v1.attributions.source IS 'Name of the source, after merges; NULL where nobody knows.';
COMMENT ON COLUMN claims_v1.attributions.source_kind IS 'person, organisation, outlet or group.';
COMMENT ON COLUMN claims_v1.attributions.source_id IS 'The source''s id, after merges.';
COMMENT ON COLUMN claims_v1.attributions.mention IS 'The words that name the source, as printed.';
COMMENT ON COLUMN claims_v1.attributions.cue IS 'The words that report, as printed.';
COMMENT ON COLUMN claims_v1.attributions.capacity IS 'Office or role as printed.';
COMMENT ON COLUMN claims_v1.attributions.mode IS 'says, denies, expects, asks or promises.';
COMMENT ON COLUMN claims_v1.attributions.status IS 'Where the claim stands in review.';
COMMENT ON COLUMN claims_v1.attributions.document_status IS 'usable, corrected or withdrawn: whether the article may still be relied on.';
COMMENT ON COLUMN claims_v1.attributions.label IS 'How a line of text names the hop: the source, else [the mention], else [unknown]; with the mode where it is not says.';
