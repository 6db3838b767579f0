CREATE OR REPLACE VIEW anchors AS
SELECT a.claim, a.version, v.document, v.number AS version_number, a.state, a.score, a.runner_up,
       array_to_string(a.changes, ', ') AS changes,
       (SELECT jsonb_agg(jsonb_build_array(lower(r), upper(r)) ORDER BY lower(r))
          FROM unnest(a.spans) AS r) AS spans,
       (SELECT string_agg(substr(v.text, lower(r) + 1, upper(r) - lower(r)), ' … ' ORDER BY lower(r))
          FROM unnest(a.spans) AS r) AS words,
       c.content AS claim_words, a.hop_spans, a.method, a.recorded_at, c.mode, c.carrier_mode
  FROM anchor AS a
  JOIN claims AS c ON c.claim = a.claim
  JOIN document_version AS v ON v.id = a.version;
COMMENT ON VIEW anchors IS 'Where each published claim stands in the other versions of its article.';
COMMENT ON COLUMN anchors.version IS 'The text it was sought in, not the one it stands in.';
COMMENT ON COLUMN anchors.changes IS 'What differs there, separated by commas: typography, words, number, negation, attribution, form; empty if nothing.';
COMMENT ON COLUMN anchors.spans IS 'Where it was found, [[start, end], …]; empty if lost.';
COMMENT ON COLUMN anchors.words IS 'The words that stand there; empty if lost.';
COMMENT ON COLUMN anchors.claim_words IS 'The words of the claim, as they stand in its own version.';
