CREATE OR REPLACE VIEW proposals AS
SELECT c.id AS claim, s.name AS speaker, s.kind AS speaker_kind, s.id AS speaker_id,
       (SELECT h.capacity FROM attribution AS h WHERE h.claim = c.id AND h.position = 1
       ) AS capacity,
       (SELECT h.mode FROM attribution AS h WHERE h.claim = c.id AND h.position = 1) AS mode,
       c.form, c.text AS content, c.statement, c.said_on, c.said_on_text, c.venue,
       o.name AS outlet, d.title, d.url, d.published_at, d.shown_status AS document_status,
       v.document, c.version, c.extractor_score, c.attribution_confidence, c.credibility,
       c.status, c.revision,
       CASE WHEN isfinite(lower(c.said_on)) THEN lower(c.said_on) END AS said_from,
       CASE WHEN isfinite(upper(c.said_on)) THEN upper(c.said_on) - 1 END AS said_to,
       nullif(c.listed_on, DATE '0001-01-01') AS day,
       (SELECT string_agg(held.office, '; ' ORDER BY held.since DESC NULLS LAST, held.office)
          FROM (SELECT concat_ws(', ', r.title, e.name) AS office, max(lower(r.valid)) AS since
                  FROM (SELECT s.id AS source
                         UNION ALL
                        SELECT m.source FROM source_merged AS m WHERE m.root = s.id) AS one
                  JOIN source_role AS r ON r.source = one.source
                  LEFT JOIN source_merged AS n ON n.source = r.organisation
                  LEFT JOIN source AS e ON e.id = coalesce(n.root, r.organisation)
                 WHERE r.valid @> c.listed_on AND c.listed_on > DATE '0001-01-01'
                 GROUP BY 1) AS held) AS office,
       -- Of several people who rated it on one day the most cautious is taken.
       (SELECT r.rating
          FROM (SELECT o.id AS source
                 UNION ALL SELECT m.source FROM source_merged AS m WHERE m.root = o.id) AS one
          JOIN outlet_rating AS r ON r.outlet = one.source
         WHERE r.rated_on <= (d.published_at AT TIME ZONE 'UTC')::date
         ORDER BY r.rated_on DESC, r.rating = 'F', r.rating DESC LIMIT 1) AS outlet_rating,
       o.id AS outlet_id,
       coalesce((SELECT h.mode FROM attribution AS h
                  WHERE h.claim = c.id AND h.position > 1 AND h.mode <> 'says'
                  ORDER BY h.position LIMIT 1), 'says') AS carrier_mode,
       c.class, c.name_score, c.suggested_name, c.hearer
  FROM claim AS c
  LEFT JOIN document_version AS v ON v.id = c.version
  LEFT JOIN document AS d ON d.id = v.document
  LEFT JOIN source_shown AS p ON p.source = c.speaker
  LEFT JOIN source AS s ON s.id = p.root
  LEFT JOIN source_merged AS q ON q.source = d.outlet
  LEFT JOIN source AS o ON o.id = coalesce(q.root, d.outlet)
 WHERE c.status IN ('proposed', 'later', 'second_reading', 'disputed')
   AND NOT EXISTS (SELECT FROM embargoed AS h WHERE h.version = c.version)
   AND NOT EXISTS (SELECT FROM killed AS k WHERE k.version = c.version);
COMMENT ON VIEW proposals IS 'A row for each claim that the machine proposes and nobody has settled; it may change or go. None of an article that its wire has killed.';
