-- Review: more states, batches, splits and merges with their parents, blind readings, the queue,
-- leases, drafts, the policy of second readings, releases.

-- States -------------------------------------------------------------------------------------------

ALTER TABLE claims.claim DROP CONSTRAINT ck_claim_status;
ALTER TABLE claims.claim ADD CONSTRAINT ck_claim_status CHECK (status IN ('proposed', 'later', 'second_reading', 'disputed', 'accepted', 'corrected', 'rejected', 'withdrawn', 'replaced'));
COMMENT ON COLUMN claims.claim.status IS 'proposed, later (put aside), second_reading, disputed, accepted, corrected, rejected, withdrawn or replaced (split, merged).';

-- Where the article says when and where it was said ------------------------------------------------

ALTER TABLE claims.claim ADD COLUMN said_on_spans INT4MULTIRANGE DEFAULT '{}' NOT NULL;
ALTER TABLE claims.claim ADD COLUMN venue_spans INT4MULTIRANGE DEFAULT '{}' NOT NULL;
COMMENT ON COLUMN claims.claim.said_on_spans IS 'Where the machine found when it was said; kept, whatever said_on_text becomes.';
COMMENT ON COLUMN claims.claim.venue_spans IS 'Where the machine found the venue; kept, whatever venue becomes.';

-- An editor may say it in other words, so that only what nobody decided on has to be what stands there.
CREATE FUNCTION claims.check_circumstance_words() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    body text;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        RAISE EXCEPTION 'claim %: where the machine found when and where it was said does not change', NEW.id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'circumstance_kept';
    END IF;
    SELECT v.text INTO body FROM claims.document_version AS v WHERE v.id = NEW.version;
    IF claims.spans_fit(body, NEW.said_on_spans) IS NOT TRUE
       OR claims.spans_fit(body, NEW.venue_spans) IS NOT TRUE
       OR NEW.revision = 0 AND (
           NOT isempty(NEW.said_on_spans)
           AND claims.words_at(body, NEW.said_on_spans) IS DISTINCT FROM NEW.said_on_text
           OR NOT isempty(NEW.venue_spans)
           AND claims.words_at(body, NEW.venue_spans) IS DISTINCT FROM NEW.venue) THEN
        RAISE EXCEPTION 'claim %: said_on_text or venue is not what stands at its spans', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'circumstance_words';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claim_circumstance_words BEFORE INSERT ON claims.claim
    FOR EACH ROW WHEN (NOT isempty(NEW.said_on_spans) OR NOT isempty(NEW.venue_spans))
    EXECUTE FUNCTION claims.check_circumstance_words();
CREATE TRIGGER claim_circumstance_kept BEFORE UPDATE OF said_on_spans, venue_spans ON claims.claim
    FOR EACH ROW WHEN (OLD.said_on_spans <> NEW.said_on_spans OR OLD.venue_spans <> NEW.venue_spans)
    EXECUTE FUNCTION claims.check_circumstance_words();

-- Reviewers ----------------------------------------------------------------------------------------

ALTER TABLE claims.reviewer ADD COLUMN role TEXT DEFAULT 'reviewer' NOT NULL;
ALTER TABLE claims.reviewer ADD CONSTRAINT ck_reviewer_role CHECK (role IN ('reviewer', 'adjudicator'));
COMMENT ON COLUMN claims.reviewer.role IS 'reviewer, or adjudicator: who may also take back what others decided.';

-- The ledger: acts on several claims are one batch -------------------------------------------------

ALTER TABLE claims.decision ADD COLUMN batch UUID;
COMMENT ON COLUMN claims.decision.batch IS 'What decisions of one act share, such as a split; they are taken back together.';
CREATE INDEX ix_decision_reviewer_no ON claims.decision (reviewer, no);
CREATE INDEX ix_decision_batch ON claims.decision (batch) WHERE batch IS NOT NULL;
CREATE INDEX ix_decision_at ON claims.decision (at);
CREATE INDEX ix_decision_readings ON claims.decision (no) WHERE jsonb_exists(after, 'readings');

-- A batch is a fifteenth field where there is one: rows without one keep the digest they had, and as
-- each field begins with its length no row of fourteen fields has the bytes of one of fifteen.
CREATE OR REPLACE FUNCTION claims.decision_digest(d claims.decision) RETURNS bytea
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
    RETURN sha256(convert_to(
        claims.field(d.no::text)
        || claims.field(d.id::text)
        || claims.field(to_char(d.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
        || claims.field(d.reviewer::text)
        || claims.field(d.action)
        || claims.field(d.subject_kind)
        || claims.field(d.subject::text)
        || claims.field(d.revision::text)
        || claims.field(d.before::text)
        || claims.field(d.after::text)
        || claims.field(d.reason)
        || claims.field(d.tool_version)
        || claims.field(d.undoes::text)
        || claims.field(encode(d.prev_digest, 'hex'))
        || CASE WHEN d.batch IS NULL THEN '' ELSE claims.field(d.batch::text) END, 'UTF8'));

-- Parents of a split or a merge --------------------------------------------------------------------

CREATE TABLE claims.claim_parent (
    claim UUID NOT NULL,
    parent UUID NOT NULL,
    CONSTRAINT pk_claim_parent PRIMARY KEY (claim, parent),
    CONSTRAINT ck_claim_parent_two CHECK (claim <> parent),
    CONSTRAINT fk_claim_parent_claim FOREIGN KEY(claim) REFERENCES claims.claim (id),
    CONSTRAINT fk_claim_parent_parent FOREIGN KEY(parent) REFERENCES claims.claim (id)
);
CREATE INDEX ix_claim_parent_parent ON claims.claim_parent (parent);
COMMENT ON TABLE claims.claim_parent IS 'Which claims a split or merged claim was made of. Rows are only ever added.';
COMMENT ON COLUMN claims.claim_parent.claim IS 'The claim that was made.';
COMMENT ON COLUMN claims.claim_parent.parent IS 'A claim it was made of.';

-- A parent, and a link that a person made, belong to a claim and change only together with a decision
-- on it. What the machine linked it may link anew.
CREATE FUNCTION claims.guard_of_claim() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    changed jsonb := coalesce(to_jsonb(NEW), to_jsonb(OLD));
    owner uuid := coalesce(changed ->> 'claim', changed ->> 'a')::uuid;
    settled integer;
    stamp bigint;
BEGIN
    IF TG_TABLE_NAME = 'claim_link' AND to_jsonb(OLD) ->> 'linked_by' IS NULL
       AND to_jsonb(NEW) ->> 'linked_by' IS NULL THEN
        RETURN NULL;
    END IF;
    SELECT c.revision, c.changed_in INTO settled, stamp FROM claims.claim AS c WHERE c.id = owner;
    IF TG_OP = 'UPDATE' OR settled = 0 OR stamp IS DISTINCT FROM pg_current_xact_id()::text::bigint THEN
        RAISE EXCEPTION '% of claim %: it is added or taken away only with a decision on the claim',
            TG_TABLE_NAME, owner USING ERRCODE = 'restrict_violation', CONSTRAINT = 'claim_settled';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER claim_parent_settled AFTER INSERT OR UPDATE OR DELETE ON claims.claim_parent
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION claims.guard_of_claim();
CREATE CONSTRAINT TRIGGER claim_link_settled AFTER INSERT OR UPDATE OR DELETE ON claims.claim_link
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION claims.guard_of_claim();
CREATE TRIGGER claim_parent_rows BEFORE UPDATE OR DELETE ON claims.claim_parent
    FOR EACH ROW EXECUTE FUNCTION claims.refuse_change();
CREATE TRIGGER claim_parent_truncate BEFORE TRUNCATE ON claims.claim_parent
    FOR EACH STATEMENT EXECUTE FUNCTION claims.refuse_change();
CREATE TRIGGER claim_link_truncate BEFORE TRUNCATE ON claims.claim_link
    FOR EACH STATEMENT EXECUTE FUNCTION claims.refuse_removal();

-- Blind readings -----------------------------------------------------------------------------------

CREATE TABLE claims.reading (
    id UUID NOT NULL,
    claim UUID NOT NULL,
    revision INTEGER NOT NULL,
    reviewer UUID NOT NULL,
    action TEXT NOT NULL,
    after JSONB NOT NULL,
    reason TEXT,
    tool_version TEXT NOT NULL,
    at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT pk_reading PRIMARY KEY (id),
    CONSTRAINT ck_reading_action CHECK (action IN ('accept', 'reject', 'withdrawn')),
    CONSTRAINT fk_reading_claim FOREIGN KEY(claim) REFERENCES claims.claim (id),
    CONSTRAINT fk_reading_reviewer FOREIGN KEY(reviewer) REFERENCES claims.reviewer (id)
);
CREATE INDEX ix_reading_claim_revision ON claims.reading (claim, revision);
CREATE INDEX ix_reading_reviewer ON claims.reading (reviewer, at);
COMMENT ON TABLE claims.reading IS 'What one of two readers would decide; shown to nobody until both are in, then part of the ledger. Rows are only ever added.';
COMMENT ON COLUMN claims.reading.id IS 'Made by the client, so that a retry adds nothing.';
COMMENT ON COLUMN claims.reading.claim IS 'The claim that was read.';
COMMENT ON COLUMN claims.reading.revision IS 'The revision that was read; a reading of an earlier one counts no more.';
COMMENT ON COLUMN claims.reading.reviewer IS 'Who read it; of several readings of one reviewer the last counts.';
COMMENT ON COLUMN claims.reading.action IS 'accept or reject; withdrawn takes the reader''s last one back.';
COMMENT ON COLUMN claims.reading.after IS 'The fields the reader would change, as they would be.';
COMMENT ON COLUMN claims.reading.reason IS 'Why, in the reader''s words.';
COMMENT ON COLUMN claims.reading.tool_version IS 'Version of the program that wrote it.';
COMMENT ON COLUMN claims.reading.at IS 'When, by the server''s clock.';
CREATE FUNCTION claims.sign_reading() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM claims.reviewer AS r
                WHERE r.id = NEW.reviewer AND r.closed_at <= clock_timestamp()) THEN
        RAISE EXCEPTION 'reviewer % is closed', NEW.reviewer
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'reviewer_open';
    END IF;
    NEW.at := clock_timestamp();
    RETURN NEW;
END $$;
CREATE TRIGGER reading_signed BEFORE INSERT ON claims.reading
    FOR EACH ROW EXECUTE FUNCTION claims.sign_reading();
CREATE TRIGGER reading_rows BEFORE UPDATE OR DELETE ON claims.reading
    FOR EACH ROW EXECUTE FUNCTION claims.refuse_change();
CREATE TRIGGER reading_truncate BEFORE TRUNCATE ON claims.reading
    FOR EACH STATEMENT EXECUTE FUNCTION claims.refuse_change();

CREATE TABLE claims.review_policy (
    id UUID NOT NULL,
    second_reading TEXT NOT NULL,
    share DOUBLE PRECISION NOT NULL,
    paraphrase_below DOUBLE PRECISION NOT NULL,
    set_by UUID NOT NULL,
    at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT pk_review_policy PRIMARY KEY (id),
    CONSTRAINT ck_review_policy_second_reading CHECK (second_reading IN ('none', 'share', 'all')),
    CONSTRAINT ck_review_policy_share CHECK (share BETWEEN 0 AND 1),
    CONSTRAINT ck_review_policy_paraphrase_below CHECK (paraphrase_below BETWEEN 0 AND 1),
    CONSTRAINT fk_review_policy_set_by FOREIGN KEY(set_by) REFERENCES claims.reviewer (id)
);
CREATE INDEX ix_review_policy_at ON claims.review_policy (at);
COMMENT ON TABLE claims.review_policy IS 'Which claims need two readers: the last row holds, none means no claim does. Rows are only ever added.';
COMMENT ON COLUMN claims.review_policy.id IS 'Made by the program.';
COMMENT ON COLUMN claims.review_policy.second_reading IS 'none, share or all.';
COMMENT ON COLUMN claims.review_policy.share IS '0 to 1: which part of the claims; drawn by their ids, so that it is always the same ones.';
COMMENT ON COLUMN claims.review_policy.paraphrase_below IS 'Paraphrases with a lower extractor score always need two readers; 0 for none.';
COMMENT ON COLUMN claims.review_policy.set_by IS 'Who set it.';
COMMENT ON COLUMN claims.review_policy.at IS 'From when it holds.';
CREATE TRIGGER review_policy_rows BEFORE UPDATE OR DELETE ON claims.review_policy
    FOR EACH ROW EXECUTE FUNCTION claims.refuse_change();
CREATE TRIGGER review_policy_truncate BEFORE TRUNCATE ON claims.review_policy
    FOR EACH STATEMENT EXECUTE FUNCTION claims.refuse_change();

-- Leases and drafts: of no account once a decision is made, so they may go ---------------------------

CREATE TABLE claims.lease (
    claim UUID NOT NULL,
    reviewer UUID NOT NULL,
    version UUID NOT NULL,
    until TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_lease PRIMARY KEY (claim),
    CONSTRAINT fk_lease_claim FOREIGN KEY(claim) REFERENCES claims.claim (id),
    CONSTRAINT fk_lease_reviewer FOREIGN KEY(reviewer) REFERENCES claims.reviewer (id)
);
CREATE INDEX ix_lease_reviewer ON claims.lease (reviewer, until);
CREATE INDEX ix_lease_version ON claims.lease (version);
COMMENT ON TABLE claims.lease IS 'Who has which card before them, until when; one person a card.';
COMMENT ON COLUMN claims.lease.claim IS 'The claim on the card.';
COMMENT ON COLUMN claims.lease.reviewer IS 'Who has it.';
COMMENT ON COLUMN claims.lease.version IS 'The text the claim stands in.';
COMMENT ON COLUMN claims.lease.until IS 'When it is free again; any key renews it.';

CREATE TABLE claims.draft (
    reviewer UUID NOT NULL,
    claim UUID NOT NULL,
    draft JSONB NOT NULL,
    saved_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT pk_draft PRIMARY KEY (reviewer, claim),
    CONSTRAINT fk_draft_reviewer FOREIGN KEY(reviewer) REFERENCES claims.reviewer (id),
    CONSTRAINT fk_draft_claim FOREIGN KEY(claim) REFERENCES claims.claim (id)
);
COMMENT ON TABLE claims.draft IS 'What a reviewer typed and has not decided yet; gone with the decision.';
COMMENT ON COLUMN claims.draft.reviewer IS 'Who typed it.';
COMMENT ON COLUMN claims.draft.claim IS 'The claim before them.';
COMMENT ON COLUMN claims.draft.draft IS 'The field and what stands in it.';
COMMENT ON COLUMN claims.draft.saved_at IS 'When it was saved.';

-- Releases -----------------------------------------------------------------------------------------

CREATE TABLE claims.release (
    id UUID NOT NULL,
    name TEXT NOT NULL,
    no BIGINT NOT NULL,
    digest BYTEA NOT NULL,
    at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    made_by UUID NOT NULL,
    note TEXT,
    CONSTRAINT pk_release PRIMARY KEY (id),
    CONSTRAINT uq_release_name UNIQUE (name),
    CONSTRAINT ck_release_name CHECK (name <> ''),
    CONSTRAINT fk_release_made_by FOREIGN KEY(made_by) REFERENCES claims.reviewer (id)
);
COMMENT ON TABLE claims.release IS 'A named, frozen state of what is published: all decisions up to one. Rows are only ever added.';
COMMENT ON COLUMN claims.release.id IS 'Made by the program.';
COMMENT ON COLUMN claims.release.name IS 'What it is called.';
COMMENT ON COLUMN claims.release.no IS 'Number of the last decision it holds; 0 if none.';
COMMENT ON COLUMN claims.release.digest IS 'Digest of that decision; 32 zero bytes if none.';
COMMENT ON COLUMN claims.release.at IS 'When it was made, by the server''s clock; claims stored later are not in it.';
COMMENT ON COLUMN claims.release.made_by IS 'Who made it.';
COMMENT ON COLUMN claims.release.note IS 'What it is for.';

-- A release is the head of the ledger as it is now, whatever the client says.
CREATE FUNCTION claims.freeze_release() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    SELECT h.no, h.digest INTO STRICT NEW.no, NEW.digest FROM claims.ledger_head AS h FOR SHARE;
    NEW.at := clock_timestamp();
    RETURN NEW;
END $$;
CREATE TRIGGER release_frozen BEFORE INSERT ON claims.release
    FOR EACH ROW EXECUTE FUNCTION claims.freeze_release();
CREATE TRIGGER release_rows BEFORE UPDATE OR DELETE ON claims.release
    FOR EACH ROW EXECUTE FUNCTION claims.refuse_change();
CREATE TRIGGER release_truncate BEFORE TRUNCATE ON claims.release
    FOR EACH STATEMENT EXECUTE FUNCTION claims.refuse_change();

-- The queue ----------------------------------------------------------------------------------------

-- Same words, whatever their case, marks and spacing; of a few words that says nothing.
CREATE INDEX ix_claim_words ON claims.claim (md5(regexp_replace(lower(text), '[^[:alnum:]]+', ' ', 'g')), version) WHERE char_length(text) >= 30;

CREATE TABLE claims.waiting (
    claim UUID NOT NULL,
    version UUID NOT NULL,
    arrived_at TIMESTAMP WITH TIME ZONE NOT NULL,
    starts INTEGER NOT NULL,
    put_aside BOOLEAN NOT NULL,
    first_reader UUID DEFAULT '00000000-0000-0000-0000-000000000000' NOT NULL,
    second_reader UUID DEFAULT '00000000-0000-0000-0000-000000000000' NOT NULL,
    uncertainty DOUBLE PRECISION NOT NULL,
    published_at TIMESTAMP WITH TIME ZONE NOT NULL,
    printed INTEGER DEFAULT 1 NOT NULL,
    speaker UUID,
    outlet UUID,
    form TEXT NOT NULL,
    CONSTRAINT pk_waiting PRIMARY KEY (claim),
    CONSTRAINT fk_waiting_claim FOREIGN KEY(claim) REFERENCES claims.claim (id)
);
CREATE INDEX ix_waiting_article ON claims.waiting (first_reader, put_aside, arrived_at, version, starts, claim);
CREATE INDEX ix_waiting_uncertain ON claims.waiting (first_reader, put_aside, uncertainty, version, starts, claim);
CREATE INDEX ix_waiting_oldest ON claims.waiting (first_reader, put_aside, published_at, version, starts, claim);
CREATE INDEX ix_waiting_printed ON claims.waiting (first_reader, put_aside, printed DESC, version, starts, claim);
CREATE INDEX ix_waiting_speaker ON claims.waiting (speaker, first_reader, put_aside, arrived_at, version, starts, claim);
CREATE INDEX ix_waiting_outlet ON claims.waiting (outlet, first_reader, put_aside, arrived_at, version, starts, claim);
CREATE INDEX ix_waiting_form ON claims.waiting (form, first_reader, put_aside, arrived_at, version, starts, claim);
CREATE INDEX ix_waiting_version ON claims.waiting (version, starts);
COMMENT ON TABLE claims.waiting IS 'The queue: a row for each claim that waits for a person, with what it is ordered and found by; kept by the database.';
COMMENT ON COLUMN claims.waiting.claim IS 'The claim that waits.';
COMMENT ON COLUMN claims.waiting.version IS 'The text it stands in.';
COMMENT ON COLUMN claims.waiting.arrived_at IS 'When that text was stored: articles are read in this order.';
COMMENT ON COLUMN claims.waiting.starts IS 'Where its words begin.';
COMMENT ON COLUMN claims.waiting.put_aside IS 'Whether somebody put it aside for later.';
COMMENT ON COLUMN claims.waiting.first_reader IS 'Who read it first, where two have to; zeros if nobody did. Part of every index: a reader''s own claims are passed over at once.';
COMMENT ON COLUMN claims.waiting.second_reader IS 'Who read it second, where a third has to; zeros if nobody did.';
COMMENT ON COLUMN claims.waiting.uncertainty IS 'Distance of the extractor''s score from 0.5: the smallest is the least certain.';
COMMENT ON COLUMN claims.waiting.published_at IS 'When its article was published; the end of time if that is not known.';
COMMENT ON COLUMN claims.waiting.printed IS 'How many texts hold the same words.';
COMMENT ON COLUMN claims.waiting.speaker IS 'Whose words they are, as they are linked.';
COMMENT ON COLUMN claims.waiting.outlet IS 'Who printed the article.';
COMMENT ON COLUMN claims.waiting.form IS 'quote, mixed or paraphrase.';

CREATE FUNCTION claims.waits(status text) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp
    RETURN status IN ('proposed', 'later', 'second_reading', 'disputed');
COMMENT ON FUNCTION claims.waits(text) IS 'Whether a claim of this status waits for a person.';

CREATE FUNCTION claims.queue_up(ids uuid[]) RETURNS void
    LANGUAGE sql SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    INSERT INTO claims.waiting (claim, version, arrived_at, starts, put_aside, uncertainty,
                                published_at, printed, speaker, outlet, form)
    SELECT c.id, c.version, v.recorded_at, lower(c.content_spans), c.status = 'later',
           abs(c.extractor_score - 0.5), coalesce(d.published_at, 'infinity'),
           CASE WHEN char_length(c.text) < 30 THEN 1 ELSE
               (SELECT count(DISTINCT o.version) FROM claims.claim AS o
                 WHERE char_length(o.text) >= 30
                   AND md5(regexp_replace(lower(o.text), '[^[:alnum:]]+', ' ', 'g'))
                     = md5(regexp_replace(lower(c.text), '[^[:alnum:]]+', ' ', 'g'))) END,
           c.speaker, d.outlet, c.form
      FROM claims.claim AS c
      JOIN claims.document_version AS v ON v.id = c.version
      JOIN claims.document AS d ON d.id = v.document
     WHERE c.id = ANY (ids) AND claims.waits(c.status)
    ON CONFLICT (claim) DO UPDATE
       SET starts = excluded.starts, put_aside = excluded.put_aside, speaker = excluded.speaker,
           form = excluded.form, printed = excluded.printed;
END;
COMMENT ON FUNCTION claims.queue_up(uuid[]) IS 'Puts claims that wait into the queue, or brings their rows there up to date.';

CREATE FUNCTION claims.queue_new() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM claims.queue_up(ARRAY(SELECT n.id FROM new_rows AS n WHERE claims.waits(n.status)));
    -- The same words in another article: those that wait there are printed once more often.
    UPDATE claims.waiting AS w SET printed = same.texts
      FROM (SELECT k.key, count(DISTINCT o.version) AS texts
              FROM (SELECT DISTINCT md5(regexp_replace(lower(n.text), '[^[:alnum:]]+', ' ', 'g')) AS key
                      FROM new_rows AS n WHERE char_length(n.text) >= 30) AS k
              JOIN claims.claim AS o
                ON md5(regexp_replace(lower(o.text), '[^[:alnum:]]+', ' ', 'g')) = k.key
               AND char_length(o.text) >= 30
             GROUP BY k.key HAVING count(DISTINCT o.version) > 1) AS same
      JOIN claims.claim AS c
        ON md5(regexp_replace(lower(c.text), '[^[:alnum:]]+', ' ', 'g')) = same.key
       AND char_length(c.text) >= 30
     WHERE w.claim = c.id AND w.printed <> same.texts;
    RETURN NULL;
END $$;
CREATE TRIGGER claim_queued AFTER INSERT ON claims.claim
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION claims.queue_new();

CREATE FUNCTION claims.queue_changed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT claims.waits(NEW.status) THEN
        DELETE FROM claims.waiting AS w WHERE w.claim = NEW.id;
        DELETE FROM claims.lease AS l WHERE l.claim = NEW.id;
    ELSE
        PERFORM claims.queue_up(ARRAY[NEW.id]);
        -- Readings are of one revision: at the next one both readers are free to read again, unless
        -- it is their dispute that a third has to settle.
        IF NEW.revision <> OLD.revision AND NEW.status <> 'disputed' THEN
            UPDATE claims.waiting AS w SET first_reader = DEFAULT, second_reader = DEFAULT
             WHERE w.claim = NEW.id;
        END IF;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER claim_requeued AFTER UPDATE OF status, speaker, form, content_spans, revision ON claims.claim
    FOR EACH ROW WHEN (claims.waits(NEW.status) OR claims.waits(OLD.status))
    EXECUTE FUNCTION claims.queue_changed();

-- An undecided proposal that gives way to a better one leaves the queue, and whose card it is on.
CREATE FUNCTION claims.queue_removed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    DELETE FROM claims.waiting AS w WHERE w.claim = OLD.id;
    DELETE FROM claims.lease AS l WHERE l.claim = OLD.id;
    RETURN OLD;
END $$;
CREATE TRIGGER claim_unqueued BEFORE DELETE ON claims.claim
    FOR EACH ROW EXECUTE FUNCTION claims.queue_removed();

-- Who read a claim stands in its row of the queue, so that nobody is offered it twice.
CREATE FUNCTION claims.queue_read() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    readers uuid[] := ARRAY(
        SELECT r.reviewer FROM (
            SELECT DISTINCT ON (l.reviewer) l.reviewer, l.action, l.at
              FROM claims.reading AS l
             WHERE l.claim = NEW.claim AND l.revision = NEW.revision
             ORDER BY l.reviewer, l.at DESC) AS r
         WHERE r.action <> 'withdrawn' ORDER BY r.at);
    nobody uuid := '00000000-0000-0000-0000-000000000000';
BEGIN
    UPDATE claims.waiting AS w
       SET first_reader = coalesce(readers[1], nobody), second_reader = coalesce(readers[2], nobody)
     WHERE w.claim = NEW.claim;
    RETURN NULL;
END $$;
CREATE TRIGGER reading_queued AFTER INSERT ON claims.reading
    FOR EACH ROW EXECUTE FUNCTION claims.queue_read();

-- What waits already.
SELECT claims.queue_up(ARRAY(SELECT c.id FROM claims.claim AS c WHERE claims.waits(c.status)));

ALTER TABLE claims.claim ENABLE ALWAYS TRIGGER claim_circumstance_words;
ALTER TABLE claims.claim ENABLE ALWAYS TRIGGER claim_circumstance_kept;
ALTER TABLE claims.claim ENABLE ALWAYS TRIGGER claim_queued;
ALTER TABLE claims.claim ENABLE ALWAYS TRIGGER claim_requeued;
ALTER TABLE claims.claim ENABLE ALWAYS TRIGGER claim_unqueued;
ALTER TABLE claims.claim_parent ENABLE ALWAYS TRIGGER claim_parent_settled;
ALTER TABLE claims.claim_parent ENABLE ALWAYS TRIGGER claim_parent_rows;
ALTER TABLE claims.claim_parent ENABLE ALWAYS TRIGGER claim_parent_truncate;
ALTER TABLE claims.claim_link ENABLE ALWAYS TRIGGER claim_link_settled;
ALTER TABLE claims.claim_link ENABLE ALWAYS TRIGGER claim_link_truncate;
ALTER TABLE claims.reading ENABLE ALWAYS TRIGGER reading_signed;
ALTER TABLE claims.reading ENABLE ALWAYS TRIGGER reading_rows;
ALTER TABLE claims.reading ENABLE ALWAYS TRIGGER reading_truncate;
ALTER TABLE claims.reading ENABLE ALWAYS TRIGGER reading_queued;
ALTER TABLE claims.review_policy ENABLE ALWAYS TRIGGER review_policy_rows;
ALTER TABLE claims.review_policy ENABLE ALWAYS TRIGGER review_policy_truncate;
ALTER TABLE claims.release ENABLE ALWAYS TRIGGER release_frozen;
ALTER TABLE claims.release ENABLE ALWAYS TRIGGER release_rows;
ALTER TABLE claims.release ENABLE ALWAYS TRIGGER release_truncate;

REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA claims FROM PUBLIC;
