CREATE OR REPLACE VIEW claims_v1.who_said_what AS
SELECT c.claim, c.speaker, c.office, c.capacity, c.mode, c.form, c.content, c.statement, c.day,
       c.said_from, c.said_to, c.said_on_text, c.venue,
       (SELECT string_agg(a.label, ' ← ' ORDER BY a.position)
          FROM claims_v1.attributions AS a WHERE a.claim = c.claim)
       || coalesce(' ← ' || c.outlet, '')
       || coalesce(', ' || (c.published_at AT TIME ZONE 'UTC')::date, '') AS chain,
       c.outlet, c.outlet_rating, c.title, c.url,
       (c.published_at AT TIME ZONE 'UTC')::date AS published_on, c.document_status,
       c.extractor_score, c.attribution_confidence, c.credibility, c.status,
       (SELECT d.at FROM claims.decision AS d
         WHERE d.subject_kind = 'claim' AND d.subject = c.claim AND d.revision = c.revision
       ) AS decided_at,
       c.speaker_id, c.speaker_kind, c.outlet_id, c.document, c.version, c.revision
  FROM claims_v1.claims AS c;
COMMENT ON VIEW claims_v1.who_said_what IS 'One wide row for each published claim, plain types only: for a spreadsheet or a chart.';
COMMENT ON COLUMN claims_v1.who_said_what.claim IS 'The claim''s id.';
COMMENT ON COLUMN claims_v1.who_said_what.speaker IS 'Name of whose words they are; NULL where nobody knows.';
COMMENT ON COLUMN claims_v1.who_said_what.office IS 'Offices the speaker held on that day, as people recorded them, joined by ;. NULL where none is known.';
COMMENT ON COLUMN claims_v1.who_said_what.capacity IS 'The speaker''s office or role as printed.';
COMMENT ON COLUMN claims_v1.who_said_what.mode IS 'says, denies, expects, asks or promises: what the speaker does with the content.';
COMMENT ON COLUMN claims_v1.who_said_what.form IS 'quote (all between quotation marks), mixed (partly) or paraphrase (none).';
COMMENT ON COLUMN claims_v1.who_said_what.content IS 'The words as printed; interrupted words are parted by an ellipsis.';
COMMENT ON COLUMN claims_v1.who_said_what.statement IS 'The claim in words that stand alone, confirmed by an editor.';
COMMENT ON COLUMN claims_v1.who_said_what.day IS 'Day it is listed under: said_from, else the day of publication (UTC); NULL where neither is known.';
COMMENT ON COLUMN claims_v1.who_said_what.said_from IS 'First day on which it can have been said; NULL where the article does not say.';
COMMENT ON COLUMN claims_v1.who_said_what.said_to IS 'Last day on which it can have been said.';
COMMENT ON COLUMN claims_v1.who_said_what.said_on_text IS 'When it was said, as printed.';
COMMENT ON COLUMN claims_v1.who_said_what.venue IS 'Where or how it was said, as printed.';
COMMENT ON COLUMN claims_v1.who_said_what.chain IS 'Through whom it came, in one line: speaker ← carrier ← outlet, day of publication.';
COMMENT ON COLUMN claims_v1.who_said_what.outlet IS 'Name of the outlet that printed it; NULL where the article does not say.';
COMMENT ON COLUMN claims_v1.who_said_what.outlet_rating IS 'A (reliable) to E (unreliable): the outlet''s latest rating by the day of publication. F cannot be judged, which is not the worst; NULL where it was not rated by then.';
COMMENT ON COLUMN claims_v1.who_said_what.title IS 'Headline of the article.';
COMMENT ON COLUMN claims_v1.who_said_what.url IS 'Canonical address of the article.';
COMMENT ON COLUMN claims_v1.who_said_what.published_on IS 'Day of publication (UTC).';
COMMENT ON COLUMN claims_v1.who_said_what.document_status IS 'usable, corrected or withdrawn: whether the article may still be relied on.';
COMMENT ON COLUMN claims_v1.who_said_what.extractor_score IS '0 to 1: how likely the machine''s proposal was right.';
COMMENT ON COLUMN claims_v1.who_said_what.attribution_confidence IS '0 to 1: how sure the editor is that this person said this.';
COMMENT ON COLUMN claims_v1.who_said_what.credibility IS '1 (confirmed) to 5 (improbable) for the content; 6 cannot be judged, which is not the worst.';
COMMENT ON COLUMN claims_v1.who_said_what.status IS 'Where the claim stands in review.';
COMMENT ON COLUMN claims_v1.who_said_what.decided_at IS 'When the last decision on it was made.';
COMMENT ON COLUMN claims_v1.who_said_what.speaker_id IS 'The speaker''s source, after merges.';
COMMENT ON COLUMN claims_v1.who_said_what.speaker_kind IS 'person, organisation, outlet or group.';
COMMENT ON COLUMN claims_v1.who_said_what.outlet_id IS 'The outlet''s source, after merges.';
COMMENT ON COLUMN claims_v1.who_said_what.document IS 'The article''s id.';
COMMENT ON COLUMN claims_v1.who_said_what.version IS 'Id of the text that the spans count.';
COMMENT ON COLUMN claims_v1.who_said_what.revision IS '0 as the machine made it; each decision moves it by one.';
