-- Published claims that are altered, lost or ambiguous in the current version of their article, unless a person
-- kept them there, or in another version in which they stand in the same way. A withdrawn article is not asked about.
-- name: pending
SELECT a.claim
  FROM claims.anchor AS a
  JOIN claims.claim AS c ON c.id = a.claim
  JOIN claims.document_version AS v ON v.id = a.version
 WHERE a.state IN ('altered', 'lost', 'ambiguous') AND c.status IN ('accepted', 'corrected')
   AND a.version = claims.current_version(v.document) AND NOT claims.is_withdrawn(a.version)
   AND NOT EXISTS (
       SELECT FROM claims.decision AS d
         JOIN claims.anchor AS k ON k.claim = a.claim AND k.version = (d.after ->> 'kept_in')::uuid
         JOIN claims.document_version AS old ON old.id = k.version
        WHERE d.subject_kind = 'claim' AND d.subject = a.claim
          AND NOT EXISTS (SELECT FROM claims.decision AS u WHERE u.undoes = d.id)
          AND (k.version = a.version
               OR k.state = a.state AND k.changes = a.changes
                  AND claims.words_at(old.text, k.spans) = claims.words_at(v.text, a.spans)))
   AND (CAST(:claim AS uuid) IS NULL OR a.claim = :claim)
   AND a.claim <> ALL(CAST(:but AS uuid[]))
   AND NOT EXISTS (SELECT FROM claims.lease AS l
                    WHERE l.claim = a.claim AND l.until > clock_timestamp()
                      AND (l.reviewer <> CAST(:reviewer AS uuid) OR l.session <> CAST(:session AS uuid)))
 ORDER BY a.recorded_at, a.version, lower(c.content_spans), a.claim
 LIMIT :most;

-- name: anchor
SELECT a.version, v.number, v.text, a.state, a.changes, a.spans, a.hop_spans, a.score, a.runner_up
  FROM claims.anchor AS a
  JOIN claims.document_version AS v ON v.id = a.version
 WHERE a.claim = :claim AND a.version = claims.current_version(v.document);
