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

CREATE OR REPLACE FUNCTION claims.replace_proposals(proposals uuid[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    untouched uuid[];
BEGIN
    SELECT array_agg(c.id) INTO untouched FROM claims.claim AS c
     WHERE c.id = ANY (proposals) AND c.revision = 0
       AND NOT EXISTS (SELECT FROM claims.reading AS r WHERE r.claim = c.id)
       AND NOT EXISTS (SELECT FROM claims.draft AS d WHERE d.claim = c.id);
    DELETE FROM claims.attribution AS a WHERE a.claim = ANY (untouched);
    DELETE FROM claims.anchor AS a WHERE a.claim = ANY (untouched);
    DELETE FROM claims.claim AS c WHERE c.id = ANY (untouched);
END $$;

DROP FUNCTION claims.take_dispute(uuid, uuid);
DROP TABLE claims.link_disputed, claims.link_reading;
DROP FUNCTION claims.guard_dispute();
DROP FUNCTION claims.sign_link_reading();
ALTER TABLE claims.review_policy DROP COLUMN link_share;
