//! Tests of `touchstone.toml`, of completions and of pages for `man`.

use super::{folder, text, touchstone};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// Runs the command line in a folder.
fn in_folder(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_touchstone"));
    command
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("the binary was built for this test")
}

fn is_refused_in(folder: &Path, arguments: &[&str], parts: &[&str]) {
    let output = in_folder(folder, arguments);
    let message = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {message}");
    assert!(message.starts_with("error: ") && message.trim_end().lines().count() == 1, "{message}");
    parts.iter().for_each(|part| assert!(message.contains(part), "{message:?} lacks {part:?}"));
}

#[test]
fn the_nearest_file_above_completes_the_flags() {
    let root = folder("configured");
    let deep = root.join("a/b");
    fs::create_dir_all(&deep).expect("the target folder can be written");
    let own = env!("CARGO_BIN_EXE_touchstone");
    let write = |path: &Path, content: &str| {
        fs::write(path.join("touchstone.toml"), content).expect("the folder can be written");
    };
    std::os::unix::fs::symlink(own, root.join("adapter")).expect("the folder can be written");
    write(
        &root,
        "suites = [\"sign-extension-ops\"]\nignore-lists = [\"known.toml\"]\nengine = \"mine\"\n\
         [engines]\nmine = \"cmd:{dir}/adapter serve\"\nother = \"touchstone\"\n",
    );
    let known = "[[ignore]]\ntest = \"sign-extension-ops/i32.wast:*:assert_return:extend8_s\"\n\
                 expect = \"skip\"\nreason = \"for this test\"\nfixme = \"FIXME(#1): nothing\"\n";
    fs::write(root.join("known.toml"), known).expect("the folder can be written");
    let listed = text(&in_folder(&deep, &["list"]).stdout);
    assert!(listed.lines().all(|id| id.starts_with("sign-extension-ops/")), "{listed}");
    assert!(listed.lines().count() > 50);
    let output = in_folder(&deep, &["run", "--format", "terse"]);
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(0), "{out}{err}");
    assert!(out.contains(" passed, ") && out.contains(" skipped"), "{out}");
    assert!(err.contains("configuration: ") && err.contains("touchstone.toml"), "{err}");
    let id =
        listed.lines().find(|id| id.ends_with(":assert_return:extend8_s")).expect("it is listed");
    let output = in_folder(&deep, &["explain", id]);
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    assert!(out.contains("skipped") && out.contains("for this test"), "{out}{err}");
    // What is said goes before what is written.
    let output = in_folder(&deep, &["list", "--suite", "extended-const"]);
    assert!(text(&output.stdout).lines().all(|id| id.starts_with("extended-const/")));
    let output =
        in_folder(&deep, &["run", "--engine", "other", "--suite", "extended-const", "--quiet"]);
    assert!(
        output.status.code() == Some(0) && output.stderr.is_empty(),
        "{}",
        text(&output.stderr)
    );
    // Names are known wherever an engine is named.
    let wrong = "(module (func (export \"f\") (result i32) (i32.const 1)))
                 (assert_return (invoke \"f\") (i32.const 2))";
    fs::write(deep.join("wrong.wast"), wrong).expect("the folder can be written");
    let output = in_folder(&deep, &["reduce", "wrong.wast:2", "--engine", "other"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let audit = ["audit", "--only", "order", "--engine", "mine", "--suite", "extended-const"];
    let output = in_folder(&deep, &audit);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let several = ["run", "--engine", "mine", "--engine", "other", "--suite", "extended-const"];
    let output = in_folder(&deep, &[&several[..], &["--quiet"]].concat());
    assert!(output.stdout.is_empty() && output.stderr.is_empty(), "{}", text(&output.stdout));
    let output = in_folder(&deep, &["--no-config", "list"]);
    assert!(text(&output.stdout).lines().any(|id| id.starts_with("wasm-1.0/")));
    assert!(output.stderr.is_empty());
    is_refused_in(
        &deep,
        &["run", "--engine", "min"],
        &["`[engines]` has no `min`; did you mean `mine`?"],
    );
    // A nearer file is taken alone.
    write(&deep, "suites = [\"extended-const\"]");
    let listed = text(&in_folder(&deep, &["list"]).stdout);
    assert!(listed.lines().all(|id| id.starts_with("extended-const/")));
    is_refused_in(&deep, &["run", "--engine", "mine"], &["`[engines]` has no `mine`"]);
}

#[test]
fn a_wrong_file_is_refused_with_its_place() {
    let root = folder("configured_wrongly");
    for (content, parts) in [
        ("suites = [\"lates\"]", &["no suite `lates`", "did you mean `latest`?"][..]),
        ("\nsuits = []", &["touchstone.toml`: line 2: ", "unknown field `suits`"]),
        ("suites = [", &["touchstone.toml`: line 1: "]),
        ("[engines]\nx = \"exe:x\"", &["the engine `x`: an engine is `cmd:"]),
        ("engine = \"x\"\n[engines]\nx = \"y\"", &["the engine `x` is `y`, which is a name again"]),
        ("ignore-lists = [\"gone.toml\"]", &["gone.toml"]),
    ] {
        fs::write(root.join("touchstone.toml"), content).expect("the folder can be written");
        is_refused_in(&root, &["--no-config", "run", "--suite", "lates"], &["no suite `lates`"]);
        let output = in_folder(&root, &["run"]);
        let message = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{content}: {message}");
        parts.iter().for_each(|part| assert!(message.contains(part), "{message:?} lacks {part:?}"));
    }
}

#[test]
fn a_name_without_a_file_is_no_engine() {
    for arguments in
        [&["run", "--engine", "mine"][..], &["check-engine", "mine"], &["audit-engine", "mine"]]
    {
        super::is_refused(arguments, &["there is no engine `mine`", "an engine is `cmd:"]);
    }
    super::is_refused(&["audit-engine", "runner:x"], &["cannot be audited"]);
}

#[test]
fn completions_and_pages_know_every_command() {
    let help = text(&touchstone(&["--help"]).stdout);
    let verbs: Vec<&str> = help
        .lines()
        .skip_while(|line| !line.starts_with("Commands:"))
        .filter_map(|line| line.strip_prefix("  ").filter(|line| !line.starts_with([' ', '-'])))
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert!(verbs.contains(&"run") && verbs.contains(&"merge") && verbs.len() > 10, "{help}");
    for shell in ["bash", "elvish", "fish", "powershell", "zsh", "man"] {
        let output = touchstone(&["completions", shell]);
        assert_eq!(output.status.code(), Some(0));
        let script = text(&output.stdout).replace("\\-", "-");
        for verb in &verbs {
            assert!(script.contains(verb), "{shell} lacks {verb}");
        }
    }
    let pages = folder("man_pages");
    let path = pages.to_str().expect("a name in UTF-8");
    assert_eq!(touchstone(&["completions", "man", "--out", path]).status.code(), Some(0));
    for verb in verbs {
        let page = fs::read_to_string(pages.join(format!("touchstone-{verb}.1"))).expect(verb);
        assert!(page.contains(".SH SYNOPSIS") && page.contains(".SH OPTIONS"), "{page}");
    }
    assert!(pages.join("touchstone.1").is_file());
    let prune = fs::read_to_string(pages.join("touchstone-history-prune.1")).expect("a page");
    assert!(prune.contains("before"), "{prune}");
    let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("Linux has it");
    let mut command = Command::new(env!("CARGO_BIN_EXE_touchstone"));
    let status = command.args(["completions", "bash"]).stdout(full).status();
    assert_eq!(status.expect("it was built").code(), Some(2));
    super::is_refused(&["completions", "bash", "--out", path], &["`--out` is for `man`"]);
}

/// What bash would offer, by the script that it is given.
#[test]
fn bash_completes_a_flag() {
    let script = folder("completions").join("touchstone.bash");
    fs::write(&script, touchstone(&["completions", "bash"]).stdout)
        .expect("the folder can be written");
    let words = "source \"$1\"; COMP_WORDS=(touchstone run --fail-f); COMP_CWORD=2; \
                 _touchstone touchstone --fail-f run; echo \"${COMPREPLY[@]}\"";
    let output = Command::new("bash").args(["-c", words, "bash"]).arg(&script).output();
    let output = output.expect("bash is there");
    assert_eq!(text(&output.stdout).trim(), "--fail-fast", "{}", text(&output.stderr));
}
