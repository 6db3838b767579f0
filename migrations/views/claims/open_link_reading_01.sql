CREATE OR REPLACE VIEW claims.open_link_reading AS
SELECT r.id, r.a, r.b, r.reviewer, r.action, r.kind, r.reason, r.at
  FROM claims.link_reading AS r
 WHERE r.action <> 'withdrawn'
   AND NOT EXISTS (SELECT FROM claims.link_reading AS n
                    WHERE n.a = r.a AND n.b = r.b AND n.reviewer = r.reviewer AND n.at > r.at)
   AND NOT EXISTS (SELECT FROM claims.decision AS d
                    WHERE d.subject_kind = 'claim' AND d.subject = r.a AND d.revision > r.a_revision
                      AND (jsonb_exists_any(d.after, ARRAY['content', 'text', 'chain', 'said_on'])
                           OR d.after -> 'readings' @> jsonb_build_array(jsonb_build_object('id', r.id))))
   AND NOT EXISTS (SELECT FROM claims.decision AS d
                    WHERE d.subject_kind = 'claim' AND d.subject = r.b AND d.revision > r.b_revision
                      AND jsonb_exists_any(d.after, ARRAY['content', 'text', 'chain', 'said_on']));
COMMENT ON VIEW claims.open_link_reading IS 'Readings of links that wait for another: of each reader the last one, not concluded yet, of words, chains and days as they are. For what compares them alone.';
COMMENT ON COLUMN claims.open_link_reading.id IS 'The reading.';
COMMENT ON COLUMN claims.open_link_reading.a IS 'Claim a of the link that was read.';
COMMENT ON COLUMN claims.open_link_reading.b IS 'Claim b of the link that was read.';
COMMENT ON COLUMN claims.open_link_reading.reviewer IS 'Whose reading it is.';
COMMENT ON COLUMN claims.open_link_reading.action IS 'link or different.';
COMMENT ON COLUMN claims.open_link_reading.kind IS 'How they relate, as the reader says; NULL if they do not.';
COMMENT ON COLUMN claims.open_link_reading.reason IS 'Why, as the reader says.';
COMMENT ON COLUMN claims.open_link_reading.at IS 'When the reader said so.';
