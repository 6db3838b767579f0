-- The views as they were at this revision, so that a later one can go back to them. As they are now
-- they stand in claims/contract/claims_v1/.

CREATE OR REPLACE VIEW claims_v1.documents AS
SELECT d.id AS document, s.name AS outlet, d.url, d.external_id, d.title, d.byline, d.published_at,
       d.language, d.status,
       (SELECT count(*) FROM claims.document_version AS v WHERE v.document = d.id) AS versions
  FROM claims.document AS d
  LEFT JOIN claims.source_merged AS o ON o.source = d.outlet
  LEFT JOIN claims.source AS s ON s.id = coalesce(o.root, d.outlet);
COMMENT ON VIEW claims_v1.documents IS 'A row for each published article, without its text.';
COMMENT ON COLUMN claims_v1.documents.document IS 'The document''s id.';
COMMENT ON COLUMN claims_v1.documents.outlet IS 'Name of the outlet that published it; NULL where the article does not say.';
COMMENT ON COLUMN claims_v1.documents.url IS 'Canonical address.';
COMMENT ON COLUMN claims_v1.documents.external_id IS 'The feed''s own id.';
COMMENT ON COLUMN claims_v1.documents.title IS 'Headline as printed.';
COMMENT ON COLUMN claims_v1.documents.byline IS 'Author line as printed.';
COMMENT ON COLUMN claims_v1.documents.published_at IS 'When it was published; midnight UTC where only the day is known.';
COMMENT ON COLUMN claims_v1.documents.language IS 'BCP 47 tag of the text''s language.';
COMMENT ON COLUMN claims_v1.documents.status IS 'usable, corrected or withdrawn.';
COMMENT ON COLUMN claims_v1.documents.versions IS 'How many texts of it were seen.';

CREATE OR REPLACE VIEW claims_v1.sources AS
SELECT s.id AS source, s.kind, s.name, s.description, s.wikidata, s.country, s.homepage,
       s.merged_into, s.revision, coalesce(m.root, s.id) AS shown_as
  FROM claims.source AS s
  LEFT JOIN claims.source_merged AS m ON m.source = s.id;
COMMENT ON VIEW claims_v1.sources IS 'A row for each person, organisation, outlet or group; merged ones point to what they were merged into.';
COMMENT ON COLUMN claims_v1.sources.source IS 'The source''s id.';
COMMENT ON COLUMN claims_v1.sources.kind IS 'person, organisation, outlet or group.';
COMMENT ON COLUMN claims_v1.sources.name IS 'The name it is shown by.';
COMMENT ON COLUMN claims_v1.sources.description IS 'Who or what it is, in a few words.';
COMMENT ON COLUMN claims_v1.sources.wikidata IS 'Wikidata item, Q and a number.';
COMMENT ON COLUMN claims_v1.sources.country IS 'ISO 3166-1 alpha-2 code.';
COMMENT ON COLUMN claims_v1.sources.homepage IS 'Address of its own site.';
COMMENT ON COLUMN claims_v1.sources.merged_into IS 'The source it was found to be, if it was merged; that one may be merged in turn.';
COMMENT ON COLUMN claims_v1.sources.revision IS '0 as the machine made it; each decision moves it by one.';
COMMENT ON COLUMN claims_v1.sources.shown_as IS 'The source at the end of the pointers, that all others are shown as; itself where it is not merged.';

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

CREATE OR REPLACE VIEW claims_v1.proposals AS
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
 WHERE c.status IN ('proposed', 'later', 'second_reading', 'disputed');
COMMENT ON VIEW claims_v1.proposals IS 'A row for each claim that the machine proposes and nobody has settled.';
COMMENT ON COLUMN claims_v1.proposals.claim IS 'The claim''s id.';
COMMENT ON COLUMN claims_v1.proposals.speaker IS 'Name of whose words they are; NULL where nobody knows.';
COMMENT ON COLUMN claims_v1.proposals.speaker_kind IS 'person, organisation, outlet or group.';
COMMENT ON COLUMN claims_v1.proposals.speaker_id IS 'The speaker''s source, after merges.';
COMMENT ON COLUMN claims_v1.proposals.capacity IS 'The speaker''s office or role as printed.';
COMMENT ON COLUMN claims_v1.proposals.mode IS 'says, denies, expects, asks or promises: what the speaker does with the content.';
COMMENT ON COLUMN claims_v1.proposals.form IS 'quote (all between quotation marks), mixed (partly) or paraphrase (none).';
COMMENT ON COLUMN claims_v1.proposals.content IS 'The words as printed; interrupted words are parted by an ellipsis.';
COMMENT ON COLUMN claims_v1.proposals.statement IS 'The claim in words that stand alone, confirmed by an editor.';
COMMENT ON COLUMN claims_v1.proposals.said_on IS 'The days on which it can have been said.';
COMMENT ON COLUMN claims_v1.proposals.said_on_text IS 'When it was said, as printed.';
COMMENT ON COLUMN claims_v1.proposals.venue IS 'Where or how it was said, as printed.';
COMMENT ON COLUMN claims_v1.proposals.outlet IS 'Name of the outlet that printed it; NULL where the article does not say.';
COMMENT ON COLUMN claims_v1.proposals.title IS 'Headline of the article.';
COMMENT ON COLUMN claims_v1.proposals.url IS 'Canonical address of the article.';
COMMENT ON COLUMN claims_v1.proposals.published_at IS 'When the article was published.';
COMMENT ON COLUMN claims_v1.proposals.document_status IS 'usable, corrected or withdrawn: whether the article may still be relied on.';
COMMENT ON COLUMN claims_v1.proposals.document IS 'The article''s id.';
COMMENT ON COLUMN claims_v1.proposals.version IS 'Id of the text that the spans count.';
COMMENT ON COLUMN claims_v1.proposals.extractor_score IS '0 to 1: how likely the machine''s proposal was right.';
COMMENT ON COLUMN claims_v1.proposals.attribution_confidence IS '0 to 1: how sure the editor is that this person said this.';
COMMENT ON COLUMN claims_v1.proposals.credibility IS '1 (confirmed) to 5 (improbable) for the content; 6 cannot be judged.';
COMMENT ON COLUMN claims_v1.proposals.status IS 'Where the claim stands in review.';
COMMENT ON COLUMN claims_v1.proposals.revision IS '0 as the machine made it; each decision moves it by one.';

CREATE OR REPLACE VIEW claims_v1.attributions AS
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

CREATE OR REPLACE VIEW claims_v1.evidence AS
SELECT c.id AS claim, c.version, c.content_spans, c.text AS exact,
       substr(v.text, greatest(lower(c.content_spans) - 64, 0) + 1,
              least(lower(c.content_spans), 64)) AS before,
       substr(v.text, upper(c.content_spans) + 1, 64) AS after,
       v.sha256, v.retrieved_at, c.status
  FROM claims.claim AS c JOIN claims.document_version AS v ON v.id = c.version;
COMMENT ON VIEW claims_v1.evidence IS 'Where each claim stands in the text, with at most 64 characters around it; never the whole article.';
COMMENT ON COLUMN claims_v1.evidence.claim IS 'The claim''s id.';
COMMENT ON COLUMN claims_v1.evidence.version IS 'Id of the text that the spans count.';
COMMENT ON COLUMN claims_v1.evidence.content_spans IS 'Where the words stand, in code points from 0, half-open.';
COMMENT ON COLUMN claims_v1.evidence.exact IS 'The words that stand there.';
COMMENT ON COLUMN claims_v1.evidence.before IS 'Up to 64 characters before the first span.';
COMMENT ON COLUMN claims_v1.evidence.after IS 'Up to 64 characters after the last span.';
COMMENT ON COLUMN claims_v1.evidence.sha256 IS 'SHA-256 of the whole text in UTF-8.';
COMMENT ON COLUMN claims_v1.evidence.retrieved_at IS 'When the text was read.';
COMMENT ON COLUMN claims_v1.evidence.status IS 'Where the claim stands in review.';

CREATE OR REPLACE VIEW claims_v1.decisions AS
SELECT d.no, d.id AS decision, d.at, r.name AS reviewer, d.action, d.subject_kind, d.subject,
       d.revision, d.before, d.after, d.reason, d.tool_version, d.undoes,
       encode(d.prev_digest, 'hex') AS prev_digest, encode(d.digest, 'hex') AS digest
  FROM claims.decision AS d JOIN claims.reviewer AS r ON r.id = d.reviewer;
COMMENT ON VIEW claims_v1.decisions IS 'The ledger: a row for each decision, in the order of the chain.';
COMMENT ON COLUMN claims_v1.decisions.no IS 'Place in the chain, from 1 without gaps.';
COMMENT ON COLUMN claims_v1.decisions.decision IS 'The decision''s id.';
COMMENT ON COLUMN claims_v1.decisions.at IS 'When, by the server''s clock.';
COMMENT ON COLUMN claims_v1.decisions.reviewer IS 'Who decided.';
COMMENT ON COLUMN claims_v1.decisions.action IS 'What was done.';
COMMENT ON COLUMN claims_v1.decisions.subject_kind IS 'claim, source or document.';
COMMENT ON COLUMN claims_v1.decisions.subject IS 'Id of what was decided on.';
COMMENT ON COLUMN claims_v1.decisions.revision IS 'The subject''s revision after the decision.';
COMMENT ON COLUMN claims_v1.decisions.before IS 'Changed fields as they were.';
COMMENT ON COLUMN claims_v1.decisions.after IS 'The same fields afterwards.';
COMMENT ON COLUMN claims_v1.decisions.reason IS 'Why, in the reviewer''s words.';
COMMENT ON COLUMN claims_v1.decisions.tool_version IS 'Version of the program that wrote it.';
COMMENT ON COLUMN claims_v1.decisions.undoes IS 'The decision that this one takes back.';
COMMENT ON COLUMN claims_v1.decisions.prev_digest IS 'Digest of the row before, in hexadecimal.';
COMMENT ON COLUMN claims_v1.decisions.digest IS 'SHA-256 of the row, in hexadecimal.';
