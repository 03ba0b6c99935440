-- Columns: types with their arguments, character sets, defaults of every kind, generated, hidden and checked ones.
CREATE TABLE numbers (
  id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  small tinyint(3) unsigned zerofill DEFAULT 007,
  flag tinyint(1) NOT NULL DEFAULT 1,
  odd_width int(5) DEFAULT -5,
  filled mediumint(6) unsigned zerofill,
  exact decimal(20,6) unsigned NOT NULL DEFAULT 1.5,
  whole decimal(5) DEFAULT 3,
  rough float(7,3) DEFAULT 1.25,
  rougher double unsigned DEFAULT 1e10,
  bits bit(12) DEFAULT b'101010',
  one_bit bit NOT NULL DEFAULT b'0',
  born year DEFAULT 1999
);
CREATE TABLE texts (
  id int PRIMARY KEY,
  fixed char(5) CHARACTER SET ascii NOT NULL DEFAULT 'it''s',
  bounded varchar(100) CHARACTER SET latin1 COLLATE latin1_german2_ci DEFAULT '',
  cased varchar(40) COLLATE utf8mb4_bin DEFAULT 'back\\slash "quoted" `tick`',
  uca varchar(40) COLLATE utf8mb4_uca1400_as_cs,
  several_lines varchar(40) DEFAULT 'a\nb\tc\r\n',
  word_null varchar(10) DEFAULT 'NULL',
  word_now varchar(30) DEFAULT 'current_timestamp()',
  emoji varchar(10) DEFAULT '😀',
  tiny tinytext, medium mediumtext CHARACTER SET ucs2, long_one longtext DEFAULT 'x',
  raw_bytes varbinary(8) DEFAULT x'00272c', fixed_raw binary(4) NOT NULL DEFAULT '\0\0\0\0', blobs mediumblob,
  letters set('a','b c','it''s','ü') CHARACTER SET utf8mb4 NOT NULL DEFAULT 'a,it''s',
  label enum('x','comma,inside','paren)','it''s','ß') COLLATE utf8mb4_bin DEFAULT 'paren)',
  document json DEFAULT '{"a": [1, "b"]}' COMMENT 'a document',
  document_checked json NOT NULL CHECK (json_length(document_checked) > 0),
  looks_like_json longtext COLLATE utf8mb4_bin CHECK (json_valid(looks_like_json)),
  key_of_it uuid DEFAULT uuid(), address inet6, old_address inet4
);
CREATE TABLE moments (
  id int PRIMARY KEY,
  stamped timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp(),
  stamped_exactly timestamp(6) NULL DEFAULT NULL ON UPDATE current_timestamp(6),
  zero timestamp NOT NULL DEFAULT '2000-01-01 00:00:00',
  nullable timestamp NULL,
  moment datetime(3) DEFAULT current_timestamp(3),
  tomorrow datetime DEFAULT (current_timestamp() + INTERVAL 1 DAY),
  day date DEFAULT (curdate()), fixed_day date DEFAULT '2024-02-29', hour time(2) DEFAULT '-12:30:00.25'
);
CREATE TABLE computed (
  id int PRIMARY KEY,
  a int, b int DEFAULT (a + 1), c int DEFAULT (CASE WHEN a > 1 THEN 2 ELSE 3 END), d int DEFAULT (NOT a),
  e varchar(20) DEFAULT (concat('it''s ', a, '; ')), f varchar(50) DEFAULT user(), g int DEFAULT (if(a IS NULL, 0, 1)),
  h varchar(20) DEFAULT (cast(a AS char(10))), i date DEFAULT (DATE'2020-01-01'),
  j varchar(20) CHARACTER SET latin1 DEFAULT (_latin1'x' COLLATE latin1_bin),
  twice int GENERATED ALWAYS AS (a * 2) VIRTUAL COMMENT 'computed when it is read',
  thrice int AS (a * 3) STORED,
  hidden_sum bigint AS (a + b) VIRTUAL INVISIBLE,
  shout varchar(60) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin AS (concat(upper(e), ' \\ ''quoted'' 😀')) STORED,
  extracted varchar(20) AS (json_value('{"a":1}', '$.a')) VIRTUAL
);
CREATE TABLE odd (
  id int PRIMARY KEY,
  hidden int NOT NULL INVISIBLE DEFAULT 3,
  squeezed varchar(500) COMPRESSED CHARACTER SET latin1 NOT NULL DEFAULT '' COMMENT 'it''s\nsmall',
  squeezed_text text COMPRESSED,
  checked int DEFAULT 5 COMMENT 'both' CHECK (checked > 0 AND checked <> 7),
  checked_text varchar(20) CHECK (checked_text <> 'a,)b' AND checked_text NOT LIKE '%\_%'),
  no_default int, no_default_either varchar(10),
  place point REF_SYSTEM_ID=101, shape geometry NOT NULL
) COMMENT='it''s "odd" \\ and\nlong';
ALTER TABLE odd ALTER COLUMN no_default DROP DEFAULT, ALTER COLUMN no_default_either DROP DEFAULT;
