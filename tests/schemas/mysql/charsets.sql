-- Character sets and collations: of the table, of columns that follow it and that do not.
CREATE TABLE latin (id int PRIMARY KEY, follows varchar(20), other varchar(20) CHARACTER SET utf8mb4, cased varchar(20) COLLATE latin1_bin, body text, label enum('a','ä')) DEFAULT CHARSET=latin1;
CREATE TABLE three_bytes (id int PRIMARY KEY, a varchar(20), b varchar(20) COLLATE utf8mb3_bin) CHARACTER SET utf8mb3 COLLATE utf8mb3_unicode_ci;
CREATE TABLE bytes (id int PRIMARY KEY, a varchar(20) CHARACTER SET utf8mb4, b varbinary(20)) CHARACTER SET binary;
CREATE TABLE cased (id int PRIMARY KEY, document json, body longtext, CHECK (json_valid(body))) COLLATE utf8mb4_bin;
CREATE TABLE eastern (a varchar(10) CHARACTER SET sjis, b varchar(10) CHARACTER SET ujis DEFAULT 'あ', c varchar(10) CHARACTER SET utf32) CHARACTER SET cp932;
CREATE TABLE modern (a varchar(10) COLLATE utf8mb4_uca1400_nopad_as_ci, b varchar(10) COLLATE utf8mb4_unicode_520_nopad_ci) COLLATE utf8mb4_uca1400_ai_ci;
