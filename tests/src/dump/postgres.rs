//! `pg_dump --schema-only`, cut into objects.

use std::process::Command;

use super::Dump;
use crate::{programs, sql};

pub(super) fn dump(url: &str, privileges: bool) -> Result<Dump, String> {
    let text = pg_dump(url, privileges)?;
    let mut dump = cut(&text);
    // `pg_dump` leaves it to the server which version of an extension is made.
    for row in rows(url, "SELECT extname, extversion FROM pg_extension")? {
        if let [Some(name), Some(version)] = row.as_slice() {
            dump.add(format!("EXTENSION {name}"), &format!("version {version}"));
        }
    }
    Ok(dump)
}

/// The major version.
pub(crate) fn server_version(url: &str) -> Result<u32, String> {
    let rows = rows(url, "SELECT current_setting('server_version_num')::int / 10000")?;
    rows.into_iter().flatten().flatten().next().and_then(|text| text.parse().ok()).ok_or("no version".to_owned())
}

fn rows(url: &str, query: &str) -> Result<sql::Rows, String> {
    sql::query(url, &[query.to_owned()]).map_err(|error| format!("{query}: {error}"))
}

pub(super) fn pg_dump(url: &str, privileges: bool) -> Result<String, String> {
    let program = programs::postgres_client("pg_dump", server_version(url)?)?;
    let mut command = Command::new(&program);
    command.args(["--schema-only", "--no-owner", "--encoding=UTF8", "--dbname", url]);
    if !privileges {
        command.arg("--no-privileges");
    }
    let output = command.output().map_err(|error| format!("{}: {error}", program.display()))?;
    if !output.status.success() {
        return Err(format!("{}: {}", program.display(), String::from_utf8_lossy(&output.stderr)));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// An object begins at `-- Name: orders; Type: TABLE; Schema: public; Owner: -`.
fn cut(text: &str) -> Dump {
    let mut objects: Vec<(String, bool, Vec<String>)> = Vec::new();
    for line in text.lines() {
        if let Some((title, sorted)) = title(line) {
            objects.push((title, sorted, Vec::new()));
        } else if let Some((_, _, body)) = objects.last_mut()
            && !is_noise(line)
        {
            body.push(with_sorted_parameters(line.trim_end()));
        }
    }
    let mut dump = Dump::default();
    for (title, sorted, mut body) in objects {
        if sorted {
            body.iter_mut().for_each(|line| line.truncate(line.trim_end_matches(',').len()));
            body.retain(|line| !line.is_empty());
            body.sort_unstable();
        }
        dump.add(title, body.join("\n").trim());
    }
    dump
}

/// Storage parameters stand in the order in which they were set, which means nothing.
fn with_sorted_parameters(line: &str) -> String {
    let sorted = || {
        let open = line.find("WITH (")? + "WITH (".len();
        let close = open + line[open..].find(')')?;
        let mut parameters: Vec<&str> = line[open..close].split(", ").collect();
        parameters.sort_unstable();
        Some(format!("{}{}{}", &line[..open], parameters.join(", "), &line[close..]))
    };
    sorted().unwrap_or_else(|| line.to_owned())
}

/// The title that a line gives, and whether the lines of the object have an order that counts.
fn title(line: &str) -> Option<(String, bool)> {
    let (name, rest) = line.strip_prefix("-- Name: ")?.rsplit_once("; Type: ")?;
    let (kind, rest) = rest.split_once("; Schema: ")?;
    let (schema, _) = rest.split_once("; Owner:")?;
    let sorted = matches!(kind, "TABLE" | "FOREIGN TABLE" | "ACL" | "DEFAULT ACL");
    Some((if schema == "-" { format!("{kind} {name}") } else { format!("{kind} {schema}.{name}") }, sorted))
}

/// What `pg_dump` sets for the statements that follow, whatever object they make, and the marks around comments.
fn is_noise(line: &str) -> bool {
    let settings = ["SET default_tablespace = ", "SET default_table_access_method = ", "\\restrict ", "\\unrestrict "];
    line == "--" || line.starts_with("-- PostgreSQL database dump") || settings.iter().any(|s| line.starts_with(s))
}

#[cfg(test)]
mod tests {
    use super::{cut, with_sorted_parameters};

    #[test]
    fn the_order_of_storage_parameters_does_not_count() {
        let line = "CREATE INDEX i ON t USING btree (a) WITH (fillfactor='50', deduplicate_items=off) WHERE (b)";
        let sorted = "CREATE INDEX i ON t USING btree (a) WITH (deduplicate_items=off, fillfactor='50') WHERE (b)";
        assert_eq!(with_sorted_parameters(line), sorted);
        assert_eq!(with_sorted_parameters("WITH (a"), "WITH (a");
    }

    #[test]
    fn a_dump_is_cut_into_objects() {
        let dump = cut("SET x = 1;\n--\n-- Name: t; Type: TABLE; Schema: public; Owner: -\n--\n\n\
            SET default_tablespace = '';\n\nCREATE TABLE public.t (\n    b integer,\n    a integer\n);\n\n\n\
            --\n-- Name: TABLE t; Type: COMMENT; Schema: public; Owner: -\n--\n\nCOMMENT ON TABLE public.t IS 'x';\n\n\n");
        let same = cut("--\n-- Name: TABLE t; Type: COMMENT; Schema: public; Owner: -\n--\n\n\
            COMMENT ON TABLE public.t IS 'x';\n\n--\n-- Name: t; Type: TABLE; Schema: public; Owner: -\n--\n\
            CREATE TABLE public.t (\n    a integer,\n    b integer\n);\n");
        assert_eq!(dump, same);
        assert_eq!(dump.count("TABLE"), 1);
    }
}
