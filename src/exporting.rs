//! Writes tests in the forms that runners of other engines read.
//!
//! In: a selection of tests, and folders. Out, in the folders: the scripts that have these tests, cut down to
//! them and to what they rest on, in the forms of [`touchstone::forms`].

use crate::args::Export;
use crate::outputs::are_apart;
use crate::problem::Problem;
use crate::selection;
use std::io::Write as _;
use std::path::{Component, Path, PathBuf};
use std::process::ExitCode;
use touchstone::forms::{Slice, js};
use touchstone::index::IndexedFile;
use touchstone::report::stdout;
use touchstone::report::words::number_of;
use touchstone::select::PlannedFile;

/// What was written, and what could not be.
#[derive(Default)]
struct Counts {
    scripts: usize,
    directives: usize,
    /// Directives that rest on something that the features do not have.
    beyond_features: usize,
    /// Places of directives that the form has no words for.
    left_out: Vec<String>,
}

pub(crate) fn export(arguments: &Export) -> Result<ExitCode, Problem> {
    let plan = selection::plan(&arguments.selecting)?;
    let features = selection::features(&arguments.features)?;
    let written = plan.files.iter().flat_map(|planned| written(arguments, &place(planned)));
    let scripts = plan.scripts.iter().filter_map(IndexedFile::disk_path);
    are_apart(written, scripts.map(|path| ("a script", path)))?;
    let mut counts = Counts::default();
    for planned in &plan.files {
        let slice = Slice::new(planned, features);
        counts.beyond_features += slice.beyond_features();
        if slice.directives() == 0 {
            continue;
        }
        counts.scripts += 1;
        counts.directives += slice.directives();
        let place = place(planned);
        if let Some(folder) = &arguments.wast {
            let text = planned.file.source()?;
            write(&folder.join(&place), slice.wast(&text).as_bytes())?;
        }
        if let Some(folder) = &arguments.wast2json {
            let path = folder.join(&place).with_extension("json");
            let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let document = slice.wast2json(&stem);
            for (name, bytes) in &document.modules {
                write(&path.with_file_name(name), bytes)?;
            }
            let text = document.text();
            write(&path, &text.map_err(|error| Problem(error.to_string()))?)?;
            let source = planned.file.name();
            let places = document.left_out.iter().map(|line| format!("{source}:{line}"));
            counts.left_out.extend(places);
        }
        if let Some(folder) = &arguments.js {
            write(&folder.join(&place).with_extension("js"), js::file(&slice).as_bytes())?;
        }
    }
    say(&counts)?;
    Ok(ExitCode::SUCCESS)
}

/// The files that stand for a script, but for its modules, each with the flag that asks for it.
fn written(arguments: &Export, place: &Path) -> Vec<(&'static str, PathBuf)> {
    let forms = [
        ("--wast", &arguments.wast, None),
        ("--wast2json", &arguments.wast2json, Some("json")),
        ("--js", &arguments.js, Some("js")),
    ];
    let path = |(flag, folder, end): (_, &Option<PathBuf>, Option<&str>)| {
        let path = folder.as_ref()?.join(place);
        Some((flag, end.map_or(path.clone(), |end| path.with_extension(end))))
    };
    forms.into_iter().filter_map(path).collect()
}

fn say(counts: &Counts) -> Result<(), Problem> {
    let mut out = stdout();
    let Counts { scripts, directives, beyond_features, left_out } = counts;
    let was = if *directives == 1 { "was" } else { "were" };
    let (directives, scripts) =
        (number_of(*directives, "directive"), number_of(*scripts, "script"));
    writeln!(out, "{directives} of {scripts} {was} written")?;
    if *beyond_features > 0 {
        writeln!(out, "{beyond_features} were not, since they need other features")?;
    }
    if !left_out.is_empty() {
        let n = left_out.len();
        writeln!(out, "{n} were not, since JSON has no words for them:")?;
        for place in left_out {
            writeln!(out, "  {place}")?;
        }
    }
    out.flush()?;
    Ok(())
}

/// Where the script stands below a folder: never outside of it.
fn place(planned: &PlannedFile) -> PathBuf {
    let name = planned.file.name();
    let parts = Path::new(&name).components().filter_map(|part| match part {
        Component::Normal(part) => Some(part),
        _ => None,
    });
    parts.collect()
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Problem> {
    let folder = path.parent().unwrap_or(Path::new(""));
    let written = std::fs::create_dir_all(folder).and_then(|()| std::fs::write(path, bytes));
    written.map_err(|error| Problem(format!("cannot write `{}`: {error}", path.display())))
}
