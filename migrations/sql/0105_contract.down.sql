-- Takes the schemas away; their views and functions must be gone already.

DROP SCHEMA claims_v1, claims_v1_past;
