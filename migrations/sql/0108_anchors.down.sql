-- What changed, the hops and the method are lost; the next run of the machine finds them again.

DROP TRIGGER anchor_checked ON claims.anchor;
DROP TRIGGER anchor_removed ON claims.anchor;
DROP TRIGGER anchor_truncate ON claims.anchor;
DROP FUNCTION claims.check_anchor();
DROP FUNCTION claims.guard_anchor_removal();
DROP INDEX claims.ix_anchor_version;
DROP INDEX claims.ix_anchor_unsettled;
ALTER TABLE claims.anchor
    DROP COLUMN changes,
    DROP COLUMN hop_spans,
    DROP COLUMN method,
    DROP COLUMN recorded_at;
