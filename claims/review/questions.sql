-- Pairs whose words may clash (docs/decisions/0016-asking.md): alike in words, by one speaker, and not answered yet.

-- Read in the order of the pairs' key, so that the next page begins where the last one ended.
-- name: pairs
SELECT p.a AS one_key, p.b AS other_key, g.first_claim AS one, h.first_claim AS other, q.asked
  FROM (SELECT p.a, p.b, p.relation, p.changes FROM claims.quote_pair AS p
         WHERE (p.a, p.b) > (:after_a, :after_b)
         ORDER BY p.a, p.b LIMIT :limit) AS p
  LEFT JOIN claims.quote_group AS g ON g.key = p.a AND g.speaker IS NOT NULL
  LEFT JOIN claims.quote_group AS h ON h.key = p.b AND h.speaker = g.speaker
 CROSS JOIN LATERAL (
       -- Of an utterance each wording is asked about beside the first one, not beside all others.
       SELECT coalesce(h.id IS NOT NULL AND (g.leader <> h.leader OR g.id = g.leader OR h.id = h.leader) AND (p.changes <> '{}' OR p.relation = 'near' OR g.denied <> h.denied)
              -- An answer is one on the words: it holds for all reports of them by the speaker. Of what people
              -- settled each claim is the first of a group by itself.
              AND NOT EXISTS (SELECT FROM claims.quote_group AS i
                                JOIN claims.quote_group AS k ON k.key = p.b AND k.speaker = g.speaker
                               WHERE i.key = p.a AND i.speaker = g.speaker
                                 AND (EXISTS (SELECT FROM claims.claim_link AS l
                                               WHERE l.kind IN ('contradicts', 'narrows', 'retracts')
                                                 AND (l.a = i.first_claim AND l.b = k.first_claim
                                                      OR l.a = k.first_claim AND l.b = i.first_claim))
                                      OR EXISTS (SELECT FROM claims.link_refused AS l
                                                  WHERE l.kind IN ('contradicts', 'narrows', 'retracts')
                                                    AND (l.a = i.first_claim AND l.b = k.first_claim
                                                         OR l.a = k.first_claim AND l.b = i.first_claim))))
              -- Two readers differ on these words, or whoever asks has read them.
              AND NOT EXISTS (SELECT FROM claims.link_disputed AS l
                                JOIN claims.quote_key AS x ON x.claim = l.a AND x.speaker = g.speaker
                                JOIN claims.quote_key AS y ON y.claim = l.b AND y.speaker = g.speaker
                               WHERE x.key = p.a AND y.key = p.b OR x.key = p.b AND y.key = p.a)
              AND (CAST(:reader AS uuid) IS NULL
                   OR NOT EXISTS (SELECT FROM claims.open_link_reading AS r
                                   WHERE r.reviewer = :reader
                                     AND (r.a = g.first_claim AND r.b = h.first_claim
                                          OR r.a = h.first_claim AND r.b = g.first_claim))), false) AS asked) AS q
 ORDER BY p.a, p.b, g.first_claim, h.first_claim;

-- Claims that may be shown to everybody.
-- name: open
SELECT c.id FROM claims.claim AS c
 WHERE c.id = ANY (:claims) AND c.status NOT IN ('rejected', 'withdrawn', 'replaced')
   AND NOT EXISTS (SELECT FROM claims.embargoed AS h WHERE h.version = c.version);
