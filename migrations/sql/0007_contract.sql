-- What the published views need to be quick at a million claims (bench/contract.py). Those of
-- claims hold published ones alone, so that proposals cost them nothing.

-- claims_v1.timeline: a speaker's page, the next one by key.
CREATE INDEX ix_claim_published ON claims.claim (speaker, listed_on DESC, id DESC) WHERE status IN ('accepted', 'corrected');

-- The day as the views say it: of one month, of one speaker and month.
CREATE INDEX ix_claim_published_day ON claims.claim (nullif(listed_on, DATE '0001-01-01'), speaker) WHERE status IN ('accepted', 'corrected');

-- claims_v1.search.
CREATE INDEX ix_claim_published_search ON claims.claim USING gin (search) WHERE status IN ('accepted', 'corrected');

-- People filter by the name they see.
CREATE INDEX ix_source_name ON claims.source (name);

-- From a speaker's name back to the claims, over merges, by index: the views read sources and merges as
-- one list (source, where it ends), and of two columns that are one and the same the planner looks up
-- only one. So where an unmerged source ends, which is itself, is a column of its own.
ALTER TABLE claims.source ADD COLUMN itself UUID GENERATED ALWAYS AS (id) STORED NOT NULL;
COMMENT ON COLUMN claims.source.itself IS 'The id once more, so that the planner tells a source from where it ends when it walks back from a name to claims; kept by the database.';
CREATE INDEX ix_source_itself ON claims.source (itself) WHERE merged_into IS NULL;
CREATE VIEW claims.source_shown AS
SELECT u.source, u.root
  FROM (SELECT n.id AS source, n.itself AS root, n.merged_into AS beyond FROM claims.source AS n
         UNION ALL
        SELECT m.source, m.root, NULL FROM claims.source_merged AS m) AS u
 WHERE u.beyond IS NULL;
COMMENT ON VIEW claims.source_shown IS 'For each source the one it is shown as: where its pointers end, itself where it is not merged. Its condition stands outside: inside a part of the UNION ALL it would keep the planner from that part''s indexes.';
COMMENT ON COLUMN claims.source_shown.source IS 'A source.';
COMMENT ON COLUMN claims.source_shown.root IS 'The unmerged source that it is shown as.';

-- The same of the past.
CREATE OR REPLACE VIEW claims_past.source AS
SELECT s.id,
       CASE WHEN p.before ? 'kind' THEN p.before ->> 'kind' ELSE s.kind END AS kind,
       CASE WHEN p.before ? 'name' THEN p.before ->> 'name' ELSE s.name END AS name,
       CASE WHEN p.before ? 'description' THEN p.before ->> 'description'
            ELSE s.description END AS description,
       CASE WHEN p.before ? 'wikidata' THEN p.before ->> 'wikidata' ELSE s.wikidata END AS wikidata,
       CASE WHEN p.before ? 'country' THEN p.before ->> 'country' ELSE s.country END AS country,
       CASE WHEN p.before ? 'homepage' THEN p.before ->> 'homepage' ELSE s.homepage END AS homepage,
       CASE WHEN p.before ? 'merged_into' THEN (p.before ->> 'merged_into')::uuid
            ELSE s.merged_into END AS merged_into,
       coalesce(p.revision, s.revision) AS revision, s.changed_in, s.run, s.recorded_at,
       s.itself
  FROM claims.source AS s
 CROSS JOIN LATERAL (
       -- Of several values for one key jsonb keeps the last: that of the earliest decision.
       SELECT jsonb_object_agg(f.key, f.value ORDER BY d.no DESC)
                  FILTER (WHERE f.key IS NOT NULL) AS before,
              min(d.revision) - 1 AS revision,
              CASE WHEN bool_or(d.revision = 1 AND d.after ? 'kind') THEN NULL ELSE true END AS made
         FROM claims.decision AS d LEFT JOIN LATERAL jsonb_each(d.before) AS f ON true
        WHERE s.revision > 0 AND d.subject_kind = 'source' AND d.subject = s.id AND d.no > current_setting('claims.as_of_no')::bigint) AS p
 WHERE (CASE WHEN s.recorded_at <= (SELECT current_setting('claims.as_of')::timestamptz) THEN true END) IS NOT NULL
   AND p.made IS NOT NULL;
COMMENT ON COLUMN claims_past.source.itself IS 'The id once more, so that the planner tells a source from where it ends when it walks back from a name to claims; kept by the database.';
CREATE VIEW claims_past.source_shown AS
SELECT s.id AS source, coalesce(m.root, s.id) AS root
  FROM claims.source AS s LEFT JOIN claims_past.source_merged AS m ON m.source = s.id
 WHERE (CASE WHEN s.recorded_at <= (SELECT current_setting('claims.as_of')::timestamptz) THEN true END) IS NOT NULL
   AND (s.revision = 0 OR NOT EXISTS (
       SELECT FROM claims.decision AS d
        WHERE d.subject_kind = 'source' AND d.subject = s.id AND d.revision = 1
          AND d.no > current_setting('claims.as_of_no')::bigint AND jsonb_exists(d.after, 'kind')));
COMMENT ON VIEW claims_past.source_shown IS 'For each source the one it was shown as.';
COMMENT ON COLUMN claims_past.source_shown.source IS 'A source.';
COMMENT ON COLUMN claims_past.source_shown.root IS 'The unmerged source that it was shown as.';
