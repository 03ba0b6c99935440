-- Periods of time: of the table itself, and of its history with columns of its own.
-- properties: table: period, key: WITHOUT OVERLAPS

-- == without ==
CREATE TABLE stays (id int NOT NULL, first date NOT NULL, last date NOT NULL);
CREATE TABLE jars (id int PRIMARY KEY, a int);

-- == with ==
CREATE TABLE stays (id int NOT NULL, first date NOT NULL, last date NOT NULL, PERIOD FOR stay (first, last), PRIMARY KEY (id, stay WITHOUT OVERLAPS));
CREATE TABLE jars (id int PRIMARY KEY, a int, since timestamp(6) GENERATED ALWAYS AS ROW START, until timestamp(6) GENERATED ALWAYS AS ROW END, PERIOD FOR SYSTEM_TIME (since, until)) WITH SYSTEM VERSIONING;

-- == altered ==
CREATE TABLE stays (id int NOT NULL, first date NOT NULL, last date NOT NULL, PERIOD FOR being (first, last), UNIQUE KEY one (id, being WITHOUT OVERLAPS));
CREATE TABLE jars (id int PRIMARY KEY, a bigint, since timestamp(6) GENERATED ALWAYS AS ROW START, until timestamp(6) GENERATED ALWAYS AS ROW END, PERIOD FOR SYSTEM_TIME (since, until)) WITH SYSTEM VERSIONING;

-- == without to with ==
ALTER TABLE `jars` DROP PRIMARY KEY, ADD COLUMN `since` timestamp(6) GENERATED ALWAYS AS ROW START, ADD COLUMN `until` timestamp(6) GENERATED ALWAYS AS ROW END, ADD PRIMARY KEY (`id`,`until`), ADD SYSTEM VERSIONING, ADD PERIOD FOR SYSTEM_TIME (`since`, `until`);
ALTER TABLE `stays` ADD PRIMARY KEY (`id`,`stay` WITHOUT OVERLAPS), ADD PERIOD FOR `stay` (`first`, `last`);

-- == with to altered ==
ALTER TABLE `jars` MODIFY COLUMN `a` bigint NULL;
ALTER TABLE `stays` DROP PRIMARY KEY, ADD UNIQUE KEY `one` (`id`,`being` WITHOUT OVERLAPS), DROP PERIOD FOR `stay`, ADD PERIOD FOR `being` (`first`, `last`);

-- == altered to with ==
ALTER TABLE `jars` MODIFY COLUMN `a` int NULL;
ALTER TABLE `stays` DROP INDEX `one`, ADD PRIMARY KEY (`id`,`stay` WITHOUT OVERLAPS), DROP PERIOD FOR `being`, ADD PERIOD FOR `stay` (`first`, `last`);

-- == with to without ==
ALTER TABLE `jars` DROP PRIMARY KEY, DROP COLUMN `since`, DROP COLUMN `until`, ADD PRIMARY KEY (`id`), DROP SYSTEM VERSIONING, DROP PERIOD FOR SYSTEM_TIME;
ALTER TABLE `stays` DROP PRIMARY KEY, DROP PERIOD FOR `stay`;
