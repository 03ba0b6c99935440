-- Invisible and compressed columns.
-- properties: column: invisible, column: compressed

-- == without ==
CREATE TABLE jars (id int PRIMARY KEY, a int DEFAULT 1, b varchar(100));

-- == with ==
CREATE TABLE jars (id int PRIMARY KEY, a int INVISIBLE DEFAULT 1, b varchar(100) COMPRESSED);

-- == altered ==
CREATE TABLE jars (id int PRIMARY KEY, a bigint INVISIBLE DEFAULT 2 COMMENT 'hidden', b varchar(200) COMPRESSED NOT NULL DEFAULT '');

-- == without to with ==
ALTER TABLE `jars` MODIFY COLUMN `a` int NULL DEFAULT 1 INVISIBLE, MODIFY COLUMN `b` varchar(100) COMPRESSED NULL;

-- == with to altered ==
ALTER TABLE `jars` MODIFY COLUMN `a` bigint NULL DEFAULT 2 INVISIBLE COMMENT 'hidden', MODIFY COLUMN `b` varchar(200) COMPRESSED NOT NULL DEFAULT '';

-- == altered to with ==
ALTER TABLE `jars` MODIFY COLUMN `a` int NULL DEFAULT 1 INVISIBLE, MODIFY COLUMN `b` varchar(100) COMPRESSED NULL;

-- == with to without ==
ALTER TABLE `jars` MODIFY COLUMN `a` int NULL DEFAULT 1, MODIFY COLUMN `b` varchar(100) NULL;
