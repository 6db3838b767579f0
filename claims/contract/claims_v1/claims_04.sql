CREATE OR REPLACE VIEW claims AS
SELECT c.id AS claim, s.name AS speaker, s.kind AS speaker_kind, s.id AS speaker_id,
       (SELECT h.capacity FROM attribution AS h WHERE h.claim = c.id AND h.position = 1
       ) AS capacity,
       (SELECT h.mode FROM attribution AS h WHERE h.claim = c.id AND h.position = 1) AS mode,
       c.form, c.text AS content, c.statement, c.said_on, c.said_on_text, c.venue,
       o.name AS outlet, d.title, d.url, d.published_at, d.shown_status AS document_status,
       v.document, c.version, c.extractor_score, c.attribution_confidence, c.credibility,
       c.status, c.revision,
       CASE WHEN isfinite(lower(c.said_on)) THEN lower(c.said_on) END AS said_from,
       CASE WHEN isfinite(upper(c.said_on)) THEN upper(c.said_on) - 1 END AS said_to,
       nullif(c.listed_on, DATE '0001-01-01') AS day,
       (SELECT string_agg(held.office, '; ' ORDER BY held.since DESC NULLS LAST, held.office)
          FROM (SELECT concat_ws(', ', r.title, e.name) AS office, max(lower(r.valid)) AS since
                  FROM (SELECT s.id AS source
                         UNION ALL
                        SELECT m.source FROM source_merged AS m WHERE m.root = s.id) AS one
                  JOIN source_role AS r ON r.source = one.source
                  LEFT JOIN source_merged AS n ON n.source = r.organisation
                  LEFT JOIN source AS e ON e.id = coalesce(n.root, r.organisation)
                 WHERE r.valid @> c.listed_on AND c.listed_on > DATE '0001-01-01'
                 GROUP BY 1) AS held) AS office,
       -- Of several people who rated it on one day the most cautious is taken.
       (SELECT r.rating
          FROM (SELECT o.id AS source
                 UNION ALL SELECT m.source FROM source_merged AS m WHERE m.root = o.id) AS one
          JOIN outlet_rating AS r ON r.outlet = one.source
         WHERE r.rated_on <= (d.published_at AT TIME ZONE 'UTC')::date
         ORDER BY r.rated_on DESC, r.rating = 'F', r.rating DESC LIMIT 1) AS outlet_rating,
       o.id AS outlet_id,
       coalesce((SELECT h.mode FROM attribution AS h
                  WHERE h.claim = c.id AND h.position > 1 AND h.mode <> 'says'
                  ORDER BY h.position LIMIT 1), 'says') AS carrier_mode,
       c.class, c.name_score, c.suggested_name, c.hearer
  FROM claim AS c
  LEFT JOIN document_version AS v ON v.id = c.version
  LEFT JOIN document AS d ON d.id = v.document
  LEFT JOIN source_shown AS p ON p.source = c.speaker
  LEFT JOIN source AS s ON s.id = p.root
  LEFT JOIN source_merged AS q ON q.source = d.outlet
  LEFT JOIN source AS o ON o.id = coalesce(q.root, d.outlet)
 WHERE c.status IN ('accepted', 'corrected')
   AND NOT EXISTS (SELECT FROM embargoed AS h WHERE h.version = c.version);
COMMENT ON VIEW claims IS 'A row for each claim that is published: a person accepted it, and may have corrected it since.';
COMMENT ON COLUMN claims.claim IS 'The claim''s id.';
COMMENT ON COLUMN claims.speaker IS 'Name of whose words they are; NULL if nobody knows.';
COMMENT ON COLUMN claims.speaker_kind IS 'The speaker''s kind: person, organisation, outlet or group.';
COMMENT ON COLUMN claims.speaker_id IS 'The speaker''s source, after merges.';
COMMENT ON COLUMN claims.capacity IS 'The speaker''s office or role as printed.';
COMMENT ON COLUMN claims.mode IS 'says, denies, expects, asks, promises or believes: what the speaker does with the content.';
COMMENT ON COLUMN claims.carrier_mode IS 'says if each carrier only passes the speaker''s words on, or there is none; else what the first that does otherwise does with them: denies, expects, asks, promises or believes.';
COMMENT ON COLUMN claims.content IS 'The words as printed; interrupted words are separated by an ellipsis.';
COMMENT ON COLUMN claims.statement IS 'The claim in words that stand alone, confirmed by an editor.';
COMMENT ON COLUMN claims.said_on IS 'The days on which it can have been said; said_from and said_to say the same.';
COMMENT ON COLUMN claims.outlet IS 'Name of the outlet that printed it; NULL if the article does not say.';
COMMENT ON COLUMN claims.title IS 'Headline of the article.';
COMMENT ON COLUMN claims.url IS 'Canonical address of the article.';
COMMENT ON COLUMN claims.published_at IS 'When the article was published; midnight UTC if only the day is known.';
COMMENT ON COLUMN claims.document_status IS 'usable, corrected or withdrawn: whether the article may still be relied on.';
COMMENT ON COLUMN claims.document IS 'The article''s id.';
COMMENT ON COLUMN claims.version IS 'Id of the text that the spans count.';
COMMENT ON COLUMN claims.extractor_score IS '0 to 1: how likely the machine''s proposal was right.';
COMMENT ON COLUMN claims.credibility IS '1 (confirmed) to 5 (improbable) for the content; 6 cannot be judged, which is not the worst.';
COMMENT ON COLUMN claims.status IS 'Where the claim stands in review.';
COMMENT ON COLUMN claims.said_from IS 'First day on which it can have been said; NULL if the article does not say.';
COMMENT ON COLUMN claims.said_to IS 'Last day on which it can have been said.';
COMMENT ON COLUMN claims.day IS 'Day it is listed under: said_from, else the day of publication (UTC); NULL if neither is known.';
COMMENT ON COLUMN claims.office IS 'Offices the speaker held on that day, as people recorded them, separated by ;. NULL if none is known.';
COMMENT ON COLUMN claims.outlet_rating IS 'A (reliable) to E (unreliable): the outlet''s latest rating by the day of publication. F cannot be judged, which is not the worst; NULL if it was not rated by then.';
COMMENT ON COLUMN claims.class IS 'speech, request (an act is wanted), label (what somebody is called), finding (what a document or poll shows) or belief: of which kind the words are.';
COMMENT ON COLUMN claims.name_score IS '0 to 1: how likely the machine''s name of the speaker was right; NULL if it named nobody, or a person added the claim.';
COMMENT ON COLUMN claims.suggested_name IS 'Whom the machine would name as the speaker if it were surer; it named nobody.';
COMMENT ON COLUMN claims.hearer IS 'Whom it was said to, as printed ("told Reuters"): they heard it, and are no carrier by that.';
