CREATE OR REPLACE VIEW who_said_what AS
SELECT c.claim, c.speaker, c.office, c.capacity, c.mode, c.form, c.content, c.statement, c.day,
       c.said_from, c.said_to, c.said_on_text, c.venue,
       (SELECT string_agg(a.label, ' ← ' ORDER BY a.position)
          FROM attributions AS a WHERE a.claim = c.claim)
       || coalesce(' ← ' || c.outlet, '')
       || coalesce(', ' || f.printed_on, '') AS chain,
       c.outlet, c.outlet_rating, c.title, c.url,
       (c.published_at AT TIME ZONE 'UTC')::date AS published_on, c.document_status,
       c.extractor_score, c.attribution_confidence, c.credibility, c.status,
       (SELECT d.at FROM decision AS d
         WHERE d.subject_kind = 'claim' AND d.subject = c.claim AND d.revision = c.revision
       ) AS decided_at,
       c.speaker_id, c.speaker_kind, c.outlet_id, c.document, c.version, c.revision,
       c.carrier_mode,
       n.printings, n.outlets, n.heard_by,
       c.class, c.hearer, f.printed_on
  FROM claims AS c
  LEFT JOIN documents AS f ON f.document = c.document
  -- Looked up for each row: joined as a whole, it would be counted for all claims whichever are asked for.
  LEFT JOIN LATERAL (
       SELECT count(DISTINCT m.claim)::integer AS printings, count(DISTINCT m.outlet)::integer AS outlets,
              count(DISTINCT o.origin_key)::integer AS heard_by
         FROM (SELECT g.claim, coalesce(p.root, g.document) AS outlet
                 FROM utterances AS g
                 LEFT JOIN source_shown AS p ON p.source = g.outlet
                WHERE g.utterance = (SELECT u.utterance FROM utterances AS u WHERE u.claim = c.claim)
                  AND g.status IN ('accepted', 'corrected')
               UNION
               -- One that has not been compared yet stands for itself.
               SELECT c.claim, coalesce(c.outlet_id, c.document) AS outlet
                WHERE c.document_status <> 'withdrawn') AS m
         LEFT JOIN claim_origins AS o ON o.claim = m.claim) AS n ON true;
COMMENT ON VIEW who_said_what IS 'One wide row for each published claim, plain types only: for a spreadsheet or a chart.';
COMMENT ON COLUMN who_said_what.chain IS 'Through whom it came, in one line: speaker ← carrier ← outlet, day of publication.';
COMMENT ON COLUMN who_said_what.decided_at IS 'When the last decision on it was made.';
COMMENT ON COLUMN who_said_what.printings IS 'Published claims that report the same utterance; see corroboration.';
COMMENT ON COLUMN who_said_what.outlets IS 'Outlets that printed them; see corroboration.';
COMMENT ON COLUMN who_said_what.heard_by IS 'Independent origins of them: that it was said, not that it is so.';
