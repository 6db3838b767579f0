CREATE OR REPLACE VIEW evidence AS
SELECT c.id AS claim, c.version, c.content_spans, c.text AS exact,
       substr(v.text, greatest(lower(c.content_spans) - 64, 0) + 1,
              least(lower(c.content_spans), 64)) AS before,
       substr(v.text, upper(c.content_spans) + 1, 64) AS after,
       v.sha256, v.retrieved_at, c.status, lower(c.content_spans) AS first_character,
       upper(c.content_spans) AS end_character,
       (SELECT jsonb_agg(jsonb_build_array(lower(r), upper(r)) ORDER BY lower(r))
          FROM unnest(c.content_spans) AS r) AS spans,
       v.document, v.number AS version_number, d.shown_status AS document_status,
       -- What an editor has set otherwise is no longer what stands there.
       (SELECT CASE WHEN string_agg(substr(v.text, lower(r) + 1, upper(r) - lower(r)), ' … ' ORDER BY lower(r)) = c.said_on_text
                    THEN jsonb_agg(jsonb_build_array(lower(r), upper(r)) ORDER BY lower(r)) END
          FROM unnest(c.said_on_spans) AS r) AS said_on_spans,
       (SELECT CASE WHEN string_agg(substr(v.text, lower(r) + 1, upper(r) - lower(r)), ' … ' ORDER BY lower(r)) = c.venue
                    THEN jsonb_agg(jsonb_build_array(lower(r), upper(r)) ORDER BY lower(r)) END
          FROM unnest(c.venue_spans) AS r) AS venue_spans,
       (SELECT h.mode FROM attribution AS h WHERE h.claim = c.id AND h.position = 1) AS mode,
       coalesce((SELECT h.mode FROM attribution AS h
                  WHERE h.claim = c.id AND h.position > 1 AND h.mode <> 'says'
                  ORDER BY h.position LIMIT 1), 'says') AS carrier_mode
  FROM claim AS c
  LEFT JOIN document_version AS v ON v.id = c.version
  LEFT JOIN document AS d ON d.id = v.document
 WHERE NOT EXISTS (SELECT FROM embargoed AS h WHERE h.version = c.version)
   AND (c.status IN ('accepted', 'corrected')
        OR NOT EXISTS (SELECT FROM killed AS k WHERE k.version = c.version));
COMMENT ON VIEW evidence IS 'Where each claim stands in the text, with at most 64 characters around it; never the whole article.';
COMMENT ON COLUMN evidence.content_spans IS 'Where the words stand, in code points from 0, half-open; spans says the same.';
COMMENT ON COLUMN evidence.exact IS 'The words that stand there.';
COMMENT ON COLUMN evidence.before IS 'Up to 64 characters before the first span.';
COMMENT ON COLUMN evidence.after IS 'Up to 64 characters after the last span.';
COMMENT ON COLUMN evidence.sha256 IS 'SHA-256 of the whole text in UTF-8.';
COMMENT ON COLUMN evidence.retrieved_at IS 'When the text was read.';
COMMENT ON COLUMN evidence.first_character IS 'Where the first span begins.';
COMMENT ON COLUMN evidence.end_character IS 'Where the last span ends: the first character beyond it.';
COMMENT ON COLUMN evidence.spans IS 'All spans, [[start, end], …]: an interrupted quotation has several.';
COMMENT ON COLUMN evidence.version_number IS '1 for the first text seen of the article, then upward.';
COMMENT ON COLUMN evidence.said_on_spans IS 'Where said_on_text stands, [[start, end], …]; empty if the article does not say when, or an editor says it in other words.';
COMMENT ON COLUMN evidence.venue_spans IS 'Where venue stands, likewise.';
