CREATE OR REPLACE VIEW utterances AS
SELECT l.first_claim AS utterance, k.claim, c.status, d.id AS document, d.outlet, d.published_at, c.form,
       CASE WHEN k.claim <> l.first_claim THEN coalesce(g.kind, 'same_words') END AS kind,
       CASE WHEN k.claim <> l.first_claim THEN coalesce(g.score, 1) END AS score,
       array_to_string(g.reasons, '; ') AS reasons
  FROM quote_group AS l
  JOIN quote_group AS g ON g.leader = l.id
  JOIN quote_key AS k ON k.word_group = g.id AND k.counted
  JOIN claim AS c ON c.id = k.claim AND c.status NOT IN ('rejected', 'withdrawn', 'replaced')
  JOIN document_version AS v ON v.id = c.version
  JOIN document AS d ON d.id = v.document AND d.shown_status <> 'withdrawn'
  JOIN claim AS f ON f.id = l.first_claim
 WHERE NOT EXISTS (SELECT FROM embargoed AS h WHERE h.version = c.version)
   AND NOT EXISTS (SELECT FROM embargoed AS h WHERE h.version = f.version);
COMMENT ON VIEW utterances IS 'A row for each report of an act of speaking: the claims with the same words or the same content by one speaker, as the machine and people have linked them. A claim that is like no other is an utterance by itself.';
COMMENT ON COLUMN utterances.utterance IS 'The utterance, named by the claim that its other reports are linked to.';
COMMENT ON COLUMN utterances.claim IS 'A claim that reports it.';
COMMENT ON COLUMN utterances.status IS 'Where the claim stands in review; only accepted and corrected ones are published.';
COMMENT ON COLUMN utterances.document IS 'The article that the claim stands in.';
COMMENT ON COLUMN utterances.outlet IS 'The source that published the article, before merges.';
COMMENT ON COLUMN utterances.kind IS 'How the claim relates to the one that names the utterance; NULL for that one itself.';
COMMENT ON COLUMN utterances.score IS '0 to 1: how likely it reports what that one reports; NULL for that one itself.';
COMMENT ON COLUMN utterances.reasons IS 'Why, in words, if the words or the speaker are not just the same.';
