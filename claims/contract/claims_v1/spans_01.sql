CREATE OR REPLACE VIEW spans AS
SELECT e.claim, e.version, p.part, s.number::integer AS number,
       (s.span ->> 0)::integer AS first_character, (s.span ->> 1)::integer AS end_character,
       e.status, e.document_status
  FROM evidence AS e
 CROSS JOIN LATERAL (VALUES ('content', e.spans), ('said_on', e.said_on_spans),
                            ('venue', e.venue_spans)) AS p (part, spans)
 CROSS JOIN LATERAL jsonb_array_elements(p.spans) WITH ORDINALITY AS s (span, number);
COMMENT ON VIEW spans IS 'Where each claim stands in the text, a row for each piece: what evidence says in one cell, for programs that read plain columns.';
COMMENT ON COLUMN spans.part IS 'content (the words), said_on (when it was said) or venue (where).';
COMMENT ON COLUMN spans.number IS 'Which piece it is, from 1: an interrupted quotation has several.';
COMMENT ON COLUMN spans.first_character IS 'Where it begins, in code points from 0.';
COMMENT ON COLUMN spans.end_character IS 'Where it ends: the first character beyond it.';
