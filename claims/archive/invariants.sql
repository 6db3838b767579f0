-- The invariants of docs/invariants.md, each checked on all rows at once: the first row that breaks it, in words.
-- The functions are those that the triggers use.

-- First, because the next asks a claim's own words at its first hop.
-- name: chains
SELECT 'claim ' || c.id || ': its chain has a gap, or its speaker is not the source at position 1'
  FROM claims.claim AS c
  LEFT JOIN (SELECT a.claim, count(*) AS hops, max(a.position) AS last_hop
               FROM claims.attribution AS a GROUP BY a.claim) AS n ON n.claim = c.id
  LEFT JOIN claims.attribution AS a ON a.claim = c.id AND a.position = 1
 WHERE n.hops IS NULL OR n.hops <> n.last_hop OR a.source IS DISTINCT FROM c.speaker
 LIMIT 1;

-- Each text is unpacked once for all its claims: what is joined is not packed, and OFFSET 0 keeps the
-- planner from putting the packed column in its place. To find a code point PostgreSQL counts from
-- the start of the text, so the words around a claim are cut once, and those of its hops are looked
-- for in these: `right` and `starts_with` count up to the place, `substr` once more to the end. The
-- two spaces in front are for `right`, which takes what is behind nothing for nothing.
-- What is one span, as long as its words, and stands there needs no more; what is in several pieces, or far off,
-- is asked of the functions, which cost more. That words and spans are empty together is a CHECK.
-- Claims and their hops are read in the order of their ids, which is that of an archive and so of the
-- tables: by texts they would be read from everywhere. LIMIT would have the planner do that, as if a
-- row that breaks the law were soon found, so that all are looked for.
-- name: words
SELECT min('claim ' || c.id || ', hop ' || a.position || ': its words are not what stands at its spans')
  FROM (SELECT v.id, '  ' || v.text AS body FROM claims.document_version AS v OFFSET 0) AS v
  JOIN (SELECT c.* FROM claims.claim AS c OFFSET 0) AS c ON c.version = v.id
 CROSS JOIN LATERAL (
       SELECT n.at, left(right(v.body, -n.at - 2), char_length(c.text) + 400) AS near
         FROM (SELECT greatest(lower(c.content_spans) - 200, 0) - 1 AS at OFFSET 0) AS n OFFSET 0) AS w
 CROSS JOIN LATERAL (SELECT a.* FROM claims.attribution AS a WHERE a.claim = c.id OFFSET 0) AS a
 WHERE (a.position > 1
        OR (c.content_spans = int4multirange(int4range(lower(c.content_spans), lower(c.content_spans) + char_length(c.text)))
            AND starts_with(right(w.near, -greatest(lower(c.content_spans) - w.at, 0)), c.text)
            OR claims.spans_fit(right(v.body, -2), c.content_spans) AND claims.words_at(right(v.body, -2), c.content_spans) = c.text)) IS NOT TRUE
    OR (isempty(a.mention_spans) OR a.mention_spans = int4multirange(int4range(lower(a.mention_spans), lower(a.mention_spans) + char_length(a.mention)))
            AND starts_with(right(w.near, -greatest(lower(a.mention_spans) - w.at, 0)), a.mention)
            OR claims.spans_fit(right(v.body, -2), a.mention_spans) AND claims.words_at(right(v.body, -2), a.mention_spans) = a.mention) IS NOT TRUE
    OR (isempty(a.cue_spans) OR a.cue_spans = int4multirange(int4range(lower(a.cue_spans), lower(a.cue_spans) + char_length(a.cue)))
            AND starts_with(right(w.near, -greatest(lower(a.cue_spans) - w.at, 0)), a.cue)
            OR claims.spans_fit(right(v.body, -2), a.cue_spans) AND claims.words_at(right(v.body, -2), a.cue_spans) = a.cue) IS NOT TRUE
    OR (isempty(a.capacity_spans) OR a.capacity_spans = int4multirange(int4range(lower(a.capacity_spans), lower(a.capacity_spans) + char_length(a.capacity)))
            AND starts_with(right(w.near, -greatest(lower(a.capacity_spans) - w.at, 0)), a.capacity)
            OR claims.spans_fit(right(v.body, -2), a.capacity_spans) AND claims.words_at(right(v.body, -2), a.capacity_spans) = a.capacity) IS NOT TRUE
    OR (a.position > 1 OR isempty(c.said_on_spans)
        OR c.revision > 0 AND claims.spans_fit(right(v.body, -2), c.said_on_spans)
        OR c.said_on_spans = int4multirange(int4range(lower(c.said_on_spans), lower(c.said_on_spans) + char_length(c.said_on_text)))
            AND starts_with(right(w.near, -greatest(lower(c.said_on_spans) - w.at, 0)), c.said_on_text)
        OR claims.spans_fit(right(v.body, -2), c.said_on_spans) AND claims.words_at(right(v.body, -2), c.said_on_spans) = c.said_on_text) IS NOT TRUE
    OR (a.position > 1 OR isempty(c.venue_spans)
        OR c.revision > 0 AND claims.spans_fit(right(v.body, -2), c.venue_spans)
        OR c.venue_spans = int4multirange(int4range(lower(c.venue_spans), lower(c.venue_spans) + char_length(c.venue)))
            AND starts_with(right(w.near, -greatest(lower(c.venue_spans) - w.at, 0)), c.venue)
        OR claims.spans_fit(right(v.body, -2), c.venue_spans) AND claims.words_at(right(v.body, -2), c.venue_spans) = c.venue) IS NOT TRUE
HAVING count(*) > 0;

-- name: other_words
SELECT 'claim ' || o.claim || ': the mention of ' || o.program || ' is not what stands at its spans'
  FROM claims.other_proposal AS o
  JOIN claims.claim AS c ON c.id = o.claim
  JOIN claims.document_version AS v ON v.id = c.version
 WHERE claims.spans_fit(v.text, o.mention_spans) IS NOT TRUE
    OR claims.words_at(v.text, o.mention_spans) IS DISTINCT FROM o.mention
 LIMIT 1;

-- name: listed
SELECT min('claim ' || c.id || ': it is listed under another day than it was said or printed on')
  FROM claims.claim AS c
  JOIN claims.document_version AS v ON v.id = c.version
  JOIN claims.document AS d ON d.id = v.document
 WHERE c.listed_on <> coalesce(lower(c.said_on), (d.published_at AT TIME ZONE 'UTC')::date,
                               DATE '0001-01-01')
HAVING count(*) > 0;

-- name: chain_of_digests
SELECT 'decision ' || d.no || ': it does not follow from the one before, or was changed'
  FROM (SELECT d.no, d.prev_digest, d.digest, claims.decision_digest(d) AS made,
               lag(d.digest, 1, decode(repeat('00', 32), 'hex')) OVER (ORDER BY d.no) AS previous,
               row_number() OVER (ORDER BY d.no) AS place
          FROM claims.decision AS d) AS d
 WHERE d.no <> d.place OR d.prev_digest <> d.previous OR d.digest <> d.made
 ORDER BY d.no LIMIT 1;

-- name: decision_missing
SELECT t.kind || ' ' || t.id || ': revision ' || t.revision || ' has no decision in the ledger'
  FROM (SELECT 'claim' AS kind, id, revision FROM claims.claim WHERE revision > 0
        UNION ALL SELECT 'source', id, revision FROM claims.source WHERE revision > 0
        UNION ALL SELECT 'document', id, revision FROM claims.document WHERE revision > 0) AS t
 WHERE (SELECT count(*) FROM claims.decision AS d
         WHERE d.subject_kind = t.kind AND d.subject = t.id AND d.revision <= t.revision)
       <> t.revision
 LIMIT 1;

-- name: effect_missing
SELECT 'decision ' || d.no || ': its ' || d.subject_kind || ' has not reached revision ' || d.revision
  FROM claims.decision AS d
 WHERE d.revision > coalesce(
        CASE d.subject_kind
            WHEN 'claim' THEN (SELECT c.revision FROM claims.claim AS c WHERE c.id = d.subject)
            WHEN 'source' THEN (SELECT s.revision FROM claims.source AS s WHERE s.id = d.subject)
            WHEN 'document' THEN (SELECT o.revision FROM claims.document AS o WHERE o.id = d.subject)
        END, 0)
 LIMIT 1;

-- name: digests
SELECT 'claim ' || c.id || ': it is not what its last decision was made on'
  FROM claims.claim AS c
  JOIN claims.decision AS d ON d.subject_kind = 'claim' AND d.subject = c.id AND d.revision = c.revision
 WHERE jsonb_exists(d.after, 'digest')
   AND claims.claim_digest(claims.state_of('claim', c.id)) IS DISTINCT FROM d.after ->> 'digest'
 LIMIT 1;

-- What belongs to a source or claim that nobody decided on can only be the machine's.
-- name: belongings
SELECT b.what || ' of ' || b.owner || ': nobody decided on it'
  FROM (SELECT 'office' AS what, r.source AS owner FROM claims.source_role AS r
        UNION ALL SELECT 'id', i.source FROM claims.source_identifier AS i
        UNION ALL SELECT 'distinction', x.a FROM claims.source_distinct AS x
        UNION ALL SELECT 'rating', o.outlet FROM claims.outlet_rating AS o) AS b
  JOIN claims.source AS s ON s.id = b.owner
 WHERE s.revision = 0
UNION ALL
SELECT b.what || ' of claim ' || b.owner || ': nobody decided on it'
  FROM (SELECT 'parent' AS what, p.claim AS owner FROM claims.claim_parent AS p
        UNION ALL SELECT 'link', l.a FROM claims.claim_link AS l WHERE l.linked_by IS NOT NULL
        UNION ALL SELECT 'refused link', l.a FROM claims.link_refused AS l
        UNION ALL SELECT 'disputed link', l.a FROM claims.link_disputed AS l) AS b
  JOIN claims.claim AS c ON c.id = b.owner
 WHERE c.revision = 0
 LIMIT 1;

-- name: merges
SELECT 'source ' || s.id || ': its merge is a circle, joins two kinds, or two that were found distinct'
  FROM claims.source AS s
  LEFT JOIN claims.source_merged AS m ON m.source = s.id
  LEFT JOIN claims.source AS r ON r.id = m.root
 WHERE s.merged_into IS NOT NULL
   AND (m.root IS NULL
        OR (r.kind <> s.kind AND NOT (s.kind IN ('organisation', 'outlet')
                                      AND r.kind IN ('organisation', 'outlet'))))
UNION ALL
SELECT 'source ' || d.a || ': it was found not to be ' || d.b || ', and is merged with it'
  FROM claims.source_distinct AS d
  LEFT JOIN claims.source_merged AS a ON a.source = d.a
  LEFT JOIN claims.source_merged AS b ON b.source = d.b
 WHERE coalesce(a.root, d.a) = coalesce(b.root, d.b)
 LIMIT 1;

-- name: ratings
SELECT 'source ' || r.outlet || ': only an outlet is rated'
  FROM claims.outlet_rating AS r JOIN claims.source AS s ON s.id = r.outlet
 WHERE s.kind <> 'outlet'
 LIMIT 1;

-- name: releases
SELECT 'release ' || r.name || ': the ledger has no such decision as it ends with'
  FROM claims.release AS r
 WHERE NOT EXISTS (SELECT FROM claims.decision AS d WHERE d.no = r.no AND d.digest = r.digest)
   AND NOT (r.no = 0 AND r.digest = decode(repeat('00', 32), 'hex'))
 LIMIT 1;

-- name: sightings
SELECT 'sighting ' || s.id || ': its version is of another document'
  FROM claims.sighting AS s JOIN claims.document_version AS v ON v.id = s.version
 WHERE v.document <> s.document
 LIMIT 1;

-- name: anchors
SELECT 'claim ' || a.claim || ': its anchor is in no other version of its document, or outside the text'
  FROM claims.anchor AS a
  JOIN claims.claim AS c ON c.id = a.claim
  JOIN claims.document_version AS v ON v.id = a.version
  JOIN claims.document_version AS stands ON stands.id = c.version
 WHERE a.version = c.version OR v.document <> stands.document
    OR claims.spans_fit(v.text, a.spans) IS NOT TRUE
 LIMIT 1;

-- name: notices
SELECT 'document change ' || c.no || ': it follows a decision that the ledger does not have, or skips a number'
  FROM (SELECT m.no, m.after_no, row_number() OVER (ORDER BY m.no) AS place,
               lag(m.after_no, 1, 0::bigint) OVER (ORDER BY m.no) AS last
          FROM claims.document_change AS m) AS c
 WHERE c.no <> c.place OR c.after_no < c.last
    OR c.after_no > (SELECT coalesce(max(d.no), 0) FROM claims.decision AS d)
 LIMIT 1;

-- name: copies
WITH RECURSIVE way AS (
    SELECT d.id AS document, d.copy_of AS here, 1 AS steps FROM claims.document AS d WHERE d.copy_of <> d.id
    UNION ALL
    SELECT w.document, d.copy_of, w.steps + 1 FROM way AS w JOIN claims.document AS d ON d.id = w.here
     WHERE d.copy_of <> d.id AND w.here <> w.document AND w.steps < 1000)
SELECT 'document ' || w.document || ': it is a copy of itself'
  FROM way AS w WHERE w.here = w.document
 LIMIT 1;
