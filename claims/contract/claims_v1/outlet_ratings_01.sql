CREATE OR REPLACE VIEW outlet_ratings AS
SELECT r.outlet AS source, coalesce(m.root, r.outlet) AS shown_as, o.name AS outlet, r.rating,
       r.rated_on, p.name AS rated_by, r.why
  FROM outlet_rating AS r
  JOIN reviewer AS p ON p.id = r.rated_by
  LEFT JOIN source_merged AS m ON m.source = r.outlet
  LEFT JOIN source AS o ON o.id = coalesce(m.root, r.outlet);
COMMENT ON VIEW outlet_ratings IS 'A row for each time somebody rated an outlet; a rating holds until the next.';
COMMENT ON COLUMN outlet_ratings.source IS 'The source that was rated.';
COMMENT ON COLUMN outlet_ratings.outlet IS 'The outlet''s name, after merges.';
