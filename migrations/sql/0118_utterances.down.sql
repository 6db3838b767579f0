DROP TRIGGER claim_added_compared ON claims.claim;
DROP TRIGGER claim_removed_compared ON claims.claim;
DROP TRIGGER claim_compared ON claims.claim;
DROP TRIGGER document_quotes_compared ON claims.document;
DROP TRIGGER source_quotes_compared ON claims.source;
DROP TRIGGER source_merged_compared ON claims.source_merged;
DROP FUNCTION claims.compare_quotes_again();
DROP FUNCTION claims.forget_pairs(bigint[], bigint[]);
DROP FUNCTION claims.forget_quotes(uuid[], uuid[], bigint[], bigint[]);
DROP FUNCTION claims.take_refusal(uuid, uuid, text);

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

DROP TRIGGER claim_link_compared ON claims.claim_link;
DROP INDEX claims.ix_claim_link_b;
DROP INDEX claims.ix_decision_refused_links;
ALTER TABLE claims.claim_link DROP CONSTRAINT ck_claim_link_of_machine;
DROP FUNCTION claims.quotes_due(uuid[]);
DROP TABLE claims.link_refused, claims.quote_head, claims.quote_due, claims.quote_group, claims.quote_key,
    claims.quote_pair, claims.quote_sketch, claims.quote_words;
DROP FUNCTION claims.guard_refusal();
DROP FUNCTION claims.note_quotes_due();
