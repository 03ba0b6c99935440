-- The roles and conditions of a policy change in place; its command, and a condition that goes, do not.
-- properties: policy, policy: command, policy: roles

-- == before ==
CREATE TABLE letters (id int, owner name, is_open bool);
ALTER TABLE letters ENABLE ROW LEVEL SECURITY;
CREATE POLICY mine ON letters USING (owner = current_user);
CREATE POLICY "kept TO self" ON letters FOR UPDATE TO pg_monitor USING (is_open);
CREATE POLICY reading ON letters FOR SELECT USING (is_open);

-- == after ==
CREATE TABLE letters (id int, owner name, is_open bool);
ALTER TABLE letters ENABLE ROW LEVEL SECURITY;
CREATE POLICY mine ON letters TO pg_monitor USING (owner = current_user OR is_open);
CREATE POLICY "kept TO self" ON letters FOR UPDATE TO PUBLIC USING (is_open) WITH CHECK (owner <> 'TO');
CREATE POLICY reading ON letters FOR DELETE USING (is_open);

-- == before to after ==
DROP POLICY IF EXISTS "reading" ON "letters";
ALTER POLICY "kept TO self" ON "letters" TO PUBLIC USING (is_open) WITH CHECK ((owner <> 'TO'::name));
ALTER POLICY "mine" ON "letters" TO pg_monitor USING (((owner = CURRENT_USER) OR is_open));
CREATE POLICY reading ON letters FOR DELETE TO PUBLIC USING (is_open);

-- == after to before ==
DROP POLICY IF EXISTS "reading" ON "letters";
DROP POLICY IF EXISTS "kept TO self" ON "letters";
CREATE POLICY "kept TO self" ON letters FOR UPDATE TO pg_monitor USING (is_open);
ALTER POLICY "mine" ON "letters" TO PUBLIC USING ((owner = CURRENT_USER));
CREATE POLICY reading ON letters FOR SELECT TO PUBLIC USING (is_open);
