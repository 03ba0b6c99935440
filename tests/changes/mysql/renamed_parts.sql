-- Indexes that only have other names are renamed; a check and a foreign key are made again.
-- properties: key: name, constraint name

-- == before ==
CREATE TABLE kilns (id int PRIMARY KEY);
CREATE TABLE pots (id int PRIMARY KEY, size int, kiln int, KEY a (size), CONSTRAINT c CHECK (size > 0),
    CONSTRAINT k FOREIGN KEY (kiln) REFERENCES kilns (id));

-- == after ==
CREATE TABLE kilns (id int PRIMARY KEY);
CREATE TABLE pots (id int PRIMARY KEY, size int, kiln int, KEY b (size), CONSTRAINT d CHECK (size > 0),
    CONSTRAINT l FOREIGN KEY (kiln) REFERENCES kilns (id));

-- == before to after ==
ALTER TABLE `pots` DROP FOREIGN KEY `k`, LOCK=NONE;
ALTER TABLE `pots` RENAME INDEX `a` TO `b`, LOCK=NONE;
ALTER TABLE `pots` RENAME INDEX `k` TO `l`, LOCK=NONE;
ALTER TABLE `pots` DROP CONSTRAINT `c`, ADD CONSTRAINT `d` CHECK (`size` > 0);
ALTER TABLE `pots` ADD CONSTRAINT `l` FOREIGN KEY (`kiln`) REFERENCES `kilns` (`id`) ON DELETE RESTRICT ON UPDATE RESTRICT;

-- == after to before ==
ALTER TABLE `pots` DROP FOREIGN KEY `l`, LOCK=NONE;
ALTER TABLE `pots` RENAME INDEX `b` TO `a`, LOCK=NONE;
ALTER TABLE `pots` RENAME INDEX `l` TO `k`, LOCK=NONE;
ALTER TABLE `pots` DROP CONSTRAINT `d`, ADD CONSTRAINT `c` CHECK (`size` > 0);
ALTER TABLE `pots` ADD CONSTRAINT `k` FOREIGN KEY (`kiln`) REFERENCES `kilns` (`id`) ON DELETE RESTRICT ON UPDATE RESTRICT;
