//! Spellings derived from a Rust name.

/// The words of a Rust name: `ScorProcess`, `scor_process` and `SCOR_PROCESS` are all `scor`, `process`.
fn words(name: &str) -> Vec<String> {
    let letters: Vec<char> = name.chars().collect();
    let mut words = vec![String::new()];
    for (at, &letter) in letters.iter().enumerate() {
        if letter == '_' || letter == '-' || letter == ' ' {
            words.push(String::new());
            continue;
        }
        let after_lower = at > 0 && (letters[at - 1].is_lowercase() || letters[at - 1].is_ascii_digit());
        let ends_acronym =
            at > 0 && letters[at - 1].is_uppercase() && letters.get(at + 1).is_some_and(|next| next.is_lowercase());
        if letter.is_uppercase() && (after_lower || ends_acronym) {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut() {
            word.push(letter);
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

fn join(name: &str, separator: &str, spell: impl Fn(&str) -> String) -> String {
    words(name).iter().map(|word| spell(word)).collect::<Vec<_>>().join(separator)
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// `ScorProcess` -> `scor_process`.
#[must_use]
pub fn snake_case(name: &str) -> String {
    join(name, "_", str::to_lowercase)
}

/// `ScorProcess` -> `SCOR_PROCESS`.
#[must_use]
pub fn screaming_snake_case(name: &str) -> String {
    join(name, "_", str::to_uppercase)
}

/// `scor_process` -> `scor-process`.
#[must_use]
pub fn kebab_case(name: &str) -> String {
    join(name, "-", str::to_lowercase)
}

/// `scor_process` -> `ScorProcess`.
#[must_use]
pub fn pascal_case(name: &str) -> String {
    join(name, "", |word| capital(&word.to_lowercase()))
}

/// `scor_process` -> `scorProcess`.
#[must_use]
pub fn camel_case(name: &str) -> String {
    let pascal = pascal_case(name);
    let mut letters = pascal.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// `ScorProcess` -> `Scor Process`, `HTTPServer` -> `HTTP Server`.
#[must_use]
pub fn title(name: &str) -> String {
    join(name, " ", capital)
}

/// `ScorProcess` -> `scor_processes`, a table's usual name.
#[must_use]
pub fn table_name(class: &str) -> String {
    let name = snake_case(class);
    let consonant_before_y = name.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'i', 'o', 'u']));
    if let Some(stem) = consonant_before_y {
        format!("{stem}ies")
    } else if ["s", "x", "z", "ch", "sh"].iter().any(|end| name.ends_with(end)) {
        format!("{name}es")
    } else {
        format!("{name}s")
    }
}

/// `, did you mean "length"?` where one of the candidates is close to what was written, else nothing.
#[must_use]
pub fn did_you_mean<'a>(written: &str, candidates: impl IntoIterator<Item = &'a str>) -> String {
    closest(written, candidates).map_or_else(String::new, |candidate| format!(", did you mean `{candidate}`?"))
}

fn closest<'a>(written: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    candidates
        .into_iter()
        .map(|candidate| (candidate, strsim::jaro_winkler(written, candidate)))
        .filter(|(_, likeness)| *likeness > 0.8)
        .max_by(|left, right| left.1.total_cmp(&right.1))
        .map(|(candidate, _)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_break_at_capitals_and_acronyms() {
        assert_eq!(snake_case("ScorProcess"), "scor_process");
        assert_eq!(snake_case("HTTPServer"), "http_server");
        assert_eq!(snake_case("Level2Metric"), "level2_metric");
        assert_eq!(title("ScorProcess"), "Scor Process");
        assert_eq!(title("HTTPServer"), "HTTP Server");
        assert_eq!(pascal_case("process_code"), "ProcessCode");
        assert_eq!(camel_case("process_code"), "processCode");
        assert_eq!(kebab_case("InProgress"), "in-progress");
        assert_eq!(screaming_snake_case("ScorProcess"), "SCOR_PROCESS");
    }

    #[test]
    fn tables_are_plural() {
        assert_eq!(table_name("ScorProcess"), "scor_processes");
        assert_eq!(table_name("Category"), "categories");
        assert_eq!(table_name("Day"), "days");
        assert_eq!(table_name("Branch"), "branches");
    }

    #[test]
    fn suggestions_are_close_ones_only() {
        assert_eq!(did_you_mean("lenght", ["length", "text"]), ", did you mean `length`?");
        assert_eq!(did_you_mean("zebra", ["length", "text"]), "");
    }
}
