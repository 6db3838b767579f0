CREATE OR REPLACE VIEW documents AS
SELECT d.id AS document, s.name AS outlet, d.url, d.external_id, d.title, d.byline, d.published_at,
       d.language, d.shown_status AS status,
       (SELECT count(*) FROM document_version AS v WHERE v.document = d.id) AS versions,
       (d.published_at AT TIME ZONE 'UTC')::date AS published_on, s.id AS outlet_id, d.revision,
       d.published_offset,
       ((d.published_at AT TIME ZONE 'UTC') + make_interval(mins => coalesce(d.published_offset, 0)::integer))::date AS printed_on
  FROM document AS d
  LEFT JOIN source_merged AS o ON o.source = d.outlet
  LEFT JOIN source AS s ON s.id = coalesce(o.root, d.outlet)
 WHERE (d.hidden_until > now()) IS NOT TRUE;
COMMENT ON VIEW documents IS 'A row for each published article, without its text; one under embargo is not in it before its minute.';
COMMENT ON COLUMN documents.document IS 'The document''s id.';
COMMENT ON COLUMN documents.outlet IS 'Name of the outlet that published it; NULL if the article does not say.';
COMMENT ON COLUMN documents.status IS 'usable, corrected or withdrawn, by people or by the kill of its wire.';
COMMENT ON COLUMN documents.versions IS 'How many texts of it were seen.';
COMMENT ON COLUMN documents.published_on IS 'Day of publication (UTC).';
COMMENT ON COLUMN documents.outlet_id IS 'The outlet''s source, after merges.';
COMMENT ON COLUMN documents.published_offset IS 'By how many minutes the clock that the article was published by is ahead of UTC; NULL if it is UTC, or the article does not say.';
COMMENT ON COLUMN documents.printed_on IS 'Day of publication by the article''s own clock, which its readers saw.';
