-- Views: query, algorithm, check option, security; one over another, over a column whose type changes.
-- properties: view, view: algorithm, view: check option, view: security

-- == without ==
CREATE TABLE people (id int PRIMARY KEY, name varchar(20), born date);

-- == with ==
CREATE TABLE people (id int PRIMARY KEY, name varchar(20), born date);
CREATE VIEW adults AS SELECT id, name FROM people WHERE born < '2000-01-01';
CREATE VIEW names AS SELECT name FROM adults;

-- == altered ==
CREATE TABLE people (id bigint PRIMARY KEY, name varchar(40), born date);
CREATE ALGORITHM=MERGE SQL SECURITY INVOKER VIEW adults AS SELECT name, id, born FROM people WHERE born < '2001-01-01' WITH LOCAL CHECK OPTION;
CREATE VIEW names AS SELECT name, id FROM adults;

-- == without to with ==
CREATE VIEW `adults` (`id`,`name`) AS select `people`.`id` AS `id`,`people`.`name` AS `name` from `people` where `people`.`born` < '2000-01-01';
CREATE VIEW `names` (`name`) AS select `adults`.`name` AS `name` from `adults`;

-- == with to altered ==
DROP VIEW `names`;
DROP VIEW `adults`;
ALTER TABLE `people` MODIFY COLUMN `id` bigint NOT NULL, MODIFY COLUMN `name` varchar(40) NULL;
CREATE ALGORITHM=MERGE SQL SECURITY INVOKER VIEW `adults` (`name`,`id`,`born`) AS select `people`.`name` AS `name`,`people`.`id` AS `id`,`people`.`born` AS `born` from `people` where `people`.`born` < '2001-01-01' WITH LOCAL CHECK OPTION;
CREATE VIEW `names` (`name`,`id`) AS select `adults`.`name` AS `name`,`adults`.`id` AS `id` from `adults`;

-- == altered to with ==
DROP VIEW `names`;
DROP VIEW `adults`;
ALTER TABLE `people` MODIFY COLUMN `id` int NOT NULL, MODIFY COLUMN `name` varchar(20) NULL;
CREATE VIEW `adults` (`id`,`name`) AS select `people`.`id` AS `id`,`people`.`name` AS `name` from `people` where `people`.`born` < '2000-01-01';
CREATE VIEW `names` (`name`) AS select `adults`.`name` AS `name` from `adults`;

-- == with to without ==
DROP VIEW `names`;
DROP VIEW `adults`;
