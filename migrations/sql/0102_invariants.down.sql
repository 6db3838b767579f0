-- Takes the triggers and functions away, last made first.

DROP TRIGGER reading_queued ON claims.reading;
DROP TRIGGER claim_unqueued ON claims.claim;
DROP TRIGGER claim_requeued ON claims.claim;
DROP TRIGGER claim_queued ON claims.claim;
DROP TRIGGER release_truncate ON claims.release;
DROP TRIGGER release_rows ON claims.release;
DROP TRIGGER release_frozen ON claims.release;
DROP TRIGGER review_policy_truncate ON claims.review_policy;
DROP TRIGGER review_policy_rows ON claims.review_policy;
DROP TRIGGER reading_truncate ON claims.reading;
DROP TRIGGER reading_rows ON claims.reading;
DROP TRIGGER reading_signed ON claims.reading;
DROP TRIGGER claim_link_truncate ON claims.claim_link;
DROP TRIGGER claim_parent_truncate ON claims.claim_parent;
DROP TRIGGER claim_parent_rows ON claims.claim_parent;
DROP TRIGGER claim_link_settled ON claims.claim_link;
DROP TRIGGER claim_parent_settled ON claims.claim_parent;
DROP TRIGGER head_decision ON claims.ledger_head;
DROP TRIGGER head_truncate ON claims.ledger_head;
DROP TRIGGER head_rows ON claims.ledger_head;
DROP TRIGGER decision_effect ON claims.decision;
DROP TRIGGER decision_truncate ON claims.decision;
DROP TRIGGER decision_rows ON claims.decision;
DROP TRIGGER decision_append ON claims.decision;
DROP TRIGGER document_listed ON claims.document;
DROP TRIGGER claim_listed ON claims.claim;
DROP TRIGGER outlet_rating_kind ON claims.outlet_rating;
DROP TRIGGER source_distinct_apart ON claims.source_distinct;
DROP TRIGGER merged_truncate ON claims.source_merged;
DROP TRIGGER merged_rows ON claims.source_merged;
DROP TRIGGER source_merge_followed ON claims.source;
DROP TRIGGER source_born ON claims.source;
DROP TRIGGER source_merge ON claims.source;
DROP TRIGGER outlet_rating_truncate ON claims.outlet_rating;
DROP TRIGGER source_distinct_truncate ON claims.source_distinct;
DROP TRIGGER source_identifier_truncate ON claims.source_identifier;
DROP TRIGGER source_role_truncate ON claims.source_role;
DROP TRIGGER source_name_truncate ON claims.source_name;
DROP TRIGGER outlet_rating_settled ON claims.outlet_rating;
DROP TRIGGER source_distinct_settled ON claims.source_distinct;
DROP TRIGGER source_identifier_settled ON claims.source_identifier;
DROP TRIGGER source_role_settled ON claims.source_role;
DROP TRIGGER source_name_settled ON claims.source_name;
DROP TRIGGER attribution_settled ON claims.attribution;
DROP TRIGGER attribution_truncate ON claims.attribution;
DROP TRIGGER reviewer_truncate ON claims.reviewer;
DROP TRIGGER document_truncate ON claims.document;
DROP TRIGGER source_truncate ON claims.source;
DROP TRIGGER claim_truncate ON claims.claim;
DROP TRIGGER reviewer_removal ON claims.reviewer;
DROP TRIGGER document_removal ON claims.document;
DROP TRIGGER source_removal ON claims.source;
DROP TRIGGER claim_removal ON claims.claim;
DROP TRIGGER document_decision ON claims.document;
DROP TRIGGER source_decision ON claims.source;
DROP TRIGGER claim_decision ON claims.claim;
DROP TRIGGER document_revision ON claims.document;
DROP TRIGGER source_revision ON claims.source;
DROP TRIGGER claim_revision ON claims.claim;
DROP TRIGGER version_truncate ON claims.document_version;
DROP TRIGGER version_rows ON claims.document_version;
DROP TRIGGER attribution_chain_late ON claims.attribution;
DROP TRIGGER attribution_chain ON claims.attribution;
DROP TRIGGER claim_chain ON claims.claim;
DROP TRIGGER claim_circumstance_kept ON claims.claim;
DROP TRIGGER claim_circumstance_words ON claims.claim;
DROP TRIGGER attribution_words ON claims.attribution;
DROP TRIGGER claim_words ON claims.claim;

DROP FUNCTION claims.queue_read(),
    claims.queue_removed(),
    claims.queue_changed(),
    claims.queue_new(),
    claims.queue_up(uuid[]),
    claims.waits(text),
    claims.freeze_release(),
    claims.sign_reading(),
    claims.guard_of_claim(),
    claims.check_head(),
    claims.guard_head(),
    claims.require_effect(),
    claims.append_decision(),
    claims.decision_digest(claims.decision),
    claims.field(text),
    claims.list_claims_anew(),
    claims.list_claim(),
    claims.check_rated(),
    claims.check_distinct(),
    claims.guard_merged(),
    claims.follow_merge(),
    claims.refuse_born_merged(),
    claims.check_merge(),
    claims.merged_under(uuid),
    claims.lock_way(uuid),
    claims.guard_belonging(),
    claims.guard_attribution(),
    claims.refuse_removal(),
    claims.require_decision(),
    claims.guard_revision(),
    claims.refuse_change(),
    claims.check_chain(),
    claims.check_circumstance_words(),
    claims.check_attribution_words(),
    claims.check_claim_words(),
    claims.spans_fit(text, int4multirange),
    claims.words_at(text, int4multirange);

DELETE FROM claims.ledger_head;
