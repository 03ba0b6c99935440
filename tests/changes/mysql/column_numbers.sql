-- Columns of numbers: unsigned, zerofill, digits, numbering.
-- properties: column, column: type, column: unsigned, column: zerofill, column: AUTO_INCREMENT

-- == without ==
CREATE TABLE jars (id int NOT NULL);

-- == with ==
CREATE TABLE jars (id int NOT NULL AUTO_INCREMENT, small tinyint(3) unsigned, filled mediumint(6) unsigned zerofill, exact decimal(6,2), rough float, flag bit(4), PRIMARY KEY (id));

-- == altered ==
CREATE TABLE jars (id bigint unsigned NOT NULL AUTO_INCREMENT, small smallint, filled int(8) unsigned zerofill, exact decimal(8,3) unsigned, rough double, flag bit(8), PRIMARY KEY (id));

-- == without to with ==
ALTER TABLE `jars` MODIFY COLUMN `id` int NOT NULL AUTO_INCREMENT, ADD COLUMN `small` tinyint unsigned NULL, ADD COLUMN `filled` mediumint(6) unsigned zerofill NULL, ADD COLUMN `exact` decimal(6,2) NULL, ADD COLUMN `rough` float NULL, ADD COLUMN `flag` bit(4) NULL, ADD PRIMARY KEY (`id`);

-- == with to altered ==
ALTER TABLE `jars` MODIFY COLUMN `id` bigint unsigned NOT NULL AUTO_INCREMENT, MODIFY COLUMN `small` smallint NULL, MODIFY COLUMN `filled` int(8) unsigned zerofill NULL, MODIFY COLUMN `exact` decimal(8,3) unsigned NULL, MODIFY COLUMN `rough` double NULL, MODIFY COLUMN `flag` bit(8) NULL;

-- == altered to with ==
ALTER TABLE `jars` MODIFY COLUMN `id` int NOT NULL AUTO_INCREMENT, MODIFY COLUMN `small` tinyint unsigned NULL, MODIFY COLUMN `filled` mediumint(6) unsigned zerofill NULL, MODIFY COLUMN `exact` decimal(6,2) NULL, MODIFY COLUMN `rough` float NULL, MODIFY COLUMN `flag` bit(4) NULL;

-- == with to without ==
ALTER TABLE `jars` DROP PRIMARY KEY, DROP COLUMN `small`, DROP COLUMN `filled`, DROP COLUMN `exact`, DROP COLUMN `rough`, DROP COLUMN `flag`, MODIFY COLUMN `id` int NOT NULL;
