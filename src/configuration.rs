//! What a project says once and for all, in a file `touchstone.toml`.
//!
//! In: the flags of a command, and the file, which is looked for in this folder and those above it, as Cargo does.
//! Out: the same flags, completed. What the command line says goes before what the file says.

use crate::args::{EngineChoice, EngineFlags, Selecting, Verb};
use crate::problem::{Problem, in_a_line};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use touchstone::index::nearest;

const NAME: &str = "touchstone.toml";

/// What the file holds.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct Content {
    /// Suites that are selected where nothing else is.
    suites: Vec<String>,
    /// Exception lists, beside the file.
    ignore_lists: Vec<PathBuf>,
    /// After how many seconds a test is named as slow.
    slow: Option<u64>,
    /// The engine that is judged where none is named, or several.
    engine: Option<OneOrMore>,
    /// Engines by name, each as `--engine` takes it.
    engines: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum OneOrMore {
    One(String),
    More(Vec<String>),
}

/// A file, read.
struct Configuration {
    path: PathBuf,
    content: Content,
    engines: BTreeMap<String, EngineChoice>,
}

/// Completes the flags of a command by the nearest file, if there is one.
pub(crate) fn apply(verb: &mut Verb) -> Result<(), Problem> {
    let wants = matches!(
        verb,
        Verb::Run(_)
            | Verb::List(_)
            | Verb::Explain(_)
            | Verb::Export(_)
            | Verb::Triage(_)
            | Verb::CheckEngine(_)
            | Verb::AuditEngine(_)
            | Verb::Audit(_)
            | Verb::Reduce(_)
    );
    #[cfg(feature = "fuzz")]
    let wants = wants || matches!(verb, Verb::Fuzz(_));
    let here = std::env::current_dir()?;
    let Some(configuration) = wants.then(|| find(&here)).transpose()?.flatten() else {
        return Ok(());
    };
    let mut quiet = false;
    match verb {
        Verb::Run(run) => {
            quiet = run.showing.quiet;
            configuration.select(&mut run.selecting);
            configuration.engines(&mut run.engine)?;
            configuration.lists(&mut run.ignore_lists);
            run.slow = run.slow.or(configuration.content.slow);
        }
        Verb::List(selecting) => configuration.select(selecting),
        Verb::Export(export) => configuration.select(&mut export.selecting),
        Verb::Explain(explain) => {
            configuration.engines(&mut explain.engine)?;
            configuration.lists(&mut explain.ignore_lists);
        }
        Verb::Triage(triage) => configuration.lists(&mut triage.ignore_lists),
        Verb::CheckEngine(check) => configuration.name(&mut check.engine)?,
        Verb::AuditEngine(audit) => {
            configuration.select(&mut audit.selecting);
            configuration.name(&mut audit.engine)?;
        }
        Verb::Audit(audit) => {
            configuration.select(&mut audit.selecting);
            configuration.engines(&mut audit.engine)?;
        }
        Verb::Reduce(reduce) => {
            configuration.engines(&mut reduce.engine)?;
            reduce.not_on.iter_mut().try_for_each(|other| configuration.name(other))?;
        }
        #[cfg(feature = "fuzz")]
        Verb::Fuzz(fuzz) => configuration.engines(&mut fuzz.engine)?,
        _ => {}
    }
    if !quiet {
        let _ = writeln!(io::stderr(), "configuration: {}", configuration.path.display());
    }
    Ok(())
}

/// The file in this folder, or in the nearest one above it.
fn find(here: &Path) -> Result<Option<Configuration>, Problem> {
    let Some(path) = here.ancestors().map(|folder| folder.join(NAME)).find(|path| path.is_file())
    else {
        return Ok(None);
    };
    let of = |error: String| Problem(format!("`{}`: {}", path.display(), error.trim_end()));
    let text = std::fs::read_to_string(&path).map_err(|error| of(error.to_string()))?;
    let content: Content = toml::from_str(&text).map_err(|error| of(in_a_line(&text, &error)))?;
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut engines = BTreeMap::new();
    for (name, spec) in &content.engines {
        let choice = EngineChoice::parse_in(spec, folder);
        engines.insert(
            name.clone(),
            choice.map_err(|error| of(format!("the engine `{name}`: {error}")))?,
        );
    }
    Ok(Some(Configuration { path, content, engines }))
}

impl Configuration {
    fn folder(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new("."))
    }

    fn select(&self, selecting: &mut Selecting) {
        // With paths, suites say by which features they are judged.
        if selecting.paths.is_empty() && selecting.suites.is_empty() {
            selecting.suites.clone_from(&self.content.suites);
        }
    }

    fn lists(&self, lists: &mut Vec<PathBuf>) {
        lists.extend(self.content.ignore_lists.iter().map(|list| self.folder().join(list)));
    }

    fn engines(&self, flags: &mut EngineFlags) -> Result<(), Problem> {
        if flags.engines.is_empty() {
            let specs = match &self.content.engine {
                None => &[],
                Some(OneOrMore::One(spec)) => std::slice::from_ref(spec),
                Some(OneOrMore::More(specs)) => &specs[..],
            };
            for spec in specs {
                let choice = EngineChoice::parse_in(spec, self.folder());
                flags.engines.push(choice.map_err(|error| self.problem(&error))?);
            }
        }
        flags.engines.iter_mut().try_for_each(|choice| self.name(choice))
    }

    /// Puts an engine in the place of its name.
    fn name(&self, choice: &mut EngineChoice) -> Result<(), Problem> {
        let Some(name) = choice.name.clone() else { return Ok(()) };
        match self.engines.get(&name) {
            Some(EngineChoice { name: Some(other), .. }) => {
                Err(self
                    .problem(&format!("the engine `{name}` is `{other}`, which is a name again")))
            }
            Some(known) => {
                *choice = known.clone();
                Ok(())
            }
            None => {
                let near = nearest(&name, self.engines.keys().map(String::as_str));
                let hint = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
                Err(self.problem(&format!("`[engines]` has no `{name}`{hint}")))
            }
        }
    }

    fn problem(&self, what: &str) -> Problem {
        Problem(format!("`{}`: {what}", self.path.display()))
    }
}
