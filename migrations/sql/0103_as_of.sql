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

CREATE SCHEMA claims_past;
COMMENT ON SCHEMA claims_past IS 'The relations of schema claims as they were at decision number claims.as_of_no and moment claims.as_of, which the session sets.';

