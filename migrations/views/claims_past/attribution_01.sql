-- Chains that nobody changed later, and the others as the first later change says they were.
CREATE OR REPLACE VIEW claims_past.attribution AS
SELECT a.claim, a.position, a.source, a.mention, a.mention_spans, a.cue, a.cue_spans, a.capacity,
       a.capacity_spans, a.mode, a.link_rule, a.link_score, a.link_reason
  FROM claims.attribution AS a JOIN claims.claim AS c ON c.id = a.claim
 WHERE (CASE WHEN c.recorded_at <= (SELECT current_setting('claims.as_of')::timestamptz) THEN true END) IS NOT NULL
   AND (c.revision = 0 OR NOT EXISTS (
       SELECT FROM claims.decision AS d
        WHERE d.subject_kind = 'claim' AND d.subject = a.claim AND d.no > current_setting('claims.as_of_no')::bigint
          AND (jsonb_exists(d.before, 'chain') OR d.revision = 1 AND d.after ? 'version')))
UNION ALL
SELECT d.subject, h.place, h.source, h.mention, h.mention_spans, h.cue, h.cue_spans, h.capacity,
       h.capacity_spans, h.mode, h.link_rule, h.link_score, h.link_reason
  FROM (SELECT DISTINCT ON (d.subject) d.subject, d.before -> 'chain' AS chain
          FROM claims.decision AS d
         WHERE d.subject_kind = 'claim' AND d.no > current_setting('claims.as_of_no')::bigint AND jsonb_exists(d.before, 'chain')
         ORDER BY d.subject, d.no) AS d
  JOIN claims_past.claim AS c ON c.id = d.subject
  JOIN claims.document_version AS v ON v.id = c.version
 CROSS JOIN LATERAL claims.hops_of(v.text, d.chain) AS h;
COMMENT ON VIEW claims_past.attribution IS 'Chains as they were.';
