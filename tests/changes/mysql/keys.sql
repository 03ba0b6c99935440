-- Primary, unique and other keys: columns, prefixes, order, kind, comment.
-- properties: primary key, unique key, key, key: prefix, key: order, key: fulltext, key: spatial, key: comment

-- == without ==
CREATE TABLE jars (id int NOT NULL, name varchar(100), note text, at point NOT NULL);

-- == with ==
CREATE TABLE jars (id int NOT NULL, name varchar(100), note text, at point NOT NULL, PRIMARY KEY (id), UNIQUE KEY by_name (name), KEY by_note (note(10)), FULLTEXT KEY words (note), SPATIAL KEY places (at));

-- == altered ==
CREATE TABLE jars (id int NOT NULL, name varchar(100), note text, at point NOT NULL, PRIMARY KEY (id, name), UNIQUE KEY by_name (name, id), KEY by_note (note(20), id DESC) COMMENT 'twenty', FULLTEXT KEY words (note, name), KEY places (at(25)));

-- == without to with ==
ALTER TABLE `jars` ADD UNIQUE KEY `by_name` (`name`), ADD PRIMARY KEY (`id`), ADD KEY `by_note` (`note`(10)), ADD SPATIAL KEY `places` (`at`), ADD FULLTEXT KEY `words` (`note`);

-- == with to altered ==
ALTER TABLE `jars` DROP INDEX `by_note`, DROP INDEX `places`, DROP INDEX `words`, DROP PRIMARY KEY, DROP INDEX `by_name`, MODIFY COLUMN `name` varchar(100) NOT NULL, ADD UNIQUE KEY `by_name` (`name`,`id`), ADD PRIMARY KEY (`id`,`name`), ADD KEY `by_note` (`note`(20),`id` DESC) COMMENT 'twenty', ADD KEY `places` (`at`(25)), ADD FULLTEXT KEY `words` (`note`,`name`);

-- == altered to with ==
ALTER TABLE `jars` DROP INDEX `by_note`, DROP INDEX `places`, DROP INDEX `words`, DROP PRIMARY KEY, DROP INDEX `by_name`, MODIFY COLUMN `name` varchar(100) NULL, ADD UNIQUE KEY `by_name` (`name`), ADD PRIMARY KEY (`id`), ADD KEY `by_note` (`note`(10)), ADD SPATIAL KEY `places` (`at`), ADD FULLTEXT KEY `words` (`note`);

-- == with to without ==
ALTER TABLE `jars` DROP INDEX `by_note`, DROP INDEX `places`, DROP INDEX `words`, DROP PRIMARY KEY, DROP INDEX `by_name`;
