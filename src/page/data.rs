//! What a page knows.
//!
//! In: a table, texts, points of history. Out: the blocks of the page. What each verdict says of an engine, and what
//! kind of change two verdicts make, is decided by [`crate::diff`] and written down as tables, so that the script of the
//! page decides nothing of it again. Nothing here knows how a page looks.

use super::counts::{self, Category, Point};
use super::html::Blocks;
use super::pack::{Pack, text};
use super::sources::Sources;
use super::table::{Answer, Distinct, Run, Table};
use crate::compare::Class;
use crate::diff::{self, Kind, Stand, failure, kind_of};
use serde_json::{Map, Value, json};

/// The words of outcomes, those first that are looked for.
const OUTCOMES: [&str; 10] = [
    "pass",
    "fail",
    "crash",
    "timeout",
    "error",
    "xpass",
    "blocked",
    "unsupported",
    "skip",
    "xfail",
];

/// The stands, in the order of the page's numbers.
const STANDS: [Stand; 3] = [Stand::Passed, Stand::Failed, Stand::NotJudged];

/// Puts a table and texts into blocks. `history` has points of earlier runs, besides those in the table.
pub fn blocks(table: &Table, sources: &Sources, history: &[Point]) -> Blocks {
    let mut strings = Strings::default();
    let mut pack = Pack::default();
    rows(table, sources, &mut strings, &mut pack);
    answers(table, &mut strings, &mut pack);
    for (n, run) in table.runs.iter().enumerate() {
        let rows = 0..table.rows.len();
        pack.column(&format!("run{n}"), rows.map(|row| run.answer(row).map_or(0, |at| at + 1)));
        pack.deltas(&format!("edited{n}"), run.edited.iter().copied());
        pack.deltas(&format!("absent{n}"), absent(table, run));
    }
    let mut object = words(table);
    let runs = table.runs.iter().map(|run| describe(table, run));
    object.insert("runs".into(), runs.collect());
    object.insert("history".into(), json!(counts::points(table, history)));
    object.insert("strings".into(), json!(strings.0.all()));
    let data = pack.finish(object);

    let mut pack = Pack::default();
    let lengths = sources.texts.iter().map(|text| text.len() as u32);
    pack.column("lengths", lengths);
    let mut block = pack.finish(Map::new());
    block.resize(block.len().next_multiple_of(4), 0);
    block.extend(sources.texts.iter().flat_map(|text| text.bytes()));
    Blocks { data: text(&data), sources: text(&block) }
}

/// The tests that a run has no verdict on, although it selected them and came to its end: those that are not there
/// any more, or not yet.
fn absent(table: &Table, run: &Run) -> Vec<u32> {
    if run.partial.is_some() {
        return Vec::new();
    }
    let is_absent = |at: &usize| {
        let row = &table.rows[*at];
        let selects = || {
            let (suite, _) = table.files.get(row.file);
            diff::selects(&run.header, suite, &row.id, table.needs(row))
        };
        run.answer(*at).is_none() && selects()
    };
    (0..table.rows.len()).filter(is_absent).map(|at| at as u32).collect()
}

/// Texts by position, from 1; 0 is no text.
#[derive(Default)]
struct Strings(Distinct<String>);

impl Strings {
    fn put(&mut self, text: Option<&str>) -> u32 {
        text.map_or(0, |text| self.0.put(text.to_owned()) + 1)
    }
}

fn rows(table: &Table, sources: &Sources, strings: &mut Strings, pack: &mut Pack) {
    let rows = &table.rows;
    let place = |row: usize| {
        let (suite, file) = table.files.get(rows[row].file);
        format!("{suite}/{file}")
    };
    pack.deltas("row.file", rows.iter().map(|row| row.file));
    pack.deltas("row.line", rows.iter().map(|row| row.line));
    pack.column("row.column", rows.iter().map(|row| row.column));
    pack.column("row.kind", rows.iter().map(|row| row.kind));
    pack.column("row.proposals", rows.iter().map(|row| row.proposals));
    pack.column("row.length", sources.lengths.iter().copied());
    let class = |class: Class| Class::ALL.iter().position(|other| *other == class);
    let classes = rows.iter().map(|row| row.class.and_then(class).map_or(0, |at| at as u32 + 1));
    pack.column("row.class", classes);
    // What a name has after the file, the line and the keyword. A name of another shape is kept whole.
    let (mut by_column, mut tails, mut whole) = (Vec::new(), Vec::new(), Vec::new());
    for (at, row) in rows.iter().enumerate() {
        let (with_column, tail) =
            match Shape::of(&row.id, &place(at), row.line, row.column, table.kinds.get(row.kind)) {
                Some(shape) => (shape.with_column, strings.put(shape.export)),
                None => {
                    whole.push(at as u32);
                    (false, strings.put(Some(&row.id)))
                }
            };
        by_column.push(u32::from(with_column));
        tails.push(tail);
    }
    pack.column("row.by_column", by_column);
    pack.column("row.export", tails);
    pack.deltas("whole", whole);
    pack.column("file.text", sources.of_file.iter().copied());
}

/// A name that is made of what is known of the test.
struct Shape<'a> {
    with_column: bool,
    export: Option<&'a str>,
}

impl<'a> Shape<'a> {
    fn of(id: &'a str, place: &str, line: u32, column: u32, kind: &str) -> Option<Shape<'a>> {
        let rest = id.strip_prefix(place)?.strip_prefix(&format!(":{line}"))?;
        let (with_column, rest) = match rest.strip_prefix(&format!(":{column}:")) {
            Some(rest) => (true, rest),
            None => (false, rest.strip_prefix(':')?),
        };
        match rest.strip_prefix(kind)? {
            "" => Some(Shape { with_column, export: None }),
            rest => Some(Shape { with_column, export: Some(rest.strip_prefix(':')?) }),
        }
    }
}

fn answers(table: &Table, strings: &mut Strings, pack: &mut Pack) {
    let answers = table.answers.all();
    let outcome = |answer: &Answer| OUTCOMES.iter().position(|word| *word == answer.outcome);
    pack.column(
        "answer.outcome",
        answers.iter().map(|it| outcome(it).unwrap_or(OUTCOMES.len()) as u32),
    );
    let stand =
        |answer: &Answer| STANDS.iter().position(|stand| *stand == diff::stand(&answer.outcome));
    pack.column("answer.stand", answers.iter().map(|answer| stand(answer).unwrap_or(0) as u32));
    // The page has the categories in the order of the type.
    pack.column("answer.category", answers.iter().map(|answer| Category::of(answer) as u32));
    pack.column("answer.text_parser", answers.iter().map(|answer| answer.text_parser.into()));
    type Field = (&'static str, fn(&Answer) -> &Option<String>);
    let fields: [Field; 8] = [
        ("class", |answer| &answer.class),
        ("blocked_by", |answer| &answer.blocked_by),
        ("feature", |answer| &answer.feature),
        ("message", |answer| &answer.message),
        ("expected", |answer| &answer.expected),
        ("actual", |answer| &answer.actual),
        ("weakened", |answer| &answer.weakened),
        ("revoked_by", |answer| &answer.revoked_by),
    ];
    for (name, field) in fields {
        let column = answers.iter().map(|answer| strings.put(field(answer).as_deref()));
        pack.column(&format!("answer.{name}"), column.collect::<Vec<_>>());
    }
    let mut failures: Distinct<(String, Option<String>)> = Distinct::default();
    let failure = |answer: &Answer| {
        let line = answer.line("");
        let (outcome, fingerprint) = failure(&line);
        failures.put((outcome.to_owned(), fingerprint))
    };
    pack.column("answer.failure", answers.iter().map(failure).collect::<Vec<_>>());
}

/// The words that the page knows, with what they mean.
fn words(table: &Table) -> Map<String, Value> {
    let kinds = |old: Stand| -> Value {
        let kind = |new| kind_of(old, new).map(|kind| Kind::ALL.iter().position(|it| *it == kind));
        STANDS.map(kind).to_vec().into_iter().map(|kind| json!(kind)).collect()
    };
    let new = [Kind::New, Kind::NewFailure, Kind::New]
        .map(|kind| Kind::ALL.iter().position(|it| *it == kind));
    let kind =
        |kind: &Kind| json!({ "word": kind.word(), "about": kind.about(), "red": kind.is_red() });
    let class = |class: &Class| json!({ "word": class.word(), "about": class.about() });
    let object = json!({
        "outcomes": OUTCOMES,
        "kinds": table.kinds.all(),
        "files": table.files.all(),
        "proposals": table.proposals.all(),
        "classes": Class::ALL.iter().map(class).collect::<Value>(),
        "changes": Kind::ALL.iter().map(kind).collect::<Value>(),
        "change_of": STANDS.map(kinds).to_vec(),
        "change_of_new": new,
        "vanished": Kind::ALL.iter().position(|kind| *kind == Kind::Vanished),
        "version": env!("CARGO_PKG_VERSION"),
    });
    match object {
        Value::Object(object) => object,
        _ => Map::new(),
    }
}

fn describe(table: &Table, run: &Run) -> Value {
    // The positions of runs that are known to be other than this one in what is compared.
    let others = |is_other: &dyn Fn(&Run) -> bool| -> Value {
        let others = table.runs.iter().enumerate().filter(|(_, other)| is_other(other));
        others.map(|(at, _)| json!(at)).collect()
    };
    let scripts = others(&|other| !diff::same_scripts(&run.header, &other.header));
    let harness = others(&|other| diff::other_harness(&run.header.harness, &other.header.harness));
    json!({
        "engine": run.header.engine,
        "started_by": run.header.flags,
        "harness": run.header.harness.as_ref().map(ToString::to_string),
        "suites": run.header.suites,
        "host": run.header.host,
        "started": run.header.started,
        "selection": run.header.selection,
        "selected": run.header.selected,
        "report": run.report,
        "partial": run.partial,
        "duration_ns": run.duration_ns,
        "flags": run.flags,
        "earlier_than": run.earlier_than,
        "other_scripts": scripts,
        "other_harness": harness,
        "causes": run.causes,
        "failures": run.failures,
    })
}

#[cfg(test)]
mod tests {
    use super::super::gather::Gatherer;
    use super::*;
    use crate::report::json::{Report, read};

    /// A report of these tests, of which the header has `more` and the last line is there or not.
    fn report(started: u32, tests: &[&str], more: Value, is_whole: bool) -> Report {
        let mut header = json!({
            "schema": "touchstone/1", "engine": { "name": "e", "version": "1", "features": [] }, "suites": [],
            "host": "h", "started": format!("2026-01-0{started}T02:00:00Z"), "selected": tests.len(),
        });
        for (name, value) in more.as_object().into_iter().flatten() {
            header[name] = value.clone();
        }
        let line = |test: &&str| {
            let (suite, line) = test.split_once(':').expect("a suite and a line");
            json!({
                "id": format!("{suite}/f.wast:{line}:invoke"), "suite": suite, "file": "f.wast", "column": 1,
                "line": line.parse::<u32>().expect("a number"), "kind": "invoke", "proposals": [],
                "hash": test, "outcome": "pass", "duration_ns": 1,
            })
        };
        let end = json!({
            "totals": { "pass": tests.len() }, "suites": {}, "proposals": {}, "duration_ns": 1,
        });
        let lines = tests.iter().map(line);
        let objects = std::iter::once(header).chain(lines).chain(is_whole.then_some(end));
        let text: String = objects.map(|object| format!("{object}\n")).collect();
        read(text.as_bytes()).expect("it is a report")
    }

    #[test]
    fn a_run_lacks_only_what_it_selected_and_reached() {
        let before = report(1, &["s:1", "s:2", "t:1"], json!({}), true);
        let of = |more: Value, is_whole: bool| -> Vec<String> {
            let now = report(2, &["s:1"], more, is_whole);
            let mut gatherer = Gatherer::default();
            let at = gatherer.add("now", &now).expect("it fits");
            gatherer.add_earlier("before", &before, at, &now).expect("it fits");
            let table = gatherer.finish();
            let absent = absent(&table, &table.runs[0]).into_iter();
            absent.map(|row| table.rows[row as usize].hash.clone()).collect()
        };
        assert_eq!(of(json!({}), true), ["s:2", "t:1"]);
        assert_eq!(of(json!({ "selection": { "suites": ["s"] } }), true), ["s:2"]);
        assert!(of(json!({}), false).is_empty(), "it was cut short");
        let shard = json!({ "number": 1, "of": 2, "tests": 3, "division": "d", "suites": ["s"] });
        assert!(of(json!({ "shard": shard }), true).is_empty());
    }

    #[test]
    fn what_a_run_does_not_say_makes_it_no_other_run() {
        let harness =
            |revision: Value| json!({ "harness": { "version": "1", "revision": revision } });
        let mut gatherer = Gatherer::default();
        let now = report(4, &["s:1"], harness(json!("a")), true);
        let at = gatherer.add("now", &now).expect("it fits");
        let elsewhere = json!({ "selection": { "paths": ["x"] } });
        let here = json!({ "selection": {} });
        for (n, more) in
            [harness(Value::Null), harness(json!("b")), elsewhere, here].iter().enumerate()
        {
            let earlier = report(5 + n as u32, &["s:1"], more.clone(), true);
            gatherer.add_earlier("before", &earlier, at, &now).expect("it fits");
        }
        let table = gatherer.finish();
        let described: Vec<Value> = table.runs.iter().map(|run| describe(&table, run)).collect();
        let others = |field: &str| -> Vec<Value> {
            described.iter().map(|run| run[field].clone()).collect()
        };
        let none = json!([]);
        let expected = [json!([2]), none.clone(), json!([0]), none.clone(), none.clone()];
        assert_eq!(others("other_harness"), expected);
        let expected = [none.clone(), none.clone(), none, json!([4]), json!([3])];
        assert_eq!(others("other_scripts"), expected);
    }
}
