-- Takes the views away; the role stays, because other databases of the server may use it.
DROP SCHEMA claims_v1 CASCADE;
