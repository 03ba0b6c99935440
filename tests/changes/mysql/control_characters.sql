-- What a terminal takes for its own stays in texts and bytes.
-- properties: column: default, table: comment

-- == without ==
CREATE TABLE jars (id int PRIMARY KEY);

-- == with ==
CREATE TABLE jars (id int PRIMARY KEY, a varbinary(4) NOT NULL DEFAULT 0x0710, b binary(2) NOT NULL DEFAULT 0x01, c varchar(20) DEFAULT 'x\Z') COMMENT 'it rings';
ALTER TABLE jars ALTER c SET DEFAULT 0x1b5b33316d;

-- == without to with ==
ALTER TABLE `jars` ADD COLUMN `a` varbinary(4) NOT NULL DEFAULT '', ADD COLUMN `b` binary(2) NOT NULL DEFAULT '\0', ADD COLUMN `c` varchar(20) NULL DEFAULT '[31m', COMMENT='it rings', LOCK=NONE;

-- == with to without ==
ALTER TABLE `jars` DROP COLUMN `a`, DROP COLUMN `b`, DROP COLUMN `c`, COMMENT='', LOCK=NONE;
