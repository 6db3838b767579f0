CREATE OR REPLACE FUNCTION claims_v1.chain_text(claim uuid) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
    RETURN (
        SELECT string_agg(a.label, ' ← ' ORDER BY a.position)
               || coalesce(' ← ' || min(d.outlet), '')
               || coalesce(', ' || min(d.printed_on), '')
               || CASE WHEN min(d.status) <> 'usable' THEN ' (' || min(d.status) || ')' ELSE '' END
          FROM claims_v1.attributions AS a
          JOIN claims_v1.evidence AS e ON e.claim = a.claim
          JOIN claims_v1.documents AS d ON d.document = e.document
         WHERE a.claim = chain_text.claim);
COMMENT ON FUNCTION claims_v1.chain_text(uuid) IS 'Through whom a claim of any status came, in one line: speaker ← carrier ← outlet, day of publication; (withdrawn) or (corrected) where the article was. NULL where there is no such claim.';
