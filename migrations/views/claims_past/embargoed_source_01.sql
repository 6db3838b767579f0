CREATE OR REPLACE VIEW claims_past.embargoed_source AS
SELECT s.id AS source
  FROM (SELECT a.source FROM claims_past.embargoed AS e
          JOIN claims.claim AS c ON c.version = e.version
          JOIN claims.attribution AS a ON a.claim = c.id
         UNION SELECT o.outlet FROM claims_past.embargoed AS e JOIN claims.document AS o ON o.id = e.document) AS n
  JOIN claims.source AS s ON s.id = n.source
 WHERE s.run IN (SELECT v.run FROM claims_past.embargoed AS e JOIN claims.document_version AS v ON v.id = e.version
                  UNION SELECT c.run FROM claims_past.embargoed AS e JOIN claims.claim AS c ON c.version = e.version)
   -- Counted, not NOT EXISTS: these few are looked up one by one, and no plan reads all that others are named in.
   AND (SELECT count(*) FROM claims.attribution AS a JOIN claims.claim AS c ON c.id = a.claim
         WHERE a.source = s.id AND (SELECT count(*) FROM claims_past.embargoed AS e WHERE e.version = c.version) = 0) = 0
   AND (SELECT count(*) FROM claims.document AS o
         WHERE o.outlet = s.id AND (SELECT count(*) FROM claims_past.embargoed AS e WHERE e.document = o.id) = 0) = 0;
COMMENT ON VIEW claims_past.embargoed_source IS 'Sources that articles under embargo alone name, or alone named then.';
COMMENT ON COLUMN claims_past.embargoed_source.source IS 'A source that only they name.';
