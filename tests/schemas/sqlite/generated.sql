-- Generated columns, stored and virtual, one standing on another, with constraints.
CREATE TABLE generated_columns (
    id INTEGER PRIMARY KEY, a INT, b TEXT,
    v1 INT GENERATED ALWAYS AS (a * 2) VIRTUAL, v2 INT AS (a + 1), v3 AS (a || b), s1 INT GENERATED ALWAYS AS (a - 1) STORED, s2 TEXT as (upper(b)) stored,
    untyped GENERATED ALWAYS AS (a), nested INT AS ((a + (b))) VIRTUAL, on_generated AS (v1 + s1) VIRTUAL,
    limited INT AS (a) STORED NOT NULL CHECK (limited > 0), uniq INT AS (a % 7) STORED UNIQUE, reference INT AS (a) STORED REFERENCES generated_columns (id),
    named INT CONSTRAINT how GENERATED ALWAYS AS (a != 1) STORED, collated TEXT AS (b) COLLATE NOCASE, before TEXT COLLATE NOCASE AS (b),
    "quoted name" TEXT AS (json_extract(b, '$."a b"')) VIRTUAL, generated INT, always INT
);
CREATE INDEX on_generated_columns ON generated_columns (v1, s2 COLLATE NOCASE, "quoted name");
