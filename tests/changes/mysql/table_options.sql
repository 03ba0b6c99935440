-- Engine, row format, statistics, first number, default collation and comment of a table.
-- properties: table, table: engine, table: options, table: collation, table: comment

-- == without ==
CREATE TABLE jars (id int AUTO_INCREMENT PRIMARY KEY, note varchar(50));

-- == with ==
CREATE TABLE jars (id int AUTO_INCREMENT PRIMARY KEY, note varchar(50)) ENGINE=InnoDB ROW_FORMAT=COMPACT STATS_PERSISTENT=1 COMMENT='of clay';
CREATE TABLE lids (id int PRIMARY KEY) ENGINE=MyISAM MAX_ROWS=100;
CREATE TABLE pegs (id int PRIMARY KEY, t varchar(20)) PAGE_COMPRESSED=1;
CREATE TABLE hooks (id int PRIMARY KEY);

-- == altered ==
CREATE TABLE jars (id int AUTO_INCREMENT PRIMARY KEY, note varchar(50) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci) ENGINE=InnoDB ROW_FORMAT=DYNAMIC STATS_SAMPLE_PAGES=30 DEFAULT CHARSET=latin1 COMMENT='of "glass"; it''s';
CREATE TABLE lids (id int PRIMARY KEY) ENGINE=MyISAM CHECKSUM=1 ROW_FORMAT=DYNAMIC;
CREATE TABLE hooks (id int PRIMARY KEY) ENGINE=MEMORY;
CREATE TABLE pegs (id int PRIMARY KEY, t varchar(20)) PAGE_COMPRESSED=1 PAGE_COMPRESSION_LEVEL=6 COLLATE utf8mb4_bin;

-- == without to with ==
CREATE TABLE `hooks` (
  `id` int NOT NULL,
  PRIMARY KEY (`id`)
);
ALTER TABLE `jars` STATS_PERSISTENT=1, ROW_FORMAT=COMPACT, COMMENT='of clay';
CREATE TABLE `lids` (
  `id` int NOT NULL,
  PRIMARY KEY (`id`)
) ENGINE=MyISAM MAX_ROWS=100;
CREATE TABLE `pegs` (
  `id` int NOT NULL,
  `t` varchar(20) NULL,
  PRIMARY KEY (`id`)
) `PAGE_COMPRESSED`=1;

-- == with to altered ==
ALTER TABLE `hooks` ENGINE=MEMORY;
ALTER TABLE `jars` MODIFY COLUMN `note` varchar(50) COLLATE utf8mb4_general_ci NULL, DEFAULT CHARSET=latin1 COLLATE=latin1_swedish_ci, STATS_SAMPLE_PAGES=30, ROW_FORMAT=DYNAMIC, STATS_PERSISTENT=DEFAULT, COMMENT='of "glass"; it''s';
ALTER TABLE `lids` CHECKSUM=1, ROW_FORMAT=DYNAMIC, MAX_ROWS=0;
ALTER TABLE `pegs` DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin, `PAGE_COMPRESSION_LEVEL`=6, MODIFY COLUMN `t` varchar(20) NULL;

-- == altered to with ==
ALTER TABLE `hooks` ENGINE=InnoDB;
ALTER TABLE `jars` MODIFY COLUMN `note` varchar(50) NULL, DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci, STATS_PERSISTENT=1, ROW_FORMAT=COMPACT, STATS_SAMPLE_PAGES=DEFAULT, COMMENT='of clay';
ALTER TABLE `lids` MAX_ROWS=100, CHECKSUM=0, ROW_FORMAT=DEFAULT;
ALTER TABLE `pegs` DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci, `PAGE_COMPRESSION_LEVEL`=DEFAULT, MODIFY COLUMN `t` varchar(20) NULL;

-- == with to without ==
ALTER TABLE `jars` STATS_PERSISTENT=DEFAULT, ROW_FORMAT=DEFAULT, COMMENT='';
DROP TABLE `pegs`;
DROP TABLE `lids`;
DROP TABLE `hooks`;
