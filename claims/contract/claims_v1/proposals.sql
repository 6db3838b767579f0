CREATE OR REPLACE VIEW claims_v1.proposals AS
SELECT c.id AS claim, s.name AS speaker, s.kind AS speaker_kind, s.id AS speaker_id,
       (SELECT h.capacity FROM claims.attribution AS h WHERE h.claim = c.id AND h.position = 1
       ) AS capacity,
       (SELECT h.mode FROM claims.attribution AS h WHERE h.claim = c.id AND h.position = 1) AS mode,
       c.form, c.text AS content, c.statement, c.said_on, c.said_on_text, c.venue,
       o.name AS outlet, d.title, d.url, d.published_at, d.status AS document_status,
       v.document, c.version, c.extractor_score, c.attribution_confidence, c.credibility,
       c.status, c.revision,
       CASE WHEN isfinite(lower(c.said_on)) THEN lower(c.said_on) END AS said_from,
       CASE WHEN isfinite(upper(c.said_on)) THEN upper(c.said_on) - 1 END AS said_to,
       nullif(c.listed_on, DATE '0001-01-01') AS day,
       (SELECT string_agg(held.office, '; ' ORDER BY held.since DESC NULLS LAST, held.office)
          FROM (SELECT concat_ws(', ', r.title, e.name) AS office, max(lower(r.valid)) AS since
                  FROM (SELECT s.id AS source
                         UNION ALL
                        SELECT m.source FROM claims.source_merged AS m WHERE m.root = s.id) AS one
                  JOIN claims.source_role AS r ON r.source = one.source
                  LEFT JOIN claims.source_merged AS n ON n.source = r.organisation
                  LEFT JOIN claims.source AS e ON e.id = coalesce(n.root, r.organisation)
                 WHERE r.valid @> c.listed_on AND c.listed_on > DATE '0001-01-01'
                 GROUP BY 1) AS held) AS office,
       -- Of several people who rated it on one day the most cautious is taken.
       (SELECT r.rating
          FROM (SELECT o.id AS source
                 UNION ALL SELECT m.source FROM claims.source_merged AS m WHERE m.root = o.id) AS one
          JOIN claims.outlet_rating AS r ON r.outlet = one.source
         WHERE r.rated_on <= (d.published_at AT TIME ZONE 'UTC')::date
         ORDER BY r.rated_on DESC, r.rating = 'F', r.rating DESC LIMIT 1) AS outlet_rating,
       o.id AS outlet_id
  FROM claims.claim AS c
  LEFT JOIN claims.document_version AS v ON v.id = c.version
  LEFT JOIN claims.document AS d ON d.id = v.document
  LEFT JOIN claims.source_shown AS p ON p.source = c.speaker
  LEFT JOIN claims.source AS s ON s.id = p.root
  LEFT JOIN claims.source_merged AS q ON q.source = d.outlet
  LEFT JOIN claims.source AS o ON o.id = coalesce(q.root, d.outlet)
 WHERE c.status IN ('proposed', 'later', 'second_reading', 'disputed');
COMMENT ON VIEW claims_v1.proposals IS 'A row for each claim that the machine proposes and nobody has settled; it may change or go.';
COMMENT ON COLUMN claims_v1.proposals.claim IS 'The claim''s id.';
COMMENT ON COLUMN claims_v1.proposals.speaker IS 'Name of whose words they are; NULL where nobody knows.';
COMMENT ON COLUMN claims_v1.proposals.speaker_kind IS 'person, organisation, outlet or group.';
COMMENT ON COLUMN claims_v1.proposals.speaker_id IS 'The speaker''s source, after merges.';
COMMENT ON COLUMN claims_v1.proposals.capacity IS 'The speaker''s office or role as printed.';
COMMENT ON COLUMN claims_v1.proposals.mode IS 'says, denies, expects, asks or promises: what the speaker does with the content.';
COMMENT ON COLUMN claims_v1.proposals.form IS 'quote (all between quotation marks), mixed (partly) or paraphrase (none).';
COMMENT ON COLUMN claims_v1.proposals.content IS 'The words as printed; interrupted words are parted by an ellipsis.';
COMMENT ON COLUMN claims_v1.proposals.statement IS 'The claim in words that stand alone, confirmed by an editor.';
COMMENT ON COLUMN claims_v1.proposals.said_on IS 'The days on which it can have been said; said_from and said_to say the same.';
COMMENT ON COLUMN claims_v1.proposals.said_on_text IS 'When it was said, as printed.';
COMMENT ON COLUMN claims_v1.proposals.venue IS 'Where or how it was said, as printed.';
COMMENT ON COLUMN claims_v1.proposals.outlet IS 'Name of the outlet that printed it; NULL where the article does not say.';
COMMENT ON COLUMN claims_v1.proposals.title IS 'Headline of the article.';
COMMENT ON COLUMN claims_v1.proposals.url IS 'Canonical address of the article.';
COMMENT ON COLUMN claims_v1.proposals.published_at IS 'When the article was published; midnight UTC where only the day is known.';
COMMENT ON COLUMN claims_v1.proposals.document_status IS 'usable, corrected or withdrawn: whether the article may still be relied on.';
COMMENT ON COLUMN claims_v1.proposals.document IS 'The article''s id.';
COMMENT ON COLUMN claims_v1.proposals.version IS 'Id of the text that the spans count.';
COMMENT ON COLUMN claims_v1.proposals.extractor_score IS '0 to 1: how likely the machine''s proposal was right.';
COMMENT ON COLUMN claims_v1.proposals.attribution_confidence IS '0 to 1: how sure the editor is that this person said this.';
COMMENT ON COLUMN claims_v1.proposals.credibility IS '1 (confirmed) to 5 (improbable) for the content; 6 cannot be judged, which is not the worst.';
COMMENT ON COLUMN claims_v1.proposals.status IS 'Where the claim stands in review.';
COMMENT ON COLUMN claims_v1.proposals.revision IS '0 as the machine made it; each decision moves it by one.';
COMMENT ON COLUMN claims_v1.proposals.said_from IS 'First day on which it can have been said; NULL where the article does not say.';
COMMENT ON COLUMN claims_v1.proposals.said_to IS 'Last day on which it can have been said.';
COMMENT ON COLUMN claims_v1.proposals.day IS 'Day it is listed under: said_from, else the day of publication (UTC); NULL where neither is known.';
COMMENT ON COLUMN claims_v1.proposals.office IS 'Offices the speaker held on that day, as people recorded them, joined by ;. NULL where none is known.';
COMMENT ON COLUMN claims_v1.proposals.outlet_rating IS 'A (reliable) to E (unreliable): the outlet''s latest rating by the day of publication. F cannot be judged, which is not the worst; NULL where it was not rated by then.';
COMMENT ON COLUMN claims_v1.proposals.outlet_id IS 'The outlet''s source, after merges.';
