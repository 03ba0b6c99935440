-- A primary key changes its columns and type while foreign keys point at its table.
-- properties: primary key

-- == without ==
CREATE TABLE shelves (id int NOT NULL, room int NOT NULL, UNIQUE KEY shelf (id));
CREATE TABLE jars (id int PRIMARY KEY, shelf int, CONSTRAINT on_shelf FOREIGN KEY (shelf) REFERENCES shelves (id));

-- == with ==
CREATE TABLE shelves (id int NOT NULL AUTO_INCREMENT, room int NOT NULL, PRIMARY KEY (id));
CREATE TABLE jars (id int PRIMARY KEY, shelf int, CONSTRAINT on_shelf FOREIGN KEY (shelf) REFERENCES shelves (id));

-- == altered ==
CREATE TABLE shelves (id bigint NOT NULL, room int NOT NULL, PRIMARY KEY (room, id), KEY shelf (id));
CREATE TABLE jars (id int PRIMARY KEY, shelf bigint, CONSTRAINT on_shelf FOREIGN KEY (shelf) REFERENCES shelves (id));

-- == without to with ==
ALTER TABLE `jars` DROP FOREIGN KEY `on_shelf`, LOCK=NONE;
ALTER TABLE `shelves` DROP INDEX `shelf`, MODIFY COLUMN `id` int NOT NULL AUTO_INCREMENT, ADD PRIMARY KEY (`id`);
ALTER TABLE `jars` ADD CONSTRAINT `on_shelf` FOREIGN KEY (`shelf`) REFERENCES `shelves` (`id`) ON DELETE RESTRICT ON UPDATE RESTRICT;

-- == with to altered ==
ALTER TABLE `jars` DROP FOREIGN KEY `on_shelf`, LOCK=NONE;
ALTER TABLE `shelves` DROP PRIMARY KEY, MODIFY COLUMN `id` bigint NOT NULL, ADD PRIMARY KEY (`room`,`id`), ADD KEY `shelf` (`id`);
ALTER TABLE `jars` MODIFY COLUMN `shelf` bigint NULL;
ALTER TABLE `jars` ADD CONSTRAINT `on_shelf` FOREIGN KEY (`shelf`) REFERENCES `shelves` (`id`) ON DELETE RESTRICT ON UPDATE RESTRICT;

-- == altered to with ==
ALTER TABLE `jars` DROP FOREIGN KEY `on_shelf`, LOCK=NONE;
ALTER TABLE `shelves` DROP INDEX `shelf`, DROP PRIMARY KEY, MODIFY COLUMN `id` int NOT NULL AUTO_INCREMENT, ADD PRIMARY KEY (`id`);
ALTER TABLE `jars` MODIFY COLUMN `shelf` int NULL;
ALTER TABLE `jars` ADD CONSTRAINT `on_shelf` FOREIGN KEY (`shelf`) REFERENCES `shelves` (`id`) ON DELETE RESTRICT ON UPDATE RESTRICT;

-- == with to without ==
ALTER TABLE `jars` DROP FOREIGN KEY `on_shelf`, LOCK=NONE;
ALTER TABLE `shelves` DROP PRIMARY KEY, MODIFY COLUMN `id` int NOT NULL, ADD UNIQUE KEY `shelf` (`id`);
ALTER TABLE `jars` ADD CONSTRAINT `on_shelf` FOREIGN KEY (`shelf`) REFERENCES `shelves` (`id`) ON DELETE RESTRICT ON UPDATE RESTRICT;
