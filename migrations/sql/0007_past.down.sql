-- What reads the past goes before the past, which 0005_past.down.sql takes away next.
DROP FUNCTION claims_v1.claims_as_of(timestamptz);
DROP FUNCTION claims_v1.claims_as_of(timestamptz, uuid);
