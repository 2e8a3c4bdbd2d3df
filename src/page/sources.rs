//! The text of tests.
//!
//! In: a table, and what finds a script by suite and file. Out: each text once, which of them each script has, and how
//! many bytes of it each test takes. Reports have no text: what a script says today is shown only for tests that had
//! the same content when they ran, which their digests tell. Nothing here knows where scripts are kept.

use super::table::Table;
use crate::index::IndexedFile;
use std::collections::HashMap;

/// The texts of scripts.
#[derive(Debug, Default)]
pub struct Sources {
    /// The texts, those of scripts with the same file name beside each other.
    pub texts: Vec<String>,
    /// Of each script in the table its text, by position, from 1; 0 where there is none.
    pub of_file: Vec<u32>,
    /// How many bytes of the text each test takes; 0 where that is not known.
    pub lengths: Vec<u32>,
}

/// Finds the texts of all tests in a table.
pub fn sources(table: &Table, find: &dyn Fn(&str, &str) -> Option<IndexedFile>) -> Sources {
    let mut rows: HashMap<u32, Vec<usize>> = HashMap::new();
    for (at, row) in table.rows.iter().enumerate() {
        rows.entry(row.file).or_default().push(at);
    }
    let mut files: Vec<usize> = (0..table.files.all().len()).collect();
    // Versions of one script are much alike: beside each other they compress well.
    files.sort_by_cached_key(|at| {
        let (suite, file) = &table.files.all()[*at];
        (file.rsplit('/').next().unwrap_or_default().to_owned(), file.clone(), suite.clone())
    });
    let mut sources = Sources {
        of_file: vec![0; files.len()],
        lengths: vec![0; table.rows.len()],
        ..Sources::default()
    };
    let mut known: HashMap<String, u32> = HashMap::new();
    for at in files {
        let (suite, file) = &table.files.all()[at];
        let Some(script) = find(suite, file) else { continue };
        let Ok(text) = script.source() else { continue };
        let lengths = lengths(&script);
        let mut any = false;
        for row in rows.get(&(at as u32)).into_iter().flatten() {
            let hash = table.rows[*row].hash.as_str();
            let place = (table.rows[*row].line, table.rows[*row].column);
            if let Some((_, length)) = lengths.get(&place).filter(|(then, _)| then == hash) {
                sources.lengths[*row] = *length;
                any = true;
            }
        }
        if any {
            let next = known.len() as u32 + 1;
            let text = text.into_owned();
            let position = *known.entry(text.clone()).or_insert_with(|| {
                sources.texts.push(text);
                next
            });
            sources.of_file[at] = position;
        }
    }
    sources
}

/// Of each directive, by line and column: the digest of its content, and how many bytes it takes.
fn lengths(script: &IndexedFile) -> HashMap<(u32, u32), (String, u32)> {
    let commands = script.script();
    let spans = commands.tests().map(|directive| directive.span);
    let tests = script.tests().into_iter().zip(spans);
    tests
        .map(|(test, span)| {
            let length = span.end.saturating_sub(span.start);
            ((test.line, test.column), (test.hash.to_string(), length))
        })
        .collect()
}
