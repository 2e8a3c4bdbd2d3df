//! The pages about adapters: their examples are whole programs, and their tables are complete.

use super::{folder, touchstone};
use std::path::Path;
use std::process::Command;
use touchstone::compare::Class as Disagreement;
use touchstone_adapter::{Class, Limit, Verb};

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// What stands in the first block of code in this language.
fn block(page: &str, language: &str) -> String {
    let text = read(page);
    let start = text.split_once(&format!("```{language}\n")).expect("the page has such a block").1;
    start.split_once("```\n").expect("the block ends").0.to_owned()
}

#[test]
fn the_examples_of_the_guide_are_files_of_at_most_a_hundred_lines() {
    for (language, file) in
        [("js", "adapters/javascript/smallest.js"), ("rust", "adapters/guide/src/main.rs")]
    {
        let text = read(file);
        assert_eq!(block("docs/judge-your-engine.md", language), text, "{file}");
        assert!(text.lines().count() <= 100, "{file} has {} lines", text.lines().count());
    }
}

#[test]
fn the_page_about_the_protocol_names_every_word() {
    let page = read("docs/protocol.md");
    let schema: serde_json::Value =
        serde_json::from_str(&read("docs/protocol.schema.json")).expect("the schema is JSON");
    let words = |at: &str| -> Vec<String> {
        let list = schema.pointer(at).and_then(|list| list.as_array()).expect("it is there");
        list.iter().map(|word| word.as_str().expect("a word").to_owned()).collect()
    };
    let same = |mut listed: Vec<String>, all: Vec<&str>| {
        let mut all: Vec<String> = all.into_iter().map(str::to_owned).collect();
        listed.sort();
        all.sort();
        assert_eq!(listed, all);
        for word in all {
            assert!(
                page.contains(&format!("| `{word}` |")),
                "docs/protocol.md has no row for `{word}`"
            );
        }
    };
    same(words("/$defs/request/properties/do/enum"), Verb::ALL.iter().map(|w| w.word()).collect());
    same(
        words("/$defs/answer/properties/failed/enum"),
        Class::ALL.iter().map(|w| w.word()).collect(),
    );
    let limits = "/$defs/answer/properties/hello/properties/cannot_tell/items/enum";
    same(words(limits), Limit::ALL.iter().map(|w| w.word()).collect());
    let guide = read("docs/judge-your-engine.md");
    for class in Disagreement::ALL {
        let row = format!("| `{}` | {} |", class.word(), class.about());
        assert!(guide.contains(&row), "docs/judge-your-engine.md has no row {row}");
    }
}

/// The path of a newcomer who has Node.js.
#[test]
fn the_example_in_javascript_is_judged() {
    if Command::new("node").arg("--version").output().is_err() {
        eprintln!("node is not installed: the example of the guide is NOT judged");
        return;
    }
    let folder = folder("guide");
    let file = folder.join("adapter.js");
    std::fs::write(&file, block("docs/judge-your-engine.md", "js")).expect("it can be written");
    let engine = format!("cmd:node {}", file.display());
    let output = touchstone(&["check-engine", &engine]);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success() && text.contains(" checks, 0 wrong"), "{text}");
    let output = touchstone(&[
        "run",
        "--engine",
        &engine,
        "--suite=wasm-1.0",
        "--filter=/i",
        "--format=terse",
    ]);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success() && text.starts_with("ok: "), "{text}");
    let _ = std::fs::remove_dir_all(folder);
}
