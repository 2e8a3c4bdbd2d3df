//! Tests of `touchstone report`. How its page looks and behaves is tested in a browser: see `tools/browser`.

use super::{folder, is_refused, text, touchstone};
use serde_json::Value;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

const SCRIPT: &str = r#"(module (func (export "one") (result i32) (i32.const 1)))
(assert_return (invoke "one") (i32.const 1))
(assert_return (invoke "one") (i32.const 2))
(assert_trap (invoke "one") "unreachable")
"#;

/// A folder with a script, and a run of it.
struct Case(PathBuf);

impl Case {
    fn new(name: &str) -> Case {
        let case = Case(folder(name));
        fs::write(case.0.join("script.wast"), SCRIPT).expect("it can be written");
        let output = touchstone(&[
            "run",
            &case.path("script.wast"),
            "--json",
            &case.path("run"),
            "--format=terse",
        ]);
        assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
        case
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).to_str().expect("a name in UTF-8").to_owned()
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.join(name)).expect("it was written")
    }

    /// Makes another report of the first one.
    fn derive(&self, name: &str, edit: impl Fn(usize, &mut Value)) -> String {
        let lines = self.read("run");
        let edited = lines.lines().enumerate().map(|(at, line)| {
            let mut object: Value = serde_json::from_str(line).expect("it is JSON");
            edit(at, &mut object);
            object.to_string() + "\n"
        });
        let edited: String = edited.collect();
        fs::write(self.0.join(name), edited).expect("it can be written");
        self.path(name)
    }

    /// A report of another engine, which passes everything.
    fn other(&self, name: &str) -> String {
        self.derive(name, |at, object| {
            if at == 0 {
                object["engine"]["name"] = "other & <b>bold</b>".into();
            } else if object.get("outcome").is_some() {
                object["outcome"] = "pass".into();
                for field in ["message", "class", "actual", "expected", "fingerprint"] {
                    object.as_object_mut().expect("an object").remove(field);
                }
            }
        })
    }

    /// Makes a report for people, of which the last flag's value is a file in the folder.
    fn report(&self, arguments: &[&str], file: &str) -> String {
        let output = touchstone(&[&["report"], arguments, &[&self.path(file)]].concat());
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        self.read(file)
    }
}

#[test]
fn a_page_is_one_file_that_allows_itself_no_network() {
    let case = Case::new("report-page");
    let page = case.report(
        &[&case.path("run"), &case.other("other"), "--title", "</title><b>", "--html"],
        "page.html",
    );
    assert!(page.contains("<title>&lt;/title&gt;&lt;b&gt;</title>"));
    assert!(page.contains("default-src 'none'; script-src 'sha256-"));
    for way in ["http://", "https://", "<b>"] {
        let elsewhere = page.replace("http://www.w3.org/2000/svg", "");
        assert!(!elsewhere.contains(way), "{way}");
    }
    assert_eq!(page.matches("</script>").count(), 3);
    // What is there already stays, where the new one cannot be written.
    is_refused(
        &["report", &case.path("run"), "--html", &case.path("no/page.html")],
        &["cannot write", "no/page.html"],
    );
    let left = fs::read_dir(&case.0).expect("a folder").filter_map(Result::ok);
    assert!(
        !left.map(|entry| entry.file_name()).any(|name| name.to_string_lossy().contains("part"))
    );
}

#[test]
fn markdown_has_the_counts_and_how_engines_differ() {
    let case = Case::new("report-markdown");
    let summary =
        case.report(&[&case.path("run"), &case.other("other"), "--markdown"], "summary.md");
    assert!(summary.contains("| touchstone 0.1.0 | 3 | 2 | 0 | 0 | 0 | 5 |"), "{summary}");
    assert!(
        summary.contains("| other &amp; &lt;b&gt;bold&lt;/b&gt; 0.1.0 | 5 | 0 | 0 | 0 | 0 | 5 |"),
        "{summary}"
    );
    assert!(summary.contains("| WebAssembly 1.0 | 3 | 0 | 2 | 0 |"), "{summary}");
    assert!(summary.contains("* 2 one-alone: one engine fails, all others pass: "), "{summary}");
    assert!(summary.contains("### touchstone 0.1.0: 2 failures, 1 cause"), "{summary}");
    assert!(summary.contains("\ntouchstone 0.1.0: `--engine=touchstone`.\n"), "{summary}");
    let harness = touchstone::harness::Harness::this();
    assert!(summary.contains(&format!("\nJudged by touchstone {harness}.\n")), "{summary}");
}

#[test]
fn junit_is_as_the_schema_says() {
    let case = Case::new("report-junit");
    let partial = case.path("partial");
    let whole = case.read("run");
    let cut = whole.trim_end().rfind('\n').expect("several lines");
    fs::write(&partial, whole[..cut].replace("\"touchstone\",\"version\"", "\"cut\",\"version\""))
        .expect("it can be written");
    let document =
        case.report(&[&case.path("run"), &case.other("other"), &partial, "--junit"], "junit.xml");
    assert!(
        document.contains(r#"tests="16" skipped="0" failures="4" errors="1""#),
        "{}",
        &document[..400]
    );
    assert!(
        document.contains("the run came to its end")
            && document.contains("other &amp; &lt;b&gt;bold")
    );
    let schema = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/all/cli/junit.xsd");
    for made in [case.path("junit.xml"), run_with_junit(&case)] {
        match Command::new("xmllint").args(["--noout", "--schema", schema, &made]).output() {
            Ok(output) => assert!(output.status.success(), "{}", text(&output.stderr)),
            Err(error) => {
                eprintln!("NOT TESTED: JUnit against its schema, for lack of xmllint ({error})")
            }
        }
    }
}

/// The document that a run itself writes.
fn run_with_junit(case: &Case) -> String {
    let made = case.path("run.xml");
    let output =
        touchstone(&["run", &case.path("script.wast"), "--junit", &made, "--format=terse"]);
    assert_eq!(output.status.code(), Some(1));
    made
}

#[test]
fn a_badge_says_what_fails() {
    let case = Case::new("report-badge");
    let badge = case.report(&[&case.path("run"), "--badge"], "badge.svg");
    assert!(badge.contains("<title>wasm tests · touchstone 0.1.0: 2 fail</title>"), "{badge}");
    let badge = case.report(&[&case.other("other"), "--badge"], "badge.svg");
    assert!(badge.contains("other &amp; &lt;b&gt;bold&lt;/b&gt; 0.1.0: 5 pass</title>"), "{badge}");
    is_refused(
        &["report", &case.path("run"), &case.other("other"), "--badge", &case.path("x.svg")],
        &["`--badge` is about one run"],
    );
}

#[test]
fn features_are_rows_of_the_table() {
    let case = Case::new("report-features");
    let with_simd = |name: &str, outcome: &str, feature: Option<&str>| {
        case.derive(name, |at, object| {
            if at == 0 {
                object["engine"]["name"] = name.into();
            } else if object.get("outcome").is_some() {
                object["proposals"] = serde_json::json!(["simd"]);
                object["outcome"] = outcome.into();
                object["feature"] = feature.map_or(Value::Null, Into::into);
            }
        })
    };
    let (has, lacks) =
        (with_simd("has", "pass", None), with_simd("lacks", "unsupported", Some("simd")));
    let silent = with_simd("silent", "unsupported", Some("gc"));
    let rows = case.report(&[&has, &lacks, &silent, "--features-json"], "features.json");
    let rows: Value = serde_json::from_str(&rows).expect("it is JSON");
    let of = |engine: &str| rows["browsers"][engine]["features"].to_string();
    assert_eq!(of("has"), r#"{"simd":"0.1.0"}"#);
    assert_eq!(of("lacks"), r#"{"simd":false}"#);
    assert_eq!(of("silent"), "{}");

    // Only what was judged to its end is claimed.
    let blocked = case.derive("blocked", |at, object| {
        if at == 0 {
            object["engine"]["name"] = "blocked".into();
        } else if object.get("outcome").is_some() {
            let outcome = if at == 1 { "pass" } else { "blocked" };
            object["proposals"] = serde_json::json!(["simd"]);
            object["outcome"] = outcome.into();
        }
    });
    let lines: Vec<String> = case.read("has").lines().map(str::to_owned).collect();
    let tests = lines.len() - 2;
    let cut = lines[..2].join("\n").replace("\"has\"", "\"cut\"") + "\n";
    fs::write(case.path("cut"), cut).expect("it can be written");
    let narrow = case.derive("narrow", |at, object| {
        if at == 0 {
            object["engine"]["name"] = "narrow".into();
            object["selection"]["filters"] = serde_json::json!(["script"]);
        } else if object.get("outcome").is_some() {
            object["proposals"] = serde_json::json!(["simd"]);
            object["outcome"] = "pass".into();
        }
    });
    let rows =
        case.report(&[&blocked, &case.path("cut"), &narrow, "--features-json"], "features2.json");
    let rows: Value = serde_json::from_str(&rows).expect("it is JSON");
    let of = |engine: &str| rows["browsers"][engine]["features"]["simd"].clone();
    let note = format!("{} of {tests} tests were not judged", tests - 1);
    assert_eq!(of("blocked"), serde_json::json!(["0.1.0", note]));
    let note = "1 of 1 tests pass, but the run is partial";
    assert_eq!(of("cut"), serde_json::json!(["0.1.0", note]));
    let note = format!("{tests} of {tests} tests pass, but not all tests were selected");
    assert_eq!(of("narrow"), serde_json::json!(["0.1.0", note]));
}

#[test]
fn runs_that_do_not_fit_get_one_message() {
    let case = Case::new("report-unfit");
    let (run, page) = (case.path("run"), case.path("page.html"));
    let refused = |runs: &[&str], parts: &[&str]| {
        is_refused(&[&["report"], runs, &["--html", &page]].concat(), parts);
        assert!(!case.0.join("page.html").exists());
    };
    refused(&[], &["no run is given", "touchstone run --json"]);
    refused(&[&run, &run], &["it is the same run as `run`", "give each run once"]);
    let other = case.derive("other-corpus", |at, object| match at {
        0 => object["engine"]["name"] = "other".into(),
        2 => object["hash"] = "0123".into(),
        _ => {}
    });
    refused(
        &[&run, &other],
        &["other-corpus", "of another corpus than `run`: 1 tests", "--before"],
    );
    let newer = case.derive("newer", |at, object| {
        if at == 0 {
            object["schema"] = "touchstone/9".into();
            object["engine"] = "another form".into();
        }
    });
    refused(&[&newer], &["newer", "the form `touchstone/9`", "reads only `touchstone/1`"]);
    let (whole, lines) = (case.read("run"), case.read("run").lines().count());
    let made = |name: &str, content: &str| {
        fs::write(case.0.join(name), content).expect("it can be written");
        case.path(name)
    };
    refused(
        &[&made("mixed", &(whole.clone() + &whole))],
        &["mixed", &format!("line {lines} of the report")],
    );
    let twice = whole.replacen(".wast:2:", ".wast:3:", 1);
    refused(&[&made("twice", &twice)], &["two verdicts on", "mixed up"]);
    let header = whole.lines().next().expect("a header");
    refused(&[&made("header", &format!("{header}\n"))], &["it has no verdicts"]);
    refused(&[&made("empty", "")], &["not a report of touchstone"]);
    refused(&[&case.path("nothing")], &["nothing"]);
    refused(
        &[&run, "--before", &case.other("other")],
        &["an earlier run of `other & <b>bold</b>`"],
    );
    is_refused(&["report", &run], &["nothing is asked for", "--html FILE"]);
    is_refused(&["report", &run, "--html", &run], &["would overwrite it"]);
    is_refused(
        &["report", &run, "--html", &page, "--markdown", &page],
        &["`--html` and `--markdown`"],
    );
    assert_eq!(case.read("run"), whole);
}

#[test]
fn a_run_that_is_cut_is_shown_as_partial() {
    let case = Case::new("report-partial");
    let whole = case.read("run");
    let cut = case.path("cut");
    fs::write(&cut, &whole[..whole.trim_end().rfind("\"outcome\"").expect("several lines")])
        .expect("it can be written");
    let summary = case.report(&[&cut, "--markdown"], "summary.md");
    assert!(summary.contains("**partial**") && summary.contains("is cut off"), "{summary}");
    let page = case.report(&[&cut, "--html"], "page.html");
    assert!(page.starts_with("<!DOCTYPE html>"));
}

#[test]
fn standard_output_is_written_where_it_is_asked_for() {
    let case = Case::new("report-stdout");
    let output = touchstone(&["report", &case.path("run"), "--markdown", "-"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(text(&output.stdout).starts_with("| engine | passed |"));
}

/// What the page of a report knows, as its script reads it.
fn data(page: &str) -> Value {
    use base64::Engine as _;
    let block = page.split_once("id=\"data\">").and_then(|(_, rest)| rest.split_once("</script>"));
    let (block, _) = block.expect("a block of data");
    let packed = base64::engine::general_purpose::STANDARD.decode(block).expect("Base64");
    let mut bytes = Vec::new();
    std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(&packed[..]), &mut bytes)
        .expect("gzip");
    let length = u32::from_le_bytes(bytes[..4].try_into().expect("four bytes")) as usize;
    serde_json::from_slice(&bytes[4..4 + length]).expect("it is JSON")
}

#[test]
fn a_page_plots_what_a_history_has() {
    let case = Case::new("report-history");
    let earlier = |name: &str, day: u32, engine: &str| {
        case.derive(name, |at, object| {
            if at == 0 {
                object["started"] = format!("2026-01-{day:02}T02:00:00Z").into();
                object["engine"]["name"] = engine.into();
            }
        })
    };
    let runs = [
        earlier("one", 1, "touchstone"),
        earlier("two", 2, "touchstone"),
        earlier("x", 2, "another"),
    ];
    let (now, past) = (case.path("run"), case.path("history.sqlite"));
    let added =
        touchstone(&["history", "add", "--history", &past, &runs[0], &runs[1], &runs[2], &now]);
    assert_eq!(added.status.code(), Some(0), "{}", text(&added.stderr));
    let page = data(&case.report(&[&now, "--history", &past, "--html"], "page.html"));
    let run = &page["runs"][0];
    assert_eq!(run["started_by"], "--engine=touchstone");
    assert_eq!(run["harness"], touchstone::harness::Harness::this().to_string());
    let points = page["history"].as_array().expect("a list").iter();
    let points = points.map(|point| {
        (point["started"].as_str().unwrap_or_default().to_owned(), point["counts"]["fail"].clone())
    });
    let points: Vec<_> = points.collect();
    assert_eq!(points.len(), 3, "{points:?}");
    assert!(points.iter().all(|(_, failed)| *failed == 2), "{points:?}");
    assert_eq!(points[1].0, "2026-01-02T02:00:00Z");
    // The run itself is not there twice, and another one is not there at all.
    let unknown = touchstone(&[
        "report",
        &case.other("other"),
        "--history",
        &past,
        "--html",
        &case.path("page.html"),
    ]);
    assert!(
        unknown.status.success() && text(&unknown.stderr).contains("`other` is not in the history")
    );
    is_refused(
        &["report", &now, "--history", &case.path("none.sqlite"), "--html", &case.path("x.html")],
        &["none.sqlite"],
    );
}
