-- Sequences and their options.
-- properties: sequence, sequence: options

-- == without ==
CREATE TABLE jars (id int PRIMARY KEY, nr bigint);

-- == with ==
CREATE SEQUENCE numbers;
CREATE TABLE jars (id int PRIMARY KEY, nr bigint DEFAULT (NEXTVAL(numbers)));

-- == altered ==
CREATE SEQUENCE numbers START WITH 10 INCREMENT BY 5 MINVALUE 1 MAXVALUE 100000 CACHE 10 CYCLE;
CREATE TABLE jars (id int PRIMARY KEY, nr bigint DEFAULT (NEXTVAL(numbers)));

-- == without to with ==
CREATE SEQUENCE `numbers` start with 1 minvalue 1 maxvalue 9223372036854775806 increment by 1 cache 1000 nocycle ENGINE=InnoDB;
ALTER TABLE `jars` MODIFY COLUMN `nr` bigint NULL DEFAULT (nextval(`numbers`)), LOCK=NONE;

-- == with to altered ==
ALTER SEQUENCE `numbers` start with 10 minvalue 1 maxvalue 100000 increment by 5 cache 10 cycle;

-- == altered to with ==
ALTER SEQUENCE `numbers` start with 1 minvalue 1 maxvalue 9223372036854775806 increment by 1 cache 1000 nocycle;

-- == with to without ==
ALTER TABLE `jars` ALTER COLUMN `nr` SET DEFAULT NULL, LOCK=NONE;
DROP SEQUENCE IF EXISTS `numbers`;
