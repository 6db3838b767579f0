CREATE OR REPLACE VIEW claims_past.source_role AS
-- Once for all: the office of each claim of a list is looked up here.
WITH changed AS MATERIALIZED (
    SELECT r.source, r.key, r.line, r.was_there FROM claims_past.row_changed_later AS r WHERE r.list = 'roles')
SELECT o.id, o.source, o.title, o.organisation, o.valid, o.evidence, o.evidence_version,
       o.evidence_spans, o.keys
  FROM claims.source_role AS o
 WHERE NOT EXISTS (
       SELECT FROM changed AS r
        WHERE r.source = o.source
          AND r.key = jsonb_build_object(
              'title', o.title, 'organisation', o.organisation, 'first', lower(o.valid),
              'last', upper(o.valid) - 1))
UNION ALL
SELECT claims.derived_id('source_role', r.source::text, r.line ->> 'title',
                         coalesce(r.line ->> 'organisation', ''), coalesce(r.line ->> 'first', ''),
                         coalesce(r.line ->> 'last', '')),
       r.source, r.line ->> 'title', (r.line ->> 'organisation')::uuid,
       daterange((r.line ->> 'first')::date, (r.line ->> 'last')::date + 1), r.line ->> 'evidence',
       (r.line ->> 'version')::uuid, claims.spans_of(r.line -> 'spans'), '{}'::text[]
  FROM changed AS r WHERE r.was_there;
COMMENT ON VIEW claims_past.source_role IS 'Offices as they were known; one that was removed later has no keys.';
