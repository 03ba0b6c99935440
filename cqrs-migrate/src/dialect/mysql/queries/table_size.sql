SELECT {number}, CASE WHEN known.estimate > {cap} THEN CAST(known.estimate AS SIGNED) END,
       CASE WHEN known.estimate > {cap} THEN NULL ELSE (SELECT count(*) FROM (SELECT 1 FROM {table} LIMIT {cap}) AS some_rows) END,
       CAST(known.bytes AS SIGNED)
FROM (SELECT max(table_rows) AS estimate, max(data_length + index_length) AS bytes
      FROM information_schema.tables WHERE table_schema = database() AND table_name = {literal}) AS known
