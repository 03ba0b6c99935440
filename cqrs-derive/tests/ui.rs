//! What the compiler says of models that are wrong. Each `.stderr` is what a developer reads.

#[test]
fn models() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/ui/models/*.rs");
}

#[test]
fn read_models() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/ui/read_model/*.rs");
}

#[test]
fn sql_objects() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/ui/sql_object/*.rs");
}

#[test]
fn handles() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/ui/handles/*.rs");
}
