CREATE OR REPLACE VIEW claims.link_proposal AS
SELECT k.claim AS a, l.first_claim AS b, coalesce(g.kind, 'same_words') AS kind, coalesce(g.score, 1) AS score,
       coalesce(g.reasons, ARRAY['same words', CASE WHEN k.speaker IS NULL THEN 'no speaker named' ELSE 'same speaker' END]) AS reasons,
       true AS same_act, g.method
  FROM claims.quote_key AS k
  JOIN claims.quote_group AS g ON g.id = k.word_group
  JOIN claims.quote_group AS l ON l.id = g.leader
 WHERE k.counted AND k.claim <> l.first_claim
UNION ALL
SELECT g.first_claim, o.first_claim, 'same_content', g.other_score, g.other_reasons, false, g.method
  FROM claims.quote_group AS g
  JOIN claims.quote_group AS o ON o.id = g.other;
COMMENT ON VIEW claims.link_proposal IS 'Links that the machine proposes: from each claim to the earliest report of what was said, or to like words by another speaker.';
COMMENT ON COLUMN claims.link_proposal.a IS 'A claim.';
COMMENT ON COLUMN claims.link_proposal.b IS 'The earlier claim.';
COMMENT ON COLUMN claims.link_proposal.kind IS 'same_words or same_content; the machine proposes no other.';
COMMENT ON COLUMN claims.link_proposal.score IS '0 to 1: how likely both report the same.';
COMMENT ON COLUMN claims.link_proposal.reasons IS 'What speaks for it, in words.';
COMMENT ON COLUMN claims.link_proposal.same_act IS 'Whether it counts as one act of speaking; false if another speaker is named, or if one is not and only half of the words are alike.';
COMMENT ON COLUMN claims.link_proposal.method IS 'Which form of the comparison proposed it.';
