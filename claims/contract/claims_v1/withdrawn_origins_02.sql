CREATE OR REPLACE VIEW withdrawn_origins AS
SELECT c.id AS claim, k.how, k.origin, d.id AS origin_document, d.url AS origin_url, q.root AS carrier_id
  FROM document AS d
  JOIN document_version AS v ON v.document = d.id
  JOIN claim AS o ON o.version = v.id
 CROSS JOIN LATERAL (
       SELECT 'same_words' AS how, o.id AS origin, n.id AS claim FROM claim AS n
        WHERE char_length(o.text) >= 30 AND char_length(n.text) >= 30
          AND hashtextextended(regexp_replace(lower(n.text), '[^[:alnum:]]+', ' ', 'g'), 0)
            = hashtextextended(regexp_replace(lower(o.text), '[^[:alnum:]]+', ' ', 'g'), 0)
          AND regexp_replace(lower(n.text), '[^[:alnum:]]+', ' ', 'g')
            = regexp_replace(lower(o.text), '[^[:alnum:]]+', ' ', 'g')
        UNION
       SELECT l.kind, o.id, CASE WHEN l.a = o.id THEN l.b ELSE l.a END FROM claim_link AS l
        WHERE o.id IN (l.a, l.b) AND l.kind IN ('same_words', 'same_content')) AS k
  JOIN claim AS c ON c.id = k.claim AND c.status IN ('accepted', 'corrected')
  JOIN document_version AS w ON w.id = c.version AND w.document <> d.id
  JOIN source_shown AS q ON q.source = d.outlet
 WHERE d.shown_status = 'withdrawn'
   AND EXISTS (SELECT FROM attribution AS a JOIN source_shown AS p ON p.source = a.source
                WHERE a.claim = c.id AND p.root = q.root)
   AND NOT EXISTS (SELECT FROM embargoed AS h WHERE h.version = c.version)
   AND NOT EXISTS (SELECT FROM embargoed AS h WHERE h.version = o.version);
COMMENT ON VIEW withdrawn_origins IS 'A row for each published claim that came through an article which is withdrawn: its chain names that article''s outlet, and the words are the same there. The claim itself is not withdrawn.';
COMMENT ON COLUMN withdrawn_origins.how IS 'Why they are taken for the same: same_words printed, or linked as same_words or same_content.';
COMMENT ON COLUMN withdrawn_origins.origin IS 'The claim of the withdrawn article.';
COMMENT ON COLUMN withdrawn_origins.origin_document IS 'The withdrawn article.';
COMMENT ON COLUMN withdrawn_origins.origin_url IS 'Its canonical address.';
COMMENT ON COLUMN withdrawn_origins.carrier_id IS 'Its outlet, which the claim''s chain names, after merges.';
