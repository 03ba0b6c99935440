-- What is said of the schema that every database has from the start.
-- properties: namespace: comment

-- == without ==
CREATE TABLE jars (id int PRIMARY KEY);

-- == with ==
COMMENT ON SCHEMA public IS 'jars and lids';
CREATE TABLE jars (id int PRIMARY KEY);

-- == altered ==
COMMENT ON SCHEMA public IS 'lids and jars';
CREATE TABLE jars (id int PRIMARY KEY);

-- == without to with ==
COMMENT ON SCHEMA public IS 'jars and lids';

-- == with to altered ==
COMMENT ON SCHEMA public IS 'lids and jars';

-- == altered to with ==
COMMENT ON SCHEMA public IS 'jars and lids';

-- == with to without ==
COMMENT ON SCHEMA "public" IS 'standard public schema';
