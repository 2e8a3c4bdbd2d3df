//! Tests that no command overwrites what it reads, or one of its outputs with another, however their paths are written.

use super::{folder, is_refused, text, touchstone};
use std::fs;
use std::os::unix::fs::symlink;
use std::path::PathBuf;

/// A script that passes but for its last directive.
const SCRIPT: &str = r#"(module (func (export "one") (result i32) (i32.const 1)))
(assert_return (invoke "one") (i32.const 1))
(assert_return (invoke "one") (i32.const 2))
"#;

/// A folder with a script, the report of its run, and several names for both.
struct Case(PathBuf);

impl Case {
    fn new(name: &str) -> Case {
        let case = Case(folder(name));
        fs::write(case.0.join("t.wast"), SCRIPT).expect("it can be written");
        let run = ["run", "--quiet", &case.path("t.wast"), "--json", &case.path("r.jsonl")];
        assert_eq!(touchstone(&run).status.code(), Some(1));
        fs::create_dir(case.0.join("inner")).expect("it can be made");
        case
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).to_str().expect("a name in UTF-8").to_owned()
    }

    /// Names of a file that do not look like its own.
    fn names(&self, name: &str) -> Vec<String> {
        let (link, hard) = (format!("link-{name}"), format!("hard-{name}"));
        let _ = symlink(name, self.0.join(&link));
        let _ = fs::hard_link(self.0.join(name), self.0.join(&hard));
        let written = [name, &format!("./{name}"), &format!("inner/../{name}"), &link, &hard];
        written.map(|name| format!("{}/{name}", self.0.display())).to_vec()
    }

    /// These arguments are refused with this word in the message, and no file changes.
    fn refuses(&self, arguments: &[&str], word: &str) {
        let before = self.all();
        is_refused(arguments, &[word]);
        assert!(self.all() == before, "{arguments:?} changed a file");
    }

    /// All files with what is in them.
    fn all(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let entries = fs::read_dir(&self.0).expect("a folder").map(|entry| entry.expect("a file"));
        let files = entries.map(|entry| entry.path()).filter(|path| path.is_file());
        let mut all: Vec<_> =
            files.map(|path| (path.clone(), fs::read(path).expect("it is there"))).collect();
        all.sort();
        all
    }
}

/// A `-` is standard output where nothing else is written to it, and never the name of a file.
#[test]
fn a_hyphen_is_standard_output() {
    let case = Case::new("outputs-hyphen");
    let (script, test) = (case.path("t.wast"), format!("{}:3", case.path("t.wast")));
    for flag in ["--json", "--junit"] {
        let refusal = format!("`{flag} -`: standard output shows the run");
        case.refuses(&["run", &script, flag, "-"], &refusal);
        let several = ["run", &script, "--engine=touchstone", "--engine=touchstone", flag, "-"];
        case.refuses(&several, &refusal);
    }
    let shard = case.path("shard.jsonl");
    assert_eq!(
        touchstone(&["run", "--quiet", &script, "--shard=1/1", "--json", &shard]).status.code(),
        Some(1)
    );
    let same = |with: &[&str], without: &[&str]| {
        let (with, without) = (touchstone(with), touchstone(without));
        assert_eq!(with.status.code(), Some(0), "{}", text(&with.stderr));
        assert_eq!(with.stdout, without.stdout);
        assert!(!with.stdout.is_empty());
    };
    let before = case.all();
    same(&["merge", &shard, "--json", "-"], &["merge", &shard]);
    same(&["reduce", &test, "--output", "-"], &["reduce", &test]);
    assert!(case.all() == before && !std::path::Path::new("-").exists());
}

#[test]
fn no_output_takes_the_place_of_an_input() {
    let case = Case::new("outputs-inputs");
    let (script, report) = (case.path("t.wast"), case.path("r.jsonl"));
    let history = case.path("h.sqlite");
    let added = touchstone(&["history", "--history", &history, "add", &report]);
    assert_eq!(added.status.code(), Some(0), "{}", text(&added.stderr));
    let list = case.path("list.toml");
    fs::write(&list, "").expect("it can be written");
    for other in case.names("r.jsonl") {
        for flag in ["--html", "--markdown", "--junit", "--badge", "--features-json"] {
            case.refuses(&["report", &report, flag, &other], "is a run, and");
        }
        let (out, before) = (case.path("new.md"), "--before");
        case.refuses(
            &["report", &report, "--markdown", &out, before, &other, "--junit", &report],
            "is a run",
        );
        case.refuses(&["run", &script, "--baseline", &report, "--json", &other], "the baseline");
        let shard = ["--shard", "1/1", "--durations", &report];
        case.refuses(&[&["run", &script, "--json", &other][..], &shard].concat(), "`--durations`");
        case.refuses(&["merge", &report, "--json", &other], "is a shard, and `--json`");
    }
    for other in case.names("h.sqlite") {
        case.refuses(&["report", &report, "--history", &history, "--html", &other], "is a history");
    }
    for other in case.names("t.wast") {
        case.refuses(&["run", &script, "--json", &other], "is a script, and `--json`");
        // One of the scripts of a folder.
        case.refuses(
            &["run", &case.path(""), "--dialect", "none", "--junit", &other],
            "is a script",
        );
        case.refuses(
            &["reduce", &format!("{script}:3"), "-o", &other],
            "is a script, and `--output`",
        );
        let two = ["--engine=touchstone", "--engine=touchstone"];
        fs::create_dir_all(case.0.join("two")).expect("it can be made");
        let _ = symlink(&other, case.0.join("two/0-touchstone.jsonl"));
        case.refuses(
            &[&["run", &script, "--json", &case.path("two")], &two[..]].concat(),
            "is a script",
        );
    }
    for other in case.names("list.toml") {
        case.refuses(
            &["run", &script, "--ignore-list", &list, "--json", &other],
            "an exception list",
        );
    }
}

#[test]
fn no_output_takes_the_place_of_another() {
    let case = Case::new("outputs-outputs");
    let (script, report, new) = (case.path("t.wast"), case.path("r.jsonl"), case.path("new"));
    symlink("new", case.0.join("link")).expect("it can be made");
    for other in ["new", "./new", "inner/../new", "link"] {
        let other = format!("{}/{other}", case.0.display());
        case.refuses(&["report", &report, "--html", &new, "--markdown", &other], "are both to be");
        case.refuses(
            &["run", &script, "--json", &other, "--junit", &new],
            "are both to be written",
        );
    }
    // What is thrown away may be thrown away twice.
    let output = touchstone(&["run", &script, "--json", "/dev/null", "--junit", "/dev/null"]);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
}

/// A folder of scripts can be called so that an export into another one comes to lie upon it.
#[test]
fn no_export_takes_the_place_of_its_scripts() {
    let case = Case::new("outputs-export");
    let out = case.path("out");
    let export = |script: &str| touchstone(&["export", script, "--wast", &out]);
    let output = export(&case.path("t.wast"));
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let mut path = PathBuf::from(&out);
    while path.is_dir() {
        path = fs::read_dir(&path).expect("a folder").next().expect("one").expect("it").path();
    }
    let before = fs::read(&path).expect("it was written");
    fs::remove_file(&path).expect("it is there");
    fs::hard_link(case.0.join("t.wast"), &path).expect("it can be made");
    case.refuses(&["export", &case.path("t.wast"), "--wast", &out], "is a script, and `--wast`");
    assert_eq!(fs::read_to_string(case.0.join("t.wast")).expect("it is there"), SCRIPT);
    assert!(!before.is_empty());
}
