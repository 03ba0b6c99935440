//! What is declared beside tables, views and SQL objects, in the words of one database; and what declared SQL stands on.
//!
//! Of SQL that nobody has run yet, the database does not tell what it needs. Whatever needs something names it: so each
//! declared object is taken to need every other whose name is among its words. That is too much now and then, which costs
//! an order or a larger shadow, and never too little. Once the SQL was run in a shadow, the database tells.

use std::collections::{BTreeSet, HashMap};

use cqrs_core::schema::{
    Column, ColumnType, DefaultValue, Dependency, Generated, IndexKey, ObjectId, ObjectKind, ObjectName, Schema,
    SqlObject, SqlPerDatabase, Str, Table, View,
};

use crate::dialect::{Capabilities, Dialect, LowerError, ROW_SECURITY};
use crate::graph::Graph;

/// Digits that every database takes, where it does not matter how many.
const DIGITS: u32 = 30;

/// Adds the declared views and SQL objects to a schema whose tables are lowered already.
pub(crate) fn lower_beside(dialect: Dialect, declared: &Schema, lowered: &mut Schema) -> Result<(), LowerError> {
    for view in declared.views.values() {
        lowered.add_view(lower_view(dialect, view)?);
    }
    for object in declared.objects.values() {
        if let Some(object) = lower_object(dialect, object)? {
            lowered.add_object(object);
        }
    }
    if !(lowered.views.is_empty() && lowered.objects.is_empty()) {
        find_needs(lowered);
        enforce_policies(lowered);
    }
    Ok(())
}

/// The tables that a schema has policies of are under them: nothing but a policy says so of a model's table.
pub(crate) fn enforce_policies(schema: &mut Schema) {
    for table in tables_of_policies(schema.objects.keys()) {
        if let Some(table) = schema.tables.get_mut(&table)
            && !table.options.iter().any(|option| option == ROW_SECURITY)
        {
            table.options.to_mut().push(ROW_SECURITY.into());
        }
    }
}

/// Takes back what [`enforce_policies`] said of the tables of these policies.
pub(crate) fn release_policies<'a>(schema: &mut Schema, policies: impl IntoIterator<Item = &'a ObjectId>) {
    for table in tables_of_policies(policies) {
        if let Some(table) = schema.tables.get_mut(&table) {
            table.options.to_mut().retain(|option| option != ROW_SECURITY);
        }
    }
}

fn tables_of_policies<'a>(objects: impl IntoIterator<Item = &'a ObjectId>) -> BTreeSet<ObjectName> {
    objects.into_iter().filter(|id| id.kind == ObjectKind::Policy).filter_map(ObjectId::table_name).collect()
}

/// What a declared object is known by on a database.
pub(crate) fn lower_id(dialect: Dialect, id: ObjectId) -> ObjectId {
    let is_routine = matches!(id.kind, ObjectKind::Function | ObjectKind::Procedure);
    let signature = match dialect.rules().capabilities().routine_signatures {
        false => None,
        // A routine without arguments may be written without parentheses.
        true => id.signature.or_else(|| is_routine.then(|| "()".into())),
    };
    ObjectId { signature, ..id }
}

fn lower_view(dialect: Dialect, declared: &View) -> Result<View, LowerError> {
    let refuse = |what: &str, reason: String| LowerError {
        dialect,
        table: declared.name.to_string(),
        what: what.to_owned(),
        reason,
    };
    let rules = dialect.rules();
    let &Capabilities { materialized_views, object_comments, .. } = rules.capabilities();
    let Some(query) = on(dialect, &declared.query_on, &declared.query) else {
        let reason =
            format!("none is written for it: write `query({} = \"…\")`, or `otherwise = \"…\"`", dialect.name());
        return Err(refuse("the query", reason));
    };
    if declared.materialized && !materialized_views && !declared.plain_elsewhere {
        let reason = format!(
            "{dialect} stores no rows of a view: write `materialized(postgres)` for a plain view there, or remove `materialized`"
        );
        return Err(refuse("`materialized`", reason));
    }
    let materialized = declared.materialized && materialized_views;
    // Its columns and indexes are told in the words of a table.
    let mut table = Table::new(declared.name.name.clone());
    table.schema = declared.name.schema.clone();
    table.columns = declared.fields.iter().cloned().map(as_read).collect();
    if materialized {
        table.indexes = declared.indexes.clone().into();
    }
    let table = rules.lower_table(&table)?;
    Ok(View {
        query: query.into(),
        query_on: SqlPerDatabase::default(),
        materialized,
        plain_elsewhere: false,
        fields: table.columns,
        indexes: table.indexes.into_vec(),
        comment: declared.comment.clone().filter(|_| object_comments),
        column_comments: if object_comments { declared.column_comments.clone() } else { Default::default() },
        ..declared.clone()
    })
}

/// The column of a table that a field of a read model would read: the field says nothing of digits, and reads them all.
pub(crate) fn as_read(field: Column) -> Column {
    let column_type = match field.column_type {
        ColumnType::Numeric { precision: None, scale } => ColumnType::Numeric { precision: Some(DIGITS), scale },
        other => other,
    };
    Column { column_type, ..field }
}

/// `None` where it is not declared for that database.
fn lower_object(dialect: Dialect, declared: &SqlObject) -> Result<Option<SqlObject>, LowerError> {
    let Some(definition) = on(dialect, &declared.definition_on, &declared.definition) else { return Ok(None) };
    let kind = declared.id.kind;
    let capabilities = dialect.rules().capabilities();
    let refuse = |what: &str, reason: String| LowerError {
        dialect,
        table: declared.id.to_string(),
        what: what.to_owned(),
        reason,
    };
    if !capabilities.object_kinds.contains(&kind) {
        let reason = format!(
            "{dialect} has no {kind} that is made by SQL: write `postgres = \"…\"`, `mysql = \"…\"` or `sqlite = \"…\"` for the databases that have it"
        );
        return Err(refuse("the SQL", reason));
    }
    if declared.id.name.schema.is_some() && !capabilities.object_kinds.contains(&ObjectKind::Namespace) {
        return Err(refuse("a schema", "a database has no schemas inside: leave `schema` out".to_owned()));
    }
    Ok(Some(SqlObject {
        id: lower_id(dialect, declared.id.clone()),
        definition: definition.into(),
        definition_on: SqlPerDatabase::default(),
        comment: declared.comment.clone().filter(|_| capabilities.object_comments),
        ..declared.clone()
    }))
}

/// What is written for a database, without the semicolon that ends it.
fn on(dialect: Dialect, named: &SqlPerDatabase, otherwise: &Str) -> Option<String> {
    let sql = dialect.own(named).unwrap_or(otherwise).trim();
    // The last statement of a body keeps its own: `END;` of a trigger is followed by nothing else.
    let sql = sql.strip_suffix(';').unwrap_or(sql).trim_end();
    (!sql.is_empty()).then(|| sql.to_owned())
}

fn find_needs(schema: &mut Schema) {
    let names = Names::of(schema);
    for table in schema.tables.values_mut() {
        let own = ObjectId::table(table.object_name());
        let needs = names.among(&own, &sql_of_table(table), |kind| {
            !matches!(kind, ObjectKind::Table | ObjectKind::View | ObjectKind::Enum)
        });
        table.depends_on.to_mut().extend(needs);
    }
    for view in schema.views.values_mut() {
        let own = ObjectId::view(view.name.clone());
        view.depends_on = names.among(&own, &view.query, |_| true);
    }
    let triggers: Vec<ObjectId> = schema.objects.keys().filter(|id| id.kind == ObjectKind::Trigger).cloned().collect();
    for object in schema.objects.values_mut() {
        object.depends_on = names.among(&object.id, &object.definition, |_| true);
        if let Some(table) = object.id.table_name() {
            object.depends_on.extend(names.relation(&table));
        }
        object.depends_on.extend(triggers_before(object, &triggers));
    }
    tables_come_last(schema);
}

/// The trigger that one names as that before or after which it runs.
/// <https://mariadb.com/kb/en/create-trigger/#followsprecedes-other_trigger_name>
fn triggers_before(trigger: &SqlObject, triggers: &[ObjectId]) -> Vec<Dependency> {
    if trigger.id.kind != ObjectKind::Trigger {
        return Vec::new();
    }
    let sql = trigger.definition.to_lowercase();
    let places = ["follows", "precedes"].into_iter().flat_map(|word| sql.split(word).skip(1));
    let named: Vec<&str> = places.map(str::trim_start).collect();
    let is_named = |other: &&ObjectId| {
        let name = other.name.name.to_lowercase();
        let quoted = format!("`{}`", name.replace('`', "``"));
        let begins = |text: &&str| {
            let rest = text.strip_prefix(name.as_str());
            text.starts_with(&quoted) || rest.is_some_and(|rest| !rest.starts_with(is_of_word))
        };
        other.table == trigger.id.table && **other != trigger.id && named.iter().any(begins)
    };
    triggers.iter().filter(is_named).cloned().map(Dependency::on).collect()
}

/// What a table needs is made before it, even where its words name the table: the body of a function is not looked into
/// before it runs. <https://www.postgresql.org/docs/current/sql-createfunction.html>
fn tables_come_last(schema: &mut Schema) {
    let needed: Vec<(ObjectId, BTreeSet<ObjectId>)> = {
        let graph = Graph::of(schema);
        let tables = schema.tables.values().filter(|table| !table.depends_on.is_empty());
        let ids = tables.map(|table| ObjectId::table(table.object_name()));
        let of_objects = |id: &ObjectId| -> Vec<ObjectId> {
            graph.needs(id).iter().map(|need| need.on.clone()).filter(|on| schema.objects.contains_key(on)).collect()
        };
        ids.map(|id| {
            let (mut found, mut next) = (BTreeSet::new(), of_objects(&id));
            while let Some(object) = next.pop() {
                if found.insert(object.clone()) {
                    next.extend(of_objects(&object));
                }
            }
            (id, found)
        })
        .collect()
    };
    for (table, objects) in needed {
        for object in objects {
            if let Some(object) = schema.objects.get_mut(&object) {
                object.depends_on.retain(|need| need.on != table);
            }
        }
    }
}

/// Everything that SQL can name, by its name in lower case.
struct Names {
    by_name: HashMap<String, Vec<ObjectId>>,
    /// What gives names to others that its own SQL does not tell.
    extensions: Vec<ObjectId>,
}

impl Names {
    fn of(schema: &Schema) -> Self {
        let is_nameable = |id: &&ObjectId| {
            !matches!(id.kind, ObjectKind::Trigger | ObjectKind::Rule | ObjectKind::Policy | ObjectKind::Event)
        };
        let objects = schema.objects.keys().filter(is_nameable).cloned();
        let ids = (schema.tables.keys().cloned().map(ObjectId::table))
            .chain(schema.views.keys().cloned().map(ObjectId::view))
            .chain(schema.enums.keys().cloned().map(ObjectId::enum_type))
            .chain(objects);
        let mut names = Self { by_name: HashMap::new(), extensions: Vec::new() };
        for id in ids {
            if id.kind == ObjectKind::Extension {
                names.extensions.push(id.clone());
            }
            names.by_name.entry(id.name.name.to_lowercase()).or_default().push(id);
        }
        names
    }

    fn relation(&self, name: &ObjectName) -> Option<Dependency> {
        let named = self.by_name.get(&name.name.to_lowercase())?;
        let is_relation = |id: &&ObjectId| matches!(id.kind, ObjectKind::Table | ObjectKind::View) && id.name == *name;
        named.iter().find(is_relation).cloned().map(Dependency::on)
    }

    /// What an object may need whose SQL this is.
    fn among(&self, own: &ObjectId, sql: &str, may_need: impl Fn(ObjectKind) -> bool) -> Vec<Dependency> {
        let sql = sql.to_lowercase();
        let words: BTreeSet<&str> = sql.split(|letter: char| !is_of_word(letter)).collect();
        // In quotes, a quote is written twice.
        let is_quoted =
            |name: &str| ['"', '`'].iter().any(|quote| sql.contains(&name.replace(*quote, &format!("{quote}{quote}"))));
        let is_named = |name: &str| {
            if name.chars().all(is_of_word) { words.contains(name) } else { is_quoted(name) }
        };
        let named = self.by_name.iter().filter(|(name, _)| is_named(name)).flat_map(|(_, ids)| ids);
        let extensions = self.extensions.iter().filter(|_| own.kind > ObjectKind::Extension);
        let needs: BTreeSet<&ObjectId> =
            named.filter(|id| may_need(id.kind)).chain(extensions).filter(|id| *id != own).collect();
        needs.into_iter().cloned().map(Dependency::on).collect()
    }
}

fn is_of_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// Every piece of SQL in a table.
fn sql_of_table(table: &Table) -> String {
    let mut sql: Vec<&str> = Vec::new();
    for column in table.columns.iter() {
        sql.push(column.column_type.native_text());
        if let Some(DefaultValue::Expression(expression)) = &column.default {
            sql.push(expression);
        }
        sql.extend(column.generated.iter().map(|Generated { expression, .. }| expression.as_ref()));
        sql.extend(column.collation.as_deref());
    }
    sql.extend(table.checks.iter().map(|check| check.expression.as_ref()));
    for index in table.indexes.iter() {
        sql.extend(index.predicate.as_deref());
        for part in index.parts.iter() {
            sql.extend(part.collation.as_deref());
            if let IndexKey::Expression(expression) = &part.key {
                sql.push(expression);
            }
        }
    }
    sql.join("\n")
}
