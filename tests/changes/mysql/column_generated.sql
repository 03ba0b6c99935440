-- Generated columns, virtual and stored: they come, over a column whose type changes, with another expression, the other way, and become plain.
-- properties: column: generated virtual, column: generated stored

-- == without ==
CREATE TABLE jars (id int PRIMARY KEY, width int, height int);

-- == with ==
CREATE TABLE jars (id int PRIMARY KEY, width int, height int, area int AS (width * height) VIRTUAL, sum int AS (width + height) STORED, KEY by_area (area));

-- == altered ==
CREATE TABLE jars (id int PRIMARY KEY, width bigint, height int, area bigint AS (width * height + 1) VIRTUAL COMMENT 'all', sum int AS (width + height + 2) VIRTUAL, KEY by_area (area));

-- == plain ==
CREATE TABLE jars (id int PRIMARY KEY, width bigint, height int, area bigint, sum int AS (width - height) STORED, KEY by_area (area));

-- == without to with ==
ALTER TABLE `jars` ADD COLUMN `area` int GENERATED ALWAYS AS (`width` * `height`) VIRTUAL, ADD COLUMN `sum` int GENERATED ALWAYS AS (`width` + `height`) STORED, ADD KEY `by_area` (`area`);

-- == with to altered ==
ALTER TABLE `jars` MODIFY COLUMN `width` bigint NULL, MODIFY COLUMN `area` bigint GENERATED ALWAYS AS (`width` * `height` + 1) VIRTUAL COMMENT 'all', DROP COLUMN `sum`, ADD COLUMN `sum` int GENERATED ALWAYS AS (`width` + `height` + 2) VIRTUAL AFTER `area`;

-- == altered to plain ==
ALTER TABLE `jars` DROP COLUMN `area`, ADD COLUMN `area` bigint GENERATED ALWAYS AS (`width` * `height` + 1) STORED COMMENT 'all' AFTER `height`, DROP COLUMN `sum`, ADD COLUMN `sum` int GENERATED ALWAYS AS (`width` - `height`) STORED AFTER `area`;
ALTER TABLE `jars` MODIFY COLUMN `area` bigint NULL;

-- == plain to altered ==
ALTER TABLE `jars` DROP COLUMN `area`, ADD COLUMN `area` bigint GENERATED ALWAYS AS (`width` * `height` + 1) VIRTUAL COMMENT 'all' AFTER `height`, DROP COLUMN `sum`, ADD COLUMN `sum` int GENERATED ALWAYS AS (`width` + `height` + 2) VIRTUAL AFTER `area`;

-- == altered to with ==
ALTER TABLE `jars` MODIFY COLUMN `width` int NULL, MODIFY COLUMN `area` int GENERATED ALWAYS AS (`width` * `height`) VIRTUAL, DROP COLUMN `sum`, ADD COLUMN `sum` int GENERATED ALWAYS AS (`width` + `height`) STORED AFTER `area`;

-- == with to without ==
ALTER TABLE `jars` DROP INDEX `by_area`, DROP COLUMN `area`, DROP COLUMN `sum`;
