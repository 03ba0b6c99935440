-- Two tables give each other the names of their indexes: both go before one comes.
-- properties: index

-- == without ==
CREATE TABLE jars (x, y);
CREATE TABLE lids (x, y);
CREATE INDEX i ON jars (x);
CREATE INDEX j ON lids (x);

-- == with ==
CREATE TABLE jars (x, y);
CREATE TABLE lids (x, y);
CREATE INDEX j ON jars (x);
CREATE INDEX i ON lids (x);

-- == without to with ==
DROP INDEX "i";
DROP INDEX "j";
CREATE INDEX "j" ON "jars" ("x");
CREATE INDEX "i" ON "lids" ("x");

-- == with to without ==
DROP INDEX "j";
DROP INDEX "i";
CREATE INDEX "i" ON "jars" ("x");
CREATE INDEX "j" ON "lids" ("x");
