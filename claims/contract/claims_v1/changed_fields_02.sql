CREATE OR REPLACE VIEW changed_fields AS
SELECT d.no, d.decision, d.at, d.action, d.subject_kind, d.subject, k.field,
       d.before ->> k.field AS before, d.after ->> k.field AS after
  FROM decisions AS d
 CROSS JOIN LATERAL (SELECT jsonb_object_keys(d.before) UNION
                     SELECT jsonb_object_keys(d.after - 'digest')) AS k (field);
COMMENT ON VIEW changed_fields IS 'A row for each field that a decision changed: what decisions say in one cell, for programs that read plain columns.';
COMMENT ON COLUMN changed_fields.field IS 'The field''s name.';
COMMENT ON COLUMN changed_fields.before IS 'The field as it was, lists as JSON; NULL if it was empty.';
COMMENT ON COLUMN changed_fields.after IS 'The field afterwards, likewise.';
