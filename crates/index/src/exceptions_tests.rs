//! Good and bad exception lists.

use super::*;
use crate::target::of_arch;
use std::path::Path;

const SCRIPT: &str = r#"(module (func (export "f") (result i32) i32.const 1))
(assert_return (invoke "f") (i32.const 1))
(assert_return (invoke "f") (i32.const 1)) (invoke "f")
"#;

fn attach_for(list: &str, arch: &str, endian: &str) -> Result<Attached, ConfigError> {
    let script = touchstone_script::lower(SCRIPT).unwrap();
    let files = [("s/a.wast".to_owned(), &script), ("s/b.wast".to_owned(), &script)];
    let source = Source { path: Path::new("ignore-list.toml"), text: list };
    attach(&source, &Target(&of_arch(arch, endian)), &files)
}

fn error(list: &str) -> String {
    attach_for(list, "x86_64", "little").unwrap_err().to_string()
}

const TAIL: &str =
    "expect = \"fail\"\nclass = \"trap\"\nreason = \"r\"\nfixme = \"FIXME(#1): f\"\n";

fn entry(test: &str, rest: &str) -> String {
    format!("[[ignore]]\ntest = \"{test}\"\n{rest}")
}

#[test]
fn one_list_four_targets_four_answers() {
    let gates = [
        ("s/a.wast:1:module", r#"cfg(target_arch = "x86_64")"#),
        ("s/a.wast:2:*", r#"cfg(any(target_arch = "x86_64", target_arch = "aarch64"))"#),
        ("s/b.wast:1:module", r#"cfg(not(target_endian = "big"))"#),
        ("s/b.wast:3:*", r#"cfg(all(unix, target_endian = "big"))"#),
    ];
    let list: String = gates
        .iter()
        .map(|(test, gate)| entry(test, &format!("target = '{gate}'\n{TAIL}")))
        .collect();
    let answer = |arch, endian| attach_for(&list, arch, endian).unwrap().by_file;
    let x86_64 = answer("x86_64", "little");
    let aarch64 = answer("aarch64", "little");
    let riscv64 = answer("riscv64", "little");
    let s390x = answer("s390x", "big");
    assert_eq!(x86_64, [vec![(0, 0), (1, 1)], vec![(0, 2)]]);
    assert_eq!(aarch64, [vec![(1, 0)], vec![(0, 1)]]);
    assert_eq!(riscv64, [vec![], vec![(0, 0)]]);
    assert_eq!(s390x, [vec![], vec![(2, 0), (3, 0)]]);
}

#[test]
fn an_empty_list_is_fine() {
    assert!(attach_for("", "x86_64", "little").unwrap().exceptions.is_empty());
}

#[test]
fn names_the_place_and_the_remedy() {
    let unknown = error(&entry("s/a.wast:9:module", TAIL));
    assert!(unknown.starts_with("ignore-list.toml:2:8: no test matches"), "{unknown}");
    assert!(error(&entry("s/aa.wast:1:module", TAIL)).contains("did you mean `s/a.wast`?"));
    assert!(error(&entry("s/a.wast:2", TAIL)).contains("no test matches"));
    let twice = entry("s/a.wast:1:*", TAIL).repeat(2);
    assert!(
        error(&twice).starts_with("ignore-list.toml:8:8: `s/a.wast:1:*` is in line 1 already"),
        "{}",
        error(&twice)
    );
    let overlapping = entry("s/a.wast:1:*", TAIL) + &entry("s/*:1:module", TAIL);
    assert!(error(&overlapping).contains("line 1 speaks of already"), "{}", error(&overlapping));
    let test = "s/a.wast:1:module";
    for (tail, want) in [
        ("expect = \"fail\"\nclass = \"trap\"\nfixme = \"FIXME(#1): f\"", "no `reason`"),
        (
            "expect = \"fail\"\nclass = \"trap\"\nreason = \" \"\nfixme = \"FIXME(#1): f\"",
            "`reason` is empty",
        ),
        ("expect = \"fail\"\nclass = \"trap\"\nreason = \"r\"", "no `fixme`"),
        (
            "expect = \"fail\"\nclass = \"trap\"\nreason = \"r\"\nfixme = \"later\"",
            "must read `FIXME(",
        ),
        ("expect = \"fail\"\nreason = \"r\"\nfixme = \"FIXME(#1): f\"", "no `class`"),
        (
            "expect = \"fail\"\nclass = \"crash\"\nreason = \"r\"\nfixme = \"FIXME(#1): f\"",
            "unknown class `crash`",
        ),
        (
            "expect = \"skip\"\nclass = \"trap\"\nreason = \"r\"\nfixme = \"FIXME(#1): f\"",
            "has no `class`",
        ),
        (
            "expect = \"pass\"\nreason = \"r\"\nfixme = \"FIXME(#1): f\"",
            "write \"fail\" or \"skip\"",
        ),
        ("reason = \"r\"\nfixme = \"FIXME(#1): f\"", "no `expect`"),
        ("why = \"r\"\n", "unknown field `why`"),
        (
            "target = \"x86_64\"\nexpect = \"skip\"\nreason = \"r\"\nfixme = \"FIXME(#1): f\"",
            "is not a cfg expression",
        ),
        (
            "target = \"cfg(all(\"\nexpect = \"skip\"\nreason = \"r\"\nfixme = \"FIXME(#1): f\"",
            "write it as in Cargo.toml",
        ),
        ("expect = [", "ignore-list.toml:3:"),
    ] {
        let message = error(&entry(test, tail));
        assert!(message.contains(want) && message.starts_with("ignore-list.toml:"), "{message}");
    }
    assert!(error("[[ignore]]\n").contains("no `test`"));
    assert!(error("[[skip]]\n").contains("unknown field"));
}

#[test]
fn an_entry_for_another_target_must_match_a_test_too() {
    let list =
        entry("s/a.wast:9:module", &format!("target = 'cfg(target_arch = \"s390x\")'\n{TAIL}"));
    assert!(error(&list).contains("no test matches"));
}

#[test]
fn one_test_has_an_entry_for_each_engine() {
    let test = "s/a.wast:1:module";
    let of = |engine: &str| entry(test, &format!("{engine}{TAIL}"));
    let list = [
        of(""),
        of("engine = \"e\"\nversions = \"<2\"\n"),
        of("engine = \"e\"\nversions = \">=2\"\n"),
        of("engine = \"f\"\n"),
    ]
    .concat();
    let attached = attach_for(&list, "x86_64", "little").unwrap();
    assert_eq!(attached.by_file[0], [(0, 0), (0, 1), (0, 2), (0, 3)]);
    let twice = list.clone() + &of("engine = \"e\"\nversions = \"1.5\"\n");
    assert!(error(&twice).contains("is in line 7 already"), "{}", error(&twice));
    let overlapping = list + &entry("s/a.wast:*", &format!("engine = \"f\"\n{TAIL}"));
    assert!(error(&overlapping).contains("speaks of already"), "{}", error(&overlapping));
}

#[test]
fn one_entry_is_about_several_tests() {
    let list = format!("[[ignore]]\ntest = [\n\"s/a.wast:1:*\",\n\"s/b.wast:2:*\"]\n{TAIL}");
    let attached = attach_for(&list, "x86_64", "little").unwrap();
    assert_eq!(attached.by_file, [vec![(0, 0)], vec![(1, 1)]]);
    assert_eq!(attached.exceptions[0].line, attached.exceptions[1].line);
    let wrong = |from: &str, to: &str| error(&list.replace(from, to));
    assert!(wrong("b.wast:2", "b.wast:7").starts_with("ignore-list.toml:4:1: no test matches"));
    assert!(wrong("b.wast:2:*", "a.wast:1:*").contains("is in line 1 already"));
    assert!(wrong("s/b.wast:2:*", "").starts_with("ignore-list.toml:4:1: `test` is empty"));
    assert!(error(&format!("[[ignore]]\ntest = []\n{TAIL}")).contains("`test` is empty"));
    let message = error(&format!("[[ignore]]\ntest = 7\n{TAIL}"));
    assert!(message.contains("expected the name of a test, or a list of names"), "{message}");
}

#[test]
fn a_reason_is_never_left_to_be_written() {
    let test = "s/a.wast:1:module";
    let of = |reason: &str| entry(test, &TAIL.replace("\"r\"", &format!("{reason:?}")));
    assert!(error(&of("FIXME")).contains("`reason` is still to be written"));
    assert!(error(&of(" FIXME: say why")).starts_with("ignore-list.toml:5:"));
    assert!(error(&of("")).contains("`reason` is empty"));
}

#[test]
fn what_is_skipped_has_no_fingerprint() {
    let tail = "expect = \"skip\"\nfingerprint = \"x\"\nreason = \"r\"\nfixme = \"FIXME(#1): f\"";
    assert!(error(&entry("s/a.wast:1:module", tail)).contains("it has no `fingerprint`"));
}
