-- What another program proposes for the words of a claim: the same words at the same place are one claim, and
-- each program has its own speaker and score for them.

CREATE TABLE claims.other_proposal (
    claim UUID NOT NULL,
    program TEXT NOT NULL,
    run UUID NOT NULL,
    speaker UUID,
    mention TEXT NOT NULL,
    mention_spans INT4MULTIRANGE NOT NULL,
    mode TEXT NOT NULL,
    rule TEXT NOT NULL,
    score DOUBLE PRECISION NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT pk_other_proposal PRIMARY KEY (claim, program),
    CONSTRAINT ck_other_proposal_program CHECK (program <> ''),
    CONSTRAINT ck_other_proposal_mode CHECK (mode IN ('says', 'denies', 'expects', 'asks', 'promises', 'believes')),
    CONSTRAINT ck_other_proposal_mention CHECK ((mention = '') = isempty(mention_spans)),
    CONSTRAINT ck_other_proposal_rule CHECK (rule <> 'editor'),
    CONSTRAINT ck_other_proposal_score CHECK (score BETWEEN 0 AND 1),
    CONSTRAINT fk_other_proposal_claim FOREIGN KEY(claim) REFERENCES claims.claim (id),
    CONSTRAINT fk_other_proposal_run FOREIGN KEY(run) REFERENCES claims.run (id),
    CONSTRAINT fk_other_proposal_speaker FOREIGN KEY(speaker) REFERENCES claims.source (id)
);
CREATE INDEX ix_other_proposal_run ON claims.other_proposal (run);

-- An article is also looked up by its publisher's id alone.
CREATE INDEX ix_document_identifier_external_id ON claims.document_identifier (external_id);

-- Invariants 1 and 3: the mention is what stands at its spans, and nothing of a proposal is edited.
CREATE FUNCTION claims.check_other_proposal() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    body text;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        RAISE EXCEPTION 'claim %: what another program proposes is replaced whole, never edited', OLD.claim
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'other_proposal_edited';
    END IF;
    SELECT v.text INTO body
      FROM claims.claim AS c JOIN claims.document_version AS v ON v.id = c.version
     WHERE c.id = NEW.claim;
    IF claims.spans_fit(body, NEW.mention_spans) IS NOT TRUE
       OR claims.words_at(body, NEW.mention_spans) IS DISTINCT FROM NEW.mention THEN
        RAISE EXCEPTION 'claim %: the mention of another program is not what stands at its spans', NEW.claim
            USING ERRCODE = 'check_violation', CONSTRAINT = 'other_proposal_words';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER other_proposal_words BEFORE INSERT OR UPDATE ON claims.other_proposal
    FOR EACH ROW EXECUTE FUNCTION claims.check_other_proposal();
CREATE TRIGGER other_proposal_truncate BEFORE TRUNCATE ON claims.other_proposal
    FOR EACH STATEMENT EXECUTE FUNCTION claims.refuse_removal();
ALTER TABLE claims.other_proposal ENABLE ALWAYS TRIGGER other_proposal_words;
ALTER TABLE claims.other_proposal ENABLE ALWAYS TRIGGER other_proposal_truncate;

CREATE FUNCTION claims.replace_other_proposals(of_claims uuid[], of_program text) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    BEGIN ATOMIC
        DELETE FROM claims.other_proposal AS o USING claims.claim AS c
         WHERE o.claim = ANY (of_claims) AND o.program = of_program AND c.id = o.claim AND c.revision = 0;
    END;
COMMENT ON FUNCTION claims.replace_other_proposals(uuid[], text) IS 'Removes what one program proposes for claims that nobody decided on.';
