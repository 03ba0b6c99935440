-- Keys: primary, unique, prefixes, orders, methods, full text, spatial, ignored, with comments and sizes.
CREATE TABLE described (id int, code varchar(20), PRIMARY KEY (id) USING HASH COMMENT 'the one', UNIQUE KEY by_code (code) COMMENT 'it''s unique');
CREATE TABLE by_prefix (body text NOT NULL, more varchar(50) NOT NULL, PRIMARY KEY (body(20), more DESC));
CREATE TABLE turned (a int, b int, c int, PRIMARY KEY (a DESC, b));
CREATE TABLE many (
  id int PRIMARY KEY, t varchar(200), tx text, a int, b int, c varchar(3000), g geometry NOT NULL, p point NOT NULL,
  KEY prefixed (tx(20), a), KEY downwards (a DESC, b), KEY hashed (t) USING HASH, KEY treed (t) USING BTREE,
  UNIQUE KEY unique_hashed (a) USING HASH, UNIQUE KEY unique_prefix (t(10)), UNIQUE KEY unique_down (b DESC),
  UNIQUE KEY too_long (c), UNIQUE KEY unbounded (tx), UNIQUE KEY ignored_unique (a, b) IGNORED,
  FULLTEXT KEY words (tx, t), FULLTEXT KEY more_words (tx) COMMENT 'again', SPATIAL KEY places (g), SPATIAL KEY points (p),
  KEY ignored (b) IGNORED, KEY sized (a) KEY_BLOCK_SIZE=8 COMMENT 'all \\ of it', KEY `odd``name` (b)
);
CREATE TABLE sizes (id int PRIMARY KEY, a int, KEY k (a)) ENGINE=MyISAM KEY_BLOCK_SIZE=2048;
CREATE TABLE in_memory (id int, a int, KEY plain (id), KEY hashed (a) USING HASH, UNIQUE KEY treed (a, id) USING BTREE) ENGINE=MEMORY;
CREATE TABLE aria_words (id int NOT NULL, body text, PRIMARY KEY (id) USING BTREE, FULLTEXT (body)) ENGINE=Aria;
CREATE TABLE numbered (a int NOT NULL, b int NOT NULL AUTO_INCREMENT, PRIMARY KEY (a, b)) ENGINE=MyISAM;
CREATE TABLE numbered_by_key (a int NOT NULL AUTO_INCREMENT, KEY (a)) AUTO_INCREMENT=500;
CREATE TABLE no_key (a int, b int);
