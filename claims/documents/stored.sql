-- Which documents have any of these addresses, ids of publishers, or are one of these documents.
-- name: owners
SELECT a.id, a.document FROM claims.document_address AS a WHERE a.id = ANY(:addresses)
UNION ALL
SELECT i.id, i.document FROM claims.document_identifier AS i WHERE i.id = ANY(:identifiers)
UNION ALL
SELECT d.id, d.id FROM claims.document AS d WHERE d.id = ANY(:documents);

-- Which of these versions an extractor has read.
-- name: read_versions
SELECT v.id FROM claims.document_version AS v
 WHERE v.id = ANY(:versions)
   AND (EXISTS (SELECT FROM claims.run AS r WHERE r.id = v.run AND r.extractor_version = :extractor)
        OR EXISTS (SELECT FROM claims.claim AS c JOIN claims.run AS r ON r.id = c.run
                    WHERE c.version = v.id AND r.extractor_version = :extractor));
