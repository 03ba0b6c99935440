-- What SQLite has and a model says.
CREATE TABLE s_customers (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    email VARCHAR(254) NOT NULL UNIQUE,
    name TEXT NOT NULL DEFAULT 'it''s' COLLATE NOCASE,
    "order" INT,
    "first-name" NVARCHAR(20),
    "🦀" REAL,
    anything,
    level INTEGER NOT NULL DEFAULT 1 CHECK (level BETWEEN 1 AND 5),
    active BOOLEAN NOT NULL DEFAULT TRUE,
    balance NUMERIC(12,2),
    born DATE,
    made TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    data BLOB,
    doubled INTEGER GENERATED ALWAYS AS (level * 2) VIRTUAL
);
CREATE INDEX s_customers_born_idx ON s_customers (born);
CREATE UNIQUE INDEX active_names ON s_customers (lower(name) DESC) WHERE active;
CREATE TABLE s_orders (
    number TEXT PRIMARY KEY,
    customer_id INTEGER REFERENCES s_customers ON DELETE CASCADE,
    previous TEXT CONSTRAINT after REFERENCES s_orders (number) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE s_log (at TEXT NOT NULL, number TEXT REFERENCES s_orders (number)) STRICT;
CREATE VIEW s_view ("customer", name, twice, thrice, "order") AS
SELECT id, name, level * 2, CAST(level * 3 AS INTEGER), "order" FROM s_customers;
CREATE VIEW s_counts AS SELECT count(*) FROM s_view;
CREATE VIRTUAL TABLE s_words USING fts5(body);
CREATE TRIGGER s_log_numbers AFTER INSERT ON s_log WHEN new.number IS NULL
BEGIN
    DELETE FROM s_log WHERE number IS NULL;
    INSERT INTO s_words (body) VALUES ('a " and a \');
END;
CREATE TRIGGER s_view_insert INSTEAD OF INSERT ON s_view BEGIN SELECT 1; END;
