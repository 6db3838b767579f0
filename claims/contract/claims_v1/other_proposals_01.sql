CREATE OR REPLACE VIEW other_proposals AS
SELECT o.claim, o.program, r.extractor_version AS extractor, s.name AS speaker, s.kind AS speaker_kind,
       s.id AS speaker_id, p.speaker_id IS NOT DISTINCT FROM s.id AS same_speaker, o.mention, o.mode,
       o.rule, o.score AS extractor_score, o.recorded_at
  FROM other_proposal AS o
  JOIN proposals AS p ON p.claim = o.claim
  JOIN run AS r ON r.id = o.run
  LEFT JOIN source_shown AS q ON q.source = o.speaker
  LEFT JOIN source AS s ON s.id = q.root;
COMMENT ON VIEW other_proposals IS 'What further programs propose for the words of a proposal that one program proposed first: a row for each of them.';
COMMENT ON COLUMN other_proposals.program IS 'The program, claims for the one that comes with this database.';
COMMENT ON COLUMN other_proposals.extractor IS 'The program with its version; the version alone for claims.';
COMMENT ON COLUMN other_proposals.speaker IS 'Whom this program has for the speaker; empty if nobody.';
COMMENT ON COLUMN other_proposals.same_speaker IS 'Whether that is the speaker of the proposal.';
COMMENT ON COLUMN other_proposals.mention IS 'The words that name the speaker, as this program has it.';
COMMENT ON COLUMN other_proposals.mode IS 'What the speaker does with the words, as this program has it.';
COMMENT ON COLUMN other_proposals.rule IS 'How this program found it.';
COMMENT ON COLUMN other_proposals.extractor_score IS '0 to 1: how likely this program takes its proposal to be right.';
