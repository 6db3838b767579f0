CREATE OR REPLACE VIEW corroboration AS
SELECT c.claim, u.utterance, n.printings, n.outlets, n.heard_by, n.origins, n.first_printing, n.first_printed_at,
       a.asserted_by, a.opposed,
       CASE WHEN a.opposed THEN 4 WHEN a.asserted_by >= 3 AND a.rated THEN 1 WHEN a.asserted_by >= 2 THEN 2 ELSE 6
       END AS suggested_credibility,
       CASE WHEN a.opposed THEN 'A published claim contradicts it, as a person settled.'
            WHEN a.asserted_by >= 2
            THEN format('%s speakers say so, each for himself%s.', a.asserted_by,
                        CASE WHEN a.asserted_by >= 3 AND a.rated THEN ', and an outlet rated A or B printed one'
                             ELSE '' END)
            WHEN n.heard_by > 1
            THEN format('One speaker says so; %s origins confirm that it was said, not that it is so.', n.heard_by)
            ELSE 'One speaker says so: it cannot be judged.' END AS suggestion
  FROM claims AS c
 CROSS JOIN LATERAL (
       SELECT coalesce((SELECT m.utterance FROM utterances AS m WHERE m.claim = c.claim), c.claim) AS utterance) AS u
 CROSS JOIN LATERAL (
       SELECT count(DISTINCT m.claim)::integer AS printings, count(DISTINCT m.outlet)::integer AS outlets,
              count(DISTINCT o.origin_key)::integer AS heard_by,
              string_agg(DISTINCT o.origin, ', ' ORDER BY o.origin) AS origins,
              (array_agg(m.claim ORDER BY m.published_at, m.claim))[1] AS first_printing,
              min(m.published_at) AS first_printed_at
         FROM (SELECT g.claim, coalesce(p.root, g.document) AS outlet, g.published_at
                 FROM utterances AS g
                 LEFT JOIN source_shown AS p ON p.source = g.outlet
                WHERE g.utterance = u.utterance AND g.status IN ('accepted', 'corrected')
               UNION
               -- One that has not been compared yet stands for itself.
               SELECT c.claim, coalesce(c.outlet_id, c.document), c.published_at
                WHERE c.document_status <> 'withdrawn') AS m
         LEFT JOIN claim_origins AS o ON o.claim = m.claim) AS n
 CROSS JOIN LATERAL (
       SELECT count(DISTINCT s.speaker_id)::integer AS asserted_by, coalesce(bool_or(s.opposed), false) AS opposed,
              coalesce(bool_or(s.outlet_rating IN ('A', 'B')), false) AS rated
         FROM (SELECT c.speaker_id, false AS opposed, c.outlet_rating WHERE c.document_status <> 'withdrawn'
               UNION ALL
               SELECT CASE WHEN l.kind = 'same_content' AND x.mode = c.mode
                                AND x.carrier_mode IS NOT DISTINCT FROM c.carrier_mode AND x.speaker_kind <> 'group'
                           THEN x.speaker_id END,
                      l.kind = 'contradicts',
                      CASE WHEN l.kind = 'same_content' AND x.mode = c.mode THEN x.outlet_rating END
                 FROM (SELECT c.claim
                       UNION
                       -- Reports of the utterance that say the same of it: no number and no negation differs.
                       SELECT g.claim
                         FROM quote_key AS mine
                         JOIN utterances AS g ON g.utterance = u.utterance
                         JOIN quote_key AS theirs ON theirs.claim = g.claim
                         LEFT JOIN quote_pair AS p
                           ON p.a = least(mine.key, theirs.key) AND p.b = greatest(mine.key, theirs.key)
                        WHERE mine.claim = c.claim AND (theirs.key = mine.key OR cardinality(p.changes) = 0)) AS m
                CROSS JOIN LATERAL (
                      SELECT k.b AS other, k.kind FROM claim_link AS k
                       WHERE k.a = m.claim AND k.linked_by IS NOT NULL AND k.kind IN ('same_content', 'contradicts')
                      UNION ALL
                      SELECT k.a, k.kind FROM claim_link AS k
                       WHERE k.b = m.claim AND k.linked_by IS NOT NULL AND k.kind IN ('same_content', 'contradicts')
                      ) AS l
                 JOIN claims AS x ON x.claim = l.other AND x.document_status <> 'withdrawn') AS s) AS a;
COMMENT ON VIEW corroboration IS 'A row for each published claim: how far its utterance went and who heard it, apart from who else says the same. Withdrawn articles and claims that are not published do not count.';
COMMENT ON COLUMN corroboration.claim IS 'The claim.';
COMMENT ON COLUMN corroboration.utterance IS 'The claim that names the utterance which it reports; itself if no other claim reports it.';
COMMENT ON COLUMN corroboration.printings IS 'Published claims that report the utterance.';
COMMENT ON COLUMN corroboration.outlets IS 'Outlets that printed them; an article without an outlet counts as one of its own.';
COMMENT ON COLUMN corroboration.heard_by IS 'Independent origins: how many heard it for themselves, as far as it is known. It says that it was said, not that it is so.';
COMMENT ON COLUMN corroboration.origins IS 'The names of those origins, with commas between; one that nobody names is missing.';
COMMENT ON COLUMN corroboration.first_printing IS 'The claim that was printed first.';
COMMENT ON COLUMN corroboration.first_printed_at IS 'When that one was printed; midnight UTC if only the day is known.';
COMMENT ON COLUMN corroboration.asserted_by IS 'Independent speakers: the own one, and those of claims that a person linked as same_content to it, or to a report in which no number and no negation differs. 0 if nobody knows who spoke.';
COMMENT ON COLUMN corroboration.opposed IS 'Whether a published claim contradicts it, or a report of the same utterance in which no number and no negation differs, as a person settled.';
COMMENT ON COLUMN corroboration.suggested_credibility IS '1 to 6, only suggested: 4 if it is opposed; 1 if at least three speakers say so and an outlet rated A or B printed it; 2 for two speakers; else 6, cannot be judged. An editor sets the credibility.';
COMMENT ON COLUMN corroboration.suggestion IS 'Why that credibility is suggested.';
