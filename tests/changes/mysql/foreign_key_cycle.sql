-- Foreign keys in a circle come, change with the types under them, and go.
-- properties: foreign key

-- == without ==
CREATE TABLE eggs (id int PRIMARY KEY);
CREATE TABLE hens (id int PRIMARY KEY);

-- == with ==
CREATE TABLE eggs (id int PRIMARY KEY, hen int);
CREATE TABLE hens (id int PRIMARY KEY, egg int, CONSTRAINT from_egg FOREIGN KEY (egg) REFERENCES eggs (id));
ALTER TABLE eggs ADD CONSTRAINT by_hen FOREIGN KEY (hen) REFERENCES hens (id);

-- == altered ==
CREATE TABLE eggs (id bigint PRIMARY KEY, hen bigint);
CREATE TABLE hens (id bigint PRIMARY KEY, egg bigint, CONSTRAINT from_egg FOREIGN KEY (egg) REFERENCES eggs (id) ON DELETE CASCADE);
ALTER TABLE eggs ADD CONSTRAINT by_hen FOREIGN KEY (hen) REFERENCES hens (id);

-- == without to with ==
ALTER TABLE `eggs` ADD COLUMN `hen` int NULL, ADD KEY `by_hen` (`hen`), LOCK=NONE;
ALTER TABLE `hens` ADD COLUMN `egg` int NULL, ADD KEY `from_egg` (`egg`), LOCK=NONE;
ALTER TABLE `eggs` ADD CONSTRAINT `by_hen` FOREIGN KEY (`hen`) REFERENCES `hens` (`id`) ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE `hens` ADD CONSTRAINT `from_egg` FOREIGN KEY (`egg`) REFERENCES `eggs` (`id`) ON DELETE RESTRICT ON UPDATE RESTRICT;

-- == with to altered ==
ALTER TABLE `eggs` DROP FOREIGN KEY `by_hen`, LOCK=NONE;
ALTER TABLE `hens` DROP FOREIGN KEY `from_egg`, LOCK=NONE;
ALTER TABLE `eggs` MODIFY COLUMN `id` bigint NOT NULL, MODIFY COLUMN `hen` bigint NULL;
ALTER TABLE `hens` MODIFY COLUMN `id` bigint NOT NULL, MODIFY COLUMN `egg` bigint NULL;
ALTER TABLE `hens` ADD CONSTRAINT `from_egg` FOREIGN KEY (`egg`) REFERENCES `eggs` (`id`) ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE `eggs` ADD CONSTRAINT `by_hen` FOREIGN KEY (`hen`) REFERENCES `hens` (`id`) ON DELETE RESTRICT ON UPDATE RESTRICT;

-- == altered to with ==
ALTER TABLE `eggs` DROP FOREIGN KEY `by_hen`, LOCK=NONE;
ALTER TABLE `hens` DROP FOREIGN KEY `from_egg`, LOCK=NONE;
ALTER TABLE `eggs` MODIFY COLUMN `id` int NOT NULL, MODIFY COLUMN `hen` int NULL;
ALTER TABLE `hens` MODIFY COLUMN `id` int NOT NULL, MODIFY COLUMN `egg` int NULL;
ALTER TABLE `hens` ADD CONSTRAINT `from_egg` FOREIGN KEY (`egg`) REFERENCES `eggs` (`id`) ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE `eggs` ADD CONSTRAINT `by_hen` FOREIGN KEY (`hen`) REFERENCES `hens` (`id`) ON DELETE RESTRICT ON UPDATE RESTRICT;

-- == with to without ==
ALTER TABLE `eggs` DROP FOREIGN KEY `by_hen`, LOCK=NONE;
ALTER TABLE `hens` DROP FOREIGN KEY `from_egg`, LOCK=NONE;
ALTER TABLE `eggs` DROP INDEX `by_hen`, DROP COLUMN `hen`, LOCK=NONE;
ALTER TABLE `hens` DROP INDEX `from_egg`, DROP COLUMN `egg`, LOCK=NONE;
