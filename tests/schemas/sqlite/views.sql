-- Views: columns, views on views, comments, everything that a query may hold, and one that no longer works.
CREATE TABLE t (id INTEGER PRIMARY KEY, a INT, b TEXT, parent INT REFERENCES t (id));
CREATE TABLE u (id INTEGER PRIMARY KEY, t_id INT REFERENCES t);
CREATE VIEW a_first AS SELECT * FROM z_last;
CREATE VIEW z_last AS SELECT id, a + 1 AS next FROM t WHERE b <> 'x  y' AND b != '--';
CREATE VIEW with_columns (x, "y z", [w]) AS SELECT id, a, b FROM t;
CREATE VIEW commented AS /* why */ SELECT id -- the key
    , a
FROM t;
CREATE VIEW joined AS SELECT t.*, u.id AS u_id FROM t LEFT OUTER JOIN u ON u.t_id = t.id, (SELECT count(*) AS n FROM u) NATURAL JOIN z_last GROUP BY t.id HAVING count(*) > 1 ORDER BY 1 DESC LIMIT 10 OFFSET 1;
CREATE VIEW tree AS WITH RECURSIVE up (id, depth) AS (SELECT id, 0 FROM t WHERE parent IS NULL UNION ALL SELECT t.id, up.depth + 1 FROM t JOIN up ON t.parent = up.id) SELECT * FROM up;
CREATE VIEW windowed AS SELECT id, row_number() OVER (PARTITION BY a ORDER BY b DESC NULLS LAST) AS n, sum(a) FILTER (WHERE a > 0) OVER w AS s FROM t WINDOW w AS (ORDER BY id ROWS BETWEEN 1 PRECEDING AND CURRENT ROW);
CREATE VIEW set_of AS SELECT id FROM t UNION SELECT id FROM u EXCEPT SELECT 3 INTERSECT VALUES (1), (2);
CREATE VIEW "Quoted ""View""" AS SELECT [a], `b`, "id" FROM "t" AS 'x' WHERE EXISTS (SELECT 1 FROM u WHERE t_id IN (SELECT id FROM t)) AND a NOT IN t;
CREATE VIEW values_only AS VALUES (1, 'a'), (2, 'b');
CREATE VIEW no_longer AS SELECT missing FROM gone JOIN a_first;
CREATE VIEW main.of_main AS SELECT t.a FROM main.t;
