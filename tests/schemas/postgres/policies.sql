-- Row security: policies for each command, for roles, restrictive ones, with functions and other tables.
CREATE SCHEMA app;
CREATE FUNCTION app.may(owner text) RETURNS boolean LANGUAGE sql STABLE AS 'select owner = current_user';
CREATE TABLE app.tenants (id integer PRIMARY KEY, name text);
CREATE TABLE rows (id integer PRIMARY KEY, tenant integer, owner text, "a b" text);
ALTER TABLE rows ENABLE ROW LEVEL SECURITY;
CREATE POLICY plain ON rows USING (owner = CURRENT_USER);
CREATE POLICY "read; ""it""" ON rows FOR SELECT TO PUBLIC USING (app.may(owner) AND "a b" <> 'it''s');
CREATE POLICY ins ON rows AS RESTRICTIVE FOR INSERT WITH CHECK (tenant IN (SELECT t.id FROM app.tenants t WHERE t.name = owner));
CREATE POLICY upd ON rows FOR UPDATE TO CURRENT_USER USING (true) WITH CHECK (tenant > 0);
CREATE POLICY del ON rows FOR DELETE TO pg_read_all_data, pg_monitor USING (false);
COMMENT ON POLICY plain ON rows IS 'whose it is';
-- On a table that has row security not yet.
CREATE POLICY waits ON app.tenants USING (EXISTS (SELECT FROM rows r WHERE r.tenant = tenants.id));
