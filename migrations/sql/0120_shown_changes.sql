-- That a page answers again is proposed to people. It is no word of a wire, and takes no kill back.

CREATE OR REPLACE FUNCTION claims.kill_in_force(document uuid) RETURNS uuid
    LANGUAGE sql STABLE STRICT SET search_path = pg_catalog, pg_temp
    RETURN (SELECT CASE WHEN EXISTS (SELECT FROM claims.notice AS r
                                      WHERE r.document = kill_in_force.document AND r.kind = 'restore'
                                        AND r.signal !~ '^http-'
                                        AND coalesce(r.issued_at, r.received_at) > last.at)
                          OR EXISTS (SELECT FROM claims.sighting AS s
                                      WHERE s.document = kill_in_force.document AND s.usable
                                        AND s.publisher_time > last.at)
                        THEN NULL ELSE last.id END
              FROM (SELECT n.id, coalesce(n.issued_at, n.received_at) AS at FROM claims.notice AS n
                     WHERE n.document = kill_in_force.document AND n.kind = 'kill'
                     ORDER BY coalesce(n.issued_at, n.received_at) DESC, n.id LIMIT 1) AS last);
