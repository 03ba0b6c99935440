-- A table begins to inherit, from another one, and ceases to; what a child says otherwise of its columns.
-- properties: table: inherits

-- == without ==
CREATE TABLE vessels (id int NOT NULL, litres int);
CREATE TABLE things (id int NOT NULL, litres int);
CREATE TABLE jars (id int NOT NULL, litres int, lid text);

-- == with ==
CREATE TABLE vessels (id int NOT NULL, litres int);
CREATE TABLE things (id int NOT NULL, litres int);
CREATE TABLE jars (id int NOT NULL, litres int, lid text);
ALTER TABLE jars INHERIT vessels;

-- == altered ==
CREATE TABLE vessels (id int NOT NULL, litres int);
CREATE TABLE things (id int NOT NULL, litres int);
CREATE TABLE jars (id int NOT NULL, litres int, lid text);
ALTER TABLE jars INHERIT things;

-- == without to with ==
ALTER TABLE "jars" INHERIT "vessels";

-- == with to altered ==
ALTER TABLE "jars"
    NO INHERIT "vessels",
    INHERIT "things";

-- == altered to with ==
ALTER TABLE "jars"
    NO INHERIT "things",
    INHERIT "vessels";

-- == with to without ==
ALTER TABLE "jars" NO INHERIT "vessels";
