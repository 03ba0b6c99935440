-- Functions, procedures and aggregates: body, arguments, characteristics, comment.
-- properties: function, procedure, aggregate, routine: characteristics, routine: comment

-- == without ==
CREATE TABLE jars (id int PRIMARY KEY);

-- == with ==
CREATE TABLE jars (id int PRIMARY KEY);
CREATE FUNCTION twice(n int) RETURNS int DETERMINISTIC COMMENT 'two of it' RETURN n * 2;
CREATE PROCEDURE clear(n int) DELETE FROM jars WHERE id = n;
DELIMITER ;;
CREATE AGGREGATE FUNCTION last_of(x int) RETURNS int
BEGIN
  DECLARE last int DEFAULT NULL;
  DECLARE CONTINUE HANDLER FOR NOT FOUND RETURN last;
  LOOP
    FETCH GROUP NEXT ROW;
    SET last = x;
  END LOOP;
END;;
DELIMITER ;

-- == altered ==
CREATE TABLE jars (id int PRIMARY KEY);
CREATE FUNCTION twice(m bigint) RETURNS bigint NO SQL SQL SECURITY INVOKER COMMENT 'two "of" it' RETURN m * 2;
CREATE PROCEDURE clear(n int, OUT m int) MODIFIES SQL DATA COMMENT 'away' DELETE FROM jars WHERE id = n + 1;
DELIMITER ;;
CREATE AGGREGATE FUNCTION last_of(x int) RETURNS int
BEGIN
  DECLARE last int DEFAULT 0;
  DECLARE CONTINUE HANDLER FOR NOT FOUND RETURN last;
  LOOP
    FETCH GROUP NEXT ROW;
    SET last = x;
  END LOOP;
END;;
DELIMITER ;

-- == without to with ==
DELIMITER //
CREATE AGGREGATE FUNCTION `last_of`(x int) RETURNS int(11)
BEGIN
  DECLARE last int DEFAULT NULL;
  DECLARE CONTINUE HANDLER FOR NOT FOUND RETURN last;
  LOOP
    FETCH GROUP NEXT ROW;
    SET last = x;
  END LOOP;
END
//
DELIMITER ;
CREATE FUNCTION `twice`(n int) RETURNS int(11)
    DETERMINISTIC
    COMMENT 'two of it'
RETURN n * 2;
CREATE PROCEDURE `clear`(n int)
DELETE FROM jars WHERE id = n;

-- == with to altered ==
DROP PROCEDURE IF EXISTS `clear`;
DROP FUNCTION IF EXISTS `twice`;
DROP FUNCTION IF EXISTS `last_of`;
DELIMITER //
CREATE AGGREGATE FUNCTION `last_of`(x int) RETURNS int(11)
BEGIN
  DECLARE last int DEFAULT 0;
  DECLARE CONTINUE HANDLER FOR NOT FOUND RETURN last;
  LOOP
    FETCH GROUP NEXT ROW;
    SET last = x;
  END LOOP;
END
//
DELIMITER ;
CREATE FUNCTION `twice`(m bigint) RETURNS bigint(20)
    NO SQL
    SQL SECURITY INVOKER
    COMMENT 'two "of" it'
RETURN m * 2;
CREATE PROCEDURE `clear`(n int, OUT m int)
    MODIFIES SQL DATA
    COMMENT 'away'
DELETE FROM jars WHERE id = n + 1;

-- == altered to with ==
DROP PROCEDURE IF EXISTS `clear`;
DROP FUNCTION IF EXISTS `twice`;
DROP FUNCTION IF EXISTS `last_of`;
DELIMITER //
CREATE AGGREGATE FUNCTION `last_of`(x int) RETURNS int(11)
BEGIN
  DECLARE last int DEFAULT NULL;
  DECLARE CONTINUE HANDLER FOR NOT FOUND RETURN last;
  LOOP
    FETCH GROUP NEXT ROW;
    SET last = x;
  END LOOP;
END
//
DELIMITER ;
CREATE FUNCTION `twice`(n int) RETURNS int(11)
    DETERMINISTIC
    COMMENT 'two of it'
RETURN n * 2;
CREATE PROCEDURE `clear`(n int)
DELETE FROM jars WHERE id = n;

-- == with to without ==
DROP PROCEDURE IF EXISTS `clear`;
DROP FUNCTION IF EXISTS `twice`;
DROP FUNCTION IF EXISTS `last_of`;
