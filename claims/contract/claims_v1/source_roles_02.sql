CREATE OR REPLACE VIEW source_roles AS
SELECT r.source, coalesce(m.root, r.source) AS shown_as, r.title, e.name AS organisation,
       e.id AS organisation_id, r.valid,
       CASE WHEN isfinite(lower(r.valid)) THEN lower(r.valid) END AS valid_from,
       CASE WHEN isfinite(upper(r.valid)) THEN upper(r.valid) - 1 END AS valid_to,
       r.evidence, d.id AS document, d.shown_status AS document_status
  FROM source_role AS r
  LEFT JOIN source_merged AS m ON m.source = r.source
  LEFT JOIN source_merged AS n ON n.source = r.organisation
  LEFT JOIN source AS e ON e.id = coalesce(n.root, r.organisation)
  LEFT JOIN document_version AS v ON v.id = r.evidence_version
  LEFT JOIN document AS d ON d.id = v.document
 WHERE NOT EXISTS (SELECT FROM embargoed AS h WHERE h.version = r.evidence_version);
COMMENT ON VIEW source_roles IS 'A row for each office that a source held, with the days: who was spokesman on the day.';
COMMENT ON COLUMN source_roles.source IS 'The source of whom it was recorded.';
COMMENT ON COLUMN source_roles.organisation IS 'Name of where it is held, after merges.';
COMMENT ON COLUMN source_roles.organisation_id IS 'Its source, after merges.';
COMMENT ON COLUMN source_roles.valid IS 'The days it was held; valid_from and valid_to say the same.';
COMMENT ON COLUMN source_roles.valid_from IS 'First day; NULL if it is not known.';
COMMENT ON COLUMN source_roles.valid_to IS 'Last day; NULL if it is not known or still to come.';
COMMENT ON COLUMN source_roles.document IS 'The article that says so, if one of ours does.';
COMMENT ON COLUMN source_roles.document_status IS 'usable, corrected or withdrawn: whether that article may still be relied on.';
