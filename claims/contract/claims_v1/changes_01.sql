CREATE OR REPLACE VIEW changes AS
SELECT encode(int8send(d.no) || substr(d.digest, 1, 8), 'hex') AS token, d.no, d.at, d.action,
       d.subject_kind, d.subject, CASE WHEN d.subject_kind = 'claim' THEN d.subject END AS claim,
       CASE WHEN d.revision = 1 AND jsonb_exists(d.after, 'version') THEN NULL
            WHEN jsonb_exists(d.before, 'status') THEN d.before ->> 'status'
            ELSE d.status END AS status_before,
       d.status AS status_after,
       (SELECT string_agg(k, ', ' ORDER BY k) FROM jsonb_object_keys(d.after - 'readings') AS k
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
                 WHERE n.subject_kind = 'document' AND o.id = n.subject)) AS status
          FROM decision AS n) AS d;
COMMENT ON VIEW changes IS 'The change feed: a row for each decision, in the order of the ledger, which is the order in which they became visible. changes_since(token) continues where one stopped.';
COMMENT ON COLUMN changes.token IS 'Where to go on from after this row: opaque text, of this ledger alone.';
COMMENT ON COLUMN changes.no IS 'Place in the ledger; claims_v1.decisions has who and why.';
COMMENT ON COLUMN changes.at IS 'When, by the server''s clock; order by no, not by this.';
COMMENT ON COLUMN changes.subject_kind IS 'claim, source or document. What is decided on a source or a document changes all claims that show it.';
COMMENT ON COLUMN changes.claim IS 'The same if it is a claim, else NULL.';
COMMENT ON COLUMN changes.status_before IS 'Where the claim stood in review before (or the document: usable, corrected, withdrawn); NULL for a claim that it created, and for sources.';
COMMENT ON COLUMN changes.status_after IS 'Where it stood afterwards. accepted and corrected are published.';
COMMENT ON COLUMN changes.fields IS 'Names of the fields it changed, separated by commas.';
COMMENT ON COLUMN changes.revision IS 'The subject''s revision after it.';
