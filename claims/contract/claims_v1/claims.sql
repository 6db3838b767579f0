CREATE OR REPLACE VIEW claims_v1.claims AS
SELECT c.id AS claim, s.name AS speaker, s.kind AS speaker_kind, s.id AS speaker_id, h.capacity,
       h.mode, c.form, c.text AS content, c.statement, c.said_on, c.said_on_text, c.venue,
       o.name AS outlet, d.title, d.url, d.published_at, d.status AS document_status,
       d.id AS document, c.version, c.extractor_score, c.attribution_confidence, c.credibility,
       c.status, c.revision
  FROM claims.claim AS c
  JOIN claims.attribution AS h ON h.claim = c.id AND h.position = 1
  JOIN claims.document_version AS v ON v.id = c.version
  JOIN claims.document AS d ON d.id = v.document
  LEFT JOIN claims.source_merged AS p ON p.source = c.speaker
  LEFT JOIN claims.source AS s ON s.id = coalesce(p.root, c.speaker)
  LEFT JOIN claims.source_merged AS q ON q.source = d.outlet
  LEFT JOIN claims.source AS o ON o.id = coalesce(q.root, d.outlet)
 WHERE c.status IN ('accepted', 'corrected');
COMMENT ON VIEW claims_v1.claims IS 'A row for each claim that a person accepted.';
COMMENT ON COLUMN claims_v1.claims.claim IS 'The claim''s id.';
COMMENT ON COLUMN claims_v1.claims.speaker IS 'Name of whose words they are; NULL where nobody knows.';
COMMENT ON COLUMN claims_v1.claims.speaker_kind IS 'person, organisation, outlet or group.';
COMMENT ON COLUMN claims_v1.claims.speaker_id IS 'The speaker''s source, after merges.';
COMMENT ON COLUMN claims_v1.claims.capacity IS 'The speaker''s office or role as printed.';
COMMENT ON COLUMN claims_v1.claims.mode IS 'says, denies, expects, asks or promises: what the speaker does with the content.';
COMMENT ON COLUMN claims_v1.claims.form IS 'quote (all between quotation marks), mixed (partly) or paraphrase (none).';
COMMENT ON COLUMN claims_v1.claims.content IS 'The words as printed; interrupted words are parted by an ellipsis.';
COMMENT ON COLUMN claims_v1.claims.statement IS 'The claim in words that stand alone, confirmed by an editor.';
COMMENT ON COLUMN claims_v1.claims.said_on IS 'The days on which it can have been said.';
COMMENT ON COLUMN claims_v1.claims.said_on_text IS 'When it was said, as printed.';
COMMENT ON COLUMN claims_v1.claims.venue IS 'Where or how it was said, as printed.';
COMMENT ON COLUMN claims_v1.claims.outlet IS 'Name of the outlet that printed it; NULL where the article does not say.';
COMMENT ON COLUMN claims_v1.claims.title IS 'Headline of the article.';
COMMENT ON COLUMN claims_v1.claims.url IS 'Canonical address of the article.';
COMMENT ON COLUMN claims_v1.claims.published_at IS 'When the article was published.';
COMMENT ON COLUMN claims_v1.claims.document_status IS 'usable, corrected or withdrawn: whether the article may still be relied on.';
COMMENT ON COLUMN claims_v1.claims.document IS 'The article''s id.';
COMMENT ON COLUMN claims_v1.claims.version IS 'Id of the text that the spans count.';
COMMENT ON COLUMN claims_v1.claims.extractor_score IS '0 to 1: how likely the machine''s proposal was right.';
COMMENT ON COLUMN claims_v1.claims.attribution_confidence IS '0 to 1: how sure the editor is that this person said this.';
COMMENT ON COLUMN claims_v1.claims.credibility IS '1 (confirmed) to 5 (improbable) for the content; 6 cannot be judged.';
COMMENT ON COLUMN claims_v1.claims.status IS 'Where the claim stands in review.';
COMMENT ON COLUMN claims_v1.claims.revision IS '0 as the machine made it; each decision moves it by one.';
