//! Reads what a runner said.
//!
//! In: the output of one run, and a profile. Out: lines of the script with what was said of them. Knows nothing
//! of directives.

use super::process::{readable, shortened};
use super::profile::Profile;
use regex::{Captures, Regex};

/// What a runner said in one run. Lines are those of the script.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    /// Lines on which something failed, with the words for it.
    pub(super) failures: Vec<(u32, String)>,
    /// Lines on which an expected trap was met, and which.
    pub(super) traps: Vec<(u32, String)>,
    /// That the file cannot be read, with the line if it was told.
    pub(super) refusal: Option<(Option<u32>, String)>,
    /// The line of the directive that began last, and what was said since.
    pub(super) began: Option<(u32, String)>,
    /// How many directives passed, and of how many.
    pub(super) counts: Option<(usize, usize)>,
}

/// Reads output from its beginning.
pub(super) fn read(profile: &Profile, output: &str) -> Said {
    let mut said = Said::default();
    for text in output.lines() {
        if let Some(found) = first(&profile.begins, text) {
            said.began = number(&found).map(|line| (line, String::new()));
        } else if let Some(found) = first(&profile.trap, text) {
            let line = number(&found).or(said.began.as_ref().map(|began| began.0));
            said.traps.extend(line.map(|line| (line, words(&found, text))));
            add(&mut said.began, text);
        } else if first(&profile.passed, text).is_some() {
        } else if let Some(found) = first(&profile.refusal, text) {
            said.refusal.get_or_insert_with(|| (number(&found), words(&found, text)));
        } else if let Some(found) = first(&profile.failure, text) {
            let line = number(&found).or(said.began.as_ref().map(|began| began.0));
            said.failures.extend(line.map(|line| (line, words(&found, text))));
        } else if let Some((passed, total)) =
            profile.counts.as_ref().and_then(|counts| totals(&counts.pattern, text))
        {
            said.counts = Some((passed, total));
        } else {
            add(&mut said.began, text);
        }
    }
    said
}

/// Adds a line to what was said since a directive began.
fn add(began: &mut Option<(u32, String)>, text: &str) {
    if let (Some((_, since)), Some(text)) = (began, readable(text)) {
        let and = if since.is_empty() { "" } else { " / " };
        *since = shortened(&format!("{since}{and}{text}"));
    }
}

fn first<'t>(patterns: &[Regex], text: &'t str) -> Option<Captures<'t>> {
    patterns.iter().find_map(|pattern| pattern.captures(text))
}

fn number(found: &Captures<'_>) -> Option<u32> {
    found.name("line")?.as_str().parse().ok()
}

fn words(found: &Captures<'_>, text: &str) -> String {
    let message = found.name("message").map_or(text, |message| message.as_str()).trim();
    shortened(if message.is_empty() { text } else { message })
}

fn totals(pattern: &Regex, text: &str) -> Option<(usize, usize)> {
    let found = pattern.captures(text)?;
    let number = |group| found.name(group)?.as_str().parse().ok();
    Some((number("passed")?, number("total")?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(program: &str, output: &str) -> Said {
        let profile = Profile::of_program(&[program.to_owned()]).expect("a profile");
        read(&profile, output)
    }

    fn line(line: u32, words: &str) -> (u32, String) {
        (line, words.to_owned())
    }

    #[test]
    fn wabt_is_understood() {
        let output = "script.wast:3: mismatch in result 0 of assert_return: expected i32:3, got i32:1\n\
            script.wast:4: assert_trap passed: unreachable executed\n\
            script.wast:8: assert_invalid passed:\n  script.1.wasm:0000019: error: type mismatch\n\
            f() => i32:1\n\
            script.wast:18: error instantiating module: \"invalid import \"a.b\"\"\n\
            13/20 tests passed.\n";
        let said = said("spectest-interp", output);
        let failures = [
            line(3, "mismatch in result 0 of assert_return: expected i32:3, got i32:1"),
            line(18, "error instantiating module: \"invalid import \"a.b\"\""),
        ];
        assert_eq!(said.failures, failures);
        assert_eq!(said.traps, [line(4, "unreachable executed")]);
        assert_eq!((said.counts, said.refusal), (Some((13, 20)), None));
        let refused =
            super::tests::said("spectest-interp", "/x/script.json:4:12: unknown command type\n");
        assert_eq!(refused.refusal, Some((None, "unknown command type".into())));
        assert_eq!(refused.failures, []);
    }

    #[test]
    fn binaryen_is_understood() {
        let output = "0 BUILDING MODULE [line: 1]\n1 CHECKING [line: 2]\n[trap unreachable]\n\
            2 CHECKING [line: 7]\n[trap unreachable]\nexpected exhaustion, got trap\n";
        let said = said("wasm-shell", output);
        let words = "[trap unreachable] / expected exhaustion, got trap";
        assert_eq!(said.began, Some((7, words.to_owned())));
        assert_eq!((said.failures, said.refusal), (vec![], None));
        let refused = super::tests::said("wasm-shell", "3:15: error: unrecognized instruction\n");
        assert_eq!(refused.refusal, Some((Some(3), "unrecognized instruction".into())));
    }

    #[test]
    fn the_reference_interpreter_is_understood() {
        let output = "Result: 1 : i32\nExpect: 2 : i32\n\
            /tmp/x/script.wast:3.1-3.44: assertion failure: wrong return values\n";
        let failures = said("wasm", output).failures;
        assert_eq!(failures, [line(3, "assertion failure: wrong return values")]);
        let output = "script.wast:12.5-12.9: syntax error: unknown operator foo\n";
        let refusal = said("wasm", output).refusal;
        assert_eq!(refusal, Some((Some(12), "unknown operator foo".into())));
    }

    #[test]
    fn an_unknown_runner_is_understood_if_it_names_file_and_line() {
        for output in
            ["/a/script.wast:7: wrong", "error: script.wast:7:12 wrong", "script.wast(7): wrong"]
        {
            assert_eq!(said("new-runner", output).failures, [line(7, "wrong")], "{output}");
        }
        assert_eq!(said("new-runner", "line 7: wrong"), Said::default());
    }
}
