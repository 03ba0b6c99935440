-- The table's collation is that of its texts: keys between tables give way, and a default that changes with it is said once.
-- properties: table: collation, column: default

-- == without ==
CREATE TABLE towns (name varchar(50) NOT NULL, PRIMARY KEY (name)) DEFAULT CHARSET=utf8mb3;
CREATE TABLE roads (town varchar(50) NOT NULL, joins varchar(50), kind varchar(10) DEFAULT 'mud', mark varchar(10) NOT NULL DEFAULT '', PRIMARY KEY (town),
    CONSTRAINT roads_town FOREIGN KEY (town) REFERENCES towns (name), CONSTRAINT roads_joins FOREIGN KEY (joins) REFERENCES roads (town)) DEFAULT CHARSET=utf8mb3;

-- == with ==
CREATE TABLE towns (name varchar(50) NOT NULL, PRIMARY KEY (name)) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE roads (town varchar(50) NOT NULL, joins varchar(50), kind varchar(10) DEFAULT 'stone', mark varchar(10) NOT NULL, PRIMARY KEY (town),
    CONSTRAINT roads_town FOREIGN KEY (town) REFERENCES towns (name), CONSTRAINT roads_joins FOREIGN KEY (joins) REFERENCES roads (town)) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- == without to with ==
ALTER TABLE `roads` DROP FOREIGN KEY `roads_joins`, DROP FOREIGN KEY `roads_town`, LOCK=NONE;
ALTER TABLE `towns` DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin, MODIFY COLUMN `name` varchar(50) NOT NULL;
ALTER TABLE `roads` DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin, MODIFY COLUMN `town` varchar(50) NOT NULL, MODIFY COLUMN `joins` varchar(50) NULL, MODIFY COLUMN `kind` varchar(10) NULL DEFAULT 'stone', MODIFY COLUMN `mark` varchar(10) NOT NULL;
ALTER TABLE `roads` ADD CONSTRAINT `roads_joins` FOREIGN KEY (`joins`) REFERENCES `roads` (`town`) ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE `roads` ADD CONSTRAINT `roads_town` FOREIGN KEY (`town`) REFERENCES `towns` (`name`) ON DELETE RESTRICT ON UPDATE RESTRICT;

-- == with to without ==
ALTER TABLE `roads` DROP FOREIGN KEY `roads_joins`, DROP FOREIGN KEY `roads_town`, LOCK=NONE;
ALTER TABLE `towns` DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci, MODIFY COLUMN `name` varchar(50) NOT NULL;
ALTER TABLE `roads` DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci, MODIFY COLUMN `town` varchar(50) NOT NULL, MODIFY COLUMN `joins` varchar(50) NULL, MODIFY COLUMN `kind` varchar(10) NULL DEFAULT 'mud', MODIFY COLUMN `mark` varchar(10) NOT NULL DEFAULT '';
ALTER TABLE `roads` ADD CONSTRAINT `roads_joins` FOREIGN KEY (`joins`) REFERENCES `roads` (`town`) ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE `roads` ADD CONSTRAINT `roads_town` FOREIGN KEY (`town`) REFERENCES `towns` (`name`) ON DELETE RESTRICT ON UPDATE RESTRICT;
