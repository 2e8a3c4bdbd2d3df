//! Tests that decisions of the text parser of the harness are never held against an engine.

use super::common::verdicts;
use super::fake::{FakeEngine, all_features};
use touchstone::outcome::{FailureClass, Outcome, Verdict};

/// The verdict of the first directive of a script.
fn first(text: &str) -> Verdict {
    verdicts(&FakeEngine, all_features(), text).remove(0)
}

#[test]
fn text_that_is_malformed_as_the_script_says_passes() {
    for text in [
        r#"(assert_malformed (module quote "(func (br +0))") "")"#,
        r#"(assert_malformed (module (func (br $nowhere))) "")"#,
        r#"(assert_malformed_custom (module quote "(@custom)") "")"#,
    ] {
        let verdict = first(text);
        assert_eq!((verdict.outcome, verdict.class), (Outcome::Pass, None), "{text}");
        assert!(verdict.text_parser, "{text}");
    }
}

#[test]
fn where_the_parser_and_the_script_disagree_no_engine_is_at_fault() {
    let deep = format!("(func {}{})", "(block ".repeat(6000), ")".repeat(6000));
    let deep = format!("(assert_malformed (module quote \"{deep}\") \"\")");
    for text in [
        // The text parser accepts these texts, but the script says that they are malformed.
        r#"(assert_malformed (module quote "(func)") "")"#,
        r#"(assert_malformed (module quote "(func i32.add)") "")"#,
        r#"(assert_malformed (module (func)) "")"#,
        // The text parser refuses these texts, but the script says that they are modules.
        r#"(module quote "(func (br +0))")"#,
        r#"(module definition quote "(func (br +0))")"#,
        r#"(module (func (br +0)))"#,
        r#"(module definition (func (br +0)))"#,
        r#"(module (func (br $nowhere)))"#,
        r#"(assert_invalid (module quote "(func (br +0))") "")"#,
        r#"(assert_unlinkable (module quote "(func (br +0))") "")"#,
        r#"(assert_trap (module quote "(func (br +0))") "")"#,
        // This text is beyond a limit of the text parser.
        &deep,
    ] {
        let verdict = first(text);
        let found = (&verdict.outcome, verdict.class, verdict.text_parser);
        let wanted = (&Outcome::Error, Some(FailureClass::TextParser), true);
        assert_eq!(found, wanted, "{text:.80}: {:?}", verdict.message);
        assert!(verdict.message.is_some());
    }
}

#[test]
fn bytes_that_an_engine_accepts_stay_the_fault_of_the_engine() {
    let verdict = first(r#"(assert_malformed (module binary "\00asm\01\00\00\00") "")"#);
    assert_eq!((verdict.outcome, verdict.class), (Outcome::Fail, Some(FailureClass::Accepted)));
    assert!(!verdict.text_parser);
}
