-- One row for each column of a geometry type that names its reference system, which `SHOW CREATE TABLE` leaves out.
-- MariaDB.
SELECT CAST(G_TABLE_NAME AS CHAR) AS table_name, CAST(G_GEOMETRY_COLUMN AS CHAR) AS column_name, CAST(SRID AS CHAR) AS srid
FROM information_schema.GEOMETRY_COLUMNS
WHERE G_TABLE_SCHEMA = DATABASE() AND SRID <> 0
