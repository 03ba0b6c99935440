-- A column with a sequence of a smaller type than its own is no `serial`; it becomes one where only the sequence changes.
-- properties: sequence: options, column: serial

-- == before ==
CREATE TABLE jars (id bigint NOT NULL, label text);
CREATE SEQUENCE jars_id_seq AS integer OWNED BY jars.id;
ALTER TABLE jars ALTER COLUMN id SET DEFAULT nextval('jars_id_seq');

-- == after ==
CREATE TABLE jars (id bigserial, label text);

-- == before to after ==
ALTER SEQUENCE "jars_id_seq" AS bigint START WITH 1 INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 CACHE 1 NO CYCLE;

-- == after to before ==
ALTER SEQUENCE "jars_id_seq" AS integer START WITH 1 INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 CACHE 1 NO CYCLE;
