-- Takes all tables away; the laws must be gone already.

DROP TABLE claims.reviewer,
    claims.ledger_head,
    claims.run,
    claims.decision,
    claims.problem,
    claims.source,
    claims.document,
    claims.source_name,
    claims.source_role,
    claims.source_distinct,
    claims.outlet_rating,
    claims.document_version,
    claims.claim,
    claims.attribution,
    claims.anchor,
    claims.claim_link;
