//! Does what a page asks for.
//!
//! In: steps, a folder. Out: what became of each step, as soon as it is known.

use crate::compare::agrees;
use crate::page::{Page, Step, What};
use std::fs;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

/// What became of a step.
#[derive(Debug)]
pub enum Followed {
    /// It was done, and came out as the page shows.
    AsShown,
    /// A program that the command needs is not installed.
    Lacking(String),
    /// It did not come out so; this says how.
    Otherwise(String),
}

/// Does what a page asks for in `folder`, and tells `tell` of each step. The commands `cd` and `export` hold for
/// all that follow. Once a step came out otherwise, no further one is done; where a program is lacking, the
/// rest of its section is left out.
///
/// # Errors
/// Fails if a file cannot be written or no shell can be started.
pub fn follow(
    page: &Page,
    folder: &Path,
    tell: &mut dyn FnMut(&Step, &Followed),
) -> io::Result<()> {
    let mut before = String::new();
    let mut left_out: Option<&str> = None;
    for step in &page.steps {
        if left_out == Some(&step.section) {
            continue;
        }
        let followed = match &step.what {
            What::File { path, text } => {
                let path = folder.join(path);
                fs::create_dir_all(path.parent().unwrap_or(folder))?;
                fs::write(path, text)?;
                Followed::AsShown
            }
            What::Command { command, output } => run(&before, command, output, folder)?,
        };
        if let What::Command { command, .. } = &step.what
            && ["cd ", "export "].iter().any(|word| command.starts_with(word))
        {
            before += command;
            before.push('\n');
        }
        tell(step, &followed);
        match followed {
            Followed::AsShown => {}
            Followed::Lacking(_) => left_out = Some(&step.section),
            Followed::Otherwise(_) => break,
        }
    }
    Ok(())
}

/// Runs a command after those in `before`. A command of which the page shows no output must succeed; of others
/// the output is compared, and they may well fail.
fn run(before: &str, command: &str, shown: &[String], folder: &Path) -> io::Result<Followed> {
    let shell = |script: &str| {
        let mut shell = Command::new("bash");
        shell.args(["-ec", &format!("{before}{script}")]).current_dir(folder).stdin(Stdio::null());
        shell
    };
    if let Some(program) = programs(command).find(|program| {
        let found = shell(&format!("command -v -- {program}")).stdout(Stdio::null()).status();
        !found.is_ok_and(|status| status.success())
    }) {
        return Ok(Followed::Lacking(program.to_owned()));
    }
    let output = shell(command).stderr(Stdio::inherit()).output()?;
    let came = String::from_utf8_lossy(&output.stdout);
    if shown.is_empty() {
        return Ok(match output.status.success() {
            true => Followed::AsShown,
            false => Followed::Otherwise(format!("it ended with {}:\n{came}", output.status)),
        });
    }
    Ok(match agrees(shown, &came) {
        Ok(()) => Followed::AsShown,
        Err(line) => {
            let line = shown.get(line).map_or("its end", String::as_str);
            Followed::Otherwise(format!(
                "the page shows other output, from this line on: {line}\nwhat came ({}):\n{came}",
                output.status
            ))
        }
    })
}

/// The programs that a command starts, as far as names without a path tell, those behind `cmd:` included.
fn programs(command: &str) -> impl Iterator<Item = &str> {
    let is_name = |word: &&str| {
        !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
    };
    let mut words = command.split_whitespace().skip_while(|word| word.contains('='));
    let first = words.next().into_iter();
    let adapters = command.split("cmd:").skip(1).filter_map(|rest| rest.split_whitespace().next());
    first.chain(adapters).filter(is_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn followed(markdown: &str) -> Vec<String> {
        let name = format!("touchstone-pages-{}-{}", std::process::id(), markdown.len());
        let folder = std::env::temp_dir().join(name);
        fs::create_dir_all(&folder).expect("a folder can be made");
        let mut told = Vec::new();
        let mut tell = |step: &Step, followed: &Followed| {
            told.push(format!("{}: {followed:?}", step.line));
        };
        follow(&Page::read(markdown), &folder, &mut tell).expect("it can be followed");
        fs::remove_dir_all(&folder).expect("it is there");
        told
    }

    #[test]
    fn a_page_is_followed_word_for_word() {
        let page = "`a/x.txt`:\n\n```text\nhello\n```\n\n```console\n$ cd a\n$ export WORD=world\n\
            $ cat x.txt && echo $WORD\nhello\nwor…\n```\n";
        assert_eq!(followed(page), ["3: AsShown", "8: AsShown", "9: AsShown", "10: AsShown"]);
    }

    #[test]
    fn what_does_not_hold_is_found() {
        let told = followed("```console\n$ echo one; false\none\n$ echo one\ntwo\n$ true\n```\n");
        assert_eq!(told.len(), 2, "{told:?}");
        assert_eq!(told[0], "2: AsShown");
        assert!(told[1].starts_with("4: Otherwise(") && told[1].contains("two"), "{told:?}");
        let told = followed("```console\n$ false\n```\n");
        assert!(told[0].contains("it ended with"), "{told:?}");
    }

    #[test]
    fn a_section_that_needs_what_is_not_there_is_left_out() {
        let page = "# A\n```console\n$ no-such-program-here x\n$ false\n```\n# B\n```console\n\
            $ echo 'cmd:no-other-program x'\n```\n# C\n```console\n$ true\n```\n";
        assert_eq!(
            followed(page),
            [
                "3: Lacking(\"no-such-program-here\")",
                "8: Lacking(\"no-other-program\")",
                "12: AsShown"
            ]
        );
    }
}
