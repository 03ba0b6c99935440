#!/bin/sh
# Runs the independent judge on every case of the folder beside the repository, and writes what came of it into
# docs/conformance.md.
#
#   scripts/conformance.sh                          everything: all cases, rows in every table, real schemas
#   scripts/conformance.sh --sample 50              at most so many cases of each suite
#   scripts/conformance.sh --dialect sqlite         one database
#   scripts/conformance.sh --report                 only writes the table, of the results that are there
#
# The folder is CQRS_SHARED_DIR, or `shared` beside the repository; it has `replay/replay.py` with the judge, `cases` and
# `real`. Without it nothing is run. Results are kept in target/conformance, and a run that is started again goes on where
# it stopped: delete the folder to begin anew. CQRS_BIN is the binary; unless it is set, it is built.
set -eu
cd "$(dirname "$0")/.."

say() {
    echo "conformance.sh: $*" >&2
}

report_only=
dialects="sqlite mysql postgres"
arguments=
while [ $# -gt 0 ]; do
    case $1 in
        --report) report_only=1 ;;
        --dialect) dialects=$2; shift ;;
        --sample) arguments="$arguments --sample $2"; shift ;;
        *) say "unknown argument \`$1\`: see the beginning of the file"; exit 2 ;;
    esac
    shift
done

shared=${CQRS_SHARED_DIR:-}
for folder in ../shared ../../shared; do
    if [ -z "$shared" ] && [ -d "$folder/replay" ]; then shared=$folder; fi
done
if [ -z "$shared" ] || [ ! -f "$shared/replay/replay.py" ]; then
    say "NOT RUN: there is no folder \`shared\` beside the repository, and CQRS_SHARED_DIR names no other"
    exit 3
fi

results=$PWD/target/conformance
mkdir -p "$results"
if [ -z "$report_only" ]; then
    if [ -z "${CQRS_BIN:-}" ]; then
        cargo build --workspace --all-features --bins >&2
        CQRS_BIN=${CARGO_TARGET_DIR:-$PWD/target}/debug/cqrs
    fi
    export CQRS_BIN PYTHONDONTWRITEBYTECODE=1
    for dialect in $dialects; do
        judge() {
            what=$1
            shift
            # shellcheck disable=SC2086 # one word for each argument
            python3 "$shared/replay/replay.py" "$@" --engine cqrs --dialect "$dialect" --out "$results/$what.$dialect.jsonl" >&2
        }
        # shellcheck disable=SC2086
        judge cases cases $arguments
        # shellcheck disable=SC2086
        judge rows cases --populate $arguments
        judge real real --from-empty
    done
fi
python3 scripts/conformance_table.py "$results" "$shared/cases" docs/conformance.md
