-- All rights, in one place. Run after each upgrade to the newest revision and by `claims db separate`;
-- running it again changes nothing. tests/database/rights.csv says what comes of it.
--
-- claims_owner   owns everything, once `claims db separate` has handed it over; nobody logs in as it.
-- claims_writer  what the program needs: whoever works with `claims` is a member.
-- claims_reader  the published views and nothing else.

DO $$
DECLARE
    ours name[] := ARRAY(SELECT n.nspname FROM pg_namespace AS n
                          WHERE n.nspname IN ('claims', 'claims_v1', 'claims_past', 'claims_v1_past'));
    one record;
BEGIN
    -- What a migration has added since belongs to the owner as well, whoever ran it.
    IF (SELECT pg_get_userbyid(n.nspowner) FROM pg_namespace AS n WHERE n.nspname = 'claims') = 'claims_owner'
    THEN
        FOR one IN
            SELECT 'SCHEMA' AS kind, format('%I', n.nspname) AS name FROM pg_namespace AS n
             WHERE n.nspname = ANY (ours) AND pg_get_userbyid(n.nspowner) <> 'claims_owner'
        LOOP
            EXECUTE format('ALTER %s %s OWNER TO claims_owner', one.kind, one.name);
        END LOOP;
        FOR one IN
            SELECT CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW'
                                  WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END AS kind,
                   format('%I.%I', n.nspname, c.relname) AS name
              FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
             WHERE n.nspname = ANY (ours) AND c.relkind IN ('r', 'v', 'm', 'S', 'p')
               AND pg_get_userbyid(c.relowner) <> 'claims_owner'
               -- The sequence of a column goes with its table.
               AND NOT (c.relkind = 'S' AND EXISTS (SELECT FROM pg_depend AS d
                                                     WHERE d.objid = c.oid AND d.deptype IN ('a', 'i')))
            UNION ALL
            SELECT 'ROUTINE', p.oid::regprocedure::text
              FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace
             WHERE n.nspname = ANY (ours) AND pg_get_userbyid(p.proowner) <> 'claims_owner'
        LOOP
            EXECUTE format('ALTER %s %s OWNER TO claims_owner', one.kind, one.name);
        END LOOP;
    END IF;

    FOR one IN SELECT unnest(ours) AS name LOOP
        EXECUTE format('REVOKE ALL ON SCHEMA %I FROM PUBLIC', one.name);
        EXECUTE format('REVOKE ALL ON ALL FUNCTIONS IN SCHEMA %I FROM PUBLIC', one.name);
    END LOOP;

    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'claims_reader') THEN
        REVOKE ALL ON ALL TABLES IN SCHEMA claims, claims_v1 FROM claims_reader;
        GRANT USAGE ON SCHEMA claims_v1 TO claims_reader;
        GRANT SELECT ON ALL TABLES IN SCHEMA claims_v1 TO claims_reader;
        GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA claims_v1 TO claims_reader;
    END IF;

    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'claims_writer') THEN
        RETURN;
    END IF;
    FOR one IN SELECT unnest(ours) AS name LOOP
        EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA %I FROM claims_writer', one.name);
        EXECUTE format('REVOKE ALL ON ALL FUNCTIONS IN SCHEMA %I FROM claims_writer', one.name);
        EXECUTE format('GRANT USAGE ON SCHEMA %I TO claims_writer', one.name);
        EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA %I TO claims_writer', one.name);
    END LOOP;

    GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA claims_v1 TO claims_writer;

    -- A right to UPDATE a table, to DELETE from it or to TRUNCATE it is a right to LOCK it against everybody.
    -- So rows are changed by a right to columns, and removed by functions of the owner's.

    -- Only ever added: the ledger, what feeds it, what was read, and what belongs to a source or a claim.
    GRANT INSERT ON claims.decision, claims.reading, claims.review_policy, claims.release,
        claims.claim_parent, claims.run, claims.document_version, claims.archive_record,
        claims.sighting, claims.document_address, claims.document_identifier, claims.notice,
        claims.source_role, claims.source_identifier, claims.source_distinct,
        claims.outlet_rating, claims.link_refused, claims.link_reading, claims.link_disputed, claims.quote_sketch, claims.other_proposal TO claims_writer;

    -- Who decides, under which name and in which role, is not for those who decide: a reviewer is added as
    -- one, and the rest is the administrator's.
    GRANT INSERT (id, name) ON claims.reviewer TO claims_writer;

    -- Changed by columns: all of them but the key, what the database stamps, and what it computes.
    FOR one IN
        SELECT c.oid::regclass AS name, string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) AS columns
          FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid
         WHERE c.relnamespace = 'claims'::regnamespace AND c.relkind = 'r'
           AND c.relname IN ('document', 'source', 'claim', 'attribution', 'anchor', 'claim_link',
                             'source_suggestion', 'lease', 'draft', 'feed_address', 'feed_host',
                             'quote_words', 'quote_pair', 'quote_key', 'quote_group',
                             'compared_text', 'document_text', 'copy')
           AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
           AND a.attname NOT IN ('changed_in', 'recorded_at')
           AND NOT EXISTS (SELECT FROM pg_index AS i
                            WHERE i.indrelid = c.oid AND i.indisprimary AND a.attnum = ANY (i.indkey))
         GROUP BY c.oid
    LOOP
        EXECUTE format('GRANT INSERT, UPDATE (%s) ON %s TO claims_writer', one.columns, one.name);
    END LOOP;
    -- Whether a run's text is an original stands in the key, for the look-up; it changes.
    GRANT INSERT, UPDATE (is_original) ON claims.fingerprint TO claims_writer;
    GRANT INSERT, UPDATE (keys) ON claims.source_name TO claims_writer;
    GRANT INSERT, UPDATE (resolved) ON claims.problem TO claims_writer;
    GRANT INSERT, UPDATE (removed_at, removed_by) ON claims.feed TO claims_writer;
    GRANT INSERT, UPDATE (seen_at) ON claims.desk_session TO claims_writer;
    GRANT INSERT, UPDATE (number, since) ON claims.login_attempt TO claims_writer;
    GRANT INSERT (id, name, digest, scopes, reviewer, expires_at), UPDATE (revoked_at, last_used_at)
        ON claims.api_token TO claims_writer;

    -- What waits for a worker: the record itself never changes.
    GRANT INSERT, UPDATE (attempts, worker, leased_until, extracted, extractor_version)
        ON claims.queued_record TO claims_writer;

    -- To hand out a card its row is locked, which takes a right to change some column; the rest of the
    -- queue, the head of the ledger and where merges end are kept by functions of the owner's.
    GRANT UPDATE (printed) ON claims.waiting TO claims_writer;

    -- Whoever compares claims or articles holds the rows of those that are due, and the head.
    GRANT UPDATE (claim) ON claims.quote_due TO claims_writer;
    GRANT UPDATE (method) ON claims.quote_head TO claims_writer;
    GRANT UPDATE (document) ON claims.comparison_due TO claims_writer;
    GRANT UPDATE (id) ON claims.comparison_head TO claims_writer;

    -- What verifying computes; then what removes, each only what it may.
    GRANT EXECUTE ON FUNCTION claims.claim_digest, claims.digested, claims.trimmed, claims.state_of, claims.plain, claims.pairs_of, claims.chain_of, claims.entry_of, claims.replace_proposals, claims.replace_other_proposals, claims.take_chain, claims.take_link, claims.take_entry,
        claims.free_cards, claims.free_session, claims.forget_draft, claims.end_desk_sessions, claims.forget_login_attempts,
        claims.take_refusal, claims.take_dispute, claims.forget_quotes, claims.forget_wordings, claims.forget_groups,
        claims.forget_pairs, claims.compare_quotes_again,
        claims.forget_due, claims.forget_fingerprints,
        claims.forget_copies, claims.forget_texts, claims.compare_again,
        claims.forget_stored_records TO claims_writer;

    -- Called from triggers and views, which call them with the writer's own rights.
    FOR one IN
        SELECT p.oid::regprocedure AS name FROM pg_proc AS p
         WHERE p.pronamespace = 'claims'::regnamespace
           AND p.proname IN ('words_at', 'spans_fit', 'lock_way', 'merged_under', 'waits',
                             'spans_of', 'days_of', 'hops_of', 'derived_id',
                             'current_version', 'latest_moment', 'kill_in_force', 'embargo_in_force',
                             'is_withdrawn')
    LOOP
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO claims_writer', one.name);
    END LOOP;
END $$;
