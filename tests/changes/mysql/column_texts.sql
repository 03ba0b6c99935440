-- Columns of texts: lengths, character set, collation, enum, set, binary.
-- properties: column: character set, column: collation, column: enum, column: set, column: length

-- == without ==
CREATE TABLE jars (id int PRIMARY KEY);

-- == with ==
CREATE TABLE jars (id int PRIMARY KEY, name varchar(20) CHARACTER SET latin1, code char(5) COLLATE utf8mb4_bin, state enum('new','old') NOT NULL DEFAULT 'new', marks set('a','b') DEFAULT 'a', raw varbinary(8), note text, body longtext);
CREATE INDEX by_name ON jars (name);

-- == altered ==
CREATE TABLE jars (id int PRIMARY KEY, name varchar(40) CHARACTER SET utf8mb4, code varchar(5) COLLATE utf8mb4_general_ci, state enum('raw','new','old','it''s') DEFAULT 'raw', marks set('a','b','c') NOT NULL DEFAULT 'a,c', raw varbinary(16), note mediumtext, body json);
CREATE INDEX by_name ON jars (name);

-- == without to with ==
ALTER TABLE `jars` ADD COLUMN `name` varchar(20) COLLATE latin1_swedish_ci NULL, ADD COLUMN `code` char(5) COLLATE utf8mb4_bin NULL, ADD COLUMN `state` enum('new','old') NOT NULL DEFAULT 'new', ADD COLUMN `marks` set('a','b') NULL DEFAULT 'a', ADD COLUMN `raw` varbinary(8) NULL, ADD COLUMN `note` text NULL, ADD COLUMN `body` longtext NULL, ADD KEY `by_name` (`name`), LOCK=NONE;

-- == with to altered ==
ALTER TABLE `jars` MODIFY COLUMN `name` varchar(40) NULL, MODIFY COLUMN `code` varchar(5) NULL, MODIFY COLUMN `state` enum('raw','new','old','it''s') NULL DEFAULT 'raw', MODIFY COLUMN `marks` set('a','b','c') NOT NULL DEFAULT 'a,c', MODIFY COLUMN `raw` varbinary(16) NULL, MODIFY COLUMN `note` mediumtext NULL, MODIFY COLUMN `body` json NULL;

-- == altered to with ==
ALTER TABLE `jars` MODIFY COLUMN `name` varchar(20) COLLATE latin1_swedish_ci NULL, MODIFY COLUMN `code` char(5) COLLATE utf8mb4_bin NULL, MODIFY COLUMN `state` enum('new','old') NOT NULL DEFAULT 'new', MODIFY COLUMN `marks` set('a','b') NULL DEFAULT 'a', MODIFY COLUMN `raw` varbinary(8) NULL, MODIFY COLUMN `note` text NULL, MODIFY COLUMN `body` longtext NULL;

-- == with to without ==
ALTER TABLE `jars` DROP INDEX `by_name`, DROP COLUMN `name`, DROP COLUMN `code`, DROP COLUMN `state`, DROP COLUMN `marks`, DROP COLUMN `raw`, DROP COLUMN `note`, DROP COLUMN `body`, LOCK=NONE;
