CREATE VIEW claims_v1.evidence AS
SELECT c.id AS claim, c.version, c.content_spans, c.text AS exact,
       substr(v.text, greatest(lower(c.content_spans) - 64, 0) + 1,
              least(lower(c.content_spans), 64)) AS before,
       substr(v.text, upper(c.content_spans) + 1, 64) AS after,
       v.sha256, v.retrieved_at, c.status
  FROM claims.claim AS c JOIN claims.document_version AS v ON v.id = c.version;
COMMENT ON VIEW claims_v1.evidence IS 'Where each claim stands in the text, with at most 64 characters around it; never the whole article.';
COMMENT ON COLUMN claims_v1.evidence.claim IS 'The claim''s id.';
COMMENT ON COLUMN claims_v1.evidence.version IS 'Id of the text that the spans count.';
COMMENT ON COLUMN claims_v1.evidence.content_spans IS 'Where the words stand, in code points from 0, half-open.';
COMMENT ON COLUMN claims_v1.evidence.exact IS 'The words that stand there.';
COMMENT ON COLUMN claims_v1.evidence.before IS 'Up to 64 characters before the first span.';
COMMENT ON COLUMN claims_v1.evidence.after IS 'Up to 64 characters after the last span.';
COMMENT ON COLUMN claims_v1.evidence.sha256 IS 'SHA-256 of the whole text in UTF-8.';
COMMENT ON COLUMN claims_v1.evidence.retrieved_at IS 'When the text was read.';
COMMENT ON COLUMN claims_v1.evidence.status IS 'Where the claim stands in review.';
