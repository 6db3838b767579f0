CREATE OR REPLACE VIEW claims_v1.documents AS
SELECT d.id AS document, s.name AS outlet, d.url, d.external_id, d.title, d.byline, d.published_at,
       d.language, d.status,
       (SELECT count(*) FROM claims.document_version AS v WHERE v.document = d.id) AS versions,
       (d.published_at AT TIME ZONE 'UTC')::date AS published_on, s.id AS outlet_id, d.revision
  FROM claims.document AS d
  LEFT JOIN claims.source_merged AS o ON o.source = d.outlet
  LEFT JOIN claims.source AS s ON s.id = coalesce(o.root, d.outlet);
COMMENT ON VIEW claims_v1.documents IS 'A row for each published article, without its text.';
COMMENT ON COLUMN claims_v1.documents.document IS 'The document''s id.';
COMMENT ON COLUMN claims_v1.documents.outlet IS 'Name of the outlet that published it; NULL where the article does not say.';
COMMENT ON COLUMN claims_v1.documents.url IS 'Canonical address.';
COMMENT ON COLUMN claims_v1.documents.external_id IS 'The feed''s own id.';
COMMENT ON COLUMN claims_v1.documents.title IS 'Headline as printed.';
COMMENT ON COLUMN claims_v1.documents.byline IS 'Author line as printed.';
COMMENT ON COLUMN claims_v1.documents.published_at IS 'When it was published; midnight UTC where only the day is known.';
COMMENT ON COLUMN claims_v1.documents.language IS 'BCP 47 tag of the text''s language.';
COMMENT ON COLUMN claims_v1.documents.status IS 'usable, corrected or withdrawn.';
COMMENT ON COLUMN claims_v1.documents.versions IS 'How many texts of it were seen.';
COMMENT ON COLUMN claims_v1.documents.published_on IS 'Day of publication (UTC).';
COMMENT ON COLUMN claims_v1.documents.outlet_id IS 'The outlet''s source, after merges.';
COMMENT ON COLUMN claims_v1.documents.revision IS '0 as the machine made it; each decision moves it by one.';
