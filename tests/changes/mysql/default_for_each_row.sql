-- A default that is another for each row: the column is filled in batches, where there is a key for them.
-- properties: column: default as expression

-- == without ==
CREATE TABLE jars (id int PRIMARY KEY, name varchar(20));
CREATE TABLE lids (name varchar(20));

-- == with ==
CREATE TABLE jars (id int PRIMARY KEY, name varchar(20),
    token varchar(40) NOT NULL DEFAULT (uuid()), twice varchar(40) DEFAULT (concat(name, name)), made datetime NOT NULL DEFAULT now());
CREATE TABLE lids (name varchar(20), token varchar(40) NOT NULL DEFAULT (uuid()));

-- == altered ==
CREATE TABLE jars (id int PRIMARY KEY, name varchar(20),
    token varchar(40) NOT NULL DEFAULT (uuid()) UNIQUE, twice varchar(50) DEFAULT (concat(name, name)), made datetime NOT NULL DEFAULT now());
CREATE TABLE lids (name varchar(20), token varchar(40));

-- == without to with ==
ALTER TABLE `jars` ADD COLUMN `token` varchar(40) NULL, ADD COLUMN `twice` varchar(40) NULL, ADD COLUMN `made` datetime NOT NULL DEFAULT current_timestamp(), LOCK=NONE;
ALTER TABLE `jars` MODIFY COLUMN `token` varchar(40) NULL DEFAULT (uuid()), MODIFY COLUMN `twice` varchar(40) NULL DEFAULT (concat(`name`,`name`)), LOCK=NONE;
ALTER TABLE `lids` ADD COLUMN `token` varchar(40) NOT NULL DEFAULT (uuid());
UPDATE `jars` SET `token` = (uuid()) WHERE `token` IS NULL;
ALTER TABLE `jars` MODIFY COLUMN `token` varchar(40) NOT NULL DEFAULT (uuid()), LOCK=NONE;
UPDATE `jars` SET `twice` = (concat(`name`,`name`)) WHERE `twice` IS NULL;

-- == with to altered ==
ALTER TABLE `jars` MODIFY COLUMN `twice` varchar(50) NULL DEFAULT (concat(`name`,`name`)), ADD UNIQUE KEY `token` (`token`), LOCK=NONE;
ALTER TABLE `lids` MODIFY COLUMN `token` varchar(40) NULL, LOCK=NONE;

-- == altered to with ==
ALTER TABLE `jars` DROP INDEX `token`, MODIFY COLUMN `twice` varchar(40) NULL DEFAULT (concat(`name`,`name`));
ALTER TABLE `lids` MODIFY COLUMN `token` varchar(40) NOT NULL DEFAULT (uuid()), LOCK=NONE;

-- == with to without ==
ALTER TABLE `jars` DROP COLUMN `token`, DROP COLUMN `twice`, DROP COLUMN `made`, LOCK=NONE;
ALTER TABLE `lids` DROP COLUMN `token`, LOCK=NONE;
