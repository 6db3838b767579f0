-- A card is before one tab or one terminal, not before a person: two of one person never hold the same, and one that
-- ends gives back its own. What the program of before leases has a session of its own.

ALTER TABLE claims.lease ADD COLUMN session uuid NOT NULL DEFAULT gen_random_uuid();

CREATE FUNCTION claims.free_session(holder uuid, tab uuid, only_claim uuid, all_but uuid, up_to timestamptz)
    RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    DELETE FROM claims.lease AS l
     WHERE l.reviewer = holder AND l.session = tab AND l.claim = coalesce(only_claim, l.claim)
       AND l.claim IS DISTINCT FROM all_but AND l.until <= coalesce(up_to, l.until);
END;
COMMENT ON FUNCTION claims.free_session(uuid, uuid, uuid, uuid, timestamptz) IS
    'Frees the cards that a reviewer holds in one tab or terminal: one, or all but one, or what was not renewed since.';
