-- Indexes: unique, partial, of expressions, in each order and collation, with names of every kind.
CREATE TABLE indexed (id INTEGER PRIMARY KEY, a INT, b TEXT COLLATE NOCASE, c TEXT, "d e" INT, deleted INT, json TEXT, g AS (a + 1));
CREATE INDEX plain ON indexed (a);
CREATE UNIQUE INDEX unique_pair ON indexed (c, a);
CREATE INDEX ascending ON indexed (a ASC, b);
CREATE INDEX descending ON indexed (a DESC, c desc);
CREATE INDEX collated ON indexed (c COLLATE NOCASE, b COLLATE BINARY, c COLLATE "rtrim" DESC);
CREATE INDEX collated_as_it_is ON indexed (b COLLATE NOCASE, c COLLATE BINARY);
CREATE INDEX of_call ON indexed (lower(c));
CREATE INDEX of_call_in_parentheses ON indexed ((lower(c)) DESC);
CREATE INDEX of_expression ON indexed (a + 1, (a - 1), ((a * 2)), a != 3, lower(c) || upper(c));
CREATE INDEX of_collated_expression ON indexed (lower(c) COLLATE NOCASE DESC, (c || 'x') COLLATE RTRIM, (c COLLATE NOCASE));
CREATE INDEX in_parentheses ON indexed ((a), ((c)) DESC);
CREATE INDEX of_json ON indexed (json ->> '$.name', json_extract(json, '$.a'));
CREATE INDEX of_generated ON indexed (g);
CREATE UNIQUE INDEX partial ON indexed (c) WHERE deleted IS NULL AND "d e" <> 3 OR a IN (1, 2);
CREATE INDEX partial_in_parentheses ON indexed (a) WHERE (deleted ISNULL);
CREATE INDEX partial_text ON indexed (a) WHERE c != 'off  line' AND c NOT LIKE '%x' -- all of them
;
CREATE INDEX qualified ON indexed (a) WHERE indexed.a > 0;
CREATE INDEX "Quoted Index" ON "indexed" ("d e", [a], `c`, 'json');
CREATE INDEX "i""2" ON INDEXED (A, B);
CREATE INDEX if not exists main.of_main ON indexed (c, c);
