CREATE OR REPLACE VIEW anchor_spans AS
SELECT a.claim, a.version, p.part, p.position, s.number::integer AS number,
       (s.span ->> 0)::integer AS first_character, (s.span ->> 1)::integer AS end_character
  FROM anchors AS a
 CROSS JOIN LATERAL (SELECT 'content', NULL::integer, a.spans
                      UNION ALL
                     SELECT o.part, h.position::integer, o.spans
                       FROM jsonb_array_elements(a.hop_spans) WITH ORDINALITY AS h (hop, position)
                      CROSS JOIN LATERAL jsonb_each(h.hop) AS o (part, spans)
                    ) AS p (part, position, spans)
 CROSS JOIN LATERAL jsonb_array_elements(p.spans) WITH ORDINALITY AS s (span, number);
COMMENT ON VIEW anchor_spans IS 'Where each published claim stands in the other versions of its article, a row for each piece: what anchors say in one cell, for programs that read plain columns.';
COMMENT ON COLUMN anchor_spans.part IS 'content (the words), or of a hop: mention, cue or capacity.';
COMMENT ON COLUMN anchor_spans.position IS 'The hop''s place in the chain, from 1; NULL for the content.';
