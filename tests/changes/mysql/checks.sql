-- Checks of columns and of tables.
-- properties: check, check of a column

-- == without ==
CREATE TABLE jars (id int PRIMARY KEY, litres int, doc longtext);

-- == with ==
CREATE TABLE jars (id int PRIMARY KEY, litres int CHECK (litres > 0), doc longtext CHECK (json_valid(doc)), CONSTRAINT few CHECK (litres < 10));

-- == altered ==
CREATE TABLE jars (id int PRIMARY KEY, litres bigint CHECK (litres > 1), doc json, CONSTRAINT few CHECK (litres < 20 OR id > 5));

-- == without to with ==
ALTER TABLE `jars` MODIFY COLUMN `litres` int NULL CHECK (`litres` > 0), MODIFY COLUMN `doc` longtext NULL CHECK (json_valid(`doc`)), ADD CONSTRAINT `few` CHECK (`litres` < 10);

-- == with to altered ==
ALTER TABLE `jars` DROP CONSTRAINT `few`, MODIFY COLUMN `litres` bigint NULL CHECK (`litres` > 1), MODIFY COLUMN `doc` json NULL, ADD CONSTRAINT `few` CHECK (`litres` < 20 or `id` > 5);

-- == altered to with ==
ALTER TABLE `jars` DROP CONSTRAINT `few`, MODIFY COLUMN `litres` int NULL CHECK (`litres` > 0), MODIFY COLUMN `doc` longtext NULL CHECK (json_valid(`doc`)), ADD CONSTRAINT `few` CHECK (`litres` < 10);

-- == with to without ==
ALTER TABLE `jars` DROP CONSTRAINT `few`, MODIFY COLUMN `litres` int NULL, MODIFY COLUMN `doc` longtext NULL;
