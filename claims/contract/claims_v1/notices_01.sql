CREATE OR REPLACE VIEW notices AS
SELECT n.id AS notice, n.document, n.kind, n.signal, n.words, n.issued_at, n.received_at, n.url,
       n.external_id, n.outlet,
       CASE WHEN n.kind = 'kill' AND d.killed_by = n.id AND d.kill_lifted IS DISTINCT FROM n.id THEN 'in force'
            WHEN n.kind = 'kill' AND d.kill_lifted = n.id THEN 'lifted'
            WHEN n.id = ANY (d.settled_notices) THEN 'settled'
            WHEN n.kind = 'kill' THEN 'superseded'
            ELSE 'open' END AS state
  FROM notice AS n
  JOIN document AS d ON d.id = n.document
 WHERE (d.hidden_until > now()) IS NOT TRUE;
COMMENT ON VIEW notices IS 'A row for each thing that a publisher said of an article of ours after it was published: that it is corrected, withdrawn, killed or usable again.';
COMMENT ON COLUMN notices.notice IS 'The notice''s id.';
COMMENT ON COLUMN notices.document IS 'The article that it is about.';
COMMENT ON COLUMN notices.kind IS 'correct, withdraw, kill or restore: what it asks for. A kill takes effect at once, and a restore takes it back; the others are proposed to people.';
COMMENT ON COLUMN notices.signal IS 'Where it was read, as a stable code such as ninjs-pubstatus, correction-paragraph or http-410.';
COMMENT ON COLUMN notices.words IS 'Its words as printed, or the signal''s value.';
COMMENT ON COLUMN notices.issued_at IS 'When the publisher issued it, as it says; NULL if it does not.';
COMMENT ON COLUMN notices.state IS 'open: nobody has decided on it. settled: somebody has. Of a kill: in force, lifted by an editor, or superseded by a later word of the wire.';
