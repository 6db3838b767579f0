-- All tables, as claims.schema describes them.

CREATE TABLE claims.reviewer (
    id UUID NOT NULL,
    name TEXT NOT NULL,
    closed_at TIMESTAMP WITH TIME ZONE,
    recorded_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT pk_reviewer PRIMARY KEY (id),
    CONSTRAINT uq_reviewer_name UNIQUE (name),
    CONSTRAINT ck_reviewer_name CHECK (name <> '')
);
COMMENT ON TABLE claims.reviewer IS 'A person who decides; closed, never deleted.';
COMMENT ON COLUMN claims.reviewer.id IS 'Made by the program.';
COMMENT ON COLUMN claims.reviewer.name IS 'The name decisions are signed with.';
COMMENT ON COLUMN claims.reviewer.closed_at IS 'From when no new decision is taken.';
COMMENT ON COLUMN claims.reviewer.recorded_at IS 'When the row was written, by the server''s clock.';

CREATE TABLE claims.ledger_head (
    only_row BOOLEAN DEFAULT true NOT NULL,
    no BIGINT NOT NULL,
    digest BYTEA NOT NULL,
    CONSTRAINT pk_ledger_head PRIMARY KEY (only_row),
    CONSTRAINT ck_ledger_head_only_row CHECK (only_row)
);
COMMENT ON TABLE claims.ledger_head IS 'The end of the ledger''s chain: one row, locked while a decision is added.';
COMMENT ON COLUMN claims.ledger_head.only_row IS 'Always true.';
COMMENT ON COLUMN claims.ledger_head.no IS 'Number of the last decision; 0 if none.';
COMMENT ON COLUMN claims.ledger_head.digest IS 'Digest of the last decision.';

CREATE TABLE claims.run (
    id UUID NOT NULL,
    command TEXT NOT NULL,
    inputs JSONB NOT NULL,
    tool_version TEXT NOT NULL,
    extractor_version TEXT NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT pk_run PRIMARY KEY (id)
);
COMMENT ON TABLE claims.run IS 'One command over one set of inputs; the same command again continues it.';
COMMENT ON COLUMN claims.run.id IS 'Made from the command, its inputs and the versions.';
COMMENT ON COLUMN claims.run.command IS 'The command''s name.';
COMMENT ON COLUMN claims.run.inputs IS 'Paths and options as given.';
COMMENT ON COLUMN claims.run.tool_version IS 'Version of the program.';
COMMENT ON COLUMN claims.run.extractor_version IS 'Version of the extraction rules.';
COMMENT ON COLUMN claims.run.recorded_at IS 'When the row was written, by the server''s clock.';

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
COMMENT ON TABLE claims.decision IS 'The ledger: what a person settled. Rows are only ever added.';
COMMENT ON COLUMN claims.decision.id IS 'Made by the client, so that a retry adds nothing.';
COMMENT ON COLUMN claims.decision.no IS 'Place in the chain, from 1 without gaps; given by the database.';
COMMENT ON COLUMN claims.decision.at IS 'When, by the server''s clock.';
COMMENT ON COLUMN claims.decision.reviewer IS 'Who decided.';
COMMENT ON COLUMN claims.decision.action IS 'What was done: accept, reject and so on.';
COMMENT ON COLUMN claims.decision.subject_kind IS 'claim, source or document.';
COMMENT ON COLUMN claims.decision.subject IS 'Id of what was decided on.';
COMMENT ON COLUMN claims.decision.revision IS 'The subject''s revision after the decision.';
COMMENT ON COLUMN claims.decision.before IS 'Changed fields as they were.';
COMMENT ON COLUMN claims.decision.after IS 'The same fields afterwards.';
COMMENT ON COLUMN claims.decision.reason IS 'Why, in the reviewer''s words.';
COMMENT ON COLUMN claims.decision.tool_version IS 'Version of the program that wrote it.';
COMMENT ON COLUMN claims.decision.undoes IS 'The decision that this one takes back.';
COMMENT ON COLUMN claims.decision.prev_digest IS 'Digest of the row before; 32 zero bytes for the first.';
COMMENT ON COLUMN claims.decision.digest IS 'SHA-256 of all columns in the form docs/ledger.md describes.';

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
    CONSTRAINT ck_problem_reason CHECK (reason IN ('bad-encoding', 'bad-json', 'bad-field', 'binary', 'empty', 'missing-text', 'too-large', 'no-article', 'unreadable', 'extraction-failed')),
    CONSTRAINT fk_problem_run FOREIGN KEY(run) REFERENCES claims.run (id)
);

CREATE INDEX ix_problem_run ON claims.problem (run);
COMMENT ON TABLE claims.problem IS 'A record that could not be read: kept, reported, no reason to stop.';
COMMENT ON COLUMN claims.problem.id IS 'Made from the place, the field and the fault.';
COMMENT ON COLUMN claims.problem.run IS 'The run that first met it.';
COMMENT ON COLUMN claims.problem.place IS 'The file, or - for standard input.';
COMMENT ON COLUMN claims.problem.line IS 'Line of the record, from 1.';
COMMENT ON COLUMN claims.problem.field IS 'The field at fault.';
COMMENT ON COLUMN claims.problem.value IS 'The start of the offending value.';
COMMENT ON COLUMN claims.problem.reason IS 'Stable code of the fault.';
COMMENT ON COLUMN claims.problem.detail IS 'What exactly was wrong.';
COMMENT ON COLUMN claims.problem.resolved IS 'When somebody settled it.';
COMMENT ON COLUMN claims.problem.recorded_at IS 'When the row was written, by the server''s clock.';

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
COMMENT ON TABLE claims.source IS 'Whoever a claim is attributed to or came through; never deleted.';
COMMENT ON COLUMN claims.source.id IS 'Made from the kind and name it was first met with.';
COMMENT ON COLUMN claims.source.kind IS 'person, organisation, outlet or group.';
COMMENT ON COLUMN claims.source.name IS 'The name it is shown by.';
COMMENT ON COLUMN claims.source.description IS 'Who or what it is, in a few words.';
COMMENT ON COLUMN claims.source.wikidata IS 'Wikidata item, Q and a number.';
COMMENT ON COLUMN claims.source.country IS 'ISO 3166-1 alpha-2 code.';
COMMENT ON COLUMN claims.source.homepage IS 'Address of its own site.';
COMMENT ON COLUMN claims.source.merged_into IS 'The source it was found to be; a pointer, so the merge can be taken back.';
COMMENT ON COLUMN claims.source.revision IS '0 as the machine made it; each decision moves it by exactly one.';
COMMENT ON COLUMN claims.source.changed_in IS 'Transaction that wrote the row last; set by the guard, of no use outside it.';
COMMENT ON COLUMN claims.source.run IS 'The run that first met it; empty where a person added it.';
COMMENT ON COLUMN claims.source.recorded_at IS 'When the row was written, by the server''s clock.';

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
COMMENT ON TABLE claims.document IS 'One published article of one outlet, known by its URL or the feed''s own id.';
COMMENT ON COLUMN claims.document.id IS 'Made from the identity: URL, outlet and id, or text.';
COMMENT ON COLUMN claims.document.outlet IS 'Who published it; empty where the article does not say.';
COMMENT ON COLUMN claims.document.url IS 'Canonical address.';
COMMENT ON COLUMN claims.document.external_id IS 'The feed''s own id.';
COMMENT ON COLUMN claims.document.title IS 'Headline as printed.';
COMMENT ON COLUMN claims.document.byline IS 'Author line as printed.';
COMMENT ON COLUMN claims.document.published_at IS 'When it was published; midnight UTC where only the day is known.';
COMMENT ON COLUMN claims.document.language IS 'BCP 47 tag of the text''s language.';
COMMENT ON COLUMN claims.document.status IS 'usable, corrected or withdrawn by its publisher.';
COMMENT ON COLUMN claims.document.revision IS '0 as the machine made it; each decision moves it by exactly one.';
COMMENT ON COLUMN claims.document.changed_in IS 'Transaction that wrote the row last; set by the guard, of no use outside it.';
COMMENT ON COLUMN claims.document.run IS 'The run that first read it.';
COMMENT ON COLUMN claims.document.recorded_at IS 'When the row was written, by the server''s clock.';

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
COMMENT ON TABLE claims.source_name IS 'A name that a source is or was known by.';
COMMENT ON COLUMN claims.source_name.id IS 'Made from the source, the name and its kind.';
COMMENT ON COLUMN claims.source_name.source IS 'Whose name it is.';
COMMENT ON COLUMN claims.source_name.name IS 'The name as printed.';
COMMENT ON COLUMN claims.source_name.kind IS 'canonical, alias, former or transliteration.';
COMMENT ON COLUMN claims.source_name.language IS 'BCP 47 tag, where the name has one.';
COMMENT ON COLUMN claims.source_name.keys IS 'What the name is found by when a mention is resolved; made from it.';

CREATE TABLE claims.source_merged (
    source UUID NOT NULL,
    root UUID NOT NULL,
    CONSTRAINT pk_source_merged PRIMARY KEY (source),
    CONSTRAINT ck_source_merged_two CHECK (source <> root),
    CONSTRAINT fk_source_merged_source FOREIGN KEY(source) REFERENCES claims.source (id),
    CONSTRAINT fk_source_merged_root FOREIGN KEY(root) REFERENCES claims.source (id)
);

CREATE INDEX ix_source_merged_root ON claims.source_merged (root);
COMMENT ON TABLE claims.source_merged IS 'For each merged source the one that stands for it; kept by the database.';
COMMENT ON COLUMN claims.source_merged.source IS 'The merged source.';
COMMENT ON COLUMN claims.source_merged.root IS 'The unmerged source that its pointers lead to.';

CREATE TABLE claims.source_identifier (
    register TEXT NOT NULL,
    value TEXT NOT NULL,
    source UUID NOT NULL,
    CONSTRAINT pk_source_identifier PRIMARY KEY (register, value),
    CONSTRAINT ck_source_identifier_value CHECK (register <> '' AND value <> ''),
    CONSTRAINT fk_source_identifier_source FOREIGN KEY(source) REFERENCES claims.source (id)
);

CREATE INDEX ix_source_identifier_source ON claims.source_identifier (source);
COMMENT ON TABLE claims.source_identifier IS 'Under which id a register knows a source: importing it again adds nothing.';
COMMENT ON COLUMN claims.source_identifier.register IS 'Name of the register.';
COMMENT ON COLUMN claims.source_identifier.value IS 'Its id there.';
COMMENT ON COLUMN claims.source_identifier.source IS 'The source.';

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
COMMENT ON TABLE claims.source_suggestion IS 'Two sources that may be one; a person merges or parts them.';
COMMENT ON COLUMN claims.source_suggestion.a IS 'The smaller id of the two.';
COMMENT ON COLUMN claims.source_suggestion.b IS 'The larger id of the two.';
COMMENT ON COLUMN claims.source_suggestion.score IS '0 to 1: how likely they are one.';
COMMENT ON COLUMN claims.source_suggestion.reason IS 'What speaks for it and against it.';
COMMENT ON COLUMN claims.source_suggestion.recorded_at IS 'When the row was written, by the server''s clock.';

CREATE TABLE claims.source_distinct (
    a UUID NOT NULL,
    b UUID NOT NULL,
    CONSTRAINT pk_source_distinct PRIMARY KEY (a, b),
    CONSTRAINT ck_source_distinct_order CHECK (a < b),
    CONSTRAINT fk_source_distinct_a FOREIGN KEY(a) REFERENCES claims.source (id),
    CONSTRAINT fk_source_distinct_b FOREIGN KEY(b) REFERENCES claims.source (id)
);
COMMENT ON TABLE claims.source_distinct IS 'Two sources known not to be the same; never suggested as a merge again.';
COMMENT ON COLUMN claims.source_distinct.a IS 'The smaller id of the two.';
COMMENT ON COLUMN claims.source_distinct.b IS 'The larger id of the two.';

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
COMMENT ON TABLE claims.outlet_rating IS 'How reliable an outlet is held to be, dated and signed.';
COMMENT ON COLUMN claims.outlet_rating.id IS 'Made by the program.';
COMMENT ON COLUMN claims.outlet_rating.outlet IS 'The outlet rated.';
COMMENT ON COLUMN claims.outlet_rating.rating IS 'A (reliable) to E (unreliable); F cannot be judged, which is not the worst.';
COMMENT ON COLUMN claims.outlet_rating.rated_on IS 'The day from which it holds.';
COMMENT ON COLUMN claims.outlet_rating.rated_by IS 'Who rated it.';
COMMENT ON COLUMN claims.outlet_rating.why IS 'The reasons given.';

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
COMMENT ON TABLE claims.document_version IS 'A document''s text as seen at one moment; immutable; offsets count its text.';
COMMENT ON COLUMN claims.document_version.id IS 'Made from the document''s id and the text''s digest.';
COMMENT ON COLUMN claims.document_version.document IS 'Whose text it is.';
COMMENT ON COLUMN claims.document_version.number IS '1 for the first text seen, then upward.';
COMMENT ON COLUMN claims.document_version.text IS 'The cleaned text; every span counts its Unicode code points from 0.';
COMMENT ON COLUMN claims.document_version.sha256 IS 'Digest of the text in UTF-8.';
COMMENT ON COLUMN claims.document_version.retrieved_at IS 'When this text was read.';
COMMENT ON COLUMN claims.document_version.reader IS 'The reader that made the text, with its version.';
COMMENT ON COLUMN claims.document_version.archived IS 'The bytes as they were read; empty where a WARC holds them.';
COMMENT ON COLUMN claims.document_version.warc_record IS 'WARC-Record-ID that holds the bytes.';
COMMENT ON COLUMN claims.document_version.warc_digest IS 'That record''s payload digest.';
COMMENT ON COLUMN claims.document_version.run IS 'The run that read it.';
COMMENT ON COLUMN claims.document_version.recorded_at IS 'When the row was written, by the server''s clock.';

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
    CONSTRAINT pk_claim PRIMARY KEY (id),
    CONSTRAINT uq_claim_version_content_spans UNIQUE (version, content_spans),
    CONSTRAINT ck_claim_form CHECK (form IN ('quote', 'mixed', 'paraphrase')),
    CONSTRAINT ck_claim_status CHECK (status IN ('proposed', 'accepted', 'rejected')),
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
COMMENT ON TABLE claims.claim IS 'One report, in one version of a document, that somebody stated something.';
COMMENT ON COLUMN claims.claim.id IS 'Made from the version and the content''s spans.';
COMMENT ON COLUMN claims.claim.version IS 'The text it stands in.';
COMMENT ON COLUMN claims.claim.form IS 'quote (all between quotation marks), mixed (partly) or paraphrase (none).';
COMMENT ON COLUMN claims.claim.content_spans IS 'Where the words that carry it stand, in code points, half-open.';
COMMENT ON COLUMN claims.claim.text IS 'The words at content_spans, slices parted by an ellipsis; checked.';
COMMENT ON COLUMN claims.claim.statement IS 'The claim in words that stand alone, written or confirmed by an editor.';
COMMENT ON COLUMN claims.claim.speaker IS 'Source of the attribution at position 1; empty if unknown.';
COMMENT ON COLUMN claims.claim.said_on IS 'The days on which it can have been said, from the text alone.';
COMMENT ON COLUMN claims.claim.said_on_text IS 'When it was said, as printed.';
COMMENT ON COLUMN claims.claim.listed_on IS 'Day a timeline lists it under: the first it can have been said on, else that of publication, else 0001-01-01; kept by the database.';
COMMENT ON COLUMN claims.claim.venue IS 'Where or how it was said, as printed.';
COMMENT ON COLUMN claims.claim.status IS 'proposed, accepted or rejected.';
COMMENT ON COLUMN claims.claim.revision IS '0 as the machine made it; each decision moves it by exactly one.';
COMMENT ON COLUMN claims.claim.changed_in IS 'Transaction that wrote the row last; set by the guard, of no use outside it.';
COMMENT ON COLUMN claims.claim.run IS 'The run that proposed it.';
COMMENT ON COLUMN claims.claim.rule IS 'The rule that found it.';
COMMENT ON COLUMN claims.claim.extractor_score IS '0 to 1: how likely the machine''s whole proposal is right.';
COMMENT ON COLUMN claims.claim.attribution_confidence IS '0 to 1: how sure the editor is that this person said this.';
COMMENT ON COLUMN claims.claim.credibility IS '1 (confirmed) to 5 (improbable) for the content; 6 cannot be judged.';
COMMENT ON COLUMN claims.claim.search IS 'Words of statement and text for full-text search; kept by the database.';
COMMENT ON COLUMN claims.claim.recorded_at IS 'When the row was written, by the server''s clock.';

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
COMMENT ON TABLE claims.source_role IS 'An office that a source held: who was spokesman on the day.';
COMMENT ON COLUMN claims.source_role.id IS 'Made by the program.';
COMMENT ON COLUMN claims.source_role.source IS 'Who held it.';
COMMENT ON COLUMN claims.source_role.title IS 'The office''s title.';
COMMENT ON COLUMN claims.source_role.organisation IS 'Where the office is held.';
COMMENT ON COLUMN claims.source_role.valid IS 'The days it was held; open where an end is not known.';
COMMENT ON COLUMN claims.source_role.evidence IS 'Where this is known from.';
COMMENT ON COLUMN claims.source_role.evidence_version IS 'The text that says so, if one of ours does.';
COMMENT ON COLUMN claims.source_role.evidence_spans IS 'Where that text says it; empty without one.';
COMMENT ON COLUMN claims.source_role.keys IS 'Words of title and organisation that descriptions are found by.';

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
COMMENT ON TABLE claims.attribution IS 'One hop of a claim''s chain, from the voice (position 1) outward.';
COMMENT ON COLUMN claims.attribution.claim IS 'The claim whose chain it belongs to.';
COMMENT ON COLUMN claims.attribution.position IS '1 for the voice whose words they are, then each carrier outward, without gaps.';
COMMENT ON COLUMN claims.attribution.source IS 'Who it is; empty where nobody knows.';
COMMENT ON COLUMN claims.attribution.mention IS 'The words that name the source, as printed.';
COMMENT ON COLUMN claims.attribution.mention_spans IS 'Where the mention stands.';
COMMENT ON COLUMN claims.attribution.cue IS 'The words that report, as printed.';
COMMENT ON COLUMN claims.attribution.cue_spans IS 'Where the cue stands.';
COMMENT ON COLUMN claims.attribution.capacity IS 'Office or role as printed.';
COMMENT ON COLUMN claims.attribution.capacity_spans IS 'Where the office or role stands.';
COMMENT ON COLUMN claims.attribution.mode IS 'says, denies, expects, asks or promises.';
COMMENT ON COLUMN claims.attribution.link_rule IS 'How the mention was linked to its source; empty where no source is known.';
COMMENT ON COLUMN claims.attribution.link_score IS '0 to 1: how sure that link is; empty where the mention made the source.';
COMMENT ON COLUMN claims.attribution.link_reason IS 'Why, in words.';

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
COMMENT ON TABLE claims.anchor IS 'Where a claim stands in another version of its document.';
COMMENT ON COLUMN claims.anchor.claim IS 'The claim sought.';
COMMENT ON COLUMN claims.anchor.version IS 'The text it was sought in.';
COMMENT ON COLUMN claims.anchor.spans IS 'Where it was found; empty if lost.';
COMMENT ON COLUMN claims.anchor.state IS 'same, moved, altered, lost or ambiguous.';
COMMENT ON COLUMN claims.anchor.score IS '0 to 1: likeness of the place found.';
COMMENT ON COLUMN claims.anchor.runner_up IS '0 to 1: likeness of the next best place.';

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
COMMENT ON TABLE claims.claim_link IS 'How two claims stand to each other; found by the machine or by a person.';
COMMENT ON COLUMN claims.claim_link.id IS 'Made from both claims and the kind.';
COMMENT ON COLUMN claims.claim_link.a IS 'The one that is linked.';
COMMENT ON COLUMN claims.claim_link.b IS 'The one it is linked to.';
COMMENT ON COLUMN claims.claim_link.kind IS 'same_words, same_content, contradicts, narrows or retracts.';
COMMENT ON COLUMN claims.claim_link.linked_by IS 'Who linked them; empty for the machine.';
COMMENT ON COLUMN claims.claim_link.recorded_at IS 'When the row was written, by the server''s clock.';
