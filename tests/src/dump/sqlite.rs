//! SQLite's catalog: what the pragmas tell of a table, and of its `CREATE` text what only that says.

mod text;

use std::collections::BTreeMap;

use super::Dump;
use crate::sql;

/// What there is, in the words of the pragmas: name of the table, line, default value. Upper and lower
/// case count in names alone.
/// <https://www.sqlite.org/pragma.html>
const TABLES: &str = "
    SELECT t.name, printf('column %s: %s notnull=%d pk=%d hidden=%d', x.name, lower(x.type), x.\"notnull\", x.pk, x.hidden),
        x.dflt_value
    FROM sqlite_schema t JOIN pragma_table_xinfo(t.name) x
    WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
    UNION ALL
    SELECT t.name, printf('index %s unique=%d partial=%d', iif(i.origin = 'c', i.name, i.origin), i.\"unique\", i.partial)
        || (SELECT group_concat(printf(' %s desc=%d %s', coalesce(k.name, '-'), k.desc, lower(k.coll)), ',')
            FROM (SELECT * FROM pragma_index_xinfo(i.name) WHERE key ORDER BY seqno) k), NULL
    FROM sqlite_schema t JOIN pragma_index_list(t.name) i
    WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
    UNION ALL
    SELECT t.name, printf('foreign key to %s on update %s on delete %s match %s:', lower(f.\"table\"), f.on_update,
            f.on_delete, f.match)
        || group_concat(printf(' %s -> %s', lower(f.\"from\"), lower(coalesce(f.\"to\", '-'))), ','), NULL
    FROM sqlite_schema t JOIN pragma_foreign_key_list(t.name) f
    WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
    GROUP BY t.name, f.id";

const TEXTS: &str = "
    SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'";

pub(super) fn dump(url: &str) -> Result<Dump, String> {
    let query = |text: &str| sql::query(url, &[text.to_owned()]).map_err(|error| error.to_string());
    let mut tables: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in query(TABLES)? {
        if let [Some(table), Some(line), default] = row.as_slice() {
            let default = default.as_ref().map(|sql| format!(" default={}", text::normalized(sql)));
            tables.entry(table.clone()).or_default().push(format!("{line}{}", default.unwrap_or_default()));
        }
    }
    let mut dump = Dump::default();
    for row in query(TEXTS)? {
        let [Some(kind), Some(name), Some(table), Some(text)] = row.as_slice() else { continue };
        if kind == "table" {
            let lines = tables.entry(name.clone()).or_default();
            lines.extend(text::facts_of_table(text));
            lines.sort();
            dump.add(format!("TABLE {name}"), &lines.join("\n"));
        } else {
            let place = if kind == "view" { String::new() } else { format!("on {table}\n") };
            dump.add(format!("{} {name}", kind.to_uppercase()), &format!("{place}{}", text::normalized(text)));
        }
    }
    Ok(dump)
}
