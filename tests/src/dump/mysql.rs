//! `SHOW CREATE` of everything.

use super::Dump;
use crate::sql;

/// One kind of object: what lists the names, and which columns of its `SHOW CREATE` count.
struct Kind {
    name: &'static str,
    list: &'static str,
    columns: &'static [usize],
}

/// The SQL mode that a body was stored in is a part of it: it says what `||` and `"` mean there.
const KINDS: &[Kind] = &[
    Kind {
        name: "TABLE",
        list: "SELECT table_name FROM information_schema.tables
               WHERE table_schema = DATABASE() AND table_type NOT IN ('VIEW', 'SEQUENCE')",
        columns: &[1],
    },
    Kind {
        name: "SEQUENCE",
        list: "SELECT table_name FROM information_schema.tables
               WHERE table_schema = DATABASE() AND table_type = 'SEQUENCE'",
        columns: &[1],
    },
    Kind {
        name: "VIEW",
        list: "SELECT table_name FROM information_schema.tables
               WHERE table_schema = DATABASE() AND table_type = 'VIEW'",
        columns: &[1],
    },
    Kind {
        name: "TRIGGER",
        list: "SELECT trigger_name FROM information_schema.triggers WHERE trigger_schema = DATABASE()",
        columns: &[1, 2],
    },
    Kind {
        name: "FUNCTION",
        list: "SELECT routine_name FROM information_schema.routines
               WHERE routine_schema = DATABASE() AND routine_type = 'FUNCTION'",
        columns: &[1, 2],
    },
    Kind {
        name: "PROCEDURE",
        list: "SELECT routine_name FROM information_schema.routines
               WHERE routine_schema = DATABASE() AND routine_type = 'PROCEDURE'",
        columns: &[1, 2],
    },
    Kind {
        name: "PACKAGE",
        list: "SELECT routine_name FROM information_schema.routines
               WHERE routine_schema = DATABASE() AND routine_type = 'PACKAGE'",
        columns: &[1, 2],
    },
    Kind {
        name: "PACKAGE BODY",
        list: "SELECT routine_name FROM information_schema.routines
               WHERE routine_schema = DATABASE() AND routine_type = 'PACKAGE BODY'",
        columns: &[1, 2],
    },
    Kind {
        name: "EVENT",
        list: "SELECT event_name FROM information_schema.events WHERE event_schema = DATABASE()",
        columns: &[1, 2, 3],
    },
];

pub(super) fn dump(url: &str, database: &str) -> Result<Dump, String> {
    let mut dump = Dump::default();
    for kind in KINDS {
        let names: Vec<String> = query(url, &[kind.list.to_owned()])?.into_iter().flatten().flatten().collect();
        let show = |name: &String| format!("SHOW CREATE {} `{}`", kind.name, name.replace('`', "``"));
        let shown = query(url, &names.iter().map(show).collect::<Vec<_>>())?;
        for (name, row) in names.iter().zip(shown) {
            let texts = kind.columns.iter().map(|&at| row.get(at).cloned().flatten().unwrap_or_default());
            let text = clean(&texts.collect::<Vec<_>>().join("\n"), database);
            let text = if kind.name == "TABLE" { table(&text) } else { text };
            dump.add(format!("{} {name}", kind.name), &text);
        }
    }
    without_implied_starts(url, &mut dump)?;
    // `SHOW CREATE TRIGGER` does not tell which of a table's triggers fires first.
    let order = "SELECT trigger_name, CONCAT('fires as number ', action_order, ' of its kind')
                 FROM information_schema.triggers WHERE trigger_schema = DATABASE()";
    for row in query(url, &[order.to_owned()])? {
        if let [Some(name), Some(order)] = row.as_slice() {
            dump.add(format!("TRIGGER {name}"), order);
        }
    }
    let of_database = "SELECT CONCAT(default_character_set_name, ' ', default_collation_name)
                       FROM information_schema.schemata WHERE schema_name = DATABASE()";
    for text in query(url, &[of_database.to_owned()])?.into_iter().flatten().flatten() {
        dump.add("DATABASE itself".to_owned(), &text);
    }
    Ok(dump)
}

/// An event that is to begin at once begins in the second in which it is made.
fn without_implied_starts(url: &str, dump: &mut Dump) -> Result<(), String> {
    let implied = "SELECT event_name FROM information_schema.events WHERE event_schema = DATABASE()
                   AND LEAST(ABS(TIMESTAMPDIFF(SECOND, created, CONVERT_TZ(starts, time_zone, @@time_zone))), ABS(TIMESTAMPDIFF(SECOND, last_altered, CONVERT_TZ(starts, time_zone, @@time_zone)))) <= 2";
    for name in query(url, &[implied.to_owned()])?.into_iter().flatten().flatten() {
        if let Some(text) = dump.objects.get_mut(&format!("EVENT {name}")) {
            *text = without(text, " STARTS '", |rest| rest.find('\'').map(|end| end + 1));
        }
    }
    Ok(())
}

fn query(url: &str, statements: &[String]) -> Result<sql::Rows, String> {
    sql::query(url, statements).map_err(|error| error.to_string())
}

/// Without the name of the database, the numbers that the rows have come to, and the names of owners.
fn clean(text: &str, database: &str) -> String {
    let text = text.replace(&format!("`{database}`."), "");
    without(&without(&text, " DEFINER=", |rest| rest.find(' ')), " AUTO_INCREMENT=", |rest| {
        rest.find(|c: char| !c.is_ascii_digit())
    })
}

/// Takes out each `mark` with what follows it, up to where `end` says.
fn without(text: &str, mark: &str, end: impl Fn(&str) -> Option<usize>) -> String {
    let mut parts = text.split(mark);
    let mut kept = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        kept.push_str(&part[end(part).unwrap_or(part.len())..]);
    }
    kept
}

/// The lines of a table, columns and keys sorted. What comes after them (options, partitions) stays as it is.
fn table(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let end = lines.iter().rposition(|line| line.starts_with(") ")).unwrap_or(lines.len().saturating_sub(1));
    let inner = lines.get(1..end).unwrap_or_default();
    let mut parts: Vec<String> = inner.iter().map(|line| line.trim().trim_end_matches(',').to_owned()).collect();
    // There is no other kind there, and the server prints what was written.
    if lines[end..].iter().any(|line| line.contains("ENGINE=InnoDB")) {
        parts.iter_mut().for_each(|part| *part = part.replace(" USING BTREE", ""));
    }
    parts.sort();
    parts.extend(lines[end..].iter().map(|line| (*line).to_owned()));
    parts.join("\n")
}

#[cfg(test)]
mod tests {
    use super::{clean, table};

    #[test]
    fn what_is_no_part_of_the_schema_is_taken_out() {
        let text = "CREATE DEFINER=`root`@`localhost` VIEW `v` AS select `db`.`t`.`a` from `db`.`t`";
        assert_eq!(clean(text, "db"), "CREATE VIEW `v` AS select `t`.`a` from `t`");
        assert_eq!(clean(") ENGINE=InnoDB AUTO_INCREMENT=12 DEFAULT", "db"), ") ENGINE=InnoDB DEFAULT");
    }

    #[test]
    fn the_parts_of_a_table_are_sorted() {
        let text =
            "CREATE TABLE `t` (\n  `b` int(11),\n  `a` int(11),\n  KEY `a` (`a`)\n) ENGINE=InnoDB\n PARTITION BY x";
        assert_eq!(table(text), "KEY `a` (`a`)\n`a` int(11)\n`b` int(11)\n) ENGINE=InnoDB\n PARTITION BY x");
    }
}
