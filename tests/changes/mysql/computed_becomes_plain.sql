-- What was computed stays where the columns go from which it was.
-- properties: column

-- == without ==
CREATE TABLE jars (id int PRIMARY KEY, height int, litres int AS (height * 2) STORED, weight int AS (height + 1) VIRTUAL);

-- == with ==
CREATE TABLE jars (id int PRIMARY KEY, litres int, weight int);

-- == without to with ==
ALTER TABLE `jars` MODIFY COLUMN `litres` int NULL, DROP COLUMN `weight`, ADD COLUMN `weight` int GENERATED ALWAYS AS (`height` + 1) STORED AFTER `litres`;
ALTER TABLE `jars` MODIFY COLUMN `weight` int NULL;
ALTER TABLE `jars` DROP COLUMN `height`, LOCK=NONE;

-- == with to without ==
ALTER TABLE `jars` MODIFY COLUMN `litres` int GENERATED ALWAYS AS (`height` * 2) STORED, DROP COLUMN `weight`, ADD COLUMN `weight` int GENERATED ALWAYS AS (`height` + 1) VIRTUAL AFTER `litres`, ADD COLUMN `height` int NULL AFTER `id`;
