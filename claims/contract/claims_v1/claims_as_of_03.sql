CREATE OR REPLACE FUNCTION claims_v1.claims_as_of(as_of timestamptz) RETURNS SETOF claims_v1.claims
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    SET jit = off AS $$
DECLARE
    moment_before text := coalesce(current_setting('claims.as_of', true), '');
    number_before text := coalesce(current_setting('claims.as_of_no', true), '');
BEGIN
    -- The settings that schema claims_past reads. Put back at the end, not by SET above: that would take a
    -- superuser to make the function.
    PERFORM set_config('claims.as_of', as_of::text, true),
            set_config('claims.as_of_no', coalesce(
                (SELECT d.no FROM claims.decision AS d WHERE d.at <= as_of ORDER BY d.at DESC LIMIT 1),
                0)::text, true);
    -- As claims_v1_past.claims says it, but offices and ratings of all claims at once: looked up one by
    -- one, as for a page, they would be walked back through the ledger for every claim anew.
    RETURN QUERY
    WITH published AS MATERIALIZED (
        SELECT p.claim, p.speaker, p.speaker_kind, p.speaker_id, p.capacity, p.mode, p.form, p.content,
               p.statement, p.said_on, p.said_on_text, p.venue, p.outlet, p.title, p.url,
               p.published_at, p.document_status, p.document, p.version, p.extractor_score,
               p.attribution_confidence, p.credibility, p.status, p.revision, p.said_from,
               p.said_to, p.day, p.outlet_id, p.carrier_mode, p.class, p.name_score, p.suggested_name,
               p.hearer
          FROM claims_v1_past.claims AS p),
    role AS MATERIALIZED (
        SELECT o.root, concat_ws(', ', r.title, e.name) AS office, r.valid
          FROM claims_past.source_role AS r
          JOIN claims_past.source_shown AS o ON o.source = r.source
          LEFT JOIN claims_past.source_shown AS n ON n.source = r.organisation
          LEFT JOIN claims_past.source AS e ON e.id = n.root),
    held AS (
        SELECT t.claim, string_agg(t.office, '; ' ORDER BY t.since DESC NULLS LAST, t.office) AS office
          FROM (SELECT p.claim, r.office, max(lower(r.valid)) AS since
                  FROM published AS p JOIN role AS r ON r.root = p.speaker_id AND r.valid @> p.day
                 GROUP BY p.claim, r.office) AS t
         GROUP BY t.claim),
    rated AS MATERIALIZED (
        SELECT o.root, r.rated_on, r.rating
          FROM claims_past.outlet_rating AS r JOIN claims_past.source_shown AS o ON o.source = r.outlet),
    rating AS (
        SELECT DISTINCT ON (p.claim) p.claim, r.rating
          FROM published AS p
          JOIN rated AS r ON r.root = p.outlet_id
                         AND r.rated_on <= (p.published_at AT TIME ZONE 'UTC')::date
         ORDER BY p.claim, r.rated_on DESC, r.rating = 'F', r.rating DESC)
    SELECT c.claim, c.speaker, c.speaker_kind, c.speaker_id, c.capacity, c.mode, c.form, c.content,
           c.statement, c.said_on, c.said_on_text, c.venue, c.outlet, c.title, c.url,
           c.published_at, c.document_status, c.document, c.version, c.extractor_score,
           c.attribution_confidence, c.credibility, c.status, c.revision, c.said_from, c.said_to,
           c.day, h.office, g.rating, c.outlet_id, c.carrier_mode, c.class, c.name_score,
           c.suggested_name, c.hearer
      FROM published AS c
      LEFT JOIN held AS h ON h.claim = c.claim
      LEFT JOIN rating AS g ON g.claim = c.claim;
    PERFORM set_config('claims.as_of', moment_before, true),
            set_config('claims.as_of_no', number_before, true);
END $$;
COMMENT ON FUNCTION claims_v1.claims_as_of(timestamptz) IS 'claims_v1.claims as it was at a moment: which claims were published, what was said of them, of their sources and articles. Reads all; of one claim the other form is quick.';

CREATE OR REPLACE FUNCTION claims_v1.claims_as_of(as_of timestamptz, claim uuid) RETURNS SETOF claims_v1.claims
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 1 SET search_path = pg_catalog, pg_temp
    SET jit = off
    -- Planning takes five times as long as looking one claim up; it is planned once a session.
    SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    moment_before text := coalesce(current_setting('claims.as_of', true), '');
    number_before text := coalesce(current_setting('claims.as_of_no', true), '');
BEGIN
    PERFORM set_config('claims.as_of', as_of::text, true),
            set_config('claims.as_of_no', coalesce(
                (SELECT d.no FROM claims.decision AS d WHERE d.at <= as_of ORDER BY d.at DESC LIMIT 1),
                0)::text, true);
    RETURN QUERY SELECT c.* FROM claims_v1_past.claims AS c WHERE c.claim = claims_as_of.claim;
    PERFORM set_config('claims.as_of', moment_before, true),
            set_config('claims.as_of_no', number_before, true);
END $$;
COMMENT ON FUNCTION claims_v1.claims_as_of(timestamptz, uuid) IS 'One claim as it was published at a moment; no row if it was not.';
