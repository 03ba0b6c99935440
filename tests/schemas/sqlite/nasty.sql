-- Everything at once: names that need care, text that looks like SQL, and every clause of a table.
CREATE TABLE "select" (
    "from" INTEGER PRIMARY KEY AUTOINCREMENT, -- a comment, with "quotes" and a 'string'
    "sp ace" TEXT NOT NULL DEFAULT 'it''s; -- no comment' COLLATE NOCASE,
    `back``tick` int,
    "q""uote" VARCHAR ( 10 ) UNIQUE ON CONFLICT IGNORE,
    "größe" DECIMAL(10, 2) DEFAULT -1.50 CHECK ("größe" > -2 /* or else */),
    "line
break" BLOB DEFAULT x'00FF',
    untyped,
    "日本語 🦀" TEXT DEFAULT '🦀' CHECK ("日本語 🦀" <> 'x,y)z(' AND "日本語 🦀" NOT LIKE '%\_%' ESCAPE '\')
);
CREATE TABLE parents (
    a TEXT, b INT NOT NULL, c INT DEFAULT (1 + (2 * 3)), d TEXT DEFAULT CURRENT_TIMESTAMP, e BOOLEAN DEFAULT TRUE,
    f TEXT DEFAULT 'NULL', g TEXT DEFAULT NULL, h TEXT DEFAULT '', i REAL DEFAULT +1e3, j INT DEFAULT 0x10,
    CONSTRAINT "the key" PRIMARY KEY (b DESC, a COLLATE NOCASE) ON CONFLICT REPLACE,
    CONSTRAINT "one of ""each""" UNIQUE (c, d),
    UNIQUE (e) ON CONFLICT ROLLBACK,
    CONSTRAINT ranged CHECK (c BETWEEN 1 AND 10),
    CHECK (d IN ('a', 'b''c', "e"))
) WITHOUT ROWID;
CREATE TABLE children (
    id INTEGER PRIMARY KEY DESC,
    pb INT, pa TEXT,
    other INT CONSTRAINT "to select" REFERENCES "select" ON DELETE SET NULL ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    self INT REFERENCES children (id) ON DELETE RESTRICT NOT DEFERRABLE,
    missing INT REFERENCES not_there (x) MATCH FULL,
    doubled INT GENERATED ALWAYS AS (pb * 2) VIRTUAL,
    stored TEXT AS (pa || ',' || coalesce(pb, ')')) STORED NOT NULL,
    CONSTRAINT pair FOREIGN KEY (pb, pa) REFERENCES parents (b, a) ON UPDATE SET DEFAULT DEFERRABLE INITIALLY IMMEDIATE
);
CREATE TABLE strict_ones (id INTEGER PRIMARY KEY, v ANY, t TEXT NOT NULL, r REAL, b BLOB) STRICT;
CREATE TABLE both (k TEXT NOT NULL PRIMARY KEY, v INT) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX "partial one" ON children (pa COLLATE RTRIM DESC, pb) WHERE other IS NOT NULL AND pa <> 'it''s';
CREATE INDEX expressions ON children (lower(pa), pb + 1 DESC, (pa || 'x') COLLATE NOCASE);
CREATE INDEX plain ON "select" ("sp ace", "q""uote");
CREATE VIEW overview AS SELECT c.id, p."a" AS "the a" FROM children c JOIN parents p ON p.b = c.pb -- why
    WHERE p.f <> 'x;y';
CREATE VIEW "on top" (x, "the y") AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3)
    SELECT o.id, n.i FROM overview o, n;
CREATE TRIGGER stamp AFTER UPDATE OF "sp ace", "q""uote" ON "select" FOR EACH ROW WHEN new."sp ace" <> old."sp ace"
BEGIN
    UPDATE parents SET d = CURRENT_TIMESTAMP WHERE b = new."from"; -- a; b
    DELETE FROM children WHERE id = CASE WHEN old."from" > 1 THEN 1 ELSE 2 END;
END;
CREATE TRIGGER instead INSTEAD OF INSERT ON overview BEGIN SELECT raise(ABORT, 'no; not here'); END;
CREATE VIRTUAL TABLE texts USING fts5(title, body, tokenize = "unicode61 remove_diacritics 2");
CREATE VIRTUAL TABLE places USING rtree(id, min_x, max_x);
