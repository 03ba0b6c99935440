-- Declared types: every affinity, as people write them.
CREATE TABLE types (
    id INTEGER PRIMARY KEY,
    i INT, ti tinyint, bi BIGINT, ub UNSIGNED BIG INT, i8 int8,
    c CHARACTER(20), v varchar (40), v2 varchar ( 40 ), vc VARYING CHARACTER(255), nc NATIVE CHARACTER(70), cl CLOB, t text,
    b BLOB, none,
    r real, d double   precision, f FLOAT,
    n NUMERIC, dec DECIMAL(10,5), dec2 decimal(5, 2), dec3 decimal( 5 ,2 ), neg numeric(-1), plus numeric(+3,-2), bo BOOLEAN, da DATE, dt DATETIME,
    point "floating point", quoted "my  type", single 'single type', bracket [bracket type(1)], back `back tick`,
    two "two"words, many several words make a type (3), commented decimal /* how many */ (10, 2),
    string STRING, xint "xINT", charint CHARINT, blobint, intblob blobint, any ANY,
    key key, type type, temp temp (5), generated generated, always always, g_a generated always
);

-- Not aliases of the rowid, all of them.
CREATE TABLE no_alias_int (id INT PRIMARY KEY);
CREATE TABLE no_alias_bigint (id BIGINT PRIMARY KEY NOT NULL);
CREATE TABLE no_alias_sized (id INTEGER(8) PRIMARY KEY);
CREATE TABLE no_alias_descending (id INTEGER PRIMARY KEY DESC);
CREATE TABLE no_alias_two (id INTEGER, other INTEGER, PRIMARY KEY (id, other));
-- And these are.
CREATE TABLE alias_here (id integer primary key asc);
CREATE TABLE alias_there (id "INTEGER", other, PRIMARY KEY (id));
CREATE TABLE alias_descending (id INTEGER, PRIMARY KEY (id DESC));
CREATE TABLE alias_not_null (id INTEGER NOT NULL PRIMARY KEY);
CREATE TABLE alias_not_null_there (id INTEGER NOT NULL, PRIMARY KEY (id));
CREATE TABLE alias_null (id INTEGER NULL PRIMARY KEY);
CREATE TABLE numbered (id INTEGER PRIMARY KEY AUTOINCREMENT);
CREATE TABLE numbered_not_null (id integer NOT NULL PRIMARY KEY AUTOINCREMENT, v);
CREATE TABLE numbered_there (id INTEGER, PRIMARY KEY (id AUTOINCREMENT));
CREATE TABLE numbered_conflict (id INTEGER PRIMARY KEY ON CONFLICT REPLACE AUTOINCREMENT);
CREATE TABLE no_columns_named_so (note TEXT DEFAULT 'AUTOINCREMENT STRICT WITHOUT ROWID');
CREATE TABLE selected AS SELECT 1 AS [a b], 'x' AS "select", 2.5 AS c, id FROM numbered;
