-- Foreign keys: their target, actions, name, columns.
-- properties: foreign key, foreign key: actions

-- == without ==
CREATE TABLE shelves (room int, nr int, PRIMARY KEY (room, nr));
CREATE TABLE racks (room int, nr int, PRIMARY KEY (room, nr));
CREATE TABLE jars (id int PRIMARY KEY, room int, nr int, under int);

-- == with ==
CREATE TABLE shelves (room int, nr int, PRIMARY KEY (room, nr));
CREATE TABLE racks (room int, nr int, PRIMARY KEY (room, nr));
CREATE TABLE jars (id int PRIMARY KEY, room int, nr int, under int,
    CONSTRAINT on_it FOREIGN KEY (room, nr) REFERENCES shelves (room, nr) ON DELETE CASCADE ON UPDATE SET NULL,
    CONSTRAINT below FOREIGN KEY (under) REFERENCES jars (id));

-- == altered ==
CREATE TABLE shelves (room int, nr int, PRIMARY KEY (room, nr));
CREATE TABLE racks (room bigint, nr int, PRIMARY KEY (room, nr));
CREATE TABLE jars (id int PRIMARY KEY, room bigint, nr int, under int,
    CONSTRAINT on_it FOREIGN KEY (room, nr) REFERENCES racks (room, nr) ON DELETE SET NULL,
    CONSTRAINT below FOREIGN KEY (under) REFERENCES jars (id) ON DELETE CASCADE);

-- == without to with ==
ALTER TABLE `jars` ADD KEY `on_it` (`room`,`nr`), ADD KEY `below` (`under`), LOCK=NONE;
ALTER TABLE `jars` ADD CONSTRAINT `below` FOREIGN KEY (`under`) REFERENCES `jars` (`id`) ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE `jars` ADD CONSTRAINT `on_it` FOREIGN KEY (`room`,`nr`) REFERENCES `shelves` (`room`,`nr`) ON DELETE CASCADE ON UPDATE SET NULL;

-- == with to altered ==
ALTER TABLE `jars` DROP FOREIGN KEY `below`, DROP FOREIGN KEY `on_it`, LOCK=NONE;
ALTER TABLE `racks` MODIFY COLUMN `room` bigint NOT NULL;
ALTER TABLE `jars` MODIFY COLUMN `room` bigint NULL;
ALTER TABLE `jars` ADD CONSTRAINT `below` FOREIGN KEY (`under`) REFERENCES `jars` (`id`) ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE `jars` ADD CONSTRAINT `on_it` FOREIGN KEY (`room`,`nr`) REFERENCES `racks` (`room`,`nr`) ON DELETE SET NULL ON UPDATE RESTRICT;

-- == altered to with ==
ALTER TABLE `jars` DROP FOREIGN KEY `below`, DROP FOREIGN KEY `on_it`, LOCK=NONE;
ALTER TABLE `jars` MODIFY COLUMN `room` int NULL;
ALTER TABLE `racks` MODIFY COLUMN `room` int NOT NULL;
ALTER TABLE `jars` ADD CONSTRAINT `below` FOREIGN KEY (`under`) REFERENCES `jars` (`id`) ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE `jars` ADD CONSTRAINT `on_it` FOREIGN KEY (`room`,`nr`) REFERENCES `shelves` (`room`,`nr`) ON DELETE CASCADE ON UPDATE SET NULL;

-- == with to without ==
ALTER TABLE `jars` DROP FOREIGN KEY `below`, DROP FOREIGN KEY `on_it`, LOCK=NONE;
ALTER TABLE `jars` DROP INDEX `on_it`, DROP INDEX `below`, LOCK=NONE;
