-- Everything at once: names that need care, text that looks like SQL, and every clause of a table.
-- needs: MariaDB 10.11
CREATE TABLE `select` (
    `from` bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'it''s; -- no "comment" \\ `x`',
    `sp ace` varchar(40) CHARACTER SET latin1 COLLATE latin1_german1_ci NOT NULL DEFAULT 'ß''s',
    `back``tick` int(5) unsigned zerofill DEFAULT 00007,
    `größe` decimal(10,2) DEFAULT -1.50,
    `quo"te` enum('a','b,c','it''s','d\\e','日本') NOT NULL DEFAULT 'it''s',
    `set` set('x','y z') DEFAULT 'x,y z',
    `yesno` tinyint(1) NOT NULL DEFAULT 1,
    `bits` bit(5) DEFAULT b'10101',
    `bin` binary(3) DEFAULT '\0\'x',
    `null` varchar(10) DEFAULT 'NULL',
    `empty` varchar(10) NOT NULL DEFAULT '',
    `hidden` int INVISIBLE DEFAULT 3,
    `dotted.name` timestamp(3) NULL DEFAULT NULL ON UPDATE current_timestamp(3),
    `made` datetime(6) NOT NULL DEFAULT current_timestamp(6),
    `expr` varchar(80) DEFAULT (concat('a', "b", uuid())),
    `docs` longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin DEFAULT json_object('a', 1) CHECK (json_valid(`docs`)),
    `j` json,
    `zip` varchar(100) COMPRESSED,
    UNIQUE KEY `uniq``ue` (`sp ace`, `größe` DESC),
    KEY `prefix` (`docs`(20)),
    CONSTRAINT `it's ranged` CHECK (`größe` between -2 and 10 and `sp ace` <> ');--')
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci ROW_FORMAT=COMPRESSED KEY_BLOCK_SIZE=8
  COMMENT='it''s the "table"\nin two lines';
CREATE TABLE `parents` (a int, b int, c varchar(50) NOT NULL, PRIMARY KEY (b, a), UNIQUE KEY uk_ca (c, a) COMMENT 'both');
CREATE TABLE `children` (
    id int PRIMARY KEY, pa int, pb int, pc varchar(50), self int, sid bigint unsigned,
    doubled int GENERATED ALWAYS AS (checked * 2) VIRTUAL COMMENT 'twice', summed int AS (checked + 1) PERSISTENT,
    checked int CHECK (checked < 10),
    CONSTRAINT `to parents` FOREIGN KEY (pb, pa) REFERENCES parents (b, a) ON DELETE CASCADE ON UPDATE SET NULL,
    CONSTRAINT `by name` FOREIGN KEY (pc) REFERENCES parents (c) ON DELETE SET NULL,
    FOREIGN KEY (self) REFERENCES children (id) ON UPDATE RESTRICT,
    CONSTRAINT `to select` FOREIGN KEY (sid) REFERENCES `select` (`from`) ON DELETE NO ACTION,
    KEY `hash` (pc) USING HASH, KEY `off` (pa) IGNORED, KEY `down` (pa DESC, pb)
);
CREATE TABLE texts (id int PRIMARY KEY, t text, g geometry NOT NULL, p point, FULLTEXT KEY ft (t), SPATIAL KEY sp (g)) ENGINE=Aria TRANSACTIONAL=1;
CREATE TABLE in_memory (id int, v varchar(10), KEY k (id) USING BTREE, KEY h (v) USING HASH) ENGINE=MEMORY MAX_ROWS=1000;
CREATE TABLE old (id int PRIMARY KEY) ENGINE=MyISAM DEFAULT CHARSET=latin1 PACK_KEYS=1 CHECKSUM=1 DELAY_KEY_WRITE=1 MIN_ROWS=5 AVG_ROW_LENGTH=40;
CREATE TABLE versioned (id int PRIMARY KEY, v int, w int WITHOUT SYSTEM VERSIONING) WITH SYSTEM VERSIONING;
CREATE TABLE versioned_by_hand (id int PRIMARY KEY, s timestamp(6) GENERATED ALWAYS AS ROW START,
    e timestamp(6) GENERATED ALWAYS AS ROW END INVISIBLE, PERIOD FOR SYSTEM_TIME (s, e)) WITH SYSTEM VERSIONING
    PARTITION BY SYSTEM_TIME (PARTITION p0 HISTORY, PARTITION p1 CURRENT);
CREATE TABLE periods (id int, s date, e date, PERIOD FOR validity (s, e), UNIQUE (id, validity WITHOUT OVERLAPS));
CREATE TABLE ranged (id int NOT NULL, k date NOT NULL, PRIMARY KEY (id, k)) PARTITION BY RANGE (year(k))
    SUBPARTITION BY HASH (id) SUBPARTITIONS 2
    (PARTITION p1 VALUES LESS THAN (2024) COMMENT = 'it''s old', PARTITION p2 VALUES LESS THAN MAXVALUE);
CREATE TABLE listed (id int NOT NULL, c varchar(5) NOT NULL) PARTITION BY LIST COLUMNS (c)
    (PARTITION pa VALUES IN ('a', 'b,''c'), PARTITION pd DEFAULT);
CREATE TABLE keyed (id int PRIMARY KEY) PARTITION BY KEY (id) PARTITIONS 3;
CREATE SEQUENCE plain_sequence;
CREATE SEQUENCE `odd sequence` START WITH 10 MINVALUE 5 MAXVALUE 5000 INCREMENT BY 5 CACHE 20 CYCLE;
CREATE TABLE numbered (id bigint NOT NULL DEFAULT nextval(`odd sequence`) PRIMARY KEY, at timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp());
CREATE FUNCTION twice(n int) RETURNS int DETERMINISTIC NO SQL COMMENT 'it''s twice' RETURN n * 2;
CREATE TABLE uses (id int PRIMARY KEY, big int AS (id * 2) VIRTUAL);
CREATE VIEW overview AS SELECT c.id, p.c AS `the c`, 'x;y' AS semi FROM children c JOIN parents p ON p.b = c.pb WHERE p.c <> 'it''s';
CREATE ALGORITHM=MERGE SQL SECURITY INVOKER VIEW `a view on top` (`x`, `the y`) AS SELECT id, twice(id) FROM overview WHERE id > 1 WITH CASCADED CHECK OPTION;
CREATE ALGORITHM=TEMPTABLE VIEW merged AS SELECT max(x) AS m FROM `a view on top`;
DELIMITER //
CREATE TRIGGER stamp BEFORE UPDATE ON children FOR EACH ROW
BEGIN
    -- a comment; with a semicolon
    IF new.pa > 1 THEN SET new.pc = concat('it''s', ";", new.pa); END IF;
END //
CREATE TRIGGER `second one` BEFORE UPDATE ON children FOR EACH ROW FOLLOWS stamp SET new.self = NULL //
CREATE TRIGGER earliest BEFORE UPDATE ON children FOR EACH ROW PRECEDES stamp SET new.self = 1 //
CREATE PROCEDURE `do it`(IN a int, OUT b varchar(20) CHARACTER SET latin1, INOUT c decimal(10,2))
    MODIFIES SQL DATA SQL SECURITY INVOKER COMMENT 'does it'
BEGIN
    DECLARE done int DEFAULT 0;
    DECLARE CONTINUE HANDLER FOR NOT FOUND SET done = 1;
    WHILE a > 0 DO SET a = a - 1; END WHILE;
    SET b = (SELECT max(`the c`) FROM overview);
END //
CREATE AGGREGATE FUNCTION total(x int) RETURNS int
BEGIN
    DECLARE s int DEFAULT 0;
    DECLARE CONTINUE HANDLER FOR NOT FOUND RETURN s;
    LOOP FETCH GROUP NEXT ROW; SET s = s + x; END LOOP;
END //
DELIMITER ;
CREATE EVENT nightly ON SCHEDULE EVERY 1 DAY STARTS '2030-01-01 00:00:00' ENDS '2031-01-01 00:00:00'
    ON COMPLETION PRESERVE DISABLE COMMENT 'it''s late' DO DELETE FROM uses WHERE id < 0;
CREATE EVENT once ON SCHEDULE AT '2035-01-01 00:00:00' DO INSERT INTO uses (id) VALUES (1);
