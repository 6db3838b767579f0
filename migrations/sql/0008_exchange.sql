-- Rows of an archive that are kept aside, each for its own reason.

ALTER TABLE claims.problem DROP CONSTRAINT ck_problem_reason;
ALTER TABLE claims.problem ADD CONSTRAINT ck_problem_reason CHECK (reason IN ('bad-encoding', 'bad-json', 'bad-field', 'binary', 'empty', 'missing-text', 'too-large', 'no-article', 'unreadable', 'extraction-failed', 'conflict', 'decided-elsewhere'));
