-- When a trigger fires changes in place, and so does its comment.
-- properties: trigger: enabled

-- == before ==
CREATE TABLE doors (id int);
CREATE FUNCTION ring() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER bell BEFORE INSERT ON doors FOR EACH ROW EXECUTE FUNCTION ring();

-- == after ==
CREATE TABLE doors (id int);
CREATE FUNCTION ring() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER bell BEFORE INSERT ON doors FOR EACH ROW EXECUTE FUNCTION ring();
ALTER TABLE doors DISABLE TRIGGER bell;
COMMENT ON TRIGGER bell ON doors IS 'broken';

-- == before to after ==
ALTER TABLE "doors" DISABLE TRIGGER "bell";
COMMENT ON TRIGGER "bell" ON "doors" IS 'broken';

-- == after to before ==
ALTER TABLE "doors" ENABLE TRIGGER "bell";
COMMENT ON TRIGGER "bell" ON "doors" IS NULL;
