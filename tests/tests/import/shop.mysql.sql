-- What MariaDB and MySQL have and a model says.
CREATE TABLE m_customers (
    id int unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'Counts up.',
    email varchar(254) NOT NULL,
    `type` enum('a','b-c','it''s') NOT NULL DEFAULT 'b-c',
    flags set('x','y') DEFAULT NULL,
    active tinyint(1) NOT NULL DEFAULT 1,
    small tinyint NOT NULL DEFAULT -3,
    medium mediumint unsigned,
    huge bigint unsigned,
    amount decimal(10,2) NOT NULL DEFAULT 0.00,
    body mediumtext,
    code char(2) CHARACTER SET latin1 COLLATE latin1_bin,
    picture blob,
    hash binary(16),
    born year,
    day date,
    clock time(3),
    seen datetime,
    made timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp(),
    total decimal(10,2) GENERATED ALWAYS AS (amount * 2) STORED,
    UNIQUE KEY m_customers_email_key (email),
    KEY by_body (body(20), day),
    FULLTEXT KEY words (body),
    CONSTRAINT amount_range CHECK (amount >= 0)
) COMMENT 'Who buys.' ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
CREATE TABLE m_orders (
    customer_id int unsigned NOT NULL,
    number smallint unsigned NOT NULL,
    previous smallint unsigned,
    PRIMARY KEY (customer_id, number),
    CONSTRAINT order_of FOREIGN KEY (customer_id) REFERENCES m_customers (id) ON DELETE NO ACTION ON UPDATE CASCADE,
    CONSTRAINT order_after FOREIGN KEY (customer_id, previous) REFERENCES m_orders (customer_id, number)
);
CREATE TABLE m_log (at datetime(6) NOT NULL, what varchar(255));
SET SESSION sql_mode = CONCAT(@@GLOBAL.sql_mode, ',NO_ZERO_DATE');
CREATE FUNCTION m_dated(x date) RETURNS date DETERMINISTIC RETURN x;
SET SESSION sql_mode = @@GLOBAL.sql_mode, time_zone = '+00:00';
CREATE SEQUENCE m_numbers START WITH 100 INCREMENT BY 10;
CREATE FUNCTION m_twice(x int) RETURNS int DETERMINISTIC RETURN x * 2;
CREATE TRIGGER m_log_stamp BEFORE INSERT ON m_log FOR EACH ROW SET NEW.what = coalesce(NEW.what, 'a \\ and a "');
CREATE TRIGGER m_log_again BEFORE INSERT ON m_log FOR EACH ROW FOLLOWS m_log_stamp SET NEW.what = trim(NEW.what);
DELIMITER //
CREATE PROCEDURE m_clean()
BEGIN
    DELETE FROM m_log WHERE what = '';
    DELETE FROM m_log WHERE what IS NULL;
END//
DELIMITER ;
CREATE EVENT m_nightly ON SCHEDULE EVERY 1 DAY STARTS '2030-01-01 00:00:00' COMMENT 'Cleans.' DO CALL m_clean();
CREATE ALGORITHM = MERGE SQL SECURITY INVOKER VIEW m_view AS
    SELECT id, email AS `e-mail`, `type`, flags, amount, medium, born, m_twice(small) AS twice FROM m_customers WITH CHECK OPTION;
CREATE VIEW m_totals AS SELECT `type`, sum(amount) AS total, count(*) AS customers FROM m_view GROUP BY `type`;
