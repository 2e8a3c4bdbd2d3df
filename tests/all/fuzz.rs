//! `touchstone fuzz`: random modules, judged by several engines.

use super::remote::{example, folder, touchstone};
use std::path::{Path, PathBuf};

/// What a run of `touchstone fuzz` ended with.
struct Ran {
    code: Option<i32>,
    text: String,
    json: serde_json::Value,
}

fn fuzz(folder: &Path, arguments: &[&str]) -> Ran {
    let (keep, json) = (folder.join("kept"), folder.join("found.json"));
    let (keep, json_path) = (keep.display().to_string(), json.display().to_string());
    let mut all = vec!["fuzz", "--keep", &keep, "--json", &json_path];
    all.extend(arguments);
    let output = touchstone(&all);
    let mut text = String::from_utf8_lossy(&output.stdout).into_owned();
    text += &String::from_utf8_lossy(&output.stderr);
    let json = std::fs::read(json).ok().and_then(|text| serde_json::from_slice(&text).ok());
    Ran { code: output.status.code(), text, json: json.unwrap_or_default() }
}

/// The scripts that were kept.
fn kept(folder: &Path) -> Vec<PathBuf> {
    let files = std::fs::read_dir(folder.join("kept")).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> = files.map(|file| file.path()).collect();
    files.sort();
    files
}

#[test]
fn an_engine_agrees_with_itself() {
    let folder = folder("fuzz-same");
    let ran = fuzz(&folder, &["--engine=touchstone", "--engine=touchstone", "--modules=60"]);
    assert_eq!(ran.code, Some(0), "{}", ran.text);
    assert_eq!(
        ran.json["modules"].as_u64().zip(ran.json["skipped"].as_u64()).map(|(m, s)| m + s),
        Some(60)
    );
    assert!(ran.json["comparison"]["tests"].as_u64() > Some(1000), "{}", ran.json);
    assert!(kept(&folder).is_empty());
    let _ = std::fs::remove_dir_all(folder);
}

#[test]
fn a_wrong_engine_is_found_and_a_small_script_shows_it_again() {
    let folder = folder("fuzz-wrong");
    let bad = format!("cmd:{} ors", example("bad_engine").display());
    let arguments = [
        "--engine=touchstone",
        "--engine=touchstone",
        "--engine",
        &bad,
        "--modules=16",
        "--reduce=6",
        // What is made smaller may no longer end.
        "--timeout=2",
        "--features=mutable-global,sign-extension-ops,nontrapping-float-to-int-conversions,multi-value,\
         bulk-memory,reference-types",
    ];
    let ran = fuzz(&folder, &arguments);
    assert_eq!(ran.code, Some(1), "{}", ran.text);
    let finds = ran.json["finds"].as_array().expect("a list");
    assert!(finds.iter().all(|find| find["class"] == "one-alone"), "{finds:?}");
    let scripts = kept(&folder);
    assert!(!scripts.is_empty(), "{}", ran.text);
    for script in &scripts {
        let text = std::fs::read_to_string(script).expect("it was written");
        assert!(text.contains("i32.and"), "{text}");
        assert!(text.contains("one-alone (one engine fails, all others pass)"), "{text}");
        let path = script.display().to_string();
        assert!(touchstone(&["run", &path]).status.success(), "{text}");
        let output = touchstone(&["run", &path, "--engine", &bad]);
        assert_eq!(output.status.code(), Some(1), "{text}");
    }
    let least = scripts.iter().map(|script| std::fs::metadata(script).map_or(0, |m| m.len())).min();
    // Before, a script has tens of thousands.
    assert!(least < Some(10_000), "the least script has {least:?} bytes");
    // The same seed gives the same module, whatever was tried before it.
    let seed = finds[0]["seed"].as_u64().expect("a number").to_string();
    let mut again = arguments.to_vec();
    again[4] = "--modules=1";
    again.extend(["--seed", &seed]);
    let ran = fuzz(&folder, &again);
    assert_eq!(ran.json["finds"][0]["fingerprint"], finds[0]["fingerprint"], "{}", ran.text);
    let _ = std::fs::remove_dir_all(folder);
}

#[test]
fn an_engine_that_dies_is_found() {
    let folder = folder("fuzz-dies");
    let bad = format!("cmd:{} dies", example("bad_engine").display());
    let ran = fuzz(&folder, &["--engine", &bad, "--modules=40", "--reduce=5"]);
    assert_eq!(ran.code, Some(1), "{}", ran.text);
    let find = &ran.json["finds"][0];
    assert!(
        find["fingerprint"].as_str().is_some_and(|text| text.contains(": pass crash")),
        "{find}"
    );
    let text = std::fs::read_to_string(&kept(&folder)[0]).expect("it was written");
    assert!(text.contains("i32.popcnt") && text.contains("SIGABRT"), "{text}");
    let _ = std::fs::remove_dir_all(folder);
}

#[test]
fn what_cannot_be_compared_is_said() {
    let folder = folder("fuzz-cannot");
    for (arguments, said) in [
        (&[][..], "nothing to compare: name engines with `--engine"),
        (&["--engine=touchstone", "--features=speed"], "there is no proposal `speed`; there are"),
        (&["--engine=cmd:/no/such/adapter"], "the adapter `/no/such/adapter` cannot be started"),
    ] {
        let ran = fuzz(&folder, arguments);
        assert_eq!(ran.code, Some(2), "{}", ran.text);
        assert!(ran.text.contains(said), "{}", ran.text);
    }
    let _ = std::fs::remove_dir_all(folder);
}
