//! A triage as text that can be pasted into `ignore-list.toml`.
//!
//! In: what was found. Out: TOML with comments. Everything but the proposals is in comments.

use super::found::{Proposal, Triage};
use std::io::{self, Write};

/// How many names a comment lists.
const SHOWN: usize = 5;

/// Writes the proposals as entries, and the rest as comments.
///
/// # Errors
/// Fails where `out` cannot be written.
pub fn write_toml(out: &mut impl Write, triage: &Triage) -> io::Result<()> {
    let Triage { engine, version, started, .. } = triage;
    comment(out, &format!("Triage of the run of {engine} {version} at {started}."))?;
    if let Some(partial) = &triage.partial {
        comment(out, &format!("Of what it did not come to, nothing is said: {partial}."))?;
    }
    let tests: usize = triage.proposals.iter().map(|proposal| proposal.tests.len()).sum();
    let proposed = count(triage.proposals.len(), "entry is proposed", "entries are proposed");
    comment(out, &format!("{proposed}, for {}.", count(tests, "test", "tests")))?;
    if !triage.proposals.is_empty() {
        comment(
            out,
            "Say in each why the test cannot pass, and what is to be done as `FIXME(#12): …`.",
        )?;
        comment(out, "A list in which a `FIXME` stands in their place is refused.")?;
    }
    for proposal in &triage.proposals {
        writeln!(out)?;
        entry(out, proposal)?;
    }
    if !triage.stale.is_empty() {
        writeln!(out)?;
        comment(out, "Entries that do not cover what they are about:")?;
    }
    for stale in &triage.stale {
        comment(
            out,
            &format!("* {}:{} `{}`: {}", stale.list, stale.line, stale.test, stale.remedy),
        )?;
        names(out, std::slice::from_ref(&stale.test), &stale.tests)?;
    }
    if !triage.uncoverable.is_empty() {
        writeln!(out)?;
        comment(out, "What no entry can cover:")?;
    }
    for one in &triage.uncoverable {
        comment(out, &format!("* {} ({}): {}", one.test, one.outcome, one.why))?;
    }
    let (others, left_out) = (triage.for_other_engines, triage.not_selected);
    if others + left_out > 0 {
        writeln!(out)?;
        comment(
            out,
            &format!(
                "Entries of which this run says nothing: {others} for other engines, {left_out} about tests \
                 that it did not select."
            ),
        )?;
    }
    Ok(())
}

fn entry(out: &mut impl Write, proposal: &Proposal) -> io::Result<()> {
    let Proposal { test, expect, class, fingerprint, engine, versions, .. } = proposal;
    let said = proposal.message.as_deref().and_then(|message| message.lines().next());
    let number = count(proposal.tests.len(), "test", "tests");
    comment(out, &format!("{number}, {}: {}", proposal.outcome, said.unwrap_or_default()))?;
    names(out, test, &proposal.tests)?;
    if proposal.blocks > 0 {
        let blocked = count(proposal.blocks as usize, "test needs", "tests need");
        comment(out, &format!("{blocked} what failed here, and would be skipped with it."))?;
    }
    if versions.is_none() {
        let version =
            "The version of the engine is no semantic version, so that no range can name it.";
        comment(out, version)?;
    }
    writeln!(out, "[[ignore]]")?;
    match &test[..] {
        [one] => writeln!(out, "test = {}", quoted(one))?,
        several => {
            writeln!(out, "test = [")?;
            for one in several {
                writeln!(out, "    {},", quoted(one))?;
            }
            writeln!(out, "]")?;
        }
    }
    let fields = [
        ("expect", Some(*expect)),
        ("class", class.as_deref()),
        ("fingerprint", fingerprint.as_deref()),
        ("engine", Some(engine.as_str())),
        ("versions", versions.as_deref()),
        ("reason", Some("FIXME")),
        ("fixme", Some("FIXME")),
    ];
    for (name, value) in fields {
        if let Some(value) = value {
            writeln!(out, "{name} = {}", quoted(value))?;
        }
    }
    Ok(())
}

/// Lists the first tests that an entry is about, unless its own names say which ones they are.
fn names(out: &mut impl Write, entry: &[String], tests: &[String]) -> io::Result<()> {
    if entry == tests {
        return Ok(());
    }
    for test in tests.iter().take(SHOWN) {
        comment(out, &format!("  {test}"))?;
    }
    match tests.len().saturating_sub(SHOWN) {
        0 => Ok(()),
        more => comment(out, &format!("  … and {more} more")),
    }
}

fn count(number: usize, one: &str, several: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { several })
}

/// A comment of one line, whatever the text holds.
fn comment(out: &mut impl Write, text: &str) -> io::Result<()> {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match c.is_control() {
            true => shown.extend(c.escape_unicode()),
            false => shown.push(c),
        }
    }
    writeln!(out, "# {shown}")
}

/// A basic string of TOML.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => quoted.push_str(&format!("\\u{:04x}", c as u32)),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_text_is_a_string_of_toml() {
        for text in ["plain", "a \"quote\" \\ back", "tab\tand\u{1b}[0m", "é…\u{85}\u{7f}", ""] {
            let table: toml::Table = format!("x = {}", quoted(text)).parse().expect("it is TOML");
            assert_eq!(table["x"].as_str(), Some(text));
        }
        let mut out = Vec::new();
        comment(&mut out, "one\ntwo\u{7f}").expect("it can be written");
        assert_eq!(String::from_utf8(out).expect("text"), "# one\\u{a}two\\u{7f}\n");
    }
}
