-- Refused while a belief is there: the tables before cannot hold it.
ALTER TABLE claims.attribution DROP CONSTRAINT ck_attribution_mode;
ALTER TABLE claims.attribution ADD CONSTRAINT ck_attribution_mode
    CHECK (mode IN ('says', 'denies', 'expects', 'asks', 'promises'));
COMMENT ON COLUMN claims.attribution.mode IS 'says, denies, expects, asks or promises.';
