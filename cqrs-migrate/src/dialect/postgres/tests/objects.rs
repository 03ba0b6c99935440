//! Objects with a body: altered where they stand, selected, read by those who may not do much, their privileges and
//! owners.

use std::collections::BTreeSet;

use cqrs_core::schema::{ObjectId, ObjectKind, ObjectName, Schema};

use super::{Scratch, connect, introspect, with_database};
use crate::connection::DatabaseUrl;
use crate::diff::{Renames, diff};
use crate::introspect::Selection;
use crate::plan::{Plan, plan};
use crate::prepare::{Request, prepare};
use crate::spelling::Spellings;

async fn schema_of(sql: &str) -> Option<(Scratch, Schema)> {
    let mut database = Scratch::open().await?;
    database.run(sql).await;
    let schema = database.introspect().await.schema;
    Some((database, schema))
}

/// What is there first, what becomes of it, what that is about, and how the statements of the way there begin.
const ALTERED: &[(&str, &str, &str, &[&str])] = &[
    (
        "CREATE DOMAIN d AS integer DEFAULT 1 NOT NULL CONSTRAINT low CHECK (VALUE > 0); CREATE TABLE t (a d)",
        "ALTER DOMAIN d DROP DEFAULT; ALTER DOMAIN d DROP NOT NULL; ALTER DOMAIN d DROP CONSTRAINT low;
         ALTER DOMAIN d ADD CONSTRAINT high CHECK (VALUE < 9); COMMENT ON CONSTRAINT high ON DOMAIN d IS 'IS it'",
        "a domain that a column is of",
        &[
            "ALTER DOMAIN \"d\" DROP CONSTRAINT low",
            "ALTER DOMAIN \"d\" DROP DEFAULT",
            "ALTER DOMAIN \"d\" DROP NOT NULL",
            "ALTER DOMAIN \"d\" ADD CONSTRAINT high CHECK ((VALUE < 9))",
            "COMMENT ON CONSTRAINT high ON DOMAIN d IS 'IS it'",
        ],
    ),
    (
        "CREATE DOMAIN d AS integer CONSTRAINT low CHECK (VALUE > 0) CONSTRAINT \"Odd\" CHECK (VALUE % 2 = 1);
         COMMENT ON CONSTRAINT low ON DOMAIN d IS 'as it was'; CREATE TABLE t (a d[])",
        "ALTER DOMAIN d RENAME CONSTRAINT low TO \"Low\"; ALTER DOMAIN d RENAME CONSTRAINT \"Odd\" TO odd",
        "a domain that columns are arrays of, to which the server adds no constraint",
        &[
            "COMMENT ON CONSTRAINT low ON DOMAIN d IS NULL",
            "ALTER DOMAIN \"d\" RENAME CONSTRAINT \"Odd\" TO odd",
            "ALTER DOMAIN \"d\" RENAME CONSTRAINT low TO \"Low\"",
            "COMMENT ON CONSTRAINT \"Low\" ON DOMAIN d IS 'as it was'",
        ],
    ),
    (
        "CREATE FUNCTION f(a integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'select 1';
         CREATE TABLE t (a integer DEFAULT f(1))",
        "CREATE OR REPLACE FUNCTION f(a integer) RETURNS integer LANGUAGE sql AS 'select 2'; COMMENT ON FUNCTION f IS 'f'",
        "a function that a default calls",
        &["CREATE OR REPLACE FUNCTION f(a integer)", "COMMENT ON FUNCTION \"f\"(integer) IS 'f'"],
    ),
    (
        "CREATE FUNCTION f(a integer) RETURNS integer LANGUAGE sql AS 'select 1'; CREATE VIEW v AS SELECT f(1)",
        "DROP VIEW v; DROP FUNCTION f; CREATE FUNCTION f(b integer) RETURNS integer LANGUAGE sql AS 'select 1';
         CREATE VIEW v AS SELECT f(1)",
        "a function whose argument has another name",
        &["DROP VIEW \"v\"", "DROP FUNCTION IF EXISTS \"f\"(integer)", "CREATE OR REPLACE FUNCTION f(b", "CREATE VIEW"],
    ),
    (
        "CREATE SEQUENCE s; CREATE TABLE t (a integer DEFAULT nextval('s'))",
        "ALTER SEQUENCE s AS integer INCREMENT 5 CYCLE",
        "a sequence that a default takes from",
        &["ALTER SEQUENCE \"s\" AS integer START WITH 1 INCREMENT BY 5 MINVALUE 1 MAXVALUE 2147483647 CACHE 1 CYCLE"],
    ),
    (
        "CREATE TABLE t (a integer); CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'begin end';
         CREATE TRIGGER g BEFORE INSERT ON t EXECUTE FUNCTION f(); ALTER TABLE t DISABLE TRIGGER g;
         CREATE RULE r AS ON DELETE TO t DO NOTHING",
        "ALTER TABLE t ENABLE ALWAYS TRIGGER g; ALTER TABLE t DISABLE RULE r; COMMENT ON TRIGGER g ON t IS 'g'",
        "when a trigger and a rule fire",
        &[
            "ALTER TABLE \"t\" ENABLE TRIGGER \"g\"",
            "ALTER TABLE \"t\" ENABLE ALWAYS TRIGGER \"g\"",
            "COMMENT ON TRIGGER \"g\" ON \"t\" IS 'g'",
            "ALTER TABLE \"t\" DISABLE RULE \"r\"",
        ],
    ),
    (
        "CREATE TABLE t (a integer, b integer); CREATE STATISTICS s ON a, b FROM t; ALTER STATISTICS s SET STATISTICS 5;
         CREATE POLICY p ON t USING (a > 0)",
        "ALTER STATISTICS s SET STATISTICS -1; ALTER POLICY p ON t USING (a > 1)",
        "statistics and a policy",
        &[
            "ALTER STATISTICS \"s\" SET STATISTICS -1",
            "ALTER POLICY \"p\" ON \"t\" TO PUBLIC USING ((a > 1))",
        ],
    ),
    (
        "CREATE TEXT SEARCH CONFIGURATION c (PARSER = default); ALTER TEXT SEARCH CONFIGURATION c
            ADD MAPPING FOR word, \"int\" WITH simple",
        "ALTER TEXT SEARCH CONFIGURATION c DROP MAPPING FOR \"int\";
         ALTER TEXT SEARCH CONFIGURATION c ALTER MAPPING FOR word WITH english_stem",
        "a text search configuration",
        &[
            "ALTER TEXT SEARCH CONFIGURATION \"c\" DROP MAPPING FOR \"int\"",
            "ALTER TEXT SEARCH CONFIGURATION \"c\" DROP MAPPING FOR word",
            "ALTER TEXT SEARCH CONFIGURATION \"c\" ADD MAPPING FOR word WITH english_stem",
        ],
    ),
    (
        "CREATE SCHEMA app; COMMENT ON SCHEMA app IS 'a'; COMMENT ON SCHEMA public IS 'b';
         CREATE EXTENSION citext VERSION '1.4'; CREATE TABLE t (a citext)",
        "COMMENT ON SCHEMA app IS NULL; COMMENT ON SCHEMA public IS 'standard public schema';
         ALTER EXTENSION citext UPDATE; CREATE SCHEMA other; CREATE TYPE other.e AS ENUM ('a')",
        "schemas and extensions",
        &[
            "COMMENT ON SCHEMA \"public\" IS 'standard public schema'",
            "COMMENT ON SCHEMA \"app\" IS NULL",
            "CREATE SCHEMA IF NOT EXISTS other",
            "ALTER EXTENSION \"citext\" UPDATE",
            "CREATE TYPE \"other\".\"e\" AS ENUM ('a')",
        ],
    ),
    (
        "CREATE SCHEMA app; CREATE TYPE app.e AS ENUM ('a'); CREATE EXTENSION hstore SCHEMA app;
         CREATE TABLE app.t (a app.e, b app.hstore); CREATE FUNCTION app.f(app.t) RETURNS app.hstore LANGUAGE sql AS ''",
        "DROP SCHEMA app CASCADE",
        "a schema with all that is in it",
        &[
            "DROP FUNCTION IF EXISTS \"app\".\"f\"(app.t)",
            "DROP TABLE \"app\".\"t\"",
            "DROP TYPE \"app\".\"e\"",
            "DROP EXTENSION IF EXISTS \"hstore\"",
            "DROP SCHEMA IF EXISTS \"app\"",
        ],
    ),
];

#[tokio::test]
async fn what_is_altered_arrives_and_leaves_what_stands_on_it() {
    for (before_sql, changes, what, expected) in ALTERED {
        let Some((mut live, before)) = schema_of(before_sql).await else { return };
        let (mut target, _) = schema_of(before_sql).await.unwrap();
        target.run(changes).await;
        let after = target.introspect().await.schema;
        let steps = plan(crate::Dialect::Postgres, &before, &after, &diff(&before, &after, &Renames::default()));
        let sql: Vec<String> = steps.statements().iter().map(|statement| statement.sql.clone()).collect();
        let alike = sql.len() == expected.len() && sql.iter().zip(*expected).all(|(sql, start)| sql.starts_with(start));
        assert!(alike, "{what}: {sql:#?}");
        // An extension has no way back to a former version.
        let ways = if sql.iter().any(|sql| sql.starts_with("ALTER EXTENSION ")) { 1 } else { 2 };
        for (from, to) in [(&before, &after), (&after, &before)].into_iter().take(ways) {
            let request = Request {
                dialect: crate::Dialect::Postgres,
                before: from,
                before_is_live: true,
                after: to,
                spellings: &Spellings::default(),
                renames: Renames::default(),
                shadow: Some(&live.url),
                verify: true,
            };
            let prepared = prepare(request).await.unwrap_or_else(|error| panic!("{what}: {error}"));
            live.execute(&prepared.plan.statements()).await;
            let arrived = live.introspect().await.schema;
            assert_eq!(diff(&arrived, to, &Renames::default()), [], "{what}");
        }
        live.close().await;
        target.close().await;
    }
}

#[tokio::test]
async fn what_is_selected_comes_with_what_it_needs() {
    let Some((mut database, all)) = schema_of(
        "CREATE SCHEMA app; CREATE SCHEMA other; CREATE FUNCTION public.f() RETURNS integer LANGUAGE sql AS 'select 1';
         CREATE DOMAIN app.d AS integer; CREATE DOMAIN other.d AS integer; CREATE SEQUENCE other.s;
         CREATE TABLE app.t (a app.d, b integer DEFAULT public.f()); CREATE CAST (bigint AS app.d) WITH INOUT",
    )
    .await
    else {
        return;
    };
    assert_eq!(all.objects.len(), 7, "{:?}", all.objects.keys());
    let selection = Selection { schemas: Some(BTreeSet::from(["app".to_owned()])), ..Selection::schema_only() };
    let found = introspect(&mut database.connection, &selection).await.unwrap().schema;
    let told: Vec<String> = found.objects.keys().map(|id| format!("{} {id}", id.kind)).collect();
    assert_eq!(told, ["schema app", "domain app.d", "function f()"]);
    database.close().await;
}

#[tokio::test]
async fn a_role_with_read_rights_sees_the_same() {
    let Some((mut database, all)) = schema_of(
        "CREATE EXTENSION postgres_fdw; CREATE SERVER s FOREIGN DATA WRAPPER postgres_fdw;
         CREATE USER MAPPING FOR PUBLIC SERVER s OPTIONS (user 'u', password 'secret');
         CREATE SCHEMA hidden; CREATE TABLE hidden.t (a integer); CREATE VIEW hidden.v AS SELECT a FROM hidden.t;
         CREATE FUNCTION hidden.f() RETURNS integer LANGUAGE plpgsql AS 'begin return 1; end';
         CREATE POLICY p ON hidden.t USING (a > 0); CREATE TRIGGER g BEFORE UPDATE ON hidden.t
            EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    )
    .await
    else {
        return;
    };
    let told = database.introspect().await.not_managed;
    assert!(told.iter().any(|object| object.kind == "user mapping"), "{told:?}");
    let role = format!("{}_reader", database.name);
    database.run(&format!("CREATE ROLE {role} LOGIN; GRANT CONNECT ON DATABASE {} TO {role}", database.name)).await;
    let url = with_database(&super::server_url().unwrap(), &database.name);
    let (scheme, rest) = url.split_once("://").unwrap();
    let url = DatabaseUrl::parse(&format!("{scheme}://{role}@{}", rest.split_once('@').unwrap().1)).unwrap();
    let mut reader = connect(&url).await.unwrap();
    let found = introspect(&mut reader, &Selection::default()).await.unwrap();
    assert_eq!(found.schema, all);
    assert_eq!(found.not_managed, told);
    sqlx::Connection::close(reader).await.unwrap();
    database.run(&format!("DROP OWNED BY {role}; DROP ROLE {role}")).await;
    database.close().await;
}

#[tokio::test]
async fn a_function_that_no_longer_works_is_read_as_it_stands() {
    let Some((database, schema)) = schema_of(
        "CREATE TABLE t (a integer); CREATE FUNCTION f() RETURNS SETOF integer LANGUAGE sql AS 'select a from t';
         CREATE VIEW v AS SELECT f(); DROP TABLE t",
    )
    .await
    else {
        return;
    };
    let id = ObjectId { signature: Some("()".into()), ..ObjectId::new(ObjectKind::Function, ObjectName::new("f")) };
    assert_eq!(schema.views[&ObjectName::new("v")].depends_on[0].on, id);
    let mut again = Scratch::open().await.unwrap();
    again.execute(&Plan::create(crate::Dialect::Postgres, &schema).statements()).await;
    assert_eq!(again.introspect().await.schema, schema);
    again.close().await;
    database.close().await;
}

#[tokio::test]
async fn privileges_are_read_on_request_and_given_again() {
    let Some(mut database) = Scratch::open().await else { return };
    let roles = [format!("{}_a", database.name), format!("{} TO \"b\"", database.name)];
    let [a, b] = [&roles[0], &roles[1]].map(|role| super::super::sql::quote(role));
    let sql = format!(
        "CREATE ROLE {a}; CREATE ROLE {b}; CREATE SCHEMA app; CREATE TABLE app.t (x integer, \"y TO z\" text);
         CREATE VIEW v AS SELECT x FROM app.t; CREATE SEQUENCE s; CREATE TYPE e AS ENUM ('a'); CREATE DOMAIN d AS text;
         CREATE FUNCTION f(integer) RETURNS integer LANGUAGE sql AS 'select 1';
         CREATE PROCEDURE p(integer) LANGUAGE sql AS 'select 1'; CREATE AGGREGATE g(integer) (SFUNC = int4pl, STYPE = integer);
         GRANT SELECT, INSERT ON app.t TO {a}; GRANT UPDATE (\"y TO z\"), SELECT (x) ON app.t TO {b} WITH GRANT OPTION;
         GRANT ALL ON v TO PUBLIC; GRANT USAGE ON SEQUENCE s TO {a}; GRANT USAGE ON SCHEMA app TO {a}, {b};
         GRANT USAGE ON TYPE e TO {b}; REVOKE USAGE ON DOMAIN d FROM PUBLIC; REVOKE EXECUTE ON FUNCTION f FROM PUBLIC;
         GRANT EXECUTE ON FUNCTION f TO {a} WITH GRANT OPTION; REVOKE EXECUTE ON PROCEDURE p FROM PUBLIC;
         REVOKE EXECUTE ON FUNCTION g FROM PUBLIC; REVOKE ALL ON SCHEMA public FROM PUBLIC;
         ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT SELECT ON TABLES TO {a};
         ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
         ALTER DEFAULT PRIVILEGES GRANT USAGE ON SEQUENCES TO {b} WITH GRANT OPTION"
    );
    database.run(&sql).await;
    let selection = Selection { privileges: true, ..Selection::default() };
    let found = introspect(&mut database.connection, &selection).await.unwrap();
    assert_eq!(found.not_managed, []);
    let schema = found.schema;
    let is_privileges = |id: &&ObjectId| id.kind == ObjectKind::Privileges;
    assert_eq!(schema.objects.keys().filter(is_privileges).count(), 16, "{:#?}", schema.objects.keys());
    assert_eq!(database.introspect().await.schema.objects.keys().filter(is_privileges).count(), 0);

    let mut again = Scratch::open().await.unwrap();
    again.execute(&Plan::create(crate::Dialect::Postgres, &schema).statements()).await;
    let found = introspect(&mut again.connection, &selection).await.unwrap().schema;
    assert_eq!(diff(&found, &schema, &Renames::default()), []);

    // And taken back.
    let mut without = schema.clone();
    without.objects.retain(|id, _| id.kind != ObjectKind::Privileges);
    let changes = diff(&schema, &without, &Renames::default());
    again.execute(&plan(crate::Dialect::Postgres, &schema, &without, &changes).statements()).await;
    let found = introspect(&mut again.connection, &selection).await.unwrap().schema;
    assert_eq!(diff(&found, &without, &Renames::default()), []);
    again.close().await;
    database.run(&format!("DROP OWNED BY {a}, {b}; DROP ROLE {a}, {b}")).await;
    database.close().await;
}

/// Every owned object of a database with its owner, as PostgreSQL keeps them for `DROP OWNED`. Not a range's multirange,
/// which some versions give away with it and none lets be given away by itself.
const OWNED: &str = "SELECT format('%s %s: %s', o.type, o.identity, d.refobjid::regrole) FROM pg_shdepend d
    CROSS JOIN LATERAL pg_identify_object(d.classid, d.objid, d.objsubid) o
    WHERE d.deptype = 'o' AND o.identity !~ '_multirange$' AND d.dbid = (SELECT oid FROM pg_database WHERE datname = current_database()) ORDER BY 1";

async fn owned(database: &mut Scratch) -> Vec<String> {
    sqlx::query_scalar(OWNED).fetch_all(&mut database.connection).await.unwrap()
}

#[tokio::test]
async fn owners_are_read_on_request_and_given_again() {
    let Some(mut database) = Scratch::open().await else { return };
    let roles = [format!("{}_a", database.name), format!("{} \"b\"", database.name)];
    let [a, b] = [&roles[0], &roles[1]].map(|role| super::super::sql::quote(role));
    let sql = format!(
        "CREATE ROLE {a}; CREATE ROLE {b}; GRANT CREATE ON SCHEMA public TO {a}, {b};
         SET ROLE {a}; CREATE TYPE e AS ENUM ('a'); CREATE DOMAIN d AS text; CREATE TYPE c AS (x integer);
         CREATE TYPE r AS RANGE (SUBTYPE = integer); CREATE SEQUENCE s; CREATE COLLATION l FROM \"C\";
         CREATE TABLE t (id serial, x integer GENERATED ALWAYS AS IDENTITY, y e, z integer);
         CREATE TABLE inherits_it () INHERITS (t); CREATE STATISTICS st ON x, z FROM t;
         CREATE VIEW v AS SELECT id, y FROM t; CREATE MATERIALIZED VIEW m AS SELECT id FROM v;
         RESET ROLE; SET ROLE {b};
         CREATE FUNCTION f(integer) RETURNS integer LANGUAGE sql AS 'select 1';
         CREATE FUNCTION f(text) RETURNS integer LANGUAGE sql AS 'select 1';
         CREATE PROCEDURE p(integer) LANGUAGE sql AS 'select 1'; CREATE AGGREGATE g(integer) (SFUNC = int4pl, STYPE = integer);
         CREATE FUNCTION same(d, d) RETURNS boolean LANGUAGE sql AS 'select true';
         CREATE OPERATOR <-> (LEFTARG = d, RIGHTARG = d, FUNCTION = same);
         CREATE TEXT SEARCH DICTIONARY td (TEMPLATE = simple); CREATE TEXT SEARCH CONFIGURATION tc (PARSER = default);
         RESET ROLE; CREATE SCHEMA app AUTHORIZATION {b}; CREATE TABLE app.t (x integer)"
    );
    database.run(&sql).await;
    let selection = Selection { owners: true, ..Selection::default() };
    let schema = introspect(&mut database.connection, &selection).await.unwrap().schema;
    let first = owned(&mut database).await;
    assert!(first.len() > 15, "{first:?}");
    let has_owner = |schema: &Schema| schema.objects.keys().any(|id| id.kind == ObjectKind::Owner);
    assert!(has_owner(&schema) && !has_owner(&database.introspect().await.schema));

    // Made again they are the same roles', and given away they are altered where they are.
    let mut again = Scratch::open().await.unwrap();
    again.execute(&Plan::create(crate::Dialect::Postgres, &schema).statements()).await;
    assert_eq!(owned(&mut again).await, first);
    again.run(&format!("REASSIGN OWNED BY {a} TO {b}; ALTER TABLE app.t OWNER TO {a}")).await;
    let given_away = owned(&mut again).await;
    assert_ne!(given_away, first);
    let wanted = introspect(&mut again.connection, &selection).await.unwrap().schema;
    let request = Request {
        dialect: crate::Dialect::Postgres,
        before: &schema,
        before_is_live: true,
        after: &wanted,
        spellings: &Spellings::default(),
        renames: Renames::default(),
        shadow: Some(&database.url),
        verify: true,
    };
    let prepared = prepare(request).await.unwrap();
    assert!(prepared.plan.steps.iter().all(|step| step.statement.sql.contains(" OWNER TO ")), "{}", prepared.plan);
    database.execute(&prepared.plan.statements()).await;
    assert_eq!(owned(&mut database).await, given_away, "{}", prepared.plan);
    again.close().await;
    database.run(&format!("DROP OWNED BY {a}, {b}; DROP ROLE {a}, {b}")).await;
    database.close().await;
}
