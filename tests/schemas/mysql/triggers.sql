-- Triggers: every moment, several for one moment in an order of their own, bodies with every kind of quote.
CREATE TABLE watched (id int PRIMARY KEY, v int, note varchar(100));
CREATE TABLE log (what varchar(100));
DELIMITER //
CREATE TRIGGER z_first BEFORE INSERT ON watched FOR EACH ROW SET NEW.v = 1//
CREATE TRIGGER a_last BEFORE INSERT ON watched FOR EACH ROW FOLLOWS z_first SET NEW.v = NEW.v * 2//
CREATE TRIGGER m_middle BEFORE INSERT ON watched FOR EACH ROW PRECEDES a_last BEGIN IF NEW.v > 0 THEN SET NEW.note = 'it''s; "😀" \\'; END IF; END//
CREATE TRIGGER after_insert AFTER INSERT ON watched FOR EACH ROW INSERT INTO log VALUES ('inserted -- no comment')//
create trigger if not exists `odd``name`
  before update
  on `watched` -- a comment
  for each row
begin
  declare n int default 0;
  while n < 3 do set n = n + 1; end while; # another one
  case n when 1 then set new.v = 1; else set new.v = 2; end case;
end//
SET sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES'//
CREATE TRIGGER "quoted ""name" AFTER UPDATE ON "watched" FOR EACH ROW INSERT INTO "log" VALUES ('back\')//
SET sql_mode = DEFAULT//
CREATE TRIGGER second_update BEFORE UPDATE ON watched FOR EACH ROW   FOLLOWS `odd``name`
  SET NEW.v = 3//
SET sql_mode = 'IGNORE_SPACE'//
CREATE TRIGGER third_update BEFORE UPDATE ON watched FOR EACH ROW
	BEGIN END//
SET sql_mode = DEFAULT//
CREATE TRIGGER gone BEFORE DELETE ON watched FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'never'//
DELIMITER ;
