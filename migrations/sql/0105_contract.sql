-- The schemas of the published views. What claims_reader may do there stands in claims/database/rights.sql.

CREATE SCHEMA claims_v1;
COMMENT ON SCHEMA claims_v1 IS 'Published views: names, types and meaning stay; columns are only added, at the end.';
CREATE SCHEMA claims_v1_past;
COMMENT ON SCHEMA claims_v1_past IS 'The views of claims_v1 over claims_past: what was published at the number and moment that the session sets.';
