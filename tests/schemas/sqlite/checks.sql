-- Checks: with columns, apart from them, named or not, several.
CREATE TABLE checks (
    a INT CHECK (a > 0), b INT CONSTRAINT b_small CHECK (b < 10) CONSTRAINT b_odd CHECK (b % 2 = 1),
    c TEXT CHECK (c IN ('x', 'y', 'it''s')) CHECK (length(c) == 1) NOT NULL CHECK (c != '  two  spaces  '),
    d TEXT CHECK (d GLOB '[a-z]*' OR d LIKE '%\_%' ESCAPE '\'), e REAL CHECK (e BETWEEN -1.5 AND + 1.5), f BLOB CHECK (typeof(f) = 'blob' OR f ISNULL),
    "check" INT CHECK ("check" <> 0), [g h] INT CHECK ([g h] IS NOT NULL AND `g h` NOTNULL), key INT CHECK (key > 0 AND KEY < 9),
    CHECK (a < b), CHECK ((a + b) > 0), CHECK (((a > 0))), CONSTRAINT "with ""quotes""" CHECK (a || b <> 'ab' /* never */ AND 1), -- a comment
    CONSTRAINT cases CHECK (CASE WHEN a THEN b ELSE NOT c END), CHECK (A = B OR not B), CHECK (- -a <> ~b), CHECK (a-b>-1), CHECK (a->>'$.x' IS NOT 1 AND a->'y' IS NULL),
    CHECK (CAST(a AS "text type") = 'x' COLLATE nocase), CHECK (x'AB' <> f), CHECK (1 << 2 >= 3 & 4 | 5), CHECK ("no such column" <> a), CHECK (replace(c, 'a', 'b') = c),
    CHECK ((a, b) <> (b, a)), CHECK (a NOT NULL), CHECK (a IS b), CHECK (true AND a), CHECK (a IN ())
);
CREATE TABLE qualified (a INT, b INT, CHECK (qualified.a > 0));
