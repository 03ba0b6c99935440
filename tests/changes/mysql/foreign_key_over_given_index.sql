-- A foreign key refers to another table, and the index that the server made for it keeps its name.
-- properties: foreign key

-- == before ==
CREATE TABLE bakers (id int PRIMARY KEY);
CREATE TABLE millers (id int PRIMARY KEY);
CREATE TABLE loaves (id int PRIMARY KEY, made_by int, FOREIGN KEY (made_by) REFERENCES bakers (id));

-- == after ==
CREATE TABLE bakers (id int PRIMARY KEY);
CREATE TABLE millers (id int PRIMARY KEY);
CREATE TABLE loaves (id int PRIMARY KEY, made_by int, FOREIGN KEY (made_by) REFERENCES millers (id));

-- == before to after ==
ALTER TABLE `loaves` DROP FOREIGN KEY `loaves_ibfk_1`, LOCK=NONE;
ALTER TABLE `loaves` DROP INDEX `made_by`, ADD KEY `made_by` (`made_by`), ADD CONSTRAINT `loaves_ibfk_1` FOREIGN KEY (`made_by`) REFERENCES `millers` (`id`) ON DELETE RESTRICT ON UPDATE RESTRICT;

-- == after to before ==
ALTER TABLE `loaves` DROP FOREIGN KEY `loaves_ibfk_1`, LOCK=NONE;
ALTER TABLE `loaves` DROP INDEX `made_by`, ADD KEY `made_by` (`made_by`), ADD CONSTRAINT `loaves_ibfk_1` FOREIGN KEY (`made_by`) REFERENCES `bakers` (`id`) ON DELETE RESTRICT ON UPDATE RESTRICT;
