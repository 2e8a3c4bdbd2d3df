//! The index of this repository, built and read as the harness does.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;
use std::time::Instant;
use touchstone_index::{BuildOptions, Index, Origin, Selection, build};
use touchstone_script::{Command, Kind};

/// What was recorded of how long scripts take.
const DURATIONS: &str = "spec-tests/durations.tsv";

fn index() -> &'static Index {
    static INDEX: OnceLock<Index> = OnceLock::new();
    INDEX.get_or_init(|| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let options = BuildOptions {
            suites: root.join("spec-tests/suites.toml"),
            exceptions: root.join("ignore-list.toml"),
            durations: Some(root.join(DURATIONS)),
            extra_folders: vec![],
            cfg: BTreeMap::new(),
            threads: 2,
            root,
        };
        let start = Instant::now();
        let built = build(&options).unwrap();
        println!(
            "built {} tests, {} bytes, in {:?}",
            built.tests,
            built.blob.len(),
            start.elapsed()
        );
        Index::open(built.blob.leak()).unwrap()
    })
}

#[test]
fn holds_the_whole_official_suite() {
    let embedded =
        |file: &&touchstone_index::IndexedFile| matches!(file.suite().origin, Origin::Embedded(_));
    let files: Vec<_> = index().files().iter().filter(embedded).collect();
    assert_eq!(files.len(), 611);
    assert_eq!(files.iter().map(|file| file.test_count()).sum::<usize>(), 143_340);
}

#[test]
fn a_script_of_several_files_is_decoded_once_for_them() {
    let mut by_script: BTreeMap<u32, Vec<&touchstone_index::IndexedFile>> = BTreeMap::new();
    for file in index().files() {
        if let Some(script) = file.shared_script() {
            by_script.entry(script).or_default().push(file);
        }
    }
    assert!(by_script.len() > 50, "suites have scripts in common: {}", by_script.len());
    for files in by_script.values() {
        assert!(files.len() > 1);
        let first = files[0].script();
        for other in &files[1..] {
            assert!(std::sync::Arc::ptr_eq(&first, &other.script()), "{}", other.name());
            assert_eq!(other.test_count(), files[0].test_count());
            // The text may differ in comments alone, and hashes are those of the text of directives.
            let hashes = |file: &touchstone_index::IndexedFile| {
                file.tests().into_iter().map(|test| (test.line, test.hash)).collect::<Vec<_>>()
            };
            assert_eq!(hashes(other), hashes(files[0]), "{}", other.name());
        }
    }
}

#[test]
fn what_was_recorded_of_scripts_is_of_these_scripts() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(DURATIONS);
    let text = std::fs::read_to_string(path).expect("it is in the repository");
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let mut recorded: BTreeMap<&str, u64> = lines
        .map(|line| line.split_once('\t').expect("two columns"))
        .map(|(script, duration)| (script, duration.parse().expect("microseconds")))
        .collect();
    let all = index().files().len();
    let mut unknown = Vec::new();
    for file in index().files() {
        match recorded.remove(&*file.name()) {
            Some(duration) => assert_eq!(file.cost(), duration, "{}", file.name()),
            None => unknown.push(file.name()),
        }
    }
    const REMEDY: &str = "make the list anew by tools/durations";
    assert!(recorded.is_empty(), "these scripts are not there, {REMEDY}: {recorded:?}");
    // A script or two may be new: they are estimated.
    assert!(unknown.len() * 20 < all, "nothing is known of these, {REMEDY}: {unknown:?}");
}

#[test]
fn names_are_unique_words_and_lead_back() {
    let mut seen = std::collections::HashSet::new();
    for file in index().files() {
        let tests = file.tests();
        assert_eq!(tests.len(), file.test_count());
        for test in tests {
            assert!(
                !test.id.contains(|c: char| c.is_whitespace() || c.is_control()),
                "{}",
                test.id
            );
            assert!(seen.insert(test.id.clone()), "{} is there twice", test.id);
        }
    }
    let (file, test) = index()
        .find("wasm-1.0/i32.wast:37:assert_return:add")
        .expect("the example of the documentation");
    assert_eq!(
        (file.name().as_str(), test.line, test.kind),
        ("wasm-1.0/i32.wast", 37, Kind::AssertReturn)
    );
    assert!(index().find("wasm-1.0/i32.wast:37").is_none());
    assert!(index().find("nothing").is_none());
}

#[test]
fn tests_are_aligned_with_directives_and_source() {
    for file in index().files() {
        let (script, source) = (file.script(), file.source().unwrap());
        for (test, directive) in file.tests().iter().zip(script.tests()) {
            assert_eq!(
                (test.line, test.kind, test.hash),
                (directive.span.line, directive.command.kind(), directive.hash)
            );
            let form = &source[directive.span.start as usize..directive.span.end as usize];
            assert!(form.starts_with('('), "{}: {form}", test.id);
        }
    }
}

#[test]
fn no_form_of_the_official_suite_is_an_error() {
    for file in index().files() {
        for (test, directive) in file.tests().iter().zip(file.script().tests()) {
            if let Command::ScriptError { message, .. } = &directive.command {
                panic!("{}: {message}", test.id);
            }
        }
    }
}

#[test]
fn selects() {
    let selection = Selection {
        suites: vec!["wasm-1.0".into()],
        kinds: vec![Kind::Module],
        ..Selection::default()
    };
    assert!(index().select(&selection).count() > 50);
    let selection = Selection {
        exact: vec!["wasm-1.0/i32.wast:37:assert_return:add".into()],
        ..Selection::default()
    };
    assert_eq!(index().select(&selection).map(|(_, tests)| tests.len()).sum::<usize>(), 1);
    let selection =
        Selection { files: vec!["i32.wast".into()], lines: vec![37], ..Selection::default() };
    assert!(index().select(&selection).all(|(file, _)| file.path() == "i32.wast"));
}

#[test]
fn a_test_is_found_by_its_name() {
    assert!(index().find("wasm-1.0/i32.wast:37:assert_return:add").is_some());
    assert!(index().find("wasm-1.0/i32.wast:38:assert_return:nothing").is_none());
}
