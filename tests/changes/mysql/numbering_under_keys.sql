-- The key of a numbered column is replaced by another one, and the numbering goes.
-- properties: column: AUTO_INCREMENT

-- == without ==
CREATE TABLE jars (id int NOT NULL, nr int NOT NULL, PRIMARY KEY (id));

-- == with ==
CREATE TABLE jars (id int NOT NULL AUTO_INCREMENT, nr int NOT NULL, PRIMARY KEY (nr), KEY by_id (id));

-- == altered ==
CREATE TABLE jars (id int NOT NULL AUTO_INCREMENT, nr int NOT NULL, PRIMARY KEY (nr, id), UNIQUE KEY by_id (id));

-- == without to with ==
ALTER TABLE `jars` DROP PRIMARY KEY, MODIFY COLUMN `id` int NOT NULL AUTO_INCREMENT, ADD PRIMARY KEY (`nr`), ADD KEY `by_id` (`id`);

-- == with to altered ==
ALTER TABLE `jars` DROP INDEX `by_id`, DROP PRIMARY KEY, ADD UNIQUE KEY `by_id` (`id`), ADD PRIMARY KEY (`nr`,`id`);

-- == altered to with ==
ALTER TABLE `jars` DROP PRIMARY KEY, DROP INDEX `by_id`, ADD PRIMARY KEY (`nr`), ADD KEY `by_id` (`id`);

-- == with to without ==
ALTER TABLE `jars` DROP INDEX `by_id`, DROP PRIMARY KEY, MODIFY COLUMN `id` int NOT NULL, ADD PRIMARY KEY (`id`);
