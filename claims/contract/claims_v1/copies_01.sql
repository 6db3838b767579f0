CREATE OR REPLACE VIEW copies AS
SELECT t.document, f.document AS original, coalesce(r.kind, 'same') AS kind, coalesce(r.share, 1) AS share,
       r.narration, p.name AS outlet, q.name AS original_outlet, d.published_at,
       o.published_at AS original_published_at,
       coalesce(o.published_at < d.published_at
                AND ((o.published_at AT TIME ZONE 'UTC')::date < (d.published_at AT TIME ZONE 'UTC')::date
                     OR o.published_at <> date_trunc('day', o.published_at, 'UTC')), false) AS order_known,
       d.copy_of IS NOT NULL AS settled, d.shown_status AS document_status, o.shown_status AS original_status,
       CASE WHEN d.copy_of IS NOT NULL THEN 'Settled by a person. ' ELSE '' END
       || CASE coalesce(r.kind, 'same')
              WHEN 'same' THEN 'It has the same words.'
              WHEN 'cut' THEN format('%s %% of its words stand in it; it is a part of it.', round(r.share * 100))
              WHEN 'merged' THEN format('%s %% of its words stand in it, others in another article.',
                                        round(r.share * 100))
              ELSE format('%s %% of its words stand in it.', round(r.share * 100)) END AS reason,
       d.url, o.url AS original_url,
       p.id AS outlet_id, q.id AS original_outlet_id
  FROM document_text AS t
  JOIN document AS d ON d.id = t.document
  LEFT JOIN copy AS r ON r.text = t.text AND r.kind <> 'contains'
 CROSS JOIN LATERAL (
       SELECT n.document FROM document_text AS n
        WHERE n.text = coalesce(r.original, t.text)
          AND NOT EXISTS (SELECT FROM embargoed AS h WHERE h.document = n.document)
        ORDER BY n.place LIMIT 1) AS f
  JOIN document AS o ON o.id = f.document
  LEFT JOIN source_shown AS dp ON dp.source = d.outlet
  LEFT JOIN source AS p ON p.id = dp.root
  LEFT JOIN source_shown AS op ON op.source = o.outlet
  LEFT JOIN source AS q ON q.id = op.root
 WHERE f.document <> t.document
   AND NOT EXISTS (SELECT FROM embargoed AS h WHERE h.document = t.document);
COMMENT ON VIEW copies IS 'A row for each published article that is printed from another, with that other: the earliest article with the text that it is a copy of, never a copy itself. Of a text that is merged from several there are several rows.';
COMMENT ON COLUMN copies.document IS 'The article that is a copy.';
COMMENT ON COLUMN copies.original IS 'The article that it is printed from.';
COMMENT ON COLUMN copies.kind IS 'same (the same words), copy (perhaps edited), cut (of a part), merged (from several originals).';
COMMENT ON COLUMN copies.share IS '0 to 1: of the copy''s words, those in runs of at least five that the original has too.';
COMMENT ON COLUMN copies.narration IS 'The same of its words outside quotation marks, for two reports of one speech share its words; NULL if it has hardly any, or if the words are the same.';
COMMENT ON COLUMN copies.outlet IS 'Name of the outlet that printed the copy; NULL if the article does not say.';
COMMENT ON COLUMN copies.original_outlet IS 'Name of the outlet that printed the original; NULL if the article does not say.';
COMMENT ON COLUMN copies.published_at IS 'When the copy was published; midnight UTC if only the day is known.';
COMMENT ON COLUMN copies.original_published_at IS 'When the original was published; midnight UTC if only the day is known.';
COMMENT ON COLUMN copies.order_known IS 'Whether the two dates say that the original is the earlier one.';
COMMENT ON COLUMN copies.settled IS 'Whether a person says that it is a copy.';
COMMENT ON COLUMN copies.document_status IS 'usable, corrected or withdrawn: whether the copy may still be relied on.';
COMMENT ON COLUMN copies.original_status IS 'The same of the original: what is printed from a withdrawn article rests on it.';
COMMENT ON COLUMN copies.reason IS 'Why it is taken for a copy, in words.';
COMMENT ON COLUMN copies.url IS 'Canonical address of the copy.';
COMMENT ON COLUMN copies.original_url IS 'Canonical address of the original.';
COMMENT ON COLUMN copies.outlet_id IS 'The copy''s outlet, after merges.';
COMMENT ON COLUMN copies.original_outlet_id IS 'The original''s outlet, after merges.';
