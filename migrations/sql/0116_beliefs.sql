-- A belief is no saying: what somebody is reported to hold has a mode of its own.
ALTER TABLE claims.attribution DROP CONSTRAINT ck_attribution_mode;
ALTER TABLE claims.attribution ADD CONSTRAINT ck_attribution_mode
    CHECK (mode IN ('says', 'denies', 'expects', 'asks', 'promises', 'believes'));
