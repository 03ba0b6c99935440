"""Writes what the judge found into docs/conformance.md, between its marks: conformance_table.py RESULTS CASES DOCUMENT."""
import collections
import json
import sys
from pathlib import Path

DATABASES = {"sqlite": "SQLite", "mysql": "MariaDB", "postgres": "PostgreSQL"}
BAD = ("missed", "wrong", "failed", "false_diff", "crash", "timeout")
BEGIN, END = "<!-- made by scripts/conformance.sh: begin -->", "<!-- made by scripts/conformance.sh: end -->"


def records(path):
    """The last record of each case."""
    last = {}
    for line in path.read_text().splitlines():
        record = json.loads(line)
        if record["class"] != "unusable":
            last[record["suite"], record["name"]] = record
    return list(last.values())


def sizes(cases):
    """How many cases each suite has of each database."""
    count = collections.Counter()
    for path in cases.glob("*.jsonl"):
        for line in path.read_text().splitlines():
            case = json.loads(line)
            count[DATABASES[case["dialect"]], case["suite"]] += 1
    return count


def table(groups, size):
    lines = ["| database | suite | cases | judged | exact | | nothing left to do after it | refused | missed, wrong, failed, false, crashed |",
             "|---|---|---|---|---|---|---|---|---|"]
    for (database, suite), found in groups:
        count = collections.Counter(record["class"] for record in found)
        idempotent = sum(record["class"] == "exact" and bool(record.get("idempotent")) for record in found)
        share = 100 * count["exact"] / len(found)
        bad = sum(count[name] for name in BAD)
        cases = size.get((database, suite), len(found))
        lines.append(f"| {database} | {suite} | {cases} | {len(found)} | {count['exact']} | {share:.1f} % | {idempotent} | {count['refused']} | {bad} |")
    return lines


def main():
    results, cases, document = map(Path, sys.argv[1:])
    groups, rest, rows = [], [], []
    for what in ("cases", "real", "rows"):
        for dialect, database in DATABASES.items():
            path = results / f"{what}.{dialect}.jsonl"
            if not path.exists():
                continue
            found = records(path)
            if what == "rows":
                lost = [record for record in found if record.get("lost")]
                stopped = [record for record in found if record["class"] == "failed"]
                silent = [record for record in stopped if not any(code.startswith(("FAIL", "DATA")) for code in record.get("hazards") or [])]
                inserted = sum(record.get("rows") or 0 for record in found)
                rows.append(f"| {database} | {len(found)} | {inserted} | {len(stopped) - len(silent)} | {len(silent)} | {len(lost)} |")
                rest += [f"- {database}, `{record['suite']}/{record['name']}`: stopped by rows without a hazard: {record['error']}" for record in silent]
                rest += [f"- {database}, `{record['suite']}/{record['name']}`: {'; '.join(record['lost'])}" for record in lost]
                continue
            for suite in sorted({record["suite"] for record in found}):
                groups.append(((database, suite), [record for record in found if record["suite"] == suite]))
            for record in found:
                if record["class"] != "exact" or not record.get("idempotent"):
                    why = " ".join((record.get("error") or "; ".join(record.get("diff") or [])).split())[:300]
                    kind = record["class"] if record["class"] != "exact" else "not done at once"
                    rest.append(f"- {database}, `{record['suite']}/{record['name']}`: {kind}: {why}")
    lines = table(groups, sizes(cases))
    if rows:
        lines += ["", "| database, with two rows in each table | judged | rows in those that went through | stopped by the rows, as a hazard had said | stopped by them without a hazard | rows or values lost or changed |", "|---|---|---|---|---|---|", *rows]
    lines += ["", "Everything that is not exact, or told:", "", *(rest or ["- nothing"])]
    text = document.read_text()
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    document.write_text("\n".join([before + BEGIN, *lines, END]) + after)


main()
