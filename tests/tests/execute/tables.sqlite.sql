CREATE TABLE samples (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    flag BOOLEAN, small SMALLINT, medium INTEGER, big BIGINT, single FLOAT, twice DOUBLE,
    name VARCHAR(40) UNIQUE, bytes BLOB, moment TIMESTAMP, wall TIMESTAMP, day DATE, clock TIME,
    amount NUMERIC(20, 4), token BLOB, document JSON, severity TEXT
);
CREATE TABLE lines (
    order_code VARCHAR(20) NOT NULL,
    position INTEGER NOT NULL,
    sample_id BIGINT REFERENCES samples (id),
    quantity INTEGER NOT NULL DEFAULT 1 CHECK (quantity > 0),
    note TEXT NOT NULL,
    PRIMARY KEY (order_code, position)
);
