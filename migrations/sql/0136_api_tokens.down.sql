-- Which programs may use the API is lost.

DROP TABLE claims.api_token;
DROP FUNCTION claims.guard_api_token();
