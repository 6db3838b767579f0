-- Takes the views and functions away that came with this revision, and the indexes; the views from
-- before are made again as they were.
DROP FUNCTION claims_v1.search(text, integer);
DROP FUNCTION claims_v1.timeline(uuid, integer, uuid);
DROP FUNCTION claims_v1.changes_since(text, integer);
DROP FUNCTION claims_v1.chain_text(uuid);
DROP VIEW claims_v1.changes, claims_v1.who_said_what, claims_v1.releases, claims_v1.links,
    claims_v1.outlet_ratings, claims_v1.source_roles, claims_v1.source_names;
DROP VIEW claims_v1.documents, claims_v1.sources, claims_v1.claims, claims_v1.proposals,
    claims_v1.attributions, claims_v1.evidence, claims_v1.decisions;
DROP VIEW claims.source_shown;
ALTER TABLE claims.source DROP COLUMN itself;
DROP INDEX claims.ix_source_name;
DROP INDEX claims.ix_claim_published_search;
DROP INDEX claims.ix_claim_published_day;
DROP INDEX claims.ix_claim_published;
