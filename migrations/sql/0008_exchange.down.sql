-- NOT VALID: what is kept already stays; no new row may have the reasons.

ALTER TABLE claims.problem DROP CONSTRAINT ck_problem_reason;
ALTER TABLE claims.problem ADD CONSTRAINT ck_problem_reason CHECK (reason IN ('bad-encoding', 'bad-json', 'bad-field', 'binary', 'empty', 'missing-text', 'too-large', 'no-article', 'unreadable', 'extraction-failed')) NOT VALID;
