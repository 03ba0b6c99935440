-- Functions and procedures, with all that can be said of them, and the SQL mode that they were made in.
DELIMITER //
CREATE FUNCTION plain() RETURNS int RETURN 1//
CREATE FUNCTION described(a int, b varchar(20) CHARACTER SET latin1) RETURNS varchar(40) CHARSET utf8mb4 COLLATE utf8mb4_bin
  DETERMINISTIC NO SQL SQL SECURITY INVOKER COMMENT 'it''s \\ described; well'
BEGIN
  -- a comment; with a semicolon
  RETURN concat(a, b, ';', "double", '😀');
END//
CREATE PROCEDURE everything(IN a int, OUT b decimal(10,2), INOUT c text)
  MODIFIES SQL DATA
BEGIN
  DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN ROLLBACK; END;
  IF a > 1 THEN SET b = 1; ELSEIF a = 1 THEN SET b = 2; ELSE SET b = 3; END IF;
  label: LOOP LEAVE label; END LOOP;
  REPEAT SET a = a + 1; UNTIL a > 10 END REPEAT;
  FOR i IN 1..3 DO SET c = concat(c, i); END FOR;
  CASE WHEN a > 1 THEN SELECT 1; ELSE SELECT 2; END CASE;
END//
CREATE PROCEDURE `odd``name`() SELECT 1//
CREATE PROCEDURE reads_data() READS SQL DATA SELECT count(*) FROM information_schema.TABLES//
CREATE AGGREGATE FUNCTION total(x int) RETURNS int
BEGIN
  DECLARE t int DEFAULT 0;
  DECLARE CONTINUE HANDLER FOR NOT FOUND RETURN t;
  LOOP FETCH GROUP NEXT ROW; SET t = t + x; END LOOP;
END//
SET sql_mode = 'ANSI_QUOTES,PIPES_AS_CONCAT,NO_BACKSLASH_ESCAPES'//
CREATE FUNCTION "ansi ""name"("x" varchar(10)) RETURNS varchar(20) RETURN "x" || 'a\'//
SET sql_mode = 'ORACLE'//
CREATE PROCEDURE as_in_oracle(a IN number, b OUT varchar2(10)) AS c int := 1; BEGIN b := 'x' || a; END//
CREATE FUNCTION as_in_oracle_too RETURN int IS BEGIN RETURN 1; END//
SET sql_mode = ''//
CREATE FUNCTION lenient(d date) RETURNS int RETURN d = '0000-00-00'//
DELIMITER ;
