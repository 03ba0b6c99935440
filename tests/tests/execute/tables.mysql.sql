CREATE TABLE samples (
    id BIGINT PRIMARY KEY AUTO_INCREMENT,
    flag TINYINT(1), small SMALLINT, medium INT, big BIGINT, single FLOAT, twice DOUBLE,
    name VARCHAR(40) UNIQUE, bytes LONGBLOB, moment DATETIME(6), wall DATETIME(6), day DATE, clock TIME(6),
    amount DECIMAL(20, 4), token BINARY(16), document JSON, severity ENUM('low', 'very high')
);
CREATE TABLE `lines` (
    order_code VARCHAR(20) NOT NULL,
    position INT NOT NULL,
    sample_id BIGINT,
    quantity INT NOT NULL DEFAULT 1,
    note LONGTEXT NOT NULL,
    PRIMARY KEY (order_code, position),
    FOREIGN KEY (sample_id) REFERENCES samples (id),
    CHECK (quantity > 0)
);
