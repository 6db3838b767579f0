-- Which feeds are followed is lost, and which addresses are due; the articles stay.

DROP TABLE claims.feed_address, claims.feed_host, claims.feed;
DROP FUNCTION claims.guard_feed();
