-- Primary keys and unique constraints: order, collation, names, places.
CREATE TABLE pair (a INT, b INT, c TEXT, PRIMARY KEY (b, a), UNIQUE (c, a));
CREATE TABLE named (a INT, b TEXT COLLATE NOCASE, c, d, CONSTRAINT named_pk PRIMARY KEY (a), CONSTRAINT named_u UNIQUE (b), CONSTRAINT "named ""u2""" UNIQUE (c, d));
CREATE TABLE named_columns (a TEXT CONSTRAINT pk_here PRIMARY KEY, b INT CONSTRAINT u_here UNIQUE, c INT UNIQUE, d INT CONSTRAINT u1 UNIQUE CONSTRAINT u2 CHECK (d > 0));
CREATE TABLE directed (a INT, b TEXT, c TEXT, PRIMARY KEY (a DESC, b COLLATE NOCASE), UNIQUE (c COLLATE rtrim DESC, a ASC));
CREATE TABLE directed_one (a TEXT PRIMARY KEY DESC, b TEXT, CONSTRAINT b_nocase UNIQUE (b COLLATE NOCASE));
CREATE TABLE collated (a TEXT COLLATE NOCASE PRIMARY KEY, b TEXT PRIMARY_ COLLATE RTRIM UNIQUE, c TEXT COLLATE BINARY, d TEXT COLLATE "nocase" UNIQUE, e TEXT CONSTRAINT how COLLATE NOCASE);
CREATE TABLE twice (a INT UNIQUE UNIQUE, b INT, UNIQUE (b), UNIQUE (b), UNIQUE (a, b), PRIMARY KEY (a));
CREATE TABLE unnamed_after_named (a INT PRIMARY KEY CONSTRAINT not_nothing NOT NULL, b INT CONSTRAINT b_not_null NOT NULL CHECK (b > 0), c TEXT UNIQUE CONSTRAINT c_default DEFAULT 'x');
CREATE TABLE quoted ("a b" INT, [c d] INT, `e f` INT, 'g h' INT, "i""j" INT, PRIMARY KEY ("a b", [c d]), UNIQUE (`e f`, 'g h'), UNIQUE ("i""j"));
CREATE TABLE Letters (Id INT, NAME TEXT, primary key (ID), unique (name, iD));
CREATE TABLE no_commas (a INT, b INT, PRIMARY KEY (a) UNIQUE (b) CONSTRAINT positive CHECK (a > 0) CONSTRAINT u UNIQUE (a, b));
CREATE TABLE loose_name (a INT CONSTRAINT loose, b INT CHECK (b > 0), c INT CONSTRAINT one CONSTRAINT two CHECK (c > 0), CONSTRAINT alone);
CREATE TABLE no_key (a, b);
