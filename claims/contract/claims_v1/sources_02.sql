CREATE OR REPLACE VIEW sources AS
SELECT s.id AS source, s.kind, s.name, s.description, s.wikidata, s.country, s.homepage,
       s.merged_into, s.revision, coalesce(m.root, s.id) AS shown_as
  FROM source AS s
  LEFT JOIN source_merged AS m ON m.source = s.id
 WHERE NOT EXISTS (SELECT FROM embargoed_source AS h WHERE h.source = s.id);
COMMENT ON VIEW sources IS 'A row for each person, organisation, outlet or group; merged ones point to what they were merged into. One that only an article under embargo names is not in it before that has ended.';
COMMENT ON COLUMN sources.source IS 'The source''s id.';
COMMENT ON COLUMN sources.merged_into IS 'The source it was merged into, if any; that one may be merged in turn.';
COMMENT ON COLUMN sources.shown_as IS 'The source at the end of the pointers, that all others are shown as; itself if it is not merged.';
