-- One row: the server's version, and the database's name and collation.
SELECT CAST(VERSION() AS CHAR) AS version, CAST(DATABASE() AS CHAR) AS name, CAST(@@collation_database AS CHAR) AS collation
