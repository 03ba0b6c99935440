-- A table begins to be partitioned, gets other partitions, is partitioned otherwise, and ceases to be.
-- properties: table: partitions

-- == without ==
CREATE TABLE rains (id int NOT NULL, day date NOT NULL, PRIMARY KEY (id, day));

-- == with ==
CREATE TABLE rains (id int NOT NULL, day date NOT NULL, PRIMARY KEY (id, day)) PARTITION BY RANGE (year(day)) (PARTITION old VALUES LESS THAN (2024), PARTITION rest VALUES LESS THAN MAXVALUE);

-- == altered ==
CREATE TABLE rains (id int NOT NULL, day date NOT NULL, mm int, PRIMARY KEY (id, day)) PARTITION BY RANGE (year(day)) (PARTITION old VALUES LESS THAN (2024) COMMENT = 'long ago', PARTITION recent VALUES LESS THAN (2025), PARTITION rest VALUES LESS THAN MAXVALUE);

-- == otherwise ==
CREATE TABLE rains (id int NOT NULL, day date NOT NULL, mm int, PRIMARY KEY (id, day)) PARTITION BY HASH (id) PARTITIONS 3;

-- == without to with ==
ALTER TABLE `rains` PARTITION BY RANGE (year(`day`)) (PARTITION `old` VALUES LESS THAN (2024), PARTITION `rest` VALUES LESS THAN MAXVALUE);

-- == with to altered ==
ALTER TABLE `rains` ADD COLUMN `mm` int NULL, LOCK=NONE;
ALTER TABLE `rains` PARTITION BY RANGE (year(`day`)) (PARTITION `old` VALUES LESS THAN (2024) COMMENT = 'long ago', PARTITION `recent` VALUES LESS THAN (2025), PARTITION `rest` VALUES LESS THAN MAXVALUE);

-- == altered to otherwise ==
ALTER TABLE `rains` PARTITION BY HASH (`id`) PARTITIONS 3;

-- == otherwise to altered ==
ALTER TABLE `rains` PARTITION BY RANGE (year(`day`)) (PARTITION `old` VALUES LESS THAN (2024) COMMENT = 'long ago', PARTITION `recent` VALUES LESS THAN (2025), PARTITION `rest` VALUES LESS THAN MAXVALUE);

-- == altered to with ==
ALTER TABLE `rains` DROP COLUMN `mm`, LOCK=NONE;
ALTER TABLE `rains` PARTITION BY RANGE (year(`day`)) (PARTITION `old` VALUES LESS THAN (2024), PARTITION `rest` VALUES LESS THAN MAXVALUE);

-- == with to without ==
ALTER TABLE `rains` REMOVE PARTITIONING;
