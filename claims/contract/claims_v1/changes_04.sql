CREATE OR REPLACE VIEW changes AS
SELECT encode(int8send(d.no) || substr(d.digest, 1, 8), 'hex') AS token, d.no, d.at, d.action,
       d.subject_kind, d.subject, CASE WHEN d.subject_kind = 'claim' THEN d.subject END AS claim,
       CASE WHEN d.revision = 1 AND jsonb_exists(d.after, 'version') THEN NULL
            WHEN d.kill <> coalesce(
                 CASE WHEN jsonb_exists(d.before, 'kill_lifted') THEN d.before ->> 'kill_lifted'
                      ELSE d.lifted END, '') THEN 'withdrawn'
            WHEN jsonb_exists(d.before, 'status') THEN d.before ->> 'status'
            ELSE d.status END AS status_before,
       CASE WHEN d.kill <> coalesce(d.lifted, '') THEN 'withdrawn' ELSE d.status END AS status_after,
       (SELECT string_agg(k, ', ' ORDER BY k) FROM jsonb_object_keys(d.after - '{readings,digest}'::text[]) AS k
       ) AS fields,
       d.revision, d.id AS decision
  FROM (SELECT n.no, n.id, n.at, n.action, n.subject_kind, n.subject, n.revision, n.before,
               n.after, n.digest, coalesce(
               n.after ->> 'status',
               (SELECT l.before ->> 'status' FROM decision AS l
                 WHERE l.subject_kind = n.subject_kind AND l.subject = n.subject
                   AND l.revision > n.revision AND jsonb_exists(l.before, 'status')
                 ORDER BY l.revision LIMIT 1),
               (SELECT c.status FROM claim AS c
                 WHERE n.subject_kind = 'claim' AND c.id = n.subject),
               (SELECT o.status FROM document AS o
                 WHERE n.subject_kind = 'document' AND o.id = n.subject)) AS status,
               -- The kill that was in force for a document when it was decided on, and the kill that
               -- people had overruled afterwards: as long as they differ it is shown as withdrawn.
               CASE WHEN n.subject_kind = 'document' THEN
               (SELECT m.notice::text FROM document_change AS m
                 WHERE m.document = n.subject AND m.after_no < n.no AND m.kind IN ('killed', 'restored')
                 ORDER BY m.no DESC LIMIT 1) END AS kill,
               CASE WHEN n.subject_kind <> 'document' THEN NULL
                    WHEN jsonb_exists(n.after, 'kill_lifted') THEN n.after ->> 'kill_lifted'
                    ELSE (SELECT CASE WHEN l.no IS NULL THEN o.kill_lifted::text
                                      ELSE l.before ->> 'kill_lifted' END
                            FROM document AS o
                            LEFT JOIN LATERAL (
                                 SELECT e.no, e.before FROM decision AS e
                                  WHERE e.subject_kind = 'document' AND e.subject = o.id
                                    AND e.revision > n.revision AND jsonb_exists(e.before, 'kill_lifted')
                                  ORDER BY e.revision LIMIT 1) AS l ON true
                           WHERE o.id = n.subject) END AS lifted
          FROM decision AS n
         WHERE NOT EXISTS (SELECT FROM embargoed_subject AS h
                            WHERE h.subject = n.subject AND h.kind = n.subject_kind)) AS d
UNION ALL
SELECT encode(int8send(m.after_no) || coalesce(substr(l.digest, 1, 8), decode(repeat('00', 8), 'hex'))
              || int8send(m.no) || int8send((extract(epoch FROM m.at) * 1000000)::bigint), 'hex'),
       NULL, m.at, m.kind, 'document', m.document, NULL, m.status_before, m.status_after,
       CASE WHEN m.kind IN ('embargoed', 'embargo-ended') THEN 'embargo' ELSE 'status' END, NULL, NULL
  FROM document_change AS m
  LEFT JOIN decision AS l ON l.no = m.after_no
 -- That an article is taken away by an embargo has to be told; what became of it meanwhile has not.
 WHERE m.kind = 'embargoed'
    OR NOT EXISTS (SELECT FROM embargoed_subject AS h WHERE h.kind = 'document' AND h.subject = m.document);
COMMENT ON VIEW changes IS 'The change feed: a row for each decision, and for each time that a wire killed or restored an article or laid an embargo on it. changes_since(token) continues where one stopped.';
COMMENT ON COLUMN changes.token IS 'Where to go on from after this row: opaque text, of this ledger alone.';
COMMENT ON COLUMN changes.no IS 'Place in the ledger; claims_v1.decisions has who and why. NULL for what no person decided; claims_v1.notices has why.';
COMMENT ON COLUMN changes.at IS 'When, by the server''s clock; changes_since has the order.';
COMMENT ON COLUMN changes.action IS 'What was decided; killed, restored, embargoed or embargo-ended if its publisher did it. changes_since also says embargo-ended when an embargo has ended by itself.';
COMMENT ON COLUMN changes.decision IS 'The decision''s id; NULL if there was none.';
COMMENT ON COLUMN changes.subject_kind IS 'claim, source or document. What is decided on a source or a document changes all claims that show it.';
COMMENT ON COLUMN changes.claim IS 'The same if it is a claim, else NULL.';
COMMENT ON COLUMN changes.status_before IS 'Where the claim stood in review before (or what the document was shown as: usable, corrected, withdrawn; a kill in force counts); NULL for a claim that it created, and for sources.';
COMMENT ON COLUMN changes.status_after IS 'Where it stood afterwards. accepted and corrected are published.';
COMMENT ON COLUMN changes.fields IS 'Names of the fields it changed, separated by commas.';
COMMENT ON COLUMN changes.revision IS 'The subject''s revision after it.';
