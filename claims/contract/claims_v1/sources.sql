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
