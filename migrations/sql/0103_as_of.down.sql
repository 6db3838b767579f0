-- Takes the past away, whose views must be gone already; nothing is lost with it, because it stores nothing.

DROP SCHEMA claims_past;
DROP FUNCTION claims.derived_id(text[]),
    claims.hops_of(text, jsonb),
    claims.days_of(jsonb),
    claims.spans_of(jsonb);
