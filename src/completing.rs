//! Writes completions for shells, and pages for `man`.
//!
//! In: the flags of the command line, as they are defined. Out: scripts and pages, which are never out of date.

use crate::args::{Arguments, Completions, For};
use crate::problem::Problem;
use clap::CommandFactory as _;
use clap_complete::{Shell, generate};
use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;
use touchstone::report::stdout;

pub(crate) fn completions(arguments: &Completions) -> Result<ExitCode, Problem> {
    let mut command = Arguments::command();
    command.build();
    let shell = match arguments.target {
        For::Bash => Shell::Bash,
        For::Elvish => Shell::Elvish,
        For::Fish => Shell::Fish,
        For::Powershell => Shell::PowerShell,
        For::Zsh => Shell::Zsh,
        For::Man => {
            let Some(folder) = &arguments.out else {
                return Ok(page(&command, &mut stdout()).map(|()| ExitCode::SUCCESS)?);
            };
            pages(&command, folder).map_err(|error| {
                Problem(format!("cannot write pages to `{}`: {error}", folder.display()))
            })?;
            return Ok(ExitCode::SUCCESS);
        }
    };
    if arguments.out.is_some() {
        return Err(Problem(
            "`--out` is for `man`; what a shell needs goes to standard output".into(),
        ));
    }
    // What generates cannot fail, so it writes to memory.
    let mut script = Vec::new();
    generate(shell, &mut command, "touchstone", &mut script);
    let mut out = stdout();
    out.write_all(&script)?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// One page for the whole, and one for each command and each of its own commands.
fn pages(command: &clap::Command, folder: &Path) -> io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let name = command.get_display_name().unwrap_or_else(|| command.get_name());
    page(command, &mut std::fs::File::create(folder.join(format!("{name}.1")))?)?;
    // Each of them has the same page of help.
    let of_its_own = |verb: &&clap::Command| !verb.is_hide_set() && verb.get_name() != "help";
    command.get_subcommands().filter(of_its_own).try_for_each(|verb| pages(verb, folder))
}

fn page(command: &clap::Command, out: &mut impl io::Write) -> io::Result<()> {
    let name = command.get_display_name().unwrap_or_else(|| command.get_name()).to_owned();
    let mut text = Vec::new();
    clap_mangen::Man::new(command.clone()).title(name).render(&mut text)?;
    out.write_all(&text)?;
    out.flush()
}
