-- Everything in a list of statements, in one statement: a result for each of them, or a row that says why there is none.
-- `information_schema` does not tell all that `SHOW CREATE` prints: periods before 11.4, `USING`, `KEY_BLOCK_SIZE`, the
-- characters that `utf8mb3` lacks, and more. MariaDB alone: MySQL has no block outside of a routine.
-- https://mariadb.com/kb/en/begin-end/, https://mariadb.com/kb/en/execute-immediate/
BEGIN NOT ATOMIC
  FOR wanted IN (SELECT list.statement FROM JSON_TABLE(:statements, '$[*]' COLUMNS (statement LONGTEXT PATH '$')) AS list) DO
    BEGIN
      DECLARE message TEXT;
      DECLARE CONTINUE HANDLER FOR SQLEXCEPTION
      BEGIN
        GET DIAGNOSTICS CONDITION 1 message = MESSAGE_TEXT;
        SELECT wanted.statement AS Failed, message AS Message;
      END;
      EXECUTE IMMEDIATE wanted.statement;
    END;
  END FOR;
END
