//! `follow-page PAGE FOLDER [SECTION…]` does what a page of documentation asks its reader to do, in a folder,
//! and compares what comes with what the page shows.
//!
//! The exit code is 0 if all came out as shown, 1 if not, and 2 if the page could not be followed. What needs a
//! program that is not installed is left out, and said.
#![forbid(unsafe_code)]

use std::path::Path;
use std::process::ExitCode;
use touchstone_pages::{Followed, Page, Step, What, follow};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [path, folder, headings @ ..] = &arguments[..] else {
        eprintln!("usage: follow-page PAGE FOLDER [SECTION…]");
        return ExitCode::from(2);
    };
    match follow_page(path, Path::new(folder), headings) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::from(2)
        }
    }
}

/// Whether all came out as the page shows.
fn follow_page(path: &str, folder: &Path, headings: &[String]) -> Result<bool, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?;
    let mut page = Page::read(&text);
    if !headings.is_empty() {
        let chosen = page.sections(headings);
        page = chosen.map_err(|heading| format!("{path} asks for nothing under `{heading}`"))?;
    }
    let mut all = true;
    let mut tell = |step: &Step, followed: &Followed| {
        let place = format!("{path}:{}", step.line);
        match &step.what {
            What::File { path, .. } => println!("{place}: wrote {path}"),
            What::Command { command, .. } => println!("{place}: $ {command}"),
        }
        match followed {
            Followed::AsShown => {}
            Followed::Lacking(program) => println!(
                "{place}: {program} is not installed: the rest of this section is NOT followed"
            ),
            Followed::Otherwise(how) => {
                println!("{place}: {how}");
                all = false;
            }
        }
    };
    follow(&page, folder, &mut tell).map_err(|error| format!("{path}: {error}"))?;
    Ok(all)
}
