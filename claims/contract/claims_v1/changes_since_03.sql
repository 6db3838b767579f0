CREATE OR REPLACE FUNCTION claims_v1.changes_since(token text DEFAULT NULL, at_most integer DEFAULT 1000)
    RETURNS SETOF claims_v1.changes
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    reached bigint := 0;      -- the last decision that the follower has
    noted bigint := 0;        -- what the machine did after it, as far as the follower has it
    ended timestamptz := now();  -- embargoes that ended by then are known to the follower
    stamp text;
    told integer;
    last bigint;              -- the last decision that can be on this page
    listed bigint := 0;
BEGIN
    -- A token is a place: the decision's number and the start of its digest; then, if there is more, the
    -- last row of what the machine did, and up to when embargoes that ended were told.
    IF coalesce(token, '') <> '' THEN
        IF token ~ '^[0-7][0-9a-f]{31}([0-7][0-9a-f]{31})?$' THEN
            reached := ('x' || left(token, 16))::bit(64)::bigint;
        END IF;
        SELECT d.at INTO ended FROM claims.decision AS d
         WHERE d.no = reached AND encode(substr(d.digest, 1, 8), 'hex') = substr(token, 17, 16);
        IF NOT FOUND AND (length(token) <> 64 OR left(token, 32) <> repeat('0', 32)) THEN
            RAISE EXCEPTION 'the token % is not of this ledger', quote_literal(left(token, 40))
                USING ERRCODE = 'invalid_parameter_value',
                      HINT = 'Read everything anew: SELECT * FROM claims_v1.changes_since(NULL).';
        END IF;
        IF length(token) = 64 THEN
            noted := ('x' || substr(token, 33, 16))::bit(64)::bigint;
            ended := timestamptz 'epoch' + ('x' || substr(token, 49, 16))::bit(64)::bigint * interval '1 microsecond';
        END IF;
    END IF;
    -- Embargoes that ended since come first: once a page has other rows, all of them have been told.
    RETURN QUERY
    SELECT encode(int8send(reached) || coalesce(substr(l.digest, 1, 8), decode(repeat('00', 8), 'hex'))
                  || int8send(noted) || int8send((extract(epoch FROM e.hidden_until) * 1000000)::bigint), 'hex'),
           NULL::bigint, e.hidden_until, 'embargo-ended', 'document', e.id, NULL::uuid, e.shown_status,
           e.shown_status, 'embargo', NULL::integer, NULL::uuid
      FROM (SELECT d.id, d.hidden_until, d.shown_status FROM claims.document AS d
             WHERE d.hidden_until > ended AND d.hidden_until <= now()
             ORDER BY d.hidden_until FETCH FIRST coalesce(at_most, 2147483647) ROWS WITH TIES) AS e
      LEFT JOIN claims.decision AS l ON l.no = reached
     ORDER BY e.hidden_until, e.id;
    GET DIAGNOSTICS told = ROW_COUNT;
    IF told >= at_most THEN
        RETURN;
    END IF;
    -- Numbers have no gaps: so many decisions are looked at, and more only for those that are under embargo. Without an
    -- end all that follow would be sorted for each page.
    last := reached;
    WHILE listed < at_most AND EXISTS (SELECT FROM claims.decision AS d WHERE d.no > last) LOOP
        listed := listed + (SELECT count(*) FROM claims.decision AS d
                           WHERE d.no > last AND d.no <= last + at_most
                             AND NOT EXISTS (SELECT FROM claims.embargoed_subject AS h
                                              WHERE h.subject = d.subject AND h.kind = d.subject_kind));
        last := last + at_most;
    END LOOP;
    SELECT lpad(to_hex((extract(epoch FROM now()) * 1000000)::bigint), 16, '0') INTO stamp;
    RETURN QUERY
    SELECT CASE WHEN f.decision IS NULL THEN left(f.token, 48) ELSE f.token || repeat('0', 16) END || stamp,
           f.no, f.at, f.action, f.subject_kind, f.subject, f.claim, f.status_before, f.status_after,
           f.fields, f.revision, f.decision
      FROM ((SELECT c.*, c.no AS follows, 0::bigint AS noted_as FROM claims_v1.changes AS c
              WHERE c.decision IS NOT NULL AND c.no > reached AND (at_most IS NULL OR c.no <= last) ORDER BY c.no LIMIT at_most)
            UNION ALL
            (SELECT c.*, m.after_no, m.no FROM claims.document_change AS m
               JOIN claims_v1.changes AS c
                 ON c.decision IS NULL AND ('x' || substr(c.token, 33, 16))::bit(64)::bigint = m.no
              WHERE m.after_no >= reached AND m.no > noted ORDER BY m.no LIMIT at_most)) AS f
     ORDER BY f.follows, f.noted_as LIMIT at_most - told;
END $$;
COMMENT ON FUNCTION claims_v1.changes_since(text, integer) IS 'The rows of claims_v1.changes that follow a token, in order, at most so many; from the first one without a token; and a row for each article whose embargo has ended since. A change of an article changes all claims that show it. Numbers are given under one lock until commit, so that a row never appears before one that it follows: nothing is missed. No rows: nothing is new, keep the token. A token of another ledger, or of one whose end was cut off, is refused (22023).';
