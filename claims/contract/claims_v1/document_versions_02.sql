CREATE OR REPLACE VIEW document_versions AS
SELECT v.id AS version, v.document, v.number, encode(v.sha256, 'hex') AS sha256,
       char_length(v.text) AS characters, v.retrieved_at, v.reader,
       s.first_seen, s.last_seen, s.sightings, s.publisher_version, s.publisher_time,
       v.id = (SELECT o.version FROM sighting AS o WHERE o.document = v.document
                ORDER BY o.publisher_version DESC NULLS LAST,
                         coalesce(o.publisher_time, o.seen_at) DESC, o.seen_at DESC, o.id DESC
                LIMIT 1) AS is_current
  FROM document_version AS v
  JOIN LATERAL (
       SELECT min(g.seen_at) AS first_seen, max(g.seen_at) AS last_seen, count(*) AS sightings,
              max(g.publisher_version) AS publisher_version, max(g.publisher_time) AS publisher_time
         FROM sighting AS g WHERE g.version = v.id) AS s ON true
 WHERE NOT EXISTS (SELECT FROM embargoed AS h WHERE h.version = v.id);
COMMENT ON VIEW document_versions IS 'A row for each text that an article was seen with, without the text.';
COMMENT ON COLUMN document_versions.version IS 'The version''s id.';
COMMENT ON COLUMN document_versions.document IS 'Id of the article whose text it is.';
COMMENT ON COLUMN document_versions.number IS '1 for the first text that was stored, then upward; is_current says which holds.';
COMMENT ON COLUMN document_versions.sha256 IS 'SHA-256 of the text in UTF-8, in hexadecimal.';
COMMENT ON COLUMN document_versions.characters IS 'Length of the text in code points.';
COMMENT ON COLUMN document_versions.retrieved_at IS 'When the text was read first.';
COMMENT ON COLUMN document_versions.first_seen IS 'When it stood there first, as far as was seen.';
COMMENT ON COLUMN document_versions.last_seen IS 'When it was seen there last.';
COMMENT ON COLUMN document_versions.sightings IS 'How often it was seen; more than once if the publisher went back to it.';
COMMENT ON COLUMN document_versions.publisher_version IS 'The publisher''s highest number of it; NULL if it does not count.';
COMMENT ON COLUMN document_versions.publisher_time IS 'When the publisher made it, as it says; NULL if it does not.';
COMMENT ON COLUMN document_versions.is_current IS 'Whether it is the article''s current version: numbered highest, else dated last, else seen last.';
