//! From two schemas to a proven plan: normalize, diff, lint, plan, verify.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::iter;

use cqrs_core::schema::{ForeignKey, ObjectId, ObjectKind, ObjectName, Schema, Table, View};

use crate::change::Change;
use crate::connection::DatabaseUrl;
use crate::dialect::{Dialect, Introspected, Statement, is_default_privileges};
use crate::diff::{Renames, diff, diff_renamed};
use crate::error::{Error, NotProven};
use crate::graph::Graph;
use crate::in_place::in_place;
use crate::introspect::Selection;
use crate::managed::adopt;
use crate::plan::{Plan, plan};
use crate::refused::{refused, refused_object};
use crate::shadow::{NotOnline, Shadow};
use crate::spelling::{Spelling, Spellings, spellings};
use crate::view_columns;

/// What is to be turned into what, both in the words of one database.
pub(crate) struct Request<'a> {
    pub(crate) dialect: Dialect,
    pub(crate) before: &'a Schema,
    /// Whether `before` was read from a live database. A declared one has to be normalized too.
    pub(crate) before_is_live: bool,
    pub(crate) after: &'a Schema,
    /// What the database is known to make of the expressions in `after`.
    pub(crate) spellings: &'a Spellings,
    /// What is to be renamed: see [`pending`](crate::rename::pending).
    pub(crate) renames: Renames,
    /// The server beside which a shadow is made. Without one nothing is normalized and nothing is proven.
    pub(crate) shadow: Option<&'a DatabaseUrl>,
    /// Whether the plan is proven there.
    pub(crate) verify: bool,
}

/// A plan, and what it rests on.
#[derive(Debug, Clone)]
pub(crate) struct Prepared {
    /// `after`, normalized.
    pub(crate) after: Schema,
    pub(crate) renames: Renames,
    pub(crate) changes: Vec<Change>,
    pub(crate) plan: Plan,
    /// What the database turned out to make of the expressions in `after`.
    pub(crate) spellings: Vec<Spelling>,
    /// Whether the plan was executed in a shadow and arrived.
    pub(crate) proven: bool,
}

/// Plans the way from one schema to another and, given a server, proves it there unless that is not wanted.
pub(crate) async fn prepare(request: Request<'_>) -> Result<Prepared, Error> {
    let Request { dialect, before, before_is_live, after, spellings: known, mut renames, shadow, verify } = request;
    let rules = dialect.rules();
    let settled = rules.under_defaults_of(before, after);
    let before = settled.as_ref().unwrap_or(before);
    if rules.capabilities().ignores_case {
        renames.respell(before, after);
    }

    // What the database does not rename is dropped and made again.
    renames.objects.retain(|to, _| rules.capabilities().renamed_kinds.contains(&to.kind));

    let printed = known.printed(after);
    let mut first_look = diff(before, &printed, &renames);
    rules.name_defaults(&mut first_look, before, after);
    let first_look = in_place(rules, first_look);
    if let Some(refused) = refused(dialect, &first_look) {
        return Err(refused.into());
    }

    if first_look.is_empty() {
        let plan = Plan { dialect, steps: vec![], checks: vec![] };
        let after = printed.into_owned();
        return Ok(Prepared { after, renames, changes: first_look, plan, spellings: vec![], proven: shadow.is_some() });
    }
    let Some(url) = shadow else {
        let plan = plan(dialect, &renames.applied_to(before), after, &first_look);
        let after = after.clone();
        return Ok(Prepared { after, renames, changes: first_look, plan, spellings: vec![], proven: false });
    };

    let in_doubt: BTreeSet<ObjectId> = first_look.iter().map(Change::object).collect();
    let old_names: BTreeSet<ObjectId> = in_doubt.iter().map(|id| old_id(id, &renames)).collect();
    let has = |kind| [before, after].into_iter().any(|schema| schema.objects.keys().any(|id| id.kind == kind));
    let selection = Selection {
        privileges: has(ObjectKind::Privileges),
        owners: has(ObjectKind::Owner),
        ..Selection::schema_only()
    };
    with_bench(url, selection, async |bench| {
        let given = after;
        let after = bench.normalize(given, &printed, &in_doubt).await?;
        bench.check_views(&after).await?;
        let before = if before_is_live { before.clone() } else { bench.normalize(before, before, &old_names).await? };
        let renamed = bench.rename(dialect, &before, &old_names, &renames).await?;
        let after = if before_is_live { bench.settle(&renamed, after, &in_doubt).await? } else { after };
        let spellings = spellings(given, &after, &in_doubt);
        let given = to_be_given(dialect, &spellings);
        let (renamed, wanted) = (given.printed(&renamed), given.printed(&after));
        let (renamed, wanted) = match rules.told_in_full(&renamed, &wanted) {
            Some((renamed, wanted)) => (Cow::Owned(renamed), Cow::Owned(wanted)),
            None => (renamed, wanted),
        };
        let mut changes = diff_renamed(&renamed, &wanted, &renames);
        rules.name_defaults(&mut changes, &before, &wanted);
        let changes = in_place(rules, changes);
        if let Some(refused) = refused_object(dialect, &before, &wanted, &changes) {
            return Err(refused.into());
        }
        let mut plan = plan(dialect, &renamed, &wanted, &changes);
        if verify && !changes.is_empty() {
            let mut touched = touched(&changes, &renamed);
            touched.extend(told_on_one_side(&before, &after, [&renamed, &wanted]));
            let not_online = bench.verify(&before, &after, &touched, &plan.statements(), false).await?;
            plan.lock(&not_online);
        }
        let proven = verify || changes.is_empty();
        Ok(Prepared { after, renames, changes, plan, spellings, proven })
    })
    .await
}

/// What is there, told in full, on both sides and is an object of its own on one of them; with the tables around it. By what
/// is told of them they may be equal, and still something is made of another.
fn told_on_one_side(before: &Schema, after: &Schema, told: [&Schema; 2]) -> BTreeSet<ObjectId> {
    let is_of_one = |id: &&ObjectId| {
        told.iter().all(|schema| schema.objects.contains_key(*id))
            && before.objects.contains_key(*id) != after.objects.contains_key(*id)
    };
    let mut found: BTreeSet<ObjectId> = told[0].objects.keys().filter(is_of_one).cloned().collect();
    if !found.is_empty() {
        let tables = told.into_iter().flat_map(|schema| schema.tables.values());
        let around = tables.filter(|table| table.depends_on.iter().any(|need| found.contains(&need.on)));
        let around: Vec<ObjectId> = around.map(|table| ObjectId::table(table.object_name())).collect();
        found.extend(around);
    }
    found
}

/// What to give the database for texts that it prints in another way, so that it prints them as they were read.
fn to_be_given(dialect: Dialect, spellings: &[Spelling]) -> Spellings {
    let given = spellings.iter().filter_map(|spelling| {
        let text = dialect.rules().printed_from(&spelling.given)?;
        Some(Spelling { given: spelling.printed.clone(), printed: text.into(), ..spelling.clone() })
    });
    given.collect::<Vec<_>>().iter().collect()
}

/// A shadow for several uses, one after the other: making one costs more than everything that is done in it.
struct Bench<'a> {
    url: &'a DatabaseUrl,
    shadow: Option<Shadow>,
    selection: Selection,
}

/// Lends a bench, and drops its shadow whatever comes of it.
async fn with_bench<T>(
    url: &DatabaseUrl,
    selection: Selection,
    work: impl AsyncFnOnce(&mut Bench<'_>) -> Result<T, Error>,
) -> Result<T, Error> {
    let mut bench = Bench { url, shadow: None, selection };
    let result = work(&mut bench).await;
    if let Some(shadow) = bench.shadow {
        // The error to tell is the one that came first.
        let closed = shadow.close().await;
        return result.and_then(|value| closed.map(|()| value));
    }
    result
}

impl Bench<'_> {
    /// As much of a schema as the shadow can have of those objects: where a foreign key may lead nowhere, also such ones.
    fn part(&self, schema: &Schema, ids: &BTreeSet<ObjectId>) -> Schema {
        let mut part = subset(schema, ids);
        if self.url.dialect().rules().capabilities().keys_lead_nowhere {
            for (name, table) in &mut part.tables {
                let given = schema.tables.get(name).into_iter().flat_map(|table| table.foreign_keys.iter());
                let is_left = |key: &&ForeignKey| ids.contains(&ObjectId::table(key.references.clone()));
                let led_nowhere = given.filter(|key| leads_nowhere(schema, key) && !is_left(key));
                table.foreign_keys.to_mut().extend(led_nowhere.cloned());
            }
        }
        part
    }

    /// The shadow with a schema in it and nothing else.
    async fn with(&mut self, start: &Schema) -> Result<&mut Shadow, Error> {
        let shadow = match self.shadow.take() {
            Some(used) => used.emptied(self.url).await?,
            None => Shadow::open(self.url).await?,
        };
        let shadow = self.shadow.insert(shadow);
        shadow.create(start).await?;
        Ok(shadow)
    }

    /// What statements make of a schema.
    async fn run(&mut self, start: &Schema, statements: &[Statement]) -> Result<Introspected, Error> {
        let selection = self.selection.clone();
        let shadow = self.with(start).await?;
        shadow.run_with_locks(statements).await?;
        shadow.introspect(&selection).await
    }

    /// A schema as the database prints it: what is in doubt as the shadow does, and the rest as in `printed`.
    ///
    /// What it printed it may print in another way once it is given that: PostgreSQL makes `state IN ('a')` of a `varchar`
    /// first `(state)::text = ANY ((ARRAY['a'::character varying])::text[])`, and of this
    /// `(state)::text = ANY (ARRAY[('a'::character varying)::text])`, which stays. A plan is made of what stays.
    async fn normalize(
        &mut self,
        schema: &Schema,
        printed: &Schema,
        in_doubt: &BTreeSet<ObjectId>,
    ) -> Result<Schema, Error> {
        let once = self.print(schema, printed, in_doubt).await?;
        if !self.url.dialect().rules().capabilities().prints_anew {
            return Ok(once);
        }
        let differs = |before: &Schema, after: &Schema| -> BTreeSet<ObjectId> {
            spellings(before, after, in_doubt).into_iter().map(|spelling| spelling.of).collect()
        };
        let unsure = differs(schema, &once);
        if unsure.is_empty() {
            return Ok(once);
        }
        let twice = self.print(&once, &once, &unsure).await?;
        let unsure = differs(&once, &twice);
        if unsure.is_empty() {
            return Ok(once);
        }
        let thrice = self.print(&twice, &twice, &unsure).await?;
        Ok(if differs(&twice, &thrice).is_empty() { twice } else { once })
    }

    /// What is wanted, with the live database's own text wherever that says the same: the database may have been given it
    /// in other words, which it then prints in another way.
    async fn settle(&mut self, live: &Schema, wanted: Schema, in_doubt: &BTreeSet<ObjectId>) -> Result<Schema, Error> {
        let differing = spellings(live, &wanted, in_doubt);
        if differing.is_empty() {
            return Ok(wanted);
        }
        let objects = differing.iter().map(|spelling| spelling.of.clone()).collect();
        let Some(stays) = self.printed_again(live, &objects).await else { return Ok(wanted) };
        let is_other: Vec<Spelling> = spellings(&stays, &wanted, &objects);
        let same = differing.into_iter().filter(|one| {
            let is_same_text = |other: &Spelling| (&other.of, &other.part) == (&one.of, &one.part);
            !is_other.iter().any(is_same_text)
        });
        let back: Vec<Spelling> = same.map(|one| Spelling { given: one.printed, printed: one.given, ..one }).collect();
        let back: Spellings = back.iter().collect();
        Ok(back.printed(&wanted).into_owned())
    }

    /// Whether two schemas that differ are the same once the database has printed both often enough.
    async fn is_same(&mut self, actual: &Schema, expected: &Schema, left: &[Change]) -> bool {
        let objects: BTreeSet<ObjectId> = left.iter().map(Change::object).collect();
        if spellings(actual, expected, &objects).is_empty() {
            return false;
        }
        let Some(actual) = self.printed_again(actual, &objects).await else { return false };
        let Some(expected) = self.printed_again(expected, &objects).await else { return false };
        diff(&actual, &expected, &Renames::default()).is_empty()
    }

    /// `None` where it cannot be made: a view that reads a column by a former name, where renames are not followed.
    async fn printed_again(&mut self, schema: &Schema, objects: &BTreeSet<ObjectId>) -> Option<Schema> {
        let printed = self.normalize(schema, schema, objects).await;
        if printed.is_err()
            && let Some(shadow) = self.shadow.take()
        {
            // Its transaction may be broken. That it could not be closed, shows when the next is opened.
            shadow.close().await.ok();
        }
        printed.ok()
    }

    async fn print(
        &mut self,
        schema: &Schema,
        printed: &Schema,
        in_doubt: &BTreeSet<ObjectId>,
    ) -> Result<Schema, Error> {
        let part = self.part(schema, &with_references(schema, in_doubt));
        let spelled = self.run(&part, &[]).await?.schema;
        let mut normalized = printed.clone();
        let is_in_doubt = |name: &&ObjectName| in_doubt.contains(&ObjectId::table((*name).clone()));
        for (name, table) in normalized.tables.iter_mut().filter(|(name, _)| is_in_doubt(name)) {
            if let Some(spelled) = spelled.tables.get(name) {
                let is_left_out = |key: &&ForeignKey| {
                    leads_nowhere(schema, key)
                        && !spelled.foreign_keys.iter().any(|made| made.references == key.references)
                };
                let left_out: Vec<ForeignKey> = table.foreign_keys.iter().filter(is_left_out).cloned().collect();
                *table = keep_declaration(table, spelled);
                table.foreign_keys.to_mut().extend(left_out);
            }
        }
        for (name, enum_type) in &mut normalized.enums {
            if let Some(spelled) = spelled.enums.get(name) {
                *enum_type = spelled.clone();
            }
        }
        for (name, view) in &mut normalized.views {
            if let Some(spelled) = spelled.views.get(name) {
                *view =
                    View { fields: view.fields.clone(), renamed_from: view.renamed_from.clone(), ..spelled.clone() };
            }
        }
        let declared_kinds = self.url.dialect().rules().capabilities().object_kinds;
        let is_declared = |id: &&ObjectId| in_doubt.contains(id) && declared_kinds.contains(&id.kind);
        if let Some(id) = part.objects.keys().filter(is_declared).find(|id| !spelled.objects.contains_key(*id)) {
            let is_new = |made: &&ObjectId| made.kind == id.kind && !part.objects.contains_key(*made);
            let mut made: Vec<&ObjectId> = spelled.objects.keys().filter(is_new).collect();
            if made.iter().any(|made| made.name == id.name) {
                made.retain(|made| made.name == id.name);
            }
            let made = made.into_iter().map(ToString::to_string).collect();
            return Err(Error::NotAsNamed { kind: id.kind.name(), name: id.to_string(), made });
        }
        // What was not put there, a shadow has in a way of its own.
        for (id, object) in normalized.objects.iter_mut().filter(|(id, _)| part.objects.contains_key(*id)) {
            if let Some(spelled) = spelled.objects.get(id) {
                *object = spelled.clone();
            }
        }
        Ok(normalized)
    }

    /// Whether the views that were just normalized can be read as their read models do.
    async fn check_views(&mut self, schema: &Schema) -> Result<(), Error> {
        match &mut self.shadow {
            Some(shadow) if schema.views.values().any(|view| !view.fields.is_empty()) => {
                view_columns::check(shadow.connection(), schema).await
            }
            _ => Ok(()),
        }
    }

    /// The schema after nothing but the renames, in the database's own spelling: only it can rename inside an
    /// expression.
    async fn rename(
        &mut self,
        dialect: Dialect,
        before: &Schema,
        in_doubt: &BTreeSet<ObjectId>,
        renames: &Renames,
    ) -> Result<Schema, Error> {
        let renamed = renames.applied_to(before).into_owned();
        if renames.is_empty() {
            return Ok(renamed);
        }
        let mut part = self.part(before, &with_references(before, in_doubt));
        if !dialect.rules().capabilities().renames_follow {
            // They would only be broken. As they are, they differ from what shall be, and are made again.
            part.views.clear();
            part.objects.retain(|id, _| id.table.is_none());
        }
        let target = renames.applied_to(&part);
        let only_renames = diff_renamed(&target, &target, renames);
        let steps = plan(dialect, &target, &target, &only_renames);
        let spelled = self.run(&part, &steps.statements()).await?.schema;
        let mut result = renamed;
        for (name, table) in &mut result.tables {
            if let Some(spelled) = spelled.tables.get(name) {
                // The shadow has only some of the tables, so some foreign keys are missing there.
                let foreign_keys = std::mem::take(table.foreign_keys.to_mut());
                *table = keep_declaration(table, spelled);
                table.foreign_keys = foreign_keys.into();
            }
        }
        for (name, view) in &mut result.views {
            if let Some(spelled) = spelled.views.get(name) {
                *view = spelled.clone();
            }
        }
        for (id, object) in result.objects.iter_mut().filter(|(id, _)| target.objects.contains_key(*id)) {
            if let Some(spelled) = spelled.objects.get(id) {
                *object = spelled.clone();
            }
        }
        Ok(result)
    }

    async fn verify(
        &mut self,
        before: &Schema,
        after: &Schema,
        touched: &BTreeSet<ObjectId>,
        statements: &[Statement],
        adopts: bool,
    ) -> Result<Vec<NotOnline>, Error> {
        let names: BTreeSet<ObjectId> =
            with_references(before, touched).union(&with_references(after, touched)).cloned().collect();
        let (selection, rules) = (self.selection.clone(), self.url.dialect().rules());
        let before = self.part(before, &names);
        let mut expected = self.part(after, &names);
        let shadow = self.with(&before).await?;
        let start = shadow.introspect(&selection).await?.schema;
        let start = rules.under_defaults_of(&start, after).unwrap_or(start);
        let not_online = shadow.run_with_locks(statements).await?;
        let arrived = shadow.introspect(&selection).await?.schema;
        let is_neighbour = |name: &ObjectName| !touched.contains(&ObjectId::table(name.clone()));
        for (name, table) in expected.tables.iter_mut().filter(|(name, _)| is_neighbour(name)) {
            // A neighbour must stay as it was; only what it refers to may have another name now.
            if let Some(same) = start.tables.get(name) {
                let foreign_keys = std::mem::take(table.foreign_keys.to_mut());
                *table = Table { foreign_keys: foreign_keys.into(), ..same.clone() };
            }
        }
        // What a shadow has by itself, like the live database's extensions.
        for (id, object) in start.objects.iter().filter(|(id, _)| !before.objects.contains_key(*id)) {
            expected.objects.entry(id.clone()).or_insert_with(|| object.clone());
        }
        if adopts {
            adopt(self.url.dialect(), &mut expected, &arrived, touched);
        }
        let left = diff(&arrived, &expected, &Renames::default());
        if left.is_empty() || self.is_same(&arrived, &expected, &left).await {
            return Ok(not_online);
        }
        Err(Error::NotProven(Box::new(NotProven {
            version: env!("CARGO_PKG_VERSION"),
            database: self.url.dialect().name(),
            plan: statements.iter().map(|statement| format!("{};\n", statement.sql)).collect(),
            left: describe(&left),
            before,
            expected,
            arrived,
        })))
    }
}

/// The objects in doubt as the database itself spells them. What only the model knows (former names, access) is kept.
pub(crate) async fn normalize(
    url: &DatabaseUrl,
    schema: &Schema,
    in_doubt: &BTreeSet<ObjectId>,
) -> Result<Schema, Error> {
    with_bench(url, Selection::schema_only(), async |bench| bench.normalize(schema, schema, in_doubt).await).await
}

/// Whether two schemas that differ are the same once the database has printed both often enough.
pub(crate) async fn is_same(
    url: &DatabaseUrl,
    actual: &Schema,
    expected: &Schema,
    left: &[Change],
) -> Result<bool, Error> {
    with_bench(url, Selection::schema_only(), async |bench| Ok(bench.is_same(actual, expected, left).await)).await
}

/// Executes statements that touch some objects in a shadow that stands where the database stands, and compares what
/// comes out. They may be somebody's own SQL: what `after` does not say is as they make it.
pub(crate) async fn verify(
    url: &DatabaseUrl,
    before: &Schema,
    after: &Schema,
    touched: &BTreeSet<ObjectId>,
    statements: &[Statement],
) -> Result<(), Error> {
    let not_online = with_bench(url, Selection::schema_only(), async |bench| {
        bench.verify(before, after, touched, statements, true).await
    })
    .await?;
    match not_online.into_iter().next() {
        None => Ok(()),
        Some(NotOnline { sql, source }) => Err(Error::Shadow { sql, source }),
    }
}

/// What statements make of a schema, as far as it is selected.
pub(crate) async fn run_in_shadow(
    url: &DatabaseUrl,
    start: &Schema,
    statements: &[Statement],
    selection: Selection,
) -> Result<Introspected, Error> {
    with_bench(url, selection, async |bench| bench.run(start, statements).await).await
}

fn keep_declaration(declared: &Table, spelled: &Table) -> Table {
    let mut table = spelled.clone();
    table.renamed_from = declared.renamed_from.clone();
    table.model = declared.model.clone();
    for column in table.columns.to_mut() {
        if let Some(declared) = declared.column(&column.name) {
            column.renamed_from = declared.renamed_from.clone();
            column.backfill = declared.backfill.clone();
            column.access = declared.access;
        }
    }
    table
}

/// What an object is known by before the renames.
fn old_id(id: &ObjectId, renames: &Renames) -> ObjectId {
    let old = |name: &ObjectName| renames.tables.get(name).unwrap_or(name).clone();
    match (id.kind, id.table_name()) {
        (ObjectKind::Table, _) => ObjectId::table(old(&id.name)),
        (kind, Some(table)) => {
            ObjectId { signature: id.signature.clone(), ..ObjectId::of_table(kind, id.name.name.clone(), &old(&table)) }
        }
        _ => renames.objects.get(id).unwrap_or(id).clone(),
    }
}

/// The objects that changes speak of, under the old and the new names, and what names one that gets another name, or a label
/// of it.
fn touched(changes: &[Change], renamed: &Schema) -> BTreeSet<ObjectId> {
    let named = changes.iter().filter_map(|change| match change {
        Change::RenameObject { to, .. } if to.kind != ObjectKind::View => Some(to.clone()),
        Change::RenameLabel { .. } => Some(change.object()),
        _ => None,
    });
    let named: BTreeSet<ObjectId> = named.collect();
    let users = Graph::of(renamed).dependents(&named, |_, need| named.contains(&need.on));
    let mut touched: BTreeSet<ObjectId> = changes
        .iter()
        .flat_map(|change| match change {
            Change::RenameTable { from, to } => vec![ObjectId::table(from.clone()), ObjectId::table(to.clone())],
            Change::RenameObject { from, to } => vec![from.clone(), to.clone()],
            change => vec![change.object()],
        })
        .collect();
    touched.extend(users);
    touched
}

/// The objects, what stands on them, what refers to them, or to tables that they are partitions of, and what they refer to, and
/// everything that all of these need.
pub(crate) fn with_references(schema: &Schema, ids: &BTreeSet<ObjectId>) -> BTreeSet<ObjectId> {
    let graph = Graph::of(schema);
    let mut all = ids.clone();
    all.extend(graph.dependents(ids, |_, _| true));
    let whole_of = |id: &ObjectId| match id.kind {
        ObjectKind::Table => schema.tables.get(&id.name)?.partition_of().cloned().map(ObjectId::table),
        _ => None,
    };
    let wholes: Vec<ObjectId> = all.iter().flat_map(|id| iter::successors(whole_of(id), whole_of)).collect();
    all.extend(wholes);
    let users = all.clone();
    for (name, table) in &schema.tables {
        let id = ObjectId::table(name.clone());
        for key in table.foreign_keys.iter() {
            let target = ObjectId::table(key.references.clone());
            if !schema.tables.contains_key(&key.references) {
                continue;
            }
            if users.contains(&id) {
                all.insert(target);
            } else if users.contains(&target) {
                all.insert(id.clone());
            }
        }
    }
    graph.with_needs(all)
}

/// Whether a foreign key refers to a table that the schema does not have.
pub(crate) fn leads_nowhere(schema: &Schema, key: &ForeignKey) -> bool {
    !schema.tables.contains_key(&key.references)
}

/// The objects of those ids, without the foreign keys that lead out of them, every enum, and what is said of the database
/// itself and of whatever is made in it.
pub(crate) fn subset(schema: &Schema, ids: &BTreeSet<ObjectId>) -> Schema {
    let mut part = Schema { enums: schema.enums.clone(), ..Schema::new() };
    for (_, table) in schema.tables.iter().filter(|(name, _)| ids.contains(&ObjectId::table((*name).clone()))) {
        let mut table = table.clone();
        table.foreign_keys.to_mut().retain(|key| ids.contains(&ObjectId::table(key.references.clone())));
        part.add_table(table);
    }
    for (_, view) in schema.views.iter().filter(|(name, _)| ids.contains(&ObjectId::view((*name).clone()))) {
        part.add_view(view.clone());
    }
    let is_of_part =
        |id: &ObjectId| ids.contains(id) || id.kind == ObjectKind::DatabaseDefault || is_default_privileges(id);
    for (_, object) in schema.objects.iter().filter(|(id, _)| is_of_part(id)) {
        part.add_object(object.clone());
    }
    part
}

/// One line a change, those of a table under it.
pub(crate) fn describe(changes: &[Change]) -> String {
    let mut lines = Vec::new();
    for change in changes {
        lines.push(change.to_string());
        if let Change::AlterTable(alteration) = change {
            lines.extend(alteration.changes.iter().map(|change| format!("  {change}")));
        }
    }
    lines.join("\n")
}
