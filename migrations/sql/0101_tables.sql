-- All tables and their indexes, as claims.schema describes them. Their comments stand there, and are
-- written after each upgrade (claims/database/comments.py).

CREATE TABLE claims.reviewer (
    id UUID NOT NULL,
    name TEXT NOT NULL,
    closed_at TIMESTAMP WITH TIME ZONE,
    recorded_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    role TEXT DEFAULT 'reviewer' NOT NULL,
    CONSTRAINT pk_reviewer PRIMARY KEY (id),
    CONSTRAINT uq_reviewer_name UNIQUE (name),
    CONSTRAINT ck_reviewer_name CHECK (name <> ''),
    CONSTRAINT ck_reviewer_role CHECK (role IN ('reviewer', 'adjudicator'))
);

CREATE TABLE claims.ledger_head (
    only_row BOOLEAN DEFAULT true NOT NULL,
    no BIGINT NOT NULL,
    digest BYTEA NOT NULL,
    CONSTRAINT pk_ledger_head PRIMARY KEY (only_row),
    CONSTRAINT ck_ledger_head_only_row CHECK (only_row)
);

CREATE TABLE claims.run (
    id UUID NOT NULL,
    command TEXT NOT NULL,
    inputs JSONB NOT NULL,
    tool_version TEXT NOT NULL,
    extractor_version TEXT NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT pk_run PRIMARY KEY (id)
);

CREATE TABLE claims.decision (
    id UUID NOT NULL,
    no BIGINT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    reviewer UUID NOT NULL,
    action TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject UUID NOT NULL,
    revision INTEGER NOT NULL,
    before JSONB NOT NULL,
    after JSONB NOT NULL,
    reason TEXT,
    tool_version TEXT NOT NULL,
    undoes UUID,
    prev_digest BYTEA NOT NULL,
    digest BYTEA NOT NULL,
    batch UUID,
    CONSTRAINT pk_decision PRIMARY KEY (id),
    CONSTRAINT uq_decision_no UNIQUE (no),
    CONSTRAINT uq_decision_prev_digest UNIQUE (prev_digest),
    CONSTRAINT uq_decision_digest UNIQUE (digest),
    CONSTRAINT uq_decision_subject_kind_subject_revision UNIQUE (subject_kind, subject, revision),
    CONSTRAINT uq_decision_undoes UNIQUE (undoes),
    CONSTRAINT ck_decision_subject_kind CHECK (subject_kind IN ('claim', 'source', 'document')),
    CONSTRAINT ck_decision_revision CHECK (revision >= 1),
    CONSTRAINT ck_decision_action CHECK (action <> ''),
    CONSTRAINT fk_decision_reviewer FOREIGN KEY(reviewer) REFERENCES claims.reviewer (id),
    CONSTRAINT fk_decision_undoes FOREIGN KEY(undoes) REFERENCES claims.decision (id)
);
CREATE INDEX ix_decision_reviewer_no ON claims.decision (reviewer, no);
CREATE INDEX ix_decision_batch ON claims.decision (batch) WHERE batch IS NOT NULL;
CREATE INDEX ix_decision_at ON claims.decision (at);
CREATE INDEX ix_decision_readings ON claims.decision (no) WHERE jsonb_exists(after, 'readings');
-- What schema claims_past looks up.
CREATE INDEX ix_decision_on_sources ON claims.decision (no) WHERE subject_kind = 'source';
CREATE INDEX ix_decision_chains ON claims.decision (no) WHERE subject_kind = 'claim' AND jsonb_exists(before, 'chain');
CREATE INDEX ix_decision_links ON claims.decision (no) WHERE subject_kind = 'claim' AND jsonb_exists(before, 'links');

CREATE TABLE claims.problem (
    id UUID NOT NULL,
    run UUID NOT NULL,
    place TEXT NOT NULL,
    line INTEGER,
    field TEXT,
    value TEXT,
    reason TEXT NOT NULL,
    detail TEXT NOT NULL,
    resolved TIMESTAMP WITH TIME ZONE,
    recorded_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT pk_problem PRIMARY KEY (id),
    CONSTRAINT ck_problem_reason CHECK (reason IN ('bad-encoding', 'bad-json', 'bad-field', 'binary', 'empty', 'missing-text', 'too-large', 'no-article', 'unreadable', 'extraction-failed', 'conflict', 'decided-elsewhere')),
    CONSTRAINT fk_problem_run FOREIGN KEY(run) REFERENCES claims.run (id)
);
CREATE INDEX ix_problem_run ON claims.problem (run);

CREATE TABLE claims.source (
    id UUID NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT,
    wikidata TEXT,
    country TEXT,
    homepage TEXT,
    merged_into UUID,
    revision INTEGER DEFAULT 0 NOT NULL,
    changed_in BIGINT DEFAULT pg_current_xact_id()::text::bigint,
    run UUID,
    recorded_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    itself UUID GENERATED ALWAYS AS (id) STORED NOT NULL,
    CONSTRAINT pk_source PRIMARY KEY (id),
    CONSTRAINT ck_source_kind CHECK (kind IN ('person', 'organisation', 'outlet', 'group')),
    CONSTRAINT ck_source_name CHECK (name <> ''),
    CONSTRAINT ck_source_not_into_itself CHECK (merged_into <> id),
    CONSTRAINT ck_source_wikidata CHECK (wikidata ~ '^Q[1-9][0-9]*$'),
    CONSTRAINT ck_source_country CHECK (country ~ '^[A-Z]{2}$'),
    CONSTRAINT ck_source_undecided_unmerged CHECK (revision > 0 OR merged_into IS NULL),
    CONSTRAINT fk_source_merged_into FOREIGN KEY(merged_into) REFERENCES claims.source (id),
    CONSTRAINT fk_source_run FOREIGN KEY(run) REFERENCES claims.run (id)
);
CREATE UNIQUE INDEX uq_source_wikidata ON claims.source (wikidata) WHERE merged_into IS NULL;
-- People filter by the name they see.
CREATE INDEX ix_source_name ON claims.source (name);
-- From a speaker's name back to the claims, over merges, by index: the views read sources and merges as
-- one list (source, where it ends), and of two columns that are one and the same the planner looks up
-- only one. So where an unmerged source ends, which is itself, is a column of its own.
CREATE INDEX ix_source_itself ON claims.source (itself) WHERE merged_into IS NULL;

CREATE TABLE claims.document (
    id UUID NOT NULL,
    outlet UUID,
    url TEXT,
    external_id TEXT,
    title TEXT,
    byline TEXT,
    published_at TIMESTAMP WITH TIME ZONE,
    language TEXT NOT NULL,
    status TEXT DEFAULT 'usable' NOT NULL,
    revision INTEGER DEFAULT 0 NOT NULL,
    changed_in BIGINT DEFAULT pg_current_xact_id()::text::bigint,
    run UUID NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT pk_document PRIMARY KEY (id),
    CONSTRAINT ck_document_status CHECK (status IN ('usable', 'corrected', 'withdrawn')),
    CONSTRAINT ck_document_undecided_usable CHECK (revision > 0 OR status = 'usable'),
    CONSTRAINT fk_document_outlet FOREIGN KEY(outlet) REFERENCES claims.source (id),
    CONSTRAINT fk_document_run FOREIGN KEY(run) REFERENCES claims.run (id)
);
CREATE UNIQUE INDEX uq_document_url ON claims.document (url) WHERE url IS NOT NULL;
CREATE INDEX ix_document_published_at ON claims.document (published_at);
CREATE UNIQUE INDEX uq_document_outlet_external_id ON claims.document (outlet, external_id) NULLS NOT DISTINCT WHERE external_id IS NOT NULL;

CREATE TABLE claims.source_name (
    id UUID NOT NULL,
    source UUID NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    language TEXT,
    keys TEXT[] NOT NULL,
    CONSTRAINT pk_source_name PRIMARY KEY (id),
    CONSTRAINT uq_source_name_source_name_kind UNIQUE (source, name, kind),
    CONSTRAINT ck_source_name_kind CHECK (kind IN ('canonical', 'alias', 'former', 'transliteration')),
    CONSTRAINT ck_source_name_name CHECK (name <> ''),
    CONSTRAINT fk_source_name_source FOREIGN KEY(source) REFERENCES claims.source (id)
);
CREATE INDEX ix_source_name_keys ON claims.source_name USING gin (keys);

CREATE TABLE claims.source_merged (
    source UUID NOT NULL,
    root UUID NOT NULL,
    CONSTRAINT pk_source_merged PRIMARY KEY (source),
    CONSTRAINT ck_source_merged_two CHECK (source <> root),
    CONSTRAINT fk_source_merged_source FOREIGN KEY(source) REFERENCES claims.source (id),
    CONSTRAINT fk_source_merged_root FOREIGN KEY(root) REFERENCES claims.source (id)
);
CREATE INDEX ix_source_merged_root ON claims.source_merged (root);

CREATE TABLE claims.source_identifier (
    register TEXT NOT NULL,
    value TEXT NOT NULL,
    source UUID NOT NULL,
    CONSTRAINT pk_source_identifier PRIMARY KEY (register, value),
    CONSTRAINT ck_source_identifier_value CHECK (register <> '' AND value <> ''),
    CONSTRAINT fk_source_identifier_source FOREIGN KEY(source) REFERENCES claims.source (id)
);
CREATE INDEX ix_source_identifier_source ON claims.source_identifier (source);

CREATE TABLE claims.source_suggestion (
    a UUID NOT NULL,
    b UUID NOT NULL,
    score DOUBLE PRECISION NOT NULL,
    reason TEXT NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT pk_source_suggestion PRIMARY KEY (a, b),
    CONSTRAINT ck_source_suggestion_order CHECK (a < b),
    CONSTRAINT ck_source_suggestion_score CHECK (score BETWEEN 0 AND 1),
    CONSTRAINT fk_source_suggestion_a FOREIGN KEY(a) REFERENCES claims.source (id),
    CONSTRAINT fk_source_suggestion_b FOREIGN KEY(b) REFERENCES claims.source (id)
);
CREATE INDEX ix_source_suggestion_b ON claims.source_suggestion (b);
CREATE INDEX ix_source_suggestion_best ON claims.source_suggestion (score DESC, a, b);

CREATE TABLE claims.source_distinct (
    a UUID NOT NULL,
    b UUID NOT NULL,
    CONSTRAINT pk_source_distinct PRIMARY KEY (a, b),
    CONSTRAINT ck_source_distinct_order CHECK (a < b),
    CONSTRAINT fk_source_distinct_a FOREIGN KEY(a) REFERENCES claims.source (id),
    CONSTRAINT fk_source_distinct_b FOREIGN KEY(b) REFERENCES claims.source (id)
);

CREATE TABLE claims.outlet_rating (
    id UUID NOT NULL,
    outlet UUID NOT NULL,
    rating TEXT NOT NULL,
    rated_on DATE NOT NULL,
    rated_by UUID NOT NULL,
    why TEXT NOT NULL,
    CONSTRAINT pk_outlet_rating PRIMARY KEY (id),
    CONSTRAINT uq_outlet_rating_outlet_rated_on_rated_by UNIQUE (outlet, rated_on, rated_by),
    CONSTRAINT ck_outlet_rating_rating CHECK (rating IN ('A', 'B', 'C', 'D', 'E', 'F')),
    CONSTRAINT fk_outlet_rating_outlet FOREIGN KEY(outlet) REFERENCES claims.source (id),
    CONSTRAINT fk_outlet_rating_rated_by FOREIGN KEY(rated_by) REFERENCES claims.reviewer (id)
);

CREATE TABLE claims.document_version (
    id UUID NOT NULL,
    document UUID NOT NULL,
    number INTEGER NOT NULL,
    text TEXT NOT NULL,
    sha256 BYTEA NOT NULL,
    retrieved_at TIMESTAMP WITH TIME ZONE NOT NULL,
    reader TEXT NOT NULL,
    archived BYTEA,
    warc_record TEXT,
    warc_digest TEXT,
    run UUID NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT pk_document_version PRIMARY KEY (id),
    CONSTRAINT uq_document_version_document_number UNIQUE (document, number),
    CONSTRAINT uq_document_version_document_sha256 UNIQUE (document, sha256),
    CONSTRAINT ck_document_version_number CHECK (number >= 1),
    CONSTRAINT ck_document_version_text CHECK (text <> ''),
    CONSTRAINT ck_document_version_sha256 CHECK (sha256 = sha256(convert_to(text, 'UTF8'))),
    CONSTRAINT ck_document_version_archive CHECK (archived IS NOT NULL OR (warc_record IS NOT NULL AND warc_digest IS NOT NULL)),
    CONSTRAINT fk_document_version_document FOREIGN KEY(document) REFERENCES claims.document (id),
    CONSTRAINT fk_document_version_run FOREIGN KEY(run) REFERENCES claims.run (id)
);

CREATE TABLE claims.claim (
    id UUID NOT NULL,
    version UUID NOT NULL,
    form TEXT NOT NULL,
    content_spans INT4MULTIRANGE NOT NULL,
    text TEXT NOT NULL,
    statement TEXT,
    speaker UUID,
    said_on DATERANGE,
    said_on_text TEXT,
    listed_on DATE NOT NULL,
    venue TEXT,
    status TEXT NOT NULL,
    revision INTEGER DEFAULT 0 NOT NULL,
    changed_in BIGINT DEFAULT pg_current_xact_id()::text::bigint,
    run UUID NOT NULL,
    rule TEXT NOT NULL,
    extractor_score DOUBLE PRECISION NOT NULL,
    attribution_confidence DOUBLE PRECISION,
    credibility SMALLINT,
    search TSVECTOR GENERATED ALWAYS AS (to_tsvector('english'::regconfig, ((COALESCE(statement, ''::text) || ' '::text) || text))) STORED,
    recorded_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    said_on_spans INT4MULTIRANGE DEFAULT '{}' NOT NULL,
    venue_spans INT4MULTIRANGE DEFAULT '{}' NOT NULL,
    CONSTRAINT pk_claim PRIMARY KEY (id),
    CONSTRAINT uq_claim_version_content_spans UNIQUE (version, content_spans),
    CONSTRAINT ck_claim_form CHECK (form IN ('quote', 'mixed', 'paraphrase')),
    CONSTRAINT ck_claim_status CHECK (status IN ('proposed', 'later', 'second_reading', 'disputed', 'accepted', 'corrected', 'rejected', 'withdrawn', 'replaced')),
    CONSTRAINT ck_claim_content_spans CHECK (NOT isempty(content_spans)),
    CONSTRAINT ck_claim_said_on CHECK (NOT isempty(said_on)),
    CONSTRAINT ck_claim_extractor_score CHECK (extractor_score BETWEEN 0 AND 1),
    CONSTRAINT ck_claim_attribution_confidence CHECK (attribution_confidence BETWEEN 0 AND 1),
    CONSTRAINT ck_claim_credibility CHECK (credibility BETWEEN 1 AND 6),
    CONSTRAINT ck_claim_undecided CHECK (revision > 0 OR (status = 'proposed' AND statement IS NULL AND attribution_confidence IS NULL AND credibility IS NULL)),
    CONSTRAINT fk_claim_version FOREIGN KEY(version) REFERENCES claims.document_version (id),
    CONSTRAINT fk_claim_speaker FOREIGN KEY(speaker) REFERENCES claims.source (id),
    CONSTRAINT fk_claim_run FOREIGN KEY(run) REFERENCES claims.run (id)
);
CREATE INDEX ix_claim_status_id ON claims.claim (status, id);
CREATE INDEX ix_claim_search ON claims.claim USING gin (search);
CREATE INDEX ix_claim_timeline ON claims.claim (speaker, listed_on DESC, id DESC);
-- Same words, whatever their case, marks and spacing; a few words are too few to tell.
CREATE INDEX ix_claim_words ON claims.claim (md5(regexp_replace(lower(text), '[^[:alnum:]]+', ' ', 'g')), version) WHERE char_length(text) >= 30;
-- What the published views need to be quick at a million claims (bench/contract.py), of published claims
-- alone, so that proposals cost nothing: timeline, the day as the views show it, search.
CREATE INDEX ix_claim_published ON claims.claim (speaker, listed_on DESC, id DESC) WHERE status IN ('accepted', 'corrected');
CREATE INDEX ix_claim_published_day ON claims.claim (nullif(listed_on, DATE '0001-01-01'), speaker) WHERE status IN ('accepted', 'corrected');
CREATE INDEX ix_claim_published_search ON claims.claim USING gin (search) WHERE status IN ('accepted', 'corrected');

CREATE TABLE claims.source_role (
    id UUID NOT NULL,
    source UUID NOT NULL,
    title TEXT NOT NULL,
    organisation UUID,
    valid DATERANGE NOT NULL,
    evidence TEXT,
    evidence_version UUID,
    evidence_spans INT4MULTIRANGE DEFAULT '{}' NOT NULL,
    keys TEXT[] NOT NULL,
    CONSTRAINT pk_source_role PRIMARY KEY (id),
    CONSTRAINT uq_source_role_source_title_organisation_valid UNIQUE NULLS NOT DISTINCT (source, title, organisation, valid),
    CONSTRAINT ck_source_role_title CHECK (title <> ''),
    CONSTRAINT ck_source_role_valid CHECK (NOT isempty(valid)),
    CONSTRAINT ck_source_role_evidence_spans CHECK ((evidence_version IS NULL) = isempty(evidence_spans)),
    CONSTRAINT fk_source_role_source FOREIGN KEY(source) REFERENCES claims.source (id),
    CONSTRAINT fk_source_role_organisation FOREIGN KEY(organisation) REFERENCES claims.source (id),
    CONSTRAINT fk_source_role_evidence_version FOREIGN KEY(evidence_version) REFERENCES claims.document_version (id)
);
CREATE INDEX ix_source_role_keys ON claims.source_role USING gin (keys);

CREATE TABLE claims.attribution (
    claim UUID NOT NULL,
    position INTEGER NOT NULL,
    source UUID,
    mention TEXT NOT NULL,
    mention_spans INT4MULTIRANGE NOT NULL,
    cue TEXT NOT NULL,
    cue_spans INT4MULTIRANGE NOT NULL,
    capacity TEXT,
    capacity_spans INT4MULTIRANGE DEFAULT '{}' NOT NULL,
    mode TEXT NOT NULL,
    link_rule TEXT,
    link_score DOUBLE PRECISION,
    link_reason TEXT,
    CONSTRAINT pk_attribution PRIMARY KEY (claim, position),
    CONSTRAINT ck_attribution_mode CHECK (mode IN ('says', 'denies', 'expects', 'asks', 'promises')),
    CONSTRAINT ck_attribution_position CHECK (position >= 1),
    CONSTRAINT ck_attribution_mention CHECK ((mention = '') = isempty(mention_spans)),
    CONSTRAINT ck_attribution_cue CHECK ((cue = '') = isempty(cue_spans)),
    CONSTRAINT ck_attribution_capacity CHECK ((capacity IS NULL) = isempty(capacity_spans)),
    CONSTRAINT ck_attribution_link_score CHECK (link_score BETWEEN 0 AND 1),
    CONSTRAINT ck_attribution_link_rule CHECK ((source IS NULL) = (link_rule IS NULL)),
    CONSTRAINT fk_attribution_claim FOREIGN KEY(claim) REFERENCES claims.claim (id),
    CONSTRAINT fk_attribution_source FOREIGN KEY(source) REFERENCES claims.source (id)
);
CREATE INDEX ix_attribution_described ON claims.attribution (source) WHERE capacity IS NOT NULL;
CREATE INDEX ix_attribution_source ON claims.attribution (source);

CREATE TABLE claims.anchor (
    claim UUID NOT NULL,
    version UUID NOT NULL,
    spans INT4MULTIRANGE NOT NULL,
    state TEXT NOT NULL,
    score DOUBLE PRECISION NOT NULL,
    runner_up DOUBLE PRECISION,
    CONSTRAINT pk_anchor PRIMARY KEY (claim, version),
    CONSTRAINT ck_anchor_state CHECK (state IN ('same', 'moved', 'altered', 'lost', 'ambiguous')),
    CONSTRAINT ck_anchor_score CHECK (score BETWEEN 0 AND 1),
    CONSTRAINT ck_anchor_runner_up CHECK (runner_up BETWEEN 0 AND 1),
    CONSTRAINT ck_anchor_spans CHECK ((state = 'lost') = isempty(spans)),
    CONSTRAINT fk_anchor_claim FOREIGN KEY(claim) REFERENCES claims.claim (id),
    CONSTRAINT fk_anchor_version FOREIGN KEY(version) REFERENCES claims.document_version (id)
);

CREATE TABLE claims.claim_link (
    id UUID NOT NULL,
    a UUID NOT NULL,
    b UUID NOT NULL,
    kind TEXT NOT NULL,
    linked_by UUID,
    recorded_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT pk_claim_link PRIMARY KEY (id),
    CONSTRAINT uq_claim_link_a_b_kind UNIQUE (a, b, kind),
    CONSTRAINT ck_claim_link_kind CHECK (kind IN ('same_words', 'same_content', 'contradicts', 'narrows', 'retracts')),
    CONSTRAINT ck_claim_link_two CHECK (a <> b),
    CONSTRAINT fk_claim_link_a FOREIGN KEY(a) REFERENCES claims.claim (id),
    CONSTRAINT fk_claim_link_b FOREIGN KEY(b) REFERENCES claims.claim (id),
    CONSTRAINT fk_claim_link_linked_by FOREIGN KEY(linked_by) REFERENCES claims.reviewer (id)
);

CREATE TABLE claims.claim_parent (
    claim UUID NOT NULL,
    parent UUID NOT NULL,
    CONSTRAINT pk_claim_parent PRIMARY KEY (claim, parent),
    CONSTRAINT ck_claim_parent_two CHECK (claim <> parent),
    CONSTRAINT fk_claim_parent_claim FOREIGN KEY(claim) REFERENCES claims.claim (id),
    CONSTRAINT fk_claim_parent_parent FOREIGN KEY(parent) REFERENCES claims.claim (id)
);
CREATE INDEX ix_claim_parent_parent ON claims.claim_parent (parent);

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

CREATE TABLE claims.draft (
    reviewer UUID NOT NULL,
    claim UUID NOT NULL,
    draft JSONB NOT NULL,
    saved_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT pk_draft PRIMARY KEY (reviewer, claim),
    CONSTRAINT fk_draft_reviewer FOREIGN KEY(reviewer) REFERENCES claims.reviewer (id),
    CONSTRAINT fk_draft_claim FOREIGN KEY(claim) REFERENCES claims.claim (id)
);

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
