DROP INDEX claims.ix_waiting_class;

CREATE OR REPLACE FUNCTION claims.queue_up(ids uuid[]) RETURNS void
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM claims.queue_articles(ids);
    INSERT INTO claims.waiting (claim, turn, starts, printed, uncertainty, put_aside, form, speaker)
    SELECT c.id, a.turn, lower(c.content_spans),
           greatest(1, (SELECT count(DISTINCT o.version)
                          FROM claims.quote_key AS k
                          JOIN claims.quote_key AS same ON same.key = k.key AND same.counted
                          JOIN claims.claim AS o ON o.id = same.claim
                         WHERE k.claim = c.id)),
           -- Nothing says how sure a claim without a score is: it comes with the most uncertain.
           coalesce(abs(c.extractor_score - 0.5), 0), c.status = 'later', c.form, c.speaker
      FROM claims.claim AS c
      JOIN claims.waiting_article AS a ON a.version = c.version
      JOIN claims.document_version AS v ON v.id = c.version
      JOIN claims.document AS d ON d.id = v.document
     WHERE c.id = ANY (ids) AND claims.waits(c.status) AND d.shown_status <> 'withdrawn'
     ORDER BY a.turn, lower(c.content_spans), c.id
    ON CONFLICT (claim) DO UPDATE
       SET starts = excluded.starts, put_aside = excluded.put_aside, speaker = excluded.speaker,
           form = excluded.form, printed = excluded.printed;
END $$;

ALTER TABLE claims.waiting DROP COLUMN class;

CREATE OR REPLACE FUNCTION claims.state_of(kind text, subject uuid) RETURNS jsonb
    LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
BEGIN
    RETURN CASE kind
        WHEN 'claim' THEN
            (SELECT to_jsonb(c) - '{id,revision,changed_in,search,listed_on,speaker,content_spans}'::text[]
                    || jsonb_build_object(
                       'content', claims.pairs_of(c.content_spans),
                       'said_on', CASE WHEN c.said_on IS NOT NULL
                                       THEN jsonb_build_array(lower(c.said_on), upper(c.said_on) - 1) END,
                       'chain', claims.chain_of(c.id),
                       'links', (SELECT jsonb_agg(jsonb_build_object('b', l.b, 'kind', l.kind))
                                   FROM claims.claim_link AS l WHERE l.a = c.id AND l.linked_by IS NOT NULL),
                       'refused_links', (SELECT jsonb_agg(jsonb_build_object('b', l.b, 'kind', l.kind))
                                           FROM claims.link_refused AS l WHERE l.a = c.id),
                       'disputed_links', (SELECT jsonb_agg(l.b) FROM claims.link_disputed AS l WHERE l.a = c.id),
                       'parents', (SELECT jsonb_agg(p.parent) FROM claims.claim_parent AS p WHERE p.claim = c.id))
               FROM claims.claim AS c WHERE c.id = subject)
        WHEN 'source' THEN
            (SELECT to_jsonb(s) - '{id,revision,changed_in,itself}'::text[]
                    || jsonb_build_object(
                       'names', (SELECT jsonb_agg(claims.entry_of('source_name', to_jsonb(n)))
                                   FROM claims.source_name AS n WHERE n.source = s.id),
                       'roles', (SELECT jsonb_agg(claims.entry_of('source_role', to_jsonb(r)))
                                   FROM claims.source_role AS r WHERE r.source = s.id),
                       'ratings', (SELECT jsonb_agg(claims.entry_of('outlet_rating', to_jsonb(o)))
                                     FROM claims.outlet_rating AS o WHERE o.outlet = s.id),
                       'identifiers', (SELECT jsonb_agg(claims.entry_of('source_identifier', to_jsonb(i)))
                                         FROM claims.source_identifier AS i WHERE i.source = s.id),
                       'distinct', (SELECT jsonb_agg(to_jsonb(x.b))
                                      FROM claims.source_distinct AS x WHERE x.a = s.id))
               FROM claims.source AS s WHERE s.id = subject)
        WHEN 'document' THEN
            -- The kill and the embargo in force are the publisher's; the database follows them by itself.
            (SELECT to_jsonb(d) - '{id,revision,changed_in,killed_by,embargoed_until,shown_status,hidden_until}'::text[]
               FROM claims.document AS d WHERE d.id = subject)
        END;
END $$;

DROP TRIGGER claim_proposal_kept ON claims.claim;
DROP TRIGGER claim_hearer_words ON claims.claim;
DROP FUNCTION claims.keep_proposal();
DROP FUNCTION claims.check_hearer();
ALTER TABLE claims.claim
    DROP COLUMN class,
    DROP COLUMN name_score,
    DROP COLUMN suggested_name,
    DROP COLUMN hearer,
    DROP COLUMN hearer_spans;
