//! Writes what commands are asked for, and keeps it from taking the place of what they read, and of what else they write.
//!
//! In: the flags and the paths of outputs, and the paths of inputs, before any of them is written. Out: nothing, or which
//! two are the same file; then the outputs, each as a whole. What is in them is not known here.

use crate::problem::Problem;
use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use touchstone::report::stdout;

/// Checks that no two outputs are the same file, and that none is one of the inputs; however their paths are written, and
/// whatever links lead there. Each output has the flag that names it, and each input a noun with its article. Pipes and
/// devices can be written to twice, and folders are no files.
pub(crate) fn are_apart<'o>(
    outputs: impl IntoIterator<Item = (&'o str, PathBuf)>,
    inputs: impl IntoIterator<Item = (&'static str, PathBuf)>,
) -> Result<(), Problem> {
    let mut written: HashMap<Place, &str> = HashMap::new();
    for (flag, path) in outputs {
        let Some(place) = place(&path) else { continue };
        if let Some(other) = written.insert(place, flag) {
            let path = path.display();
            return Err(Problem(match other == flag {
                true => format!("`{flag}` would write `{path}` twice"),
                false => format!("`{other}` and `{flag}` are both to be written to `{path}`"),
            }));
        }
    }
    if written.is_empty() {
        return Ok(());
    }
    for (what, path) in inputs {
        if let Some(flag) = place(&path).and_then(|place| written.get(&place)) {
            let path = path.display();
            return Err(Problem(format!("`{path}` is {what}, and `{flag}` would overwrite it")));
        }
    }
    Ok(())
}

/// The path that stands for standard output.
pub(crate) const STANDARD: &str = "-";

/// Writes a file as a whole, so that one that was there before stays if this fails; `-` is standard output.
pub(crate) fn write(
    path: &Path,
    content: &dyn Fn(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Problem> {
    let of = |error: io::Error| Problem(format!("cannot write `{}`: {error}", path.display()));
    if path == Path::new(STANDARD) {
        let mut out = stdout();
        return content(&mut out).and_then(|()| out.flush()).map_err(of);
    }
    let to = |path: &Path| {
        let mut out = BufWriter::new(File::create(path)?);
        content(&mut out)?;
        out.flush()
    };
    // A pipe or a device cannot be replaced.
    if fs::metadata(path).is_ok_and(|found| !found.is_file()) {
        return to(path).map_err(of);
    }
    let mut part = path.as_os_str().to_owned();
    part.push(format!(".part{}", std::process::id()));
    let part = PathBuf::from(part);
    to(&part).and_then(|()| fs::rename(&part, path)).map_err(|error| {
        let _ = fs::remove_file(&part);
        of(error)
    })
}

/// What tells a file from others.
#[derive(Debug, PartialEq, Eq, Hash)]
enum Place {
    /// Its device, and its number there.
    Is(u64, u64),
    /// Where it will be: the folder is written as the system does, or as an absolute path if it is not there either.
    WillBe(PathBuf),
}

/// More links are followed by no system.
const LINKS: usize = 40;

/// Where a path leads, if that is a file, or nothing yet.
fn place(path: &Path) -> Option<Place> {
    if let Ok(found) = fs::metadata(path) {
        return found.is_file().then(|| Place::Is(found.dev(), found.ino()));
    }
    let mut path = std::path::absolute(path).ok()?;
    // What is written to a link that leads nowhere is where it leads.
    for _ in 0..LINKS {
        let Ok(target) = fs::read_link(&path) else { break };
        path = path.parent()?.join(target);
    }
    let (folder, name) = (path.parent()?, path.file_name()?);
    let folder = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    Some(Place::WillBe(folder.join(name)))
}
