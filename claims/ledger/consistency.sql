-- What the tables have of subjects that were decided on, in the fields that decisions name. :ids are
-- the subjects asked for. tests/ledger/test_fields.py compares the claim's with ClaimState.

-- name: claim
SELECT c.id, jsonb_build_object(
           'revision', c.revision,
           'status', c.status,
           'content', (SELECT jsonb_agg(jsonb_build_array(lower(r), upper(r)) ORDER BY lower(r))
                         FROM unnest(c.content_spans) AS r),
           'text', c.text,
           'form', c.form,
           'statement', c.statement,
           'said_on', CASE WHEN c.said_on IS NOT NULL
                           THEN jsonb_build_array(lower(c.said_on), upper(c.said_on) - 1) END,
           'said_on_text', c.said_on_text,
           'venue', c.venue,
           'attribution_confidence', c.attribution_confidence,
           'credibility', c.credibility,
           'version', c.version,
           'rule', c.rule,
           'run', c.run,
           'extractor_score', c.extractor_score,
           'chain', (SELECT jsonb_agg(jsonb_build_object(
                              'source', a.source,
                              'mention', (SELECT coalesce(jsonb_agg(jsonb_build_array(lower(r), upper(r)) ORDER BY lower(r)), '[]')
                                            FROM unnest(a.mention_spans) AS r),
                              'cue', (SELECT coalesce(jsonb_agg(jsonb_build_array(lower(r), upper(r)) ORDER BY lower(r)), '[]')
                                        FROM unnest(a.cue_spans) AS r),
                              'capacity', (SELECT coalesce(jsonb_agg(jsonb_build_array(lower(r), upper(r)) ORDER BY lower(r)), '[]')
                                             FROM unnest(a.capacity_spans) AS r),
                              'mode', a.mode,
                              'link_rule', a.link_rule,
                              'link_score', a.link_score,
                              'link_reason', a.link_reason) ORDER BY a.position)
                       FROM claims.attribution AS a WHERE a.claim = c.id),
           'links', (SELECT coalesce(jsonb_agg(jsonb_build_object('b', l.b, 'kind', l.kind)), '[]')
                       FROM claims.claim_link AS l WHERE l.a = c.id AND l.linked_by IS NOT NULL),
           'refused_links', (SELECT coalesce(jsonb_agg(jsonb_build_object('b', l.b, 'kind', l.kind)), '[]')
                               FROM claims.link_refused AS l WHERE l.a = c.id),
           'disputed_links', (SELECT coalesce(jsonb_agg(l.b), '[]') FROM claims.link_disputed AS l WHERE l.a = c.id),
           'parents', (SELECT coalesce(jsonb_agg(p.parent), '[]')
                         FROM claims.claim_parent AS p WHERE p.claim = c.id)) AS fields
  FROM claims.claim AS c WHERE c.id = ANY (:ids);

-- name: source
SELECT s.id, jsonb_build_object(
           'revision', s.revision,
           'kind', s.kind,
           'name', s.name,
           'description', s.description,
           'wikidata', s.wikidata,
           'country', s.country,
           'homepage', s.homepage,
           'merged_into', s.merged_into,
           'names', (SELECT coalesce(jsonb_agg(jsonb_build_object(
                              'name', n.name, 'kind', n.kind, 'language', n.language)), '[]')
                       FROM claims.source_name AS n WHERE n.source = s.id),
           'roles', (SELECT coalesce(jsonb_agg(jsonb_build_object(
                              'title', r.title,
                              'organisation', r.organisation,
                              'first', lower(r.valid),
                              'last', upper(r.valid) - 1,
                              'evidence', r.evidence,
                              'version', r.evidence_version,
                              'spans', (SELECT coalesce(jsonb_agg(jsonb_build_array(lower(e), upper(e)) ORDER BY lower(e)), '[]')
                                          FROM unnest(r.evidence_spans) AS e))), '[]')
                       FROM claims.source_role AS r WHERE r.source = s.id),
           'ratings', (SELECT coalesce(jsonb_agg(jsonb_build_object(
                                'rating', o.rating, 'rated_on', o.rated_on,
                                'rated_by', o.rated_by, 'why', o.why)), '[]')
                         FROM claims.outlet_rating AS o WHERE o.outlet = s.id),
           'identifiers', (SELECT coalesce(jsonb_agg(jsonb_build_object(
                                    'register', i.register, 'value', i.value)), '[]')
                             FROM claims.source_identifier AS i WHERE i.source = s.id),
           'distinct', (SELECT coalesce(jsonb_agg(d.b), '[]')
                          FROM claims.source_distinct AS d WHERE d.a = s.id)) AS fields
  FROM claims.source AS s WHERE s.id = ANY (:ids);

-- name: document
SELECT d.id, jsonb_build_object(
           'revision', d.revision,
           'outlet', d.outlet,
           'url', d.url,
           'external_id', d.external_id,
           'title', d.title,
           'byline', d.byline,
           'published_at', d.published_at,
           'published_offset', d.published_offset,
           'language', d.language,
           'status', d.status,
           'kill_lifted', d.kill_lifted,
           'embargo_lifted', d.embargo_lifted,
           'settled_notices', to_jsonb(d.settled_notices),
           'copy_of', d.copy_of,
           'origin', d.origin) AS fields
  FROM claims.document AS d WHERE d.id = ANY (:ids);

-- name: undecided
-- What only a decision could have put there, and there is none on its subject.
SELECT 'claim' AS kind, c.id, 'revision' AS field, c.revision::text AS stored
  FROM claims.claim AS c
 WHERE c.revision > 0 AND NOT EXISTS (SELECT FROM claims.decision AS d WHERE d.subject_kind = 'claim' AND d.subject = c.id)
UNION ALL
SELECT 'source', s.id, 'revision', s.revision::text FROM claims.source AS s
 WHERE s.revision > 0 AND NOT EXISTS (SELECT FROM claims.decision AS d WHERE d.subject_kind = 'source' AND d.subject = s.id)
UNION ALL
SELECT 'document', m.id, 'revision', m.revision::text FROM claims.document AS m
 WHERE m.revision > 0 AND NOT EXISTS (SELECT FROM claims.decision AS d WHERE d.subject_kind = 'document' AND d.subject = m.id)
UNION ALL
SELECT 'source', s.id, r.field, r.stored
  FROM (SELECT source, 'roles' AS field, title AS stored FROM claims.source_role
        UNION ALL SELECT outlet, 'ratings', rating FROM claims.outlet_rating
        UNION ALL SELECT source, 'identifiers', value FROM claims.source_identifier
        UNION ALL SELECT n.source, 'names', n.name
                    FROM claims.source_name AS n JOIN claims.source AS s ON s.id = n.source
                   WHERE (n.kind, n.name) IS DISTINCT FROM ('canonical', s.name)
                     AND NOT (s.kind = 'outlet' AND n.kind = 'alias'
                              AND EXISTS (SELECT FROM unnest(CAST(:shown AS text[]), CAST(:given AS text[])) AS g(shown, given)
                                           WHERE (g.shown, g.given) = (s.name, n.name)))
        UNION ALL SELECT s.id, f.field, f.stored FROM claims.source AS s
                   CROSS JOIN LATERAL (VALUES ('description', s.description), ('wikidata', s.wikidata),
                                              ('country', s.country), ('homepage', s.homepage)) AS f(field, stored)
                   WHERE f.stored IS NOT NULL
        UNION ALL SELECT a, 'distinct', b::text FROM claims.source_distinct) AS r
  JOIN claims.source AS s ON s.id = r.source AND s.revision = 0
UNION ALL
SELECT 'claim', c.id, l.field, l.stored
  FROM (SELECT a AS claim, 'links' AS field, b::text AS stored FROM claims.claim_link WHERE linked_by IS NOT NULL
        UNION ALL SELECT a, 'refused_links', b::text FROM claims.link_refused
        UNION ALL SELECT a, 'disputed_links', b::text FROM claims.link_disputed
        UNION ALL SELECT claim, 'parents', parent::text FROM claims.claim_parent) AS l
  JOIN claims.claim AS c ON c.id = l.claim AND c.revision = 0
 ORDER BY 1, 2, 3, 4;

-- name: merged
-- Under which source a merged one is shown, and where its pointers end.
WITH RECURSIVE way AS (
    SELECT s.id AS source, s.merged_into AS here, 1 AS steps FROM claims.source AS s WHERE s.merged_into IS NOT NULL
    UNION ALL
    SELECT w.source, s.merged_into, w.steps + 1 FROM way AS w JOIN claims.source AS s ON s.id = w.here
     WHERE s.merged_into IS NOT NULL AND w.steps < 1000
), ends AS (
    SELECT DISTINCT ON (source) source, here AS root FROM way ORDER BY source, steps DESC
)
SELECT coalesce(e.source, m.source) AS source, m.root AS stored, e.root AS decided
  FROM ends AS e FULL JOIN claims.source_merged AS m ON m.source = e.source
 WHERE m.root IS DISTINCT FROM e.root
 ORDER BY 1;

-- name: digests
-- Claims that are not what their last decision was made on. A ledger that was begun before decisions named a
-- digest has none in its older rows: of those claims only the fields that decisions name can be compared.
SELECT c.id, claims.claim_digest(claims.state_of('claim', c.id)) AS stored, d.after ->> 'digest' AS decided
  FROM claims.claim AS c
  JOIN claims.decision AS d ON d.subject_kind = 'claim' AND d.subject = c.id AND d.revision = c.revision
 WHERE jsonb_exists(d.after, 'digest')
   AND claims.claim_digest(claims.state_of('claim', c.id)) IS DISTINCT FROM d.after ->> 'digest'
 ORDER BY c.id;

-- name: without_digest
SELECT count(*)
  FROM claims.claim AS c
  JOIN claims.decision AS d ON d.subject_kind = 'claim' AND d.subject = c.id AND d.revision = c.revision
 WHERE NOT jsonb_exists(d.after, 'digest');

-- name: digested
-- What the digests of claims are of, for verifiers that have no database.
SELECT c.id::text, claims.digested(claims.state_of('claim', c.id))::text
  FROM claims.claim AS c
  JOIN claims.decision AS d ON d.subject_kind = 'claim' AND d.subject = c.id AND d.revision = c.revision
 WHERE jsonb_exists(d.after, 'digest')
 ORDER BY c.id;
