CREATE OR REPLACE VIEW claims_past.outlet_rating AS
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
