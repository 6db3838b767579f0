-- Claims that a person adds: no machine scored them, and their rule says so.
ALTER TABLE claims.claim ALTER COLUMN extractor_score DROP NOT NULL;
ALTER TABLE claims.claim ADD CONSTRAINT ck_claim_rule CHECK ((extractor_score IS NULL) = (rule = 'editor'));

-- Nothing says how sure a claim without a score is: it comes with the most uncertain.
CREATE FUNCTION claims.queue_unscored() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    NEW.uncertainty := 0;
    RETURN NEW;
END $$;
CREATE TRIGGER waiting_unscored BEFORE INSERT ON claims.waiting
    FOR EACH ROW WHEN (NEW.uncertainty IS NULL) EXECUTE FUNCTION claims.queue_unscored();
