-- Views: over tables, each other, functions; with options, options of checking, joins of every kind.
CREATE TABLE customers (id int PRIMARY KEY, name varchar(50), parent_id int);
CREATE TABLE orders (id int PRIMARY KEY, customer_id int, total decimal(10,2), placed datetime);
CREATE VIEW a_first_by_name AS SELECT id FROM customers;
CREATE VIEW z_base AS SELECT id, name AS `customers` FROM customers WHERE name <> 'it''s; "a"';
CREATE VIEW a_over_z AS SELECT * FROM z_base;
CREATE VIEW named (x, `odd ``name`, y) AS SELECT c.id, count(*), max(o.total) FROM customers c, orders o WHERE c.id = o.customer_id GROUP BY c.id;
CREATE ALGORITHM=MERGE SQL SECURITY INVOKER VIEW merged AS SELECT id, total FROM orders WHERE total > 0 WITH CASCADED CHECK OPTION;
CREATE ALGORITHM=TEMPTABLE VIEW stored_while_read AS SELECT DISTINCT customer_id FROM orders;
CREATE VIEW locally AS SELECT * FROM merged WHERE total < 100 WITH LOCAL CHECK OPTION;
CREATE VIEW joined AS SELECT c.id, p.name, o.total FROM customers c LEFT JOIN customers p ON p.id = c.parent_id JOIN (orders o JOIN merged m USING (id, total)) ON o.customer_id = c.id STRAIGHT_JOIN z_base b;
CREATE VIEW united AS SELECT 1 AS one, 'a' AS b UNION ALL SELECT id, name FROM customers UNION SELECT id, 'x' FROM z_base ORDER BY one LIMIT 5;
CREATE VIEW with_query AS WITH RECURSIVE tree AS (SELECT id, parent_id FROM customers WHERE parent_id IS NULL UNION ALL SELECT c.id, c.parent_id FROM customers c JOIN tree t ON c.parent_id = t.id) SELECT * FROM tree;
CREATE VIEW windowed AS SELECT id, row_number() OVER (PARTITION BY customer_id ORDER BY total DESC) AS n, CASE WHEN total > 10 THEN '😀' ELSE _latin1'ü' END AS face FROM orders WHERE EXISTS (SELECT 1 FROM customers WHERE customers.id = orders.customer_id);
CREATE FUNCTION a_function(x int) RETURNS int DETERMINISTIC RETURN x + 1;
CREATE VIEW calls AS SELECT a_function(id) AS f, extract(YEAR FROM placed) AS y FROM orders;
CREATE VIEW nothing AS SELECT 1;
