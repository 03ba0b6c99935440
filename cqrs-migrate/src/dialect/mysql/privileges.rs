//! What roles may do with the objects of the database: `GRANT`, read on request.

use std::collections::BTreeMap;

use cqrs_core::schema::{Dependency, ObjectId, ObjectKind, ObjectName, Schema, SqlObject};
use sqlx::MySqlConnection;

use super::introspect::{fetch, maybe, text};
use super::text::{literal, quote};
use crate::dialect::NotManaged;
use crate::error::Error;

/// One object for each role and thing that it may do something with. Roles and what they may do everywhere are the
/// server's, and not the database's.
pub(super) async fn add_privileges(
    connection: &mut MySqlConnection,
    schema: &mut Schema,
    is_selected: impl Fn(&ObjectName) -> bool,
) -> Result<Option<NotManaged>, Error> {
    let rows = fetch(connection, include_str!("queries/privileges.sql"), |row| {
        let name = (text(row, "name")?, text(row, "grantee")?);
        Ok((name, text(row, "privilege")?, maybe(row, "column_name")?, text(row, "grantable")? == "YES"))
    });
    let mut grants: BTreeMap<(String, String), (Vec<String>, bool)> = BTreeMap::new();
    for (of, privilege, column, is_grantable) in rows.await? {
        let (privileges, grantable) = grants.entry(of).or_default();
        *grantable |= is_grantable;
        // What a role has that may do nothing but hand on what it has not.
        if privilege != "USAGE" {
            privileges.push(column.map_or(privilege.clone(), |column| format!("{privilege} ({})", quote(&column))));
        }
    }
    for ((name, grantee), (privileges, grantable)) in grants {
        let object = ObjectName::new(name.clone());
        if (privileges.is_empty() && !grantable) || !is_selected(&object) {
            continue;
        }
        let on = if name == "*" { name } else { quote(&name) };
        let depends_on = if on == "*" { Vec::new() } else { vec![Dependency::on(schema.relation(&object))] };
        add(schema, object, &on, &grantee, &privileges, grantable, depends_on);
    }
    let routines = fetch(connection, include_str!("queries/routine_privileges.sql"), |row| {
        let grantee = format!("{}@{}", literal(&text(row, "user")?), literal(&text(row, "host")?));
        Ok((text(row, "name")?, text(row, "kind")?, grantee, text(row, "privileges")?))
    });
    let Ok(routines) = routines.await else {
        let name = "the role may not read `mysql.procs_priv`".into();
        return Ok(Some(NotManaged { kind: "privileges on routines", name, table: None }));
    };
    for (name, kind, grantee, privileges) in routines {
        let (privileges, grantable): (Vec<_>, Vec<_>) =
            privileges.split(',').map(str::to_uppercase).partition(|privilege| privilege != "GRANT");
        let object = ObjectName::new(name.clone());
        let routine = if kind == "FUNCTION" { ObjectKind::Function } else { ObjectKind::Procedure };
        let id = ObjectId::new(routine, object.clone());
        if schema.objects.contains_key(&id) {
            let on = format!("{kind} {}", quote(&name));
            add(schema, object, &on, &grantee, &privileges, !grantable.is_empty(), vec![Dependency::on(id)]);
        }
    }
    Ok(None)
}

/// The role is the signature, and so is what the name is of where it is a routine's.
fn add(
    schema: &mut Schema,
    name: ObjectName,
    on: &str,
    grantee: &str,
    privileges: &[String],
    grantable: bool,
    depends_on: Vec<Dependency>,
) {
    let privileges = if privileges.is_empty() { "USAGE".to_owned() } else { privileges.join(", ") };
    let option = if grantable { " WITH GRANT OPTION" } else { "" };
    let mut id = ObjectId::new(ObjectKind::Privileges, name);
    id.signature = Some(format!("ON {on} TO {grantee}").into());
    let definition = format!("GRANT {privileges} ON {on} TO {grantee}{option}");
    schema.add_object(SqlObject { depends_on, ..SqlObject::new(id, definition) });
}
