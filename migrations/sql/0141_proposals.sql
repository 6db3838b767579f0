-- What the machine says of its own proposal beside the words: of which class they are, how sure the name is, whom it
-- would suggest where it is not, and who heard it. No decision changes it, and none has to say it.

ALTER TABLE claims.claim
    ADD COLUMN class TEXT DEFAULT 'speech' NOT NULL,
    ADD COLUMN name_score DOUBLE PRECISION,
    ADD COLUMN suggested_name TEXT,
    ADD COLUMN hearer TEXT,
    ADD COLUMN hearer_spans INT4MULTIRANGE DEFAULT '{}' NOT NULL,
    ADD CONSTRAINT ck_claim_class CHECK (class IN ('speech', 'request', 'label', 'finding', 'belief')),
    ADD CONSTRAINT ck_claim_name_score CHECK (name_score BETWEEN 0 AND 1),
    ADD CONSTRAINT ck_claim_suggested_name CHECK (suggested_name IS NULL OR name_score IS NOT NULL),
    ADD CONSTRAINT ck_claim_suggested CHECK (suggested_name IS NULL OR revision > 0 OR speaker IS NULL),
    ADD CONSTRAINT ck_claim_hearer CHECK (hearer IS NOT NULL OR isempty(hearer_spans));

-- Invariants 1 and 2: who heard it stands where it is said to stand, and what the machine says of it is kept.
CREATE FUNCTION claims.check_hearer() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    body text;
BEGIN
    SELECT v.text INTO body FROM claims.document_version AS v WHERE v.id = NEW.version;
    IF claims.spans_fit(body, NEW.hearer_spans) IS NOT TRUE
       OR claims.words_at(body, NEW.hearer_spans) IS DISTINCT FROM NEW.hearer THEN
        RAISE EXCEPTION 'claim %: hearer is not what stands at its spans', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'hearer_words';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claim_hearer_words BEFORE INSERT ON claims.claim
    FOR EACH ROW WHEN (NOT isempty(NEW.hearer_spans)) EXECUTE FUNCTION claims.check_hearer();
CREATE FUNCTION claims.keep_proposal() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'claim %: what the machine says of its proposal does not change', NEW.id
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'proposal_kept';
END $$;
CREATE TRIGGER claim_proposal_kept BEFORE UPDATE OF class, name_score, suggested_name, hearer, hearer_spans ON claims.claim
    FOR EACH ROW
    WHEN (
        OLD.class IS DISTINCT FROM NEW.class
        OR OLD.name_score IS DISTINCT FROM NEW.name_score
        OR OLD.suggested_name IS DISTINCT FROM NEW.suggested_name
        OR OLD.hearer IS DISTINCT FROM NEW.hearer
        OR OLD.hearer_spans IS DISTINCT FROM NEW.hearer_spans
    )
    EXECUTE FUNCTION claims.keep_proposal();
ALTER TABLE claims.claim ENABLE ALWAYS TRIGGER claim_hearer_words;
ALTER TABLE claims.claim ENABLE ALWAYS TRIGGER claim_proposal_kept;

CREATE OR REPLACE FUNCTION claims.state_of(kind text, subject uuid) RETURNS jsonb
    LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
BEGIN
    RETURN CASE kind
        WHEN 'claim' THEN
            (SELECT to_jsonb(c) - '{id,revision,changed_in,search,listed_on,speaker,content_spans,class,name_score,suggested_name,hearer,hearer_spans}'::text[]
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

-- The queue is ordered by the less certain of the two scores, and filtered by class.
ALTER TABLE claims.waiting ADD COLUMN class TEXT DEFAULT 'speech' NOT NULL;
CREATE INDEX ix_waiting_class ON claims.waiting (class, turn) WHERE class <> 'speech' AND first_reader IS NULL AND NOT put_aside;

CREATE OR REPLACE FUNCTION claims.queue_up(ids uuid[]) RETURNS void
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM claims.queue_articles(ids);
    INSERT INTO claims.waiting (claim, turn, starts, printed, uncertainty, put_aside, form, speaker, class)
    SELECT c.id, a.turn, lower(c.content_spans),
           greatest(1, (SELECT count(DISTINCT o.version)
                          FROM claims.quote_key AS k
                          JOIN claims.quote_key AS same ON same.key = k.key AND same.counted
                          JOIN claims.claim AS o ON o.id = same.claim
                         WHERE k.claim = c.id)),
           -- Nothing says how sure a claim without a score is: it comes with the most uncertain.
           coalesce(least(abs(c.extractor_score - 0.5), abs(c.name_score - 0.5)), 0), c.status = 'later', c.form, c.speaker,
           c.class
      FROM claims.claim AS c
      JOIN claims.waiting_article AS a ON a.version = c.version
      JOIN claims.document_version AS v ON v.id = c.version
      JOIN claims.document AS d ON d.id = v.document
     WHERE c.id = ANY (ids) AND claims.waits(c.status) AND d.shown_status <> 'withdrawn'
     ORDER BY a.turn, lower(c.content_spans), c.id
    ON CONFLICT (claim) DO UPDATE
       SET starts = excluded.starts, put_aside = excluded.put_aside, speaker = excluded.speaker,
           form = excluded.form, printed = excluded.printed, class = excluded.class;
END $$;
