-- name: hold_head
SELECT h.id FROM claims.comparison_head AS h FOR UPDATE;

-- name: again
SELECT claims.compare_again();

-- name: due
SELECT u.document FROM claims.comparison_due AS u JOIN claims.document AS d ON d.id = u.document
 ORDER BY coalesce(d.published_at, 'infinity'), d.id;

-- name: count_due
SELECT count(*) FROM claims.comparison_due;

-- Held before they are read: what is being written of them is waited for.
-- name: hold_due
SELECT u.document FROM claims.comparison_due AS u
 WHERE u.document = ANY (:documents) ORDER BY u.document FOR UPDATE;

-- The publisher's fields are those of the current version's newest sighting that has any.
-- name: documents
SELECT d.id AS document, d.published_at, d.byline, d.copy_of, v.id AS version, v.text AS printed,
       t.text AS old_text,
       (SELECT s.credit FROM claims.sighting AS s
         WHERE s.document = d.id AND s.version = v.id AND s.credit IS NOT NULL
         ORDER BY s.publisher_version DESC NULLS LAST, coalesce(s.publisher_time, s.seen_at) DESC, s.seen_at DESC, s.id DESC
         LIMIT 1) AS field
  FROM claims.document AS d
  JOIN claims.document_version AS v ON v.id = claims.current_version(d.id)
  LEFT JOIN claims.document_text AS t ON t.document = d.id
 WHERE d.id = ANY (:documents)
 ORDER BY coalesce(d.published_at, 'infinity'), d.id;

-- Which texts documents have, with those that nobody had before: told are these.
-- name: set_documents
WITH o AS (
    SELECT o.* FROM unnest(CAST(:document AS uuid[]), CAST(:version AS uuid[]), CAST(:text AS uuid[]),
                           CAST(:place AS uuid[]), CAST(:words AS integer[]), CAST(:credit AS text[]),
                           CAST(:credit_rule AS text[]), CAST(:credit_words AS text[]))
                    AS o(document, version, text, place, words, credit, credit_rule, credit_words)
), added AS (
    INSERT INTO claims.compared_text (id, place, version, words, is_original)
    SELECT o.text, o.place, o.version, o.words, false FROM o ORDER BY o.place
    ON CONFLICT (id) DO NOTHING RETURNING id
), written AS (
    INSERT INTO claims.document_text AS t (document, version, text, place, credit, credit_rule, credit_words)
    SELECT o.document, o.version, o.text, o.place, o.credit, o.credit_rule, o.credit_words FROM o
    ON CONFLICT (document) DO UPDATE SET version = excluded.version, text = excluded.text, place = excluded.place,
           credit = excluded.credit, credit_rule = excluded.credit_rule, credit_words = excluded.credit_words
     WHERE (t.version, t.text, t.place, t.credit, t.credit_rule, t.credit_words) IS DISTINCT FROM
           (excluded.version, excluded.text, excluded.place, excluded.credit, excluded.credit_rule, excluded.credit_words)
)
SELECT a.id FROM added AS a;

-- Texts as they are stored, each with the document that has it and was published first.
-- name: texts
SELECT x.id, x.place, x.version, x.is_original, f.document AS first, f.place AS first_place,
       f.version AS first_version, d.copy_of
  FROM claims.compared_text AS x
  LEFT JOIN LATERAL (SELECT t.document, t.place, t.version FROM claims.document_text AS t
                      WHERE t.text = x.id ORDER BY t.place LIMIT 1) AS f ON true
  LEFT JOIN claims.document AS d ON d.id = f.document
 WHERE x.id = ANY (:texts)
 ORDER BY x.place, x.id;

-- name: move_text
UPDATE claims.compared_text SET place = :place, version = :version WHERE id = :text;

-- name: printed
SELECT v.text FROM claims.compared_text AS x JOIN claims.document_version AS v ON v.id = x.version
 WHERE x.id = :text;

-- name: printed_each
SELECT x.id, v.text FROM claims.compared_text AS x JOIN claims.document_version AS v ON v.id = x.version
 WHERE x.id = ANY (:texts);

-- Earlier originals that share several runs, leaving out runs that more originals had before: what so many
-- print is a notice, not news. The order is that of what they share.
-- name: candidates
SELECT x.id
  FROM unnest(CAST(:hashes AS bigint[])) AS h(hash)
 CROSS JOIN LATERAL (
       SELECT n.place, count(*) OVER () AS holders
         FROM (SELECT f.place FROM claims.fingerprint AS f
                WHERE f.hash = h.hash AND f.place < :place AND f.is_original LIMIT :common + 1) AS n) AS c
  JOIN claims.compared_text AS x ON x.place = c.place
 WHERE c.holders <= :common
 GROUP BY x.id, x.place HAVING count(*) >= :shared
 ORDER BY count(*) DESC, x.place LIMIT :most;

-- Later texts that may come out otherwise if the text at a place becomes an original, or is none any more: those
-- that share several runs with it, and those for which a run becomes common by it, or is so no longer.
-- name: dependents
SELECT x.id, x.place
  FROM (SELECT h.hash,
               (SELECT f.place FROM claims.fingerprint AS f WHERE f.hash = h.hash AND f.is_original
                 ORDER BY f.place OFFSET :common - 1 LIMIT 1) AS nearly,
               (SELECT f.place FROM claims.fingerprint AS f WHERE f.hash = h.hash AND f.is_original
                 ORDER BY f.place OFFSET :common + 2 LIMIT 1) AS beyond
          FROM unnest(CAST(:hashes AS bigint[])) AS h(hash)) AS h
 CROSS JOIN LATERAL (
       SELECT f.place FROM claims.fingerprint AS f
        WHERE f.hash = h.hash AND f.is_original = ANY ('{t,f}')
          AND f.place > :place AND f.place <= coalesce(h.beyond, :last)) AS c
  JOIN claims.compared_text AS x ON x.place = c.place
 GROUP BY x.id, x.place HAVING count(*) >= :shared OR bool_or(c.place >= h.nearly);

-- name: copied_from
SELECT c.text FROM claims.copy AS c WHERE c.original = :text;

-- name: places
SELECT x.id, x.place FROM claims.compared_text AS x WHERE x.id = ANY (:texts);

-- Whether a text is an original, there and at its runs, which stand nowhere yet.
-- name: add_fingerprints
WITH marked AS (
    UPDATE claims.compared_text SET is_original = :is_original WHERE id = :text AND is_original <> :is_original
)
INSERT INTO claims.fingerprint (hash, place, is_original)
SELECT h.hash, :place, :is_original FROM unnest(CAST(:hashes AS bigint[])) AS h(hash);

-- The same of runs that stand at their place.
-- name: mark_fingerprints
WITH marked AS (
    UPDATE claims.compared_text SET is_original = :is_original WHERE id = :text
)
UPDATE claims.fingerprint AS f SET is_original = :is_original
 WHERE f.hash = ANY (CAST(:hashes AS bigint[])) AND f.is_original = ANY ('{t,f}') AND f.place = :place;

-- name: forget_fingerprints
SELECT claims.forget_fingerprints(CAST(:hashes AS bigint[]), :place);

-- name: copies
SELECT c.original, c.kind, c.share, c.narration, c.spans FROM claims.copy AS c WHERE c.text = :text ORDER BY c.original;

-- name: forget_copies
SELECT claims.forget_copies(:text);

-- name: forget_texts
SELECT claims.forget_texts(:texts);

-- name: forget_due
SELECT claims.forget_due(:documents);

-- Documents that people settled as copies of documents with these texts.
-- name: settled_on
SELECT d.id FROM claims.document_text AS t JOIN claims.document AS d ON d.copy_of = t.document AND d.copy_of <> d.id
 WHERE t.text = ANY (:texts);

-- The text of a settled copy, and where what it is a copy of begins: the best original of that document's
-- text, or that text itself.
-- name: settled
SELECT mine.text, coalesce((SELECT c.original FROM claims.copy AS c
                             WHERE c.text = theirs.text AND c.kind <> 'contains'
                             ORDER BY c.share DESC, c.original LIMIT 1), theirs.text) AS original
  FROM claims.document AS d
  JOIN claims.document_text AS mine ON mine.document = d.id
  LEFT JOIN claims.document_text AS theirs ON theirs.document = d.copy_of
 WHERE d.id = :document;
