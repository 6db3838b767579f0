-- The past: every relation that reading queries use, as it was at one number of the ledger.
--
-- A session that reads it names the number and the moment, for its transaction alone:
--     SELECT set_config('claims.as_of_no', '41', true),
--            set_config('claims.as_of', '2026-05-01T12:00:59.999999Z', true);
-- A decision says whole values before and after, so a field at number N is the `before` of the first
-- later decision that names the field, else what the table has. Nothing is copied and nothing kept.
--
-- Three habits of these views, each for speed, each measured by bench/past.py:
-- * What was decided later is looked up LATERALly by (kind, subject, revision), so that a query for
--   one claim stays a few index probes; and only where revision > 0: a row that nobody decided on
--   costs no look at the ledger.
-- * `recorded_at <= moment` is wrapped in CASE … IS NOT NULL: the planner takes a bare comparison
--   with a setting to hold for one row in three, of five joined tables for one in 243, and loops over
--   what it should hash; IS NOT NULL it takes to hold for nearly all, which it does.
-- * the moment stands in (SELECT …), parsed once a query; the number stands bare, because it is cheap
--   to parse and the planner reads its value.

CREATE INDEX ix_decision_on_sources ON claims.decision (no) WHERE subject_kind = 'source';
CREATE INDEX ix_decision_chains ON claims.decision (no) WHERE subject_kind = 'claim' AND jsonb_exists(before, 'chain');
CREATE INDEX ix_decision_links ON claims.decision (no) WHERE subject_kind = 'claim' AND jsonb_exists(before, 'links');

-- What decisions write as JSON, as columns ----------------------------------------------------------

CREATE FUNCTION claims.spans_of(spans jsonb) RETURNS int4multirange
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp
    RETURN coalesce(
        (SELECT range_agg(int4range((s ->> 0)::integer, (s ->> 1)::integer))
           FROM jsonb_array_elements(spans) AS s),
        '{}');
COMMENT ON FUNCTION claims.spans_of(jsonb) IS 'Spans as decisions write them, [[start, end], …], as a multirange.';

CREATE FUNCTION claims.days_of(days jsonb) RETURNS daterange
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp
    RETURN CASE WHEN jsonb_typeof(days) = 'array'
                THEN daterange((days ->> 0)::date, (days ->> 1)::date, '[]') END;
COMMENT ON FUNCTION claims.days_of(jsonb) IS 'Days as decisions write them, [first, last] or null, as a range.';

-- ROWS: without it the planner takes every chain to have 100 hops, and reads all claims for a batch.
CREATE FUNCTION claims.hops_of(body text, chain jsonb)
    RETURNS TABLE (place integer, source uuid, mention text, mention_spans int4multirange, cue text,
                   cue_spans int4multirange, capacity text, capacity_spans int4multirange, mode text,
                   link_rule text, link_score double precision, link_reason text)
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE ROWS 2 SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT h.place::integer, (h.hop ->> 'source')::uuid,
           claims.words_at(body, s.mention), s.mention, claims.words_at(body, s.cue), s.cue,
           CASE WHEN NOT isempty(s.capacity) THEN claims.words_at(body, s.capacity) END, s.capacity,
           h.hop ->> 'mode', h.hop ->> 'link_rule', (h.hop ->> 'link_score')::double precision,
           h.hop ->> 'link_reason'
      FROM jsonb_array_elements(chain) WITH ORDINALITY AS h(hop, place)
     CROSS JOIN LATERAL (SELECT claims.spans_of(h.hop -> 'mention') AS mention,
                                claims.spans_of(h.hop -> 'cue') AS cue,
                                claims.spans_of(h.hop -> 'capacity') AS capacity) AS s;
END;
COMMENT ON FUNCTION claims.hops_of(text, jsonb) IS 'A chain as decisions write it, as rows: their words are what stands at the spans of the text.';

-- The same bytes as claims.model.identity.derived_id (docs/decisions/0003-ids.md).
CREATE FUNCTION claims.derived_id(VARIADIC parts text[]) RETURNS uuid
    LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
    RETURN (
        SELECT encode(set_byte(set_byte(h.sixteen, 6, get_byte(h.sixteen, 6) & 15 | 128),
                               8, get_byte(h.sixteen, 8) & 63 | 128), 'hex')::uuid
          FROM (SELECT substr(sha256(string_agg(
                    int8send(octet_length(convert_to(p.part, 'UTF8'))) || convert_to(p.part, 'UTF8'),
                    ''::bytea ORDER BY p.place)), 1, 16) AS sixteen
                  FROM unnest(parts) WITH ORDINALITY AS p(part, place)) AS h);
COMMENT ON FUNCTION claims.derived_id(text[]) IS 'The id that is made from parts, as the program makes it.';

-- The views -----------------------------------------------------------------------------------------

CREATE SCHEMA claims_past;
COMMENT ON SCHEMA claims_past IS 'The relations of schema claims as they were at decision number claims.as_of_no and moment claims.as_of, which the session sets.';

CREATE VIEW claims_past.reviewer AS
SELECT r.id, r.name, CASE WHEN r.closed_at <= current_setting('claims.as_of')::timestamptz THEN r.closed_at END AS closed_at,
       r.recorded_at, r.role
  FROM claims.reviewer AS r WHERE (CASE WHEN r.recorded_at <= (SELECT current_setting('claims.as_of')::timestamptz) THEN true END) IS NOT NULL;
COMMENT ON VIEW claims_past.reviewer IS 'Reviewers as they were; their names and roles as they are now.';
COMMENT ON COLUMN claims_past.reviewer.id IS 'Made by the program.';
COMMENT ON COLUMN claims_past.reviewer.name IS 'The name decisions are signed with.';
COMMENT ON COLUMN claims_past.reviewer.closed_at IS 'From when no new decision is taken.';
COMMENT ON COLUMN claims_past.reviewer.recorded_at IS 'When the row was written, by the server''s clock.';
COMMENT ON COLUMN claims_past.reviewer.role IS 'reviewer, or adjudicator: who may also take back what others decided.';

CREATE VIEW claims_past.run AS
SELECT r.id, r.command, r.inputs, r.tool_version, r.extractor_version, r.recorded_at
  FROM claims.run AS r WHERE (CASE WHEN r.recorded_at <= (SELECT current_setting('claims.as_of')::timestamptz) THEN true END) IS NOT NULL;
COMMENT ON VIEW claims_past.run IS 'Runs that had begun.';
COMMENT ON COLUMN claims_past.run.id IS 'Made from the command, its inputs and the versions.';
COMMENT ON COLUMN claims_past.run.command IS 'The command''s name.';
COMMENT ON COLUMN claims_past.run.inputs IS 'Paths and options as given.';
COMMENT ON COLUMN claims_past.run.tool_version IS 'Version of the program.';
COMMENT ON COLUMN claims_past.run.extractor_version IS 'Version of the extraction rules.';
COMMENT ON COLUMN claims_past.run.recorded_at IS 'When the row was written, by the server''s clock.';

CREATE VIEW claims_past.decision AS
SELECT d.id, d.no, d.at, d.reviewer, d.action, d.subject_kind, d.subject, d.revision, d.before,
       d.after, d.reason, d.tool_version, d.undoes, d.prev_digest, d.digest, d.batch
  FROM claims.decision AS d WHERE d.no <= current_setting('claims.as_of_no')::bigint;
COMMENT ON VIEW claims_past.decision IS 'The ledger up to the number.';
COMMENT ON COLUMN claims_past.decision.id IS 'Made by the client, so that a retry adds nothing.';
COMMENT ON COLUMN claims_past.decision.no IS 'Place in the chain, from 1 without gaps; given by the database.';
COMMENT ON COLUMN claims_past.decision.at IS 'When, by the server''s clock.';
COMMENT ON COLUMN claims_past.decision.reviewer IS 'Who decided.';
COMMENT ON COLUMN claims_past.decision.action IS 'What was done: accept, reject and so on.';
COMMENT ON COLUMN claims_past.decision.subject_kind IS 'claim, source or document.';
COMMENT ON COLUMN claims_past.decision.subject IS 'Id of what was decided on.';
COMMENT ON COLUMN claims_past.decision.revision IS 'The subject''s revision after the decision.';
COMMENT ON COLUMN claims_past.decision.before IS 'Changed fields as they were.';
COMMENT ON COLUMN claims_past.decision.after IS 'The same fields afterwards.';
COMMENT ON COLUMN claims_past.decision.reason IS 'Why, in the reviewer''s words.';
COMMENT ON COLUMN claims_past.decision.tool_version IS 'Version of the program that wrote it.';
COMMENT ON COLUMN claims_past.decision.undoes IS 'The decision that this one takes back.';
COMMENT ON COLUMN claims_past.decision.prev_digest IS 'Digest of the row before; 32 zero bytes for the first.';
COMMENT ON COLUMN claims_past.decision.digest IS 'SHA-256 of all columns in the form docs/ledger.md describes.';
COMMENT ON COLUMN claims_past.decision.batch IS 'What decisions of one act share, such as a split; they are taken back together.';

CREATE VIEW claims_past.ledger_head AS
SELECT true AS only_row, current_setting('claims.as_of_no')::bigint AS no,
       coalesce((SELECT d.digest FROM claims.decision AS d WHERE d.no = current_setting('claims.as_of_no')::bigint),
                decode(repeat('00', 32), 'hex')) AS digest;
COMMENT ON VIEW claims_past.ledger_head IS 'The end of the ledger as it was.';
COMMENT ON COLUMN claims_past.ledger_head.only_row IS 'Always true.';
COMMENT ON COLUMN claims_past.ledger_head.no IS 'Number of the last decision; 0 if none.';
COMMENT ON COLUMN claims_past.ledger_head.digest IS 'Digest of the last decision.';

CREATE VIEW claims_past.release AS
SELECT r.id, r.name, r.no, r.digest, r.at, r.made_by, r.note
  FROM claims.release AS r WHERE (CASE WHEN r.at <= (SELECT current_setting('claims.as_of')::timestamptz) THEN true END) IS NOT NULL;
COMMENT ON VIEW claims_past.release IS 'Releases that had been made.';
COMMENT ON COLUMN claims_past.release.id IS 'Made by the program.';
COMMENT ON COLUMN claims_past.release.name IS 'What it is called.';
COMMENT ON COLUMN claims_past.release.no IS 'Number of the last decision it holds; 0 if none.';
COMMENT ON COLUMN claims_past.release.digest IS 'Digest of that decision; 32 zero bytes if none.';
COMMENT ON COLUMN claims_past.release.at IS 'When it was made, by the server''s clock; claims stored later are not in it.';
COMMENT ON COLUMN claims_past.release.made_by IS 'Who made it.';
COMMENT ON COLUMN claims_past.release.note IS 'What it is for.';

CREATE VIEW claims_past.source AS
SELECT s.id,
       CASE WHEN p.before ? 'kind' THEN p.before ->> 'kind' ELSE s.kind END AS kind,
       CASE WHEN p.before ? 'name' THEN p.before ->> 'name' ELSE s.name END AS name,
       CASE WHEN p.before ? 'description' THEN p.before ->> 'description'
            ELSE s.description END AS description,
       CASE WHEN p.before ? 'wikidata' THEN p.before ->> 'wikidata' ELSE s.wikidata END AS wikidata,
       CASE WHEN p.before ? 'country' THEN p.before ->> 'country' ELSE s.country END AS country,
       CASE WHEN p.before ? 'homepage' THEN p.before ->> 'homepage' ELSE s.homepage END AS homepage,
       CASE WHEN p.before ? 'merged_into' THEN (p.before ->> 'merged_into')::uuid
            ELSE s.merged_into END AS merged_into,
       coalesce(p.revision, s.revision) AS revision, s.changed_in, s.run, s.recorded_at
  FROM claims.source AS s
 CROSS JOIN LATERAL (
       -- Of several values for one key jsonb keeps the last: that of the earliest decision.
       SELECT jsonb_object_agg(f.key, f.value ORDER BY d.no DESC)
                  FILTER (WHERE f.key IS NOT NULL) AS before,
              min(d.revision) - 1 AS revision,
              CASE WHEN bool_or(d.revision = 1 AND d.after ? 'kind') THEN NULL ELSE true END AS made
         FROM claims.decision AS d LEFT JOIN LATERAL jsonb_each(d.before) AS f ON true
        WHERE s.revision > 0 AND d.subject_kind = 'source' AND d.subject = s.id AND d.no > current_setting('claims.as_of_no')::bigint) AS p
 WHERE (CASE WHEN s.recorded_at <= (SELECT current_setting('claims.as_of')::timestamptz) THEN true END) IS NOT NULL
   AND p.made IS NOT NULL;
COMMENT ON VIEW claims_past.source IS 'Sources as they were.';
COMMENT ON COLUMN claims_past.source.id IS 'Made from the kind and name it was first met with.';
COMMENT ON COLUMN claims_past.source.kind IS 'person, organisation, outlet or group.';
COMMENT ON COLUMN claims_past.source.name IS 'The name it is shown by.';
COMMENT ON COLUMN claims_past.source.description IS 'Who or what it is, in a few words.';
COMMENT ON COLUMN claims_past.source.wikidata IS 'Wikidata item, Q and a number.';
COMMENT ON COLUMN claims_past.source.country IS 'ISO 3166-1 alpha-2 code.';
COMMENT ON COLUMN claims_past.source.homepage IS 'Address of its own site.';
COMMENT ON COLUMN claims_past.source.merged_into IS 'The source it was found to be; a pointer, so the merge can be taken back.';
COMMENT ON COLUMN claims_past.source.revision IS '0 as the machine made it; each decision moves it by exactly one.';
COMMENT ON COLUMN claims_past.source.changed_in IS 'Transaction that wrote the row last; set by the guard, of no use outside it.';
COMMENT ON COLUMN claims_past.source.run IS 'The run that first met it; empty where a person added it.';
COMMENT ON COLUMN claims_past.source.recorded_at IS 'When the row was written, by the server''s clock.';

CREATE VIEW claims_past.document AS
SELECT o.id,
       CASE WHEN p.before ? 'outlet' THEN (p.before ->> 'outlet')::uuid ELSE o.outlet END AS outlet,
       CASE WHEN p.before ? 'url' THEN p.before ->> 'url' ELSE o.url END AS url,
       CASE WHEN p.before ? 'external_id' THEN p.before ->> 'external_id'
            ELSE o.external_id END AS external_id,
       CASE WHEN p.before ? 'title' THEN p.before ->> 'title' ELSE o.title END AS title,
       CASE WHEN p.before ? 'byline' THEN p.before ->> 'byline' ELSE o.byline END AS byline,
       CASE WHEN p.before ? 'published_at' THEN (p.before ->> 'published_at')::timestamptz
            ELSE o.published_at END AS published_at,
       CASE WHEN p.before ? 'language' THEN p.before ->> 'language' ELSE o.language END AS language,
       CASE WHEN p.before ? 'status' THEN p.before ->> 'status' ELSE o.status END AS status,
       coalesce(p.revision, o.revision) AS revision, o.changed_in, o.run, o.recorded_at
  FROM claims.document AS o
 CROSS JOIN LATERAL (
       SELECT jsonb_object_agg(f.key, f.value ORDER BY d.no DESC)
                  FILTER (WHERE f.key IS NOT NULL) AS before,
              min(d.revision) - 1 AS revision
         FROM claims.decision AS d LEFT JOIN LATERAL jsonb_each(d.before) AS f ON true
        WHERE o.revision > 0 AND d.subject_kind = 'document' AND d.subject = o.id AND d.no > current_setting('claims.as_of_no')::bigint) AS p
 WHERE (CASE WHEN o.recorded_at <= (SELECT current_setting('claims.as_of')::timestamptz) THEN true END) IS NOT NULL;
COMMENT ON VIEW claims_past.document IS 'Documents as they were; what the machine filled in since, without a decision, is filled in.';
COMMENT ON COLUMN claims_past.document.id IS 'Made from the identity: URL, outlet and id, or text.';
COMMENT ON COLUMN claims_past.document.outlet IS 'Who published it; empty where the article does not say.';
COMMENT ON COLUMN claims_past.document.url IS 'Canonical address.';
COMMENT ON COLUMN claims_past.document.external_id IS 'The feed''s own id.';
COMMENT ON COLUMN claims_past.document.title IS 'Headline as printed.';
COMMENT ON COLUMN claims_past.document.byline IS 'Author line as printed.';
COMMENT ON COLUMN claims_past.document.published_at IS 'When it was published; midnight UTC where only the day is known.';
COMMENT ON COLUMN claims_past.document.language IS 'BCP 47 tag of the text''s language.';
COMMENT ON COLUMN claims_past.document.status IS 'usable, corrected or withdrawn by its publisher.';
COMMENT ON COLUMN claims_past.document.revision IS '0 as the machine made it; each decision moves it by exactly one.';
COMMENT ON COLUMN claims_past.document.changed_in IS 'Transaction that wrote the row last; set by the guard, of no use outside it.';
COMMENT ON COLUMN claims_past.document.run IS 'The run that first read it.';
COMMENT ON COLUMN claims_past.document.recorded_at IS 'When the row was written, by the server''s clock.';

CREATE VIEW claims_past.document_version AS
SELECT v.id, v.document, v.number, v.text, v.sha256, v.retrieved_at, v.reader, v.archived,
       v.warc_record, v.warc_digest, v.run, v.recorded_at
  FROM claims.document_version AS v WHERE (CASE WHEN v.recorded_at <= (SELECT current_setting('claims.as_of')::timestamptz) THEN true END) IS NOT NULL;
COMMENT ON VIEW claims_past.document_version IS 'Texts that had been read.';
COMMENT ON COLUMN claims_past.document_version.id IS 'Made from the document''s id and the text''s digest.';
COMMENT ON COLUMN claims_past.document_version.document IS 'Whose text it is.';
COMMENT ON COLUMN claims_past.document_version.number IS '1 for the first text seen, then upward.';
COMMENT ON COLUMN claims_past.document_version.text IS 'The cleaned text; every span counts its Unicode code points from 0.';
COMMENT ON COLUMN claims_past.document_version.sha256 IS 'Digest of the text in UTF-8.';
COMMENT ON COLUMN claims_past.document_version.retrieved_at IS 'When this text was read.';
COMMENT ON COLUMN claims_past.document_version.reader IS 'The reader that made the text, with its version.';
COMMENT ON COLUMN claims_past.document_version.archived IS 'The bytes as they were read; empty where a WARC holds them.';
COMMENT ON COLUMN claims_past.document_version.warc_record IS 'WARC-Record-ID that holds the bytes.';
COMMENT ON COLUMN claims_past.document_version.warc_digest IS 'That record''s payload digest.';
COMMENT ON COLUMN claims_past.document_version.run IS 'The run that read it.';
COMMENT ON COLUMN claims_past.document_version.recorded_at IS 'When the row was written, by the server''s clock.';

CREATE VIEW claims_past.claim AS
SELECT c.id, c.version,
       CASE WHEN p.before ? 'form' THEN p.before ->> 'form' ELSE c.form END AS form,
       CASE WHEN p.before ? 'content' THEN claims.spans_of(p.before -> 'content')
            ELSE c.content_spans END AS content_spans,
       CASE WHEN p.before ? 'text' THEN p.before ->> 'text' ELSE c.text END AS text,
       CASE WHEN p.before ? 'statement' THEN p.before ->> 'statement'
            ELSE c.statement END AS statement,
       CASE WHEN p.before ? 'chain' THEN (p.before #>> '{chain,0,source}')::uuid
            ELSE c.speaker END AS speaker,
       CASE WHEN p.before ? 'said_on' THEN claims.days_of(p.before -> 'said_on')
            ELSE c.said_on END AS said_on,
       CASE WHEN p.before ? 'said_on_text' THEN p.before ->> 'said_on_text'
            ELSE c.said_on_text END AS said_on_text,
       coalesce(
           lower(CASE WHEN p.before ? 'said_on' THEN claims.days_of(p.before -> 'said_on')
                      ELSE c.said_on END),
           (SELECT (o.published_at AT TIME ZONE 'UTC')::date
              FROM claims.document_version AS v JOIN claims_past.document AS o ON o.id = v.document
             WHERE v.id = c.version),
           DATE '0001-01-01') AS listed_on,
       CASE WHEN p.before ? 'venue' THEN p.before ->> 'venue' ELSE c.venue END AS venue,
       CASE WHEN p.before ? 'status' THEN p.before ->> 'status' ELSE c.status END AS status,
       coalesce(p.revision, c.revision) AS revision, c.changed_in, c.run, c.rule, c.extractor_score,
       CASE WHEN p.before ? 'attribution_confidence'
            THEN (p.before ->> 'attribution_confidence')::double precision
            ELSE c.attribution_confidence END AS attribution_confidence,
       CASE WHEN p.before ? 'credibility' THEN (p.before ->> 'credibility')::smallint
            ELSE c.credibility END AS credibility,
       CASE WHEN p.before ?| ARRAY['statement', 'text']
            THEN to_tsvector('english'::regconfig,
                     coalesce(CASE WHEN p.before ? 'statement' THEN p.before ->> 'statement'
                                   ELSE c.statement END, '') || ' '
                     || CASE WHEN p.before ? 'text' THEN p.before ->> 'text' ELSE c.text END)
            ELSE c.search END AS search,
       c.recorded_at, c.said_on_spans, c.venue_spans
  FROM claims.claim AS c
 CROSS JOIN LATERAL (
       SELECT jsonb_object_agg(f.key, f.value ORDER BY d.no DESC)
                  FILTER (WHERE f.key IS NOT NULL) AS before,
              min(d.revision) - 1 AS revision,
              CASE WHEN bool_or(d.revision = 1 AND d.after ? 'version') THEN NULL ELSE true END AS made
         FROM claims.decision AS d LEFT JOIN LATERAL jsonb_each(d.before) AS f ON true
        WHERE c.revision > 0 AND d.subject_kind = 'claim' AND d.subject = c.id AND d.no > current_setting('claims.as_of_no')::bigint) AS p
 WHERE (CASE WHEN c.recorded_at <= (SELECT current_setting('claims.as_of')::timestamptz) THEN true END) IS NOT NULL
   AND p.made IS NOT NULL;
COMMENT ON VIEW claims_past.claim IS 'Claims as they were; a proposal that nobody had decided on as the machine has it now.';
COMMENT ON COLUMN claims_past.claim.id IS 'Made from the version and the content''s spans.';
COMMENT ON COLUMN claims_past.claim.version IS 'The text it stands in.';
COMMENT ON COLUMN claims_past.claim.form IS 'quote (all between quotation marks), mixed (partly) or paraphrase (none).';
COMMENT ON COLUMN claims_past.claim.content_spans IS 'Where the words that carry it stand, in code points, half-open.';
COMMENT ON COLUMN claims_past.claim.text IS 'The words at content_spans, slices parted by an ellipsis; checked.';
COMMENT ON COLUMN claims_past.claim.statement IS 'The claim in words that stand alone, written or confirmed by an editor.';
COMMENT ON COLUMN claims_past.claim.speaker IS 'Source of the attribution at position 1; empty if unknown.';
COMMENT ON COLUMN claims_past.claim.said_on IS 'The days on which it can have been said, from the text alone.';
COMMENT ON COLUMN claims_past.claim.said_on_text IS 'When it was said, as printed.';
COMMENT ON COLUMN claims_past.claim.listed_on IS 'Day a timeline lists it under: the first it can have been said on, else that of publication, else 0001-01-01; kept by the database.';
COMMENT ON COLUMN claims_past.claim.venue IS 'Where or how it was said, as printed.';
COMMENT ON COLUMN claims_past.claim.status IS 'proposed, later (put aside), second_reading, disputed, accepted, corrected, rejected, withdrawn or replaced (split, merged).';
COMMENT ON COLUMN claims_past.claim.revision IS '0 as the machine made it; each decision moves it by exactly one.';
COMMENT ON COLUMN claims_past.claim.changed_in IS 'Transaction that wrote the row last; set by the guard, of no use outside it.';
COMMENT ON COLUMN claims_past.claim.run IS 'The run that proposed it.';
COMMENT ON COLUMN claims_past.claim.rule IS 'The rule that found it.';
COMMENT ON COLUMN claims_past.claim.extractor_score IS '0 to 1: how likely the machine''s whole proposal is right.';
COMMENT ON COLUMN claims_past.claim.attribution_confidence IS '0 to 1: how sure the editor is that this person said this.';
COMMENT ON COLUMN claims_past.claim.credibility IS '1 (confirmed) to 5 (improbable) for the content; 6 cannot be judged.';
COMMENT ON COLUMN claims_past.claim.search IS 'Words of statement and text for full-text search; kept by the database.';
COMMENT ON COLUMN claims_past.claim.recorded_at IS 'When the row was written, by the server''s clock.';
COMMENT ON COLUMN claims_past.claim.said_on_spans IS 'Where the machine found when it was said; kept, whatever said_on_text becomes.';
COMMENT ON COLUMN claims_past.claim.venue_spans IS 'Where the machine found the venue; kept, whatever venue becomes.';

-- Chains that nobody changed later, and the others as the first later change says they were.
CREATE VIEW claims_past.attribution AS
SELECT a.claim, a.position, a.source, a.mention, a.mention_spans, a.cue, a.cue_spans, a.capacity,
       a.capacity_spans, a.mode, a.link_rule, a.link_score, a.link_reason
  FROM claims.attribution AS a JOIN claims.claim AS c ON c.id = a.claim
 WHERE (CASE WHEN c.recorded_at <= (SELECT current_setting('claims.as_of')::timestamptz) THEN true END) IS NOT NULL
   AND (c.revision = 0 OR NOT EXISTS (
       SELECT FROM claims.decision AS d
        WHERE d.subject_kind = 'claim' AND d.subject = a.claim AND d.no > current_setting('claims.as_of_no')::bigint
          AND (jsonb_exists(d.before, 'chain') OR d.revision = 1 AND d.after ? 'version')))
UNION ALL
SELECT d.subject, h.place, h.source, h.mention, h.mention_spans, h.cue, h.cue_spans, h.capacity,
       h.capacity_spans, h.mode, h.link_rule, h.link_score, h.link_reason
  FROM (SELECT DISTINCT ON (d.subject) d.subject, d.before -> 'chain' AS chain
          FROM claims.decision AS d
         WHERE d.subject_kind = 'claim' AND d.no > current_setting('claims.as_of_no')::bigint AND jsonb_exists(d.before, 'chain')
         ORDER BY d.subject, d.no) AS d
  JOIN claims_past.claim AS c ON c.id = d.subject
  JOIN claims.document_version AS v ON v.id = c.version
 CROSS JOIN LATERAL claims.hops_of(v.text, d.chain) AS h;
COMMENT ON VIEW claims_past.attribution IS 'Chains as they were.';
COMMENT ON COLUMN claims_past.attribution.claim IS 'The claim whose chain it belongs to.';
COMMENT ON COLUMN claims_past.attribution.position IS '1 for the voice whose words they are, then each carrier outward, without gaps.';
COMMENT ON COLUMN claims_past.attribution.source IS 'Who it is; empty where nobody knows.';
COMMENT ON COLUMN claims_past.attribution.mention IS 'The words that name the source, as printed.';
COMMENT ON COLUMN claims_past.attribution.mention_spans IS 'Where the mention stands.';
COMMENT ON COLUMN claims_past.attribution.cue IS 'The words that report, as printed.';
COMMENT ON COLUMN claims_past.attribution.cue_spans IS 'Where the cue stands.';
COMMENT ON COLUMN claims_past.attribution.capacity IS 'Office or role as printed.';
COMMENT ON COLUMN claims_past.attribution.capacity_spans IS 'Where the office or role stands.';
COMMENT ON COLUMN claims_past.attribution.mode IS 'says, denies, expects, asks or promises.';
COMMENT ON COLUMN claims_past.attribution.link_rule IS 'How the mention was linked to its source; empty where no source is known.';
COMMENT ON COLUMN claims_past.attribution.link_score IS '0 to 1: how sure that link is; empty where the mention made the source.';
COMMENT ON COLUMN claims_past.attribution.link_reason IS 'Why, in words.';

CREATE VIEW claims_past.claim_parent AS
SELECT p.claim, p.parent
  FROM claims.claim_parent AS p JOIN claims_past.claim AS c ON c.id = p.claim;
COMMENT ON VIEW claims_past.claim_parent IS 'Parents of the claims that there were.';
COMMENT ON COLUMN claims_past.claim_parent.claim IS 'The claim that was made.';
COMMENT ON COLUMN claims_past.claim_parent.parent IS 'A claim it was made of.';

CREATE VIEW claims_past.anchor AS
SELECT a.claim, a.version, a.spans, a.state, a.score, a.runner_up
  FROM claims.anchor AS a
  JOIN claims_past.claim AS c ON c.id = a.claim
  JOIN claims_past.document_version AS v ON v.id = a.version;
COMMENT ON VIEW claims_past.anchor IS 'Where claims stood in the versions that had been read, as the machine finds it now.';
COMMENT ON COLUMN claims_past.anchor.claim IS 'The claim sought.';
COMMENT ON COLUMN claims_past.anchor.version IS 'The text it was sought in.';
COMMENT ON COLUMN claims_past.anchor.spans IS 'Where it was found; empty if lost.';
COMMENT ON COLUMN claims_past.anchor.state IS 'same, moved, altered, lost or ambiguous.';
COMMENT ON COLUMN claims_past.anchor.score IS '0 to 1: likeness of the place found.';
COMMENT ON COLUMN claims_past.anchor.runner_up IS '0 to 1: likeness of the next best place.';

-- A link that was there and was changed later has the signature of the last decision that added it.
CREATE VIEW claims_past.claim_link AS
SELECT l.id, l.a, l.b, l.kind, l.linked_by, l.recorded_at
  FROM claims.claim_link AS l
 WHERE (CASE WHEN l.recorded_at <= (SELECT current_setting('claims.as_of')::timestamptz) THEN true END) IS NOT NULL
   AND (l.linked_by IS NULL OR NOT EXISTS (
       SELECT FROM claims.decision AS d
        WHERE d.subject_kind = 'claim' AND d.subject = l.a AND d.no > current_setting('claims.as_of_no')::bigint AND jsonb_exists(d.before, 'links')))
UNION ALL
SELECT claims.derived_id('claim_link', d.subject::text, l.link ->> 'b', l.link ->> 'kind'), d.subject,
       (l.link ->> 'b')::uuid, l.link ->> 'kind', made.reviewer, made.at
  FROM (SELECT DISTINCT ON (d.subject) d.subject, d.before -> 'links' AS links
          FROM claims.decision AS d
         WHERE d.subject_kind = 'claim' AND d.no > current_setting('claims.as_of_no')::bigint AND jsonb_exists(d.before, 'links')
         ORDER BY d.subject, d.no) AS d
 CROSS JOIN LATERAL jsonb_array_elements(d.links) AS l(link)
  LEFT JOIN LATERAL (
       SELECT m.reviewer, m.at FROM claims.decision AS m
        WHERE m.subject_kind = 'claim' AND m.subject = d.subject AND m.no <= current_setting('claims.as_of_no')::bigint
          AND m.after -> 'links' @> jsonb_build_array(l.link)
          AND NOT m.before -> 'links' @> jsonb_build_array(l.link)
        ORDER BY m.revision DESC LIMIT 1) AS made ON true;
COMMENT ON VIEW claims_past.claim_link IS 'Links as they were; those of the machine as it finds them now.';
COMMENT ON COLUMN claims_past.claim_link.id IS 'Made from both claims and the kind.';
COMMENT ON COLUMN claims_past.claim_link.a IS 'The one that is linked.';
COMMENT ON COLUMN claims_past.claim_link.b IS 'The one it is linked to.';
COMMENT ON COLUMN claims_past.claim_link.kind IS 'same_words, same_content, contradicts, narrows or retracts.';
COMMENT ON COLUMN claims_past.claim_link.linked_by IS 'Who linked them; empty for the machine.';
COMMENT ON COLUMN claims_past.claim_link.recorded_at IS 'When the row was written, by the server''s clock.';

-- What belongs to a source: for each row that was added or taken away later, whether it was there.
-- `key` is what tells the rows of a list apart. Changed within one decision, a row was there before.
CREATE VIEW claims_past.row_changed_later AS
SELECT DISTINCT ON (t.source, t.list, t.key) t.source, t.list, t.key, t.line, t.was_there
  FROM (SELECT d.subject AS source, d.no, r.list, r.line, r.was_there,
               CASE r.list WHEN 'names' THEN r.line - 'language'
                           WHEN 'roles' THEN r.line - '{evidence,version,spans}'::text[]
                           WHEN 'ratings' THEN r.line - '{rating,why}'::text[]
                           ELSE r.line END AS key
          FROM claims.decision AS d
         CROSS JOIN LATERAL (
               SELECT b.key AS list, e.line, true AS was_there
                 FROM jsonb_each(d.before) AS b CROSS JOIN LATERAL jsonb_array_elements(b.value) AS e(line)
                WHERE jsonb_typeof(b.value) = 'array'
               UNION ALL
               SELECT a.key, e.line, false
                 FROM jsonb_each(d.after) AS a CROSS JOIN LATERAL jsonb_array_elements(a.value) AS e(line)
                WHERE jsonb_typeof(a.value) = 'array') AS r
         WHERE d.subject_kind = 'source' AND d.no > current_setting('claims.as_of_no')::bigint) AS t
 ORDER BY t.source, t.list, t.key, t.no, t.was_there DESC;
COMMENT ON VIEW claims_past.row_changed_later IS 'Names, offices, ratings, ids and distinctions of sources that were added or taken away later: the first such change says whether they were there.';
COMMENT ON COLUMN claims_past.row_changed_later.source IS 'Whose they are.';
COMMENT ON COLUMN claims_past.row_changed_later.list IS 'names, roles, ratings, identifiers or distinct.';
COMMENT ON COLUMN claims_past.row_changed_later.key IS 'What tells rows of the list apart.';
COMMENT ON COLUMN claims_past.row_changed_later.line IS 'The row as decisions write it.';
COMMENT ON COLUMN claims_past.row_changed_later.was_there IS 'Whether it was there.';

CREATE VIEW claims_past.source_name AS
SELECT n.id, n.source, n.name, n.kind, n.language, n.keys
  FROM claims.source_name AS n JOIN claims.source AS s ON s.id = n.source
 WHERE (CASE WHEN s.recorded_at <= (SELECT current_setting('claims.as_of')::timestamptz) THEN true END) IS NOT NULL
   AND (s.revision = 0 OR NOT EXISTS (
       SELECT FROM claims_past.row_changed_later AS r
        WHERE r.source = n.source AND r.list = 'names'
          AND r.key = jsonb_build_object('name', n.name, 'kind', n.kind)))
UNION ALL
SELECT claims.derived_id('source_name', r.source::text, r.line ->> 'name', r.line ->> 'kind'),
       r.source, r.line ->> 'name', r.line ->> 'kind', r.line ->> 'language', '{}'::text[]
  FROM claims_past.row_changed_later AS r WHERE r.list = 'names' AND r.was_there;
COMMENT ON VIEW claims_past.source_name IS 'Names as they were; one that was taken away later has no keys and is found by its letters.';
COMMENT ON COLUMN claims_past.source_name.id IS 'Made from the source, the name and its kind.';
COMMENT ON COLUMN claims_past.source_name.source IS 'Whose name it is.';
COMMENT ON COLUMN claims_past.source_name.name IS 'The name as printed.';
COMMENT ON COLUMN claims_past.source_name.kind IS 'canonical, alias, former or transliteration.';
COMMENT ON COLUMN claims_past.source_name.language IS 'BCP 47 tag, where the name has one.';
COMMENT ON COLUMN claims_past.source_name.keys IS 'What the name is found by when a mention is resolved; made from it.';

CREATE VIEW claims_past.source_role AS
-- Once for all: the office of each claim of a list is looked up here.
WITH changed AS MATERIALIZED (
    SELECT r.source, r.key, r.line, r.was_there FROM claims_past.row_changed_later AS r WHERE r.list = 'roles')
SELECT o.id, o.source, o.title, o.organisation, o.valid, o.evidence, o.evidence_version,
       o.evidence_spans, o.keys
  FROM claims.source_role AS o
 WHERE NOT EXISTS (
       SELECT FROM changed AS r
        WHERE r.source = o.source
          AND r.key = jsonb_build_object(
              'title', o.title, 'organisation', o.organisation, 'first', lower(o.valid),
              'last', upper(o.valid) - 1))
UNION ALL
SELECT claims.derived_id('source_role', r.source::text, r.line ->> 'title',
                         coalesce(r.line ->> 'organisation', ''), coalesce(r.line ->> 'first', ''),
                         coalesce(r.line ->> 'last', '')),
       r.source, r.line ->> 'title', (r.line ->> 'organisation')::uuid,
       daterange((r.line ->> 'first')::date, (r.line ->> 'last')::date + 1), r.line ->> 'evidence',
       (r.line ->> 'version')::uuid, claims.spans_of(r.line -> 'spans'), '{}'::text[]
  FROM changed AS r WHERE r.was_there;
COMMENT ON VIEW claims_past.source_role IS 'Offices as they were known; one that was taken away later has no keys.';
COMMENT ON COLUMN claims_past.source_role.id IS 'Made by the program.';
COMMENT ON COLUMN claims_past.source_role.source IS 'Who held it.';
COMMENT ON COLUMN claims_past.source_role.title IS 'The office''s title.';
COMMENT ON COLUMN claims_past.source_role.organisation IS 'Where the office is held.';
COMMENT ON COLUMN claims_past.source_role.valid IS 'The days it was held; open where an end is not known.';
COMMENT ON COLUMN claims_past.source_role.evidence IS 'Where this is known from.';
COMMENT ON COLUMN claims_past.source_role.evidence_version IS 'The text that says so, if one of ours does.';
COMMENT ON COLUMN claims_past.source_role.evidence_spans IS 'Where that text says it; empty without one.';
COMMENT ON COLUMN claims_past.source_role.keys IS 'Words of title and organisation that descriptions are found by.';

CREATE VIEW claims_past.outlet_rating AS
-- Once for all, likewise.
WITH changed AS MATERIALIZED (
    SELECT r.source, r.key, r.line, r.was_there FROM claims_past.row_changed_later AS r WHERE r.list = 'ratings')
SELECT o.id, o.outlet, o.rating, o.rated_on, o.rated_by, o.why
  FROM claims.outlet_rating AS o
 WHERE NOT EXISTS (
       SELECT FROM changed AS r
        WHERE r.source = o.outlet
          AND r.key = jsonb_build_object('rated_on', o.rated_on, 'rated_by', o.rated_by))
UNION ALL
SELECT claims.derived_id('outlet_rating', r.source::text, r.line ->> 'rated_on',
                         r.line ->> 'rated_by'),
       r.source, r.line ->> 'rating', (r.line ->> 'rated_on')::date, (r.line ->> 'rated_by')::uuid,
       r.line ->> 'why'
  FROM changed AS r WHERE r.was_there;
COMMENT ON VIEW claims_past.outlet_rating IS 'Ratings as they were.';
COMMENT ON COLUMN claims_past.outlet_rating.id IS 'Made by the program.';
COMMENT ON COLUMN claims_past.outlet_rating.outlet IS 'The outlet rated.';
COMMENT ON COLUMN claims_past.outlet_rating.rating IS 'A (reliable) to E (unreliable); F cannot be judged, which is not the worst.';
COMMENT ON COLUMN claims_past.outlet_rating.rated_on IS 'The day from which it holds.';
COMMENT ON COLUMN claims_past.outlet_rating.rated_by IS 'Who rated it.';
COMMENT ON COLUMN claims_past.outlet_rating.why IS 'The reasons given.';

CREATE VIEW claims_past.source_identifier AS
SELECT i.register, i.value, i.source
  FROM claims.source_identifier AS i
 WHERE NOT EXISTS (
       SELECT FROM claims_past.row_changed_later AS r
        WHERE r.source = i.source AND r.list = 'identifiers'
          AND r.key = jsonb_build_object('register', i.register, 'value', i.value))
UNION ALL
SELECT r.line ->> 'register', r.line ->> 'value', r.source
  FROM claims_past.row_changed_later AS r WHERE r.list = 'identifiers' AND r.was_there;
COMMENT ON VIEW claims_past.source_identifier IS 'Ids in registers as they were known.';
COMMENT ON COLUMN claims_past.source_identifier.register IS 'Name of the register.';
COMMENT ON COLUMN claims_past.source_identifier.value IS 'Its id there.';
COMMENT ON COLUMN claims_past.source_identifier.source IS 'The source.';

CREATE VIEW claims_past.source_distinct AS
SELECT x.a, x.b
  FROM claims.source_distinct AS x
 WHERE NOT EXISTS (
       SELECT FROM claims_past.row_changed_later AS r
        WHERE r.source = x.a AND r.list = 'distinct' AND r.key = to_jsonb(x.b))
UNION ALL
SELECT r.source, (r.line #>> '{}')::uuid
  FROM claims_past.row_changed_later AS r WHERE r.list = 'distinct' AND r.was_there;
COMMENT ON VIEW claims_past.source_distinct IS 'Pairs that had been found distinct.';
COMMENT ON COLUMN claims_past.source_distinct.a IS 'The smaller id of the two.';
COMMENT ON COLUMN claims_past.source_distinct.b IS 'The larger id of the two.';

-- Where all pointers ended. Only a source that shares its end with one that was merged or parted
-- later can have ended elsewhere: those ways are walked anew, all others stand as they are. Three
-- views, because one with a WITH is never looked up by index from a join: a list of claims looks up
-- the source of each, and what is walked anew is walked once for all of them.
CREATE VIEW claims_past.pointer_changed_later AS
SELECT DISTINCT ON (d.subject) d.subject AS source, (d.before ->> 'merged_into')::uuid AS target
  FROM claims.decision AS d
 WHERE d.subject_kind = 'source' AND d.no > current_setting('claims.as_of_no')::bigint AND d.before ? 'merged_into'
 ORDER BY d.subject, d.no;
COMMENT ON VIEW claims_past.pointer_changed_later IS 'Sources that were merged or parted later, and where they pointed.';
COMMENT ON COLUMN claims_past.pointer_changed_later.source IS 'The source.';
COMMENT ON COLUMN claims_past.pointer_changed_later.target IS 'What it was merged into; empty if into none.';
CREATE VIEW claims_past.end_moved_later AS
SELECT DISTINCT coalesce(m.root, l.source) AS root
  FROM claims_past.pointer_changed_later AS l LEFT JOIN claims.source_merged AS m ON m.source = l.source;
COMMENT ON VIEW claims_past.end_moved_later IS 'Where those ways end now.';
COMMENT ON COLUMN claims_past.end_moved_later.root IS 'The unmerged source.';
CREATE VIEW claims_past.source_merged_anew AS
WITH RECURSIVE later AS MATERIALIZED (SELECT l.source, l.target FROM claims_past.pointer_changed_later AS l),
moved AS MATERIALIZED (SELECT e.root FROM claims_past.end_moved_later AS e),
pointer AS MATERIALIZED (
    SELECT l.source, l.target FROM later AS l WHERE l.target IS NOT NULL
    UNION ALL
    SELECT s.id, s.merged_into
      FROM claims.source_merged AS m JOIN moved ON moved.root = m.root
      JOIN claims.source AS s ON s.id = m.source
     WHERE m.source NOT IN (SELECT l.source FROM later AS l)),
way AS (
    SELECT source, target FROM pointer
    UNION ALL
    SELECT w.source, p.target FROM way AS w JOIN pointer AS p ON p.source = w.target),
-- A way may lead out of what was moved, to where a way goes on that stands as it is.
anew AS MATERIALIZED (
    SELECT w.source, coalesce(m.root, w.target) AS root
      FROM way AS w
      LEFT JOIN claims.source_merged AS m
             ON m.source = w.target AND m.root NOT IN (SELECT root FROM moved)
     WHERE w.target NOT IN (SELECT p.source FROM pointer AS p))
SELECT a.source, a.root FROM anew AS a;
COMMENT ON VIEW claims_past.source_merged_anew IS 'Where the ways that changed later ended.';
COMMENT ON COLUMN claims_past.source_merged_anew.source IS 'A source that was merged into another.';
COMMENT ON COLUMN claims_past.source_merged_anew.root IS 'The unmerged source that it was shown as.';
CREATE VIEW claims_past.source_merged AS
SELECT u.source, u.root
  FROM (SELECT m.source, m.root, true AS stands FROM claims.source_merged AS m
        UNION ALL
        SELECT a.source, a.root, false FROM claims_past.source_merged_anew AS a) AS u
 WHERE NOT u.stands OR u.root NOT IN (SELECT e.root FROM claims_past.end_moved_later AS e);
COMMENT ON VIEW claims_past.source_merged IS 'For each source that was merged the one that stood for it.';
COMMENT ON COLUMN claims_past.source_merged.source IS 'The merged source.';
COMMENT ON COLUMN claims_past.source_merged.root IS 'The unmerged source that its pointers lead to.';

CREATE VIEW claims_past.source_suggestion AS
SELECT u.a, u.b, u.score, u.reason, u.recorded_at
  FROM claims.source_suggestion AS u WHERE (CASE WHEN u.recorded_at <= (SELECT current_setting('claims.as_of')::timestamptz) THEN true END) IS NOT NULL;
COMMENT ON VIEW claims_past.source_suggestion IS 'Pairs that had been suggested.';
COMMENT ON COLUMN claims_past.source_suggestion.a IS 'The smaller id of the two.';
COMMENT ON COLUMN claims_past.source_suggestion.b IS 'The larger id of the two.';
COMMENT ON COLUMN claims_past.source_suggestion.score IS '0 to 1: how likely they are one.';
COMMENT ON COLUMN claims_past.source_suggestion.reason IS 'What speaks for it and against it.';
COMMENT ON COLUMN claims_past.source_suggestion.recorded_at IS 'When the row was written, by the server''s clock.';

REVOKE EXECUTE ON FUNCTION claims.spans_of(jsonb) FROM PUBLIC;
REVOKE EXECUTE ON FUNCTION claims.hops_of(text, jsonb) FROM PUBLIC;
REVOKE EXECUTE ON FUNCTION claims.days_of(jsonb) FROM PUBLIC;
REVOKE EXECUTE ON FUNCTION claims.derived_id(text[]) FROM PUBLIC;

-- The contract as of then; its views follow, made from the same files.
CREATE SCHEMA claims_v1_past;
COMMENT ON SCHEMA claims_v1_past IS 'The views of claims_v1 over claims_past: what was published at the number and moment that the session sets.';
