CREATE OR REPLACE VIEW claims_v1.outlet_ratings AS
SELECT r.outlet AS source, coalesce(m.root, r.outlet) AS shown_as, o.name AS outlet, r.rating,
       r.rated_on, p.name AS rated_by, r.why
  FROM claims.outlet_rating AS r
  JOIN claims.reviewer AS p ON p.id = r.rated_by
  LEFT JOIN claims.source_merged AS m ON m.source = r.outlet
  LEFT JOIN claims.source AS o ON o.id = coalesce(m.root, r.outlet);
COMMENT ON VIEW claims_v1.outlet_ratings IS 'A row for each time somebody rated an outlet; a rating holds until the next.';
COMMENT ON COLUMN claims_v1.outlet_ratings.source IS 'The source that was rated.';
COMMENT ON COLUMN claims_v1.outlet_ratings.shown_as IS 'The source it is shown as, after merges.';
COMMENT ON COLUMN claims_v1.outlet_ratings.outlet IS 'The outlet''s name, after merges.';
COMMENT ON COLUMN claims_v1.outlet_ratings.rating IS 'A (reliable) to E (unreliable); F cannot be judged, which is not the worst.';
COMMENT ON COLUMN claims_v1.outlet_ratings.rated_on IS 'The day from which it holds.';
COMMENT ON COLUMN claims_v1.outlet_ratings.rated_by IS 'Who rated it.';
COMMENT ON COLUMN claims_v1.outlet_ratings.why IS 'The reasons given.';
