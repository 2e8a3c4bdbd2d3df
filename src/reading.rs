//! Reads the reports that a command is given.
//!
//! In: the names of files, which may be pipes and are read once. Out: reports; or one message that names the file. What is
//! done with them is not known here.

use crate::problem::Problem;
use std::fmt::Display;
use std::fs::File;
use std::io::{BufReader, Error};
use std::path::{Path, PathBuf};
use touchstone::report::json::{Header, LARGEST, ReadError, Report, read_header, read_rest};
use touchstone::report::sound;

/// A report of which the first line was read.
#[derive(Debug)]
pub(crate) struct Opened {
    path: PathBuf,
    pub(crate) header: Header,
    rest: BufReader<File>,
}

impl Opened {
    /// Reads the first line of a report.
    pub(crate) fn new(path: &Path) -> Result<Opened, Problem> {
        let of = |error: Error| about(path, error);
        let file = File::open(path).map_err(of)?;
        let found = file.metadata().map_err(of)?;
        if found.is_file() && found.len() > LARGEST {
            return Err(about(path, ReadError::Large));
        }
        let mut rest = BufReader::with_capacity(1 << 16, file);
        let header = read_header(&mut rest).map_err(|error| about(path, error))?;
        Ok(Opened { path: path.to_owned(), header, rest })
    }

    /// Reads the rest of it. It may be partial.
    pub(crate) fn read(self) -> Result<Report, Problem> {
        read_rest(self.header, self.rest).map_err(|error| about(&self.path, error))
    }
}

/// Reads a report, which may be partial.
pub(crate) fn read_report(path: &Path) -> Result<Report, Problem> {
    Opened::new(path)?.read()
}

/// Reads a report that can be compared with another one. It may be partial.
pub(crate) fn read_sound(path: &Path) -> Result<Report, Problem> {
    let report = read_report(path)?;
    sound::check(&report).map_err(|unsound| about(path, unsound))?;
    Ok(report)
}

/// A problem with a file.
pub(crate) fn about(path: &Path, what: impl Display) -> Problem {
    Problem(format!("`{}`: {what}", path.display()))
}
