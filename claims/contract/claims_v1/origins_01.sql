CREATE OR REPLACE VIEW origins AS
SELECT g.document, g.original,
       CASE g.rule WHEN 'settled' THEN z.name WHEN 'earliest' THEN g.outlet WHEN 'own' THEN g.outlet
            ELSE coalesce(y.name, g.credit) END AS origin,
       g.rule,
       CASE g.rule
           WHEN 'settled' THEN 'A person says so.'
           WHEN 'field' THEN 'The fields of its publisher name it'
           WHEN 'credit-line' THEN 'Its credit line names it'
           WHEN 'byline' THEN 'Its byline names it'
           WHEN 'earliest' THEN CASE WHEN g.order_known THEN 'The earliest article with this text is its.'
                                     ELSE 'An article with this text is its; order unknown.' END
           ELSE 'Nothing names another origin.' END
       || CASE WHEN g.rule IN ('field', 'credit-line', 'byline')
               THEN format(': “%s”', g.credit_words)
                    || CASE WHEN g.credited <> g.document THEN ', in another article with this text.' ELSE '.' END
               ELSE '' END AS reason,
       g.order_known, g.original_status,
       CASE g.rule WHEN 'settled' THEN z.id WHEN 'earliest' THEN g.outlet_id WHEN 'own' THEN g.outlet_id
            ELSE y.id END AS origin_id,
       coalesce(CASE g.rule WHEN 'settled' THEN z.id WHEN 'earliest' THEN g.outlet_id WHEN 'own' THEN g.outlet_id
                            ELSE y.id END::text, lower(g.credit), g.original::text) AS origin_key
  FROM (SELECT d.id AS document, o.id AS original, q.name AS outlet, q.id AS outlet_id,
               coalesce(d.origin, o.origin) AS settled, k.credit, k.credit_words, k.document AS credited,
               CASE WHEN coalesce(d.origin, o.origin) IS NOT NULL THEN 'settled'
                    WHEN k.credit IS NOT NULL THEN k.credit_rule
                    WHEN c.original IS NOT NULL THEN 'earliest' ELSE 'own' END AS rule,
               coalesce(c.order_known, true) AS order_known, o.shown_status AS original_status
          FROM document AS d
          LEFT JOIN copies AS c ON c.document = d.id
          JOIN document AS o ON o.id = coalesce(c.original, d.id)
          LEFT JOIN source_shown AS op ON op.source = o.outlet
          LEFT JOIN source AS q ON q.id = op.root
          LEFT JOIN document_text AS t ON t.document = o.id
          -- One text has one origin: that which is named first, here or in another article with it.
          LEFT JOIN LATERAL (
               SELECT m.* FROM (
                       (SELECT n.document, n.credit, n.credit_rule, n.credit_words, n.place FROM document_text AS n
                         WHERE n.text = t.text AND n.credit IS NOT NULL
                           AND NOT EXISTS (SELECT FROM embargoed AS h WHERE h.document = n.document)
                         ORDER BY n.place LIMIT 1)
                       UNION ALL
                       (SELECT n.document, n.credit, n.credit_rule, n.credit_words, n.place FROM copy AS e
                          JOIN document_text AS n ON n.text = e.text AND n.credit IS NOT NULL
                         WHERE e.original = t.text AND e.kind IN ('copy', 'cut')
                           AND NOT EXISTS (SELECT FROM embargoed AS h WHERE h.document = n.document)
                         ORDER BY n.place LIMIT 1)) AS m
                ORDER BY array_position('{field,credit-line,byline}', m.credit_rule), m.place LIMIT 1) AS k ON true
         WHERE (d.hidden_until > now()) IS NOT TRUE) AS g
  LEFT JOIN source_shown AS zs ON zs.source = g.settled
  LEFT JOIN source AS z ON z.id = zs.root
  LEFT JOIN LATERAL (
       SELECT b.root AS id FROM source AS a JOIN source_shown AS b ON b.source = a.id
        WHERE a.name = g.credit AND a.kind IN ('outlet', 'organisation')
        ORDER BY a.kind DESC, a.id LIMIT 1) AS ys ON true
  LEFT JOIN source AS y ON y.id = ys.id;
COMMENT ON VIEW origins IS 'A row for each published article and each origin of its text: whom it comes from, by the first rule that says so. An article that is merged from several has several. Articles with one text have one origin.';
COMMENT ON COLUMN origins.document IS 'The article.';
COMMENT ON COLUMN origins.original IS 'The earliest article with its text; itself if it is a copy of none.';
COMMENT ON COLUMN origins.origin IS 'Name of whom the text comes from; NULL if nobody is named, not even its outlet.';
COMMENT ON COLUMN origins.rule IS 'The first of these that holds: settled (by a person), field (of the publisher), credit-line, byline, earliest (the outlet of the original), own (the article''s outlet).';
COMMENT ON COLUMN origins.reason IS 'What the rule rests on, in words.';
COMMENT ON COLUMN origins.order_known IS 'Whether dates say that the original is the earlier one.';
COMMENT ON COLUMN origins.original_status IS 'usable, corrected or withdrawn: what comes from a withdrawn article rests on it.';
COMMENT ON COLUMN origins.origin_id IS 'The origin''s source, after merges; NULL if there is none of that name.';
COMMENT ON COLUMN origins.origin_key IS 'What tells origins apart: to count them, count the distinct keys.';
