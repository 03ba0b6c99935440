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
CREATE VIEW m_view AS SELECT id FROM m_customers;
