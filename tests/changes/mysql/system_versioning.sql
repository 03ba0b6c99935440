-- A table begins to keep its history, changes while it does, and ceases to.
-- properties: table: system versioning, column: system versioning

-- == without ==
CREATE TABLE jars (id int PRIMARY KEY, a int, b int);

-- == with ==
CREATE TABLE jars (id int PRIMARY KEY, a int, b int) WITH SYSTEM VERSIONING;

-- == altered ==
CREATE TABLE jars (id int PRIMARY KEY, a bigint, b int WITHOUT SYSTEM VERSIONING, c varchar(20), KEY by_a (a)) WITH SYSTEM VERSIONING;

-- == without to with ==
ALTER TABLE `jars` ADD SYSTEM VERSIONING;

-- == with to altered ==
ALTER TABLE `jars` MODIFY COLUMN `a` bigint NULL, MODIFY COLUMN `b` int NULL WITHOUT SYSTEM VERSIONING, ADD COLUMN `c` varchar(20) NULL, ADD KEY `by_a` (`a`);

-- == altered to with ==
ALTER TABLE `jars` DROP INDEX `by_a`, DROP COLUMN `c`, MODIFY COLUMN `a` int NULL, MODIFY COLUMN `b` int NULL;

-- == with to without ==
ALTER TABLE `jars` DROP SYSTEM VERSIONING;
