CREATE OR REPLACE VIEW claims_past.anchor AS
SELECT a.claim, a.version, a.spans, a.state, a.score, a.runner_up, a.changes, a.hop_spans, a.method,
       a.recorded_at
  FROM claims.anchor AS a
  JOIN claims_past.claim AS c ON c.id = a.claim
  JOIN claims_past.document_version AS v ON v.id = a.version;
COMMENT ON VIEW claims_past.anchor IS 'Where claims stood in the versions read until then, as the machine finds it now.';
