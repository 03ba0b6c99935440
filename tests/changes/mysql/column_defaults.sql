-- Defaults as literals and as expressions, `ON UPDATE`, nullability, comments.
-- properties: column: default, column: default as expression, column: ON UPDATE, column: not null, column: comment

-- == without ==
CREATE TABLE jars (id int PRIMARY KEY, a int, made datetime(3), at timestamp NOT NULL DEFAULT '2021-01-01 00:00:00', word varchar(20));

-- == with ==
CREATE TABLE jars (id int PRIMARY KEY, a int DEFAULT 3 COMMENT 'how many', made datetime(3) DEFAULT current_timestamp(3), at timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp(), word varchar(20) NOT NULL DEFAULT 'it''s');

-- == altered ==
CREATE TABLE jars (id int PRIMARY KEY, a int DEFAULT (id + 1) COMMENT 'how "many"', made datetime(3) DEFAULT NULL ON UPDATE current_timestamp(3), at timestamp NOT NULL DEFAULT '2020-01-01 00:00:00', word varchar(20) DEFAULT (concat('a', 'b')));

-- == without to with ==
ALTER TABLE `jars` MODIFY COLUMN `a` int NULL DEFAULT 3 COMMENT 'how many', MODIFY COLUMN `made` datetime(3) NULL DEFAULT current_timestamp(3), MODIFY COLUMN `at` timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp(), MODIFY COLUMN `word` varchar(20) NOT NULL DEFAULT 'it''s';

-- == with to altered ==
ALTER TABLE `jars` MODIFY COLUMN `a` int NULL DEFAULT (`id` + 1) COMMENT 'how "many"', MODIFY COLUMN `made` datetime(3) NULL ON UPDATE current_timestamp(3), MODIFY COLUMN `at` timestamp NOT NULL DEFAULT '2020-01-01 00:00:00', MODIFY COLUMN `word` varchar(20) NULL DEFAULT (concat('a','b'));

-- == altered to with ==
ALTER TABLE `jars` MODIFY COLUMN `a` int NULL DEFAULT 3 COMMENT 'how many', MODIFY COLUMN `made` datetime(3) NULL DEFAULT current_timestamp(3), MODIFY COLUMN `at` timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp(), MODIFY COLUMN `word` varchar(20) NOT NULL DEFAULT 'it''s';

-- == with to without ==
ALTER TABLE `jars` MODIFY COLUMN `a` int NULL, MODIFY COLUMN `made` datetime(3) NULL, MODIFY COLUMN `at` timestamp NOT NULL DEFAULT '2021-01-01 00:00:00', MODIFY COLUMN `word` varchar(20) NULL;
