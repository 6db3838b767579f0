CREATE OR REPLACE VIEW claims_past.claim AS
SELECT c.id, c.version,
       CASE WHEN p.before ? 'form' THEN p.before ->> 'form' ELSE c.form END AS form,
       CASE WHEN p.before ? 'content' THEN claims.spans_of(p.before -> 'content')
            ELSE c.content_spans END AS content_spans,
       CASE WHEN p.before ? 'text' THEN p.before ->> 'text' ELSE c.text END AS text,
       CASE WHEN p.before ? 'statement' THEN p.before ->> 'statement'
            ELSE c.statement END AS statement,
       CASE WHEN p.before ? 'chain' THEN (p.before #>> '{chain,0,source}')::uuid
            ELSE c.speaker END AS speaker,
       CASE WHEN p.before ? 'said_on' THEN claims.days_of(p.before -> 'said_on')
            ELSE c.said_on END AS said_on,
       CASE WHEN p.before ? 'said_on_text' THEN p.before ->> 'said_on_text'
            ELSE c.said_on_text END AS said_on_text,
       coalesce(
           lower(CASE WHEN p.before ? 'said_on' THEN claims.days_of(p.before -> 'said_on')
                      ELSE c.said_on END),
           (SELECT (o.published_at AT TIME ZONE 'UTC')::date
              FROM claims.document_version AS v JOIN claims_past.document AS o ON o.id = v.document
             WHERE v.id = c.version),
           DATE '0001-01-01') AS listed_on,
       CASE WHEN p.before ? 'venue' THEN p.before ->> 'venue' ELSE c.venue END AS venue,
       CASE WHEN p.before ? 'status' THEN p.before ->> 'status' ELSE c.status END AS status,
       coalesce(p.revision, c.revision) AS revision, c.changed_in, c.run, c.rule, c.extractor_score,
       CASE WHEN p.before ? 'attribution_confidence'
            THEN (p.before ->> 'attribution_confidence')::double precision
            ELSE c.attribution_confidence END AS attribution_confidence,
       CASE WHEN p.before ? 'credibility' THEN (p.before ->> 'credibility')::smallint
            ELSE c.credibility END AS credibility,
       c.recorded_at, c.said_on_spans, c.venue_spans, c.class, c.name_score, c.suggested_name, c.hearer,
       c.hearer_spans
  FROM claims.claim AS c
 CROSS JOIN LATERAL (
       SELECT jsonb_object_agg(f.key, f.value ORDER BY d.no DESC)
                  FILTER (WHERE f.key IS NOT NULL) AS before,
              min(d.revision) - 1 AS revision,
              CASE WHEN bool_or(d.revision = 1 AND d.after ? 'version') THEN NULL ELSE true END AS made
         FROM claims.decision AS d LEFT JOIN LATERAL jsonb_each(d.before) AS f ON true
        WHERE c.revision > 0 AND d.subject_kind = 'claim' AND d.subject = c.id AND d.no > current_setting('claims.as_of_no')::bigint) AS p
 WHERE (CASE WHEN c.recorded_at <= (SELECT current_setting('claims.as_of')::timestamptz) THEN true END) IS NOT NULL
   AND p.made IS NOT NULL;
COMMENT ON VIEW claims_past.claim IS 'Claims as they were; a proposal that nobody had decided on as the machine has it now.';
