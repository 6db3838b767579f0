-- Takes the past away; nothing is lost with it, because it keeps nothing.
DROP SCHEMA claims_v1_past CASCADE;
DROP SCHEMA claims_past CASCADE;
DROP FUNCTION claims.derived_id(text[]);
DROP FUNCTION claims.hops_of(text, jsonb);
DROP FUNCTION claims.days_of(jsonb);
DROP FUNCTION claims.spans_of(jsonb);
DROP INDEX claims.ix_decision_links;
DROP INDEX claims.ix_decision_chains;
DROP INDEX claims.ix_decision_on_sources;
