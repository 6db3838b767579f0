CREATE VIEW claims_v1.attributions AS
SELECT a.claim, a.position, s.name AS source, s.kind AS source_kind, s.id AS source_id, a.mention,
       a.cue, a.capacity, a.mode, c.status
  FROM claims.attribution AS a
  JOIN claims.claim AS c ON c.id = a.claim
  LEFT JOIN claims.source_merged AS p ON p.source = a.source
  LEFT JOIN claims.source AS s ON s.id = coalesce(p.root, a.source);
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
