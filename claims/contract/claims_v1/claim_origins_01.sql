CREATE OR REPLACE VIEW claim_origins AS
SELECT c.id AS claim, v.document, coalesce(k.name, o.origin) AS origin, coalesce(k.rule, o.rule) AS rule,
       coalesce(k.reason, o.reason) AS reason, coalesce(o.original, v.document) AS original,
       coalesce(o.original_status, d.shown_status) AS original_status, coalesce(o.order_known, true) AS order_known,
       CASE WHEN k.id IS NULL THEN o.origin_id ELSE k.id END AS origin_id,
       coalesce(k.id::text, o.origin_key, c.id::text) AS origin_key
  FROM claim AS c
  LEFT JOIN document_version AS v ON v.id = c.version
  LEFT JOIN document AS d ON d.id = v.document
  LEFT JOIN origins AS o ON o.document = v.document
  LEFT JOIN source_shown AS p ON p.source = d.outlet
  LEFT JOIN LATERAL (
       SELECT s.id, s.name, 'chain' AS rule,
              CASE WHEN s.id = p.root AND n.outlets > 1 THEN 'Its outlet cites others, who cite it: one origin.'
                   ELSE 'Its chain names it.' END AS reason
         FROM (SELECT a.source, a.position, count(*) OVER () AS outlets
                 FROM attribution AS a
                 JOIN source_shown AS h ON h.source = a.source
                 JOIN source AS r ON r.id = h.root
                WHERE a.claim = c.id AND r.kind = 'outlet') AS n
         JOIN source_shown AS m ON m.source = n.source
         JOIN source AS s ON s.id = m.root
        ORDER BY n.position LIMIT 1) AS k ON d.origin IS NULL
 WHERE c.status IN ('accepted', 'corrected')
   AND NOT EXISTS (SELECT FROM embargoed AS h WHERE h.version = c.version);
COMMENT ON VIEW claim_origins IS 'A row for each published claim and each of its origins: who heard it first, as far as it says. That is the outlet of its chain that stands nearest to the speaker, else the origin of its article.';
COMMENT ON COLUMN claim_origins.claim IS 'The claim that was heard.';
COMMENT ON COLUMN claim_origins.document IS 'Its article.';
COMMENT ON COLUMN claim_origins.rule IS 'settled (by a person, of the article), chain, or as origins has it.';
