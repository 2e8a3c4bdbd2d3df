//! A script that is written again and again, with fewer and fewer of its directives.
//!
//! In: a script, once, and some of its directives, each time. Out: a file, and which of its lines belong to which
//! of them. Every file also has an *ending*: an expectation that is wrong, so that a runner which comes to it,
//! and compares anything, says so.

use super::json::{self, Wanted};
use super::links::{Links, links};
use super::wast::{Layout, first_inside};
use serde::Deserialize;
use std::io;
use std::path::{Path, PathBuf};
use touchstone_script::{
    Action, Command, Directive, Kind, ModuleIndex, ModuleSource, Script, lower,
};

/// A form of scripts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// Text, as the suite has it.
    #[default]
    Wast,
    /// The JSON of `wast2json`, with modules in binary form.
    Json,
}

impl Form {
    /// What the name of a file ends with.
    pub const fn extension(self) -> &'static str {
        match self {
            Form::Wast => "wast",
            Form::Json => "json",
        }
    }
}

/// How much of a directive is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// All of it.
    Whole,
    /// Its action alone: what it expects is left out.
    Action,
}

/// A directive in a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its position among the directives of the script.
    pub directive: usize,
    /// How much of it.
    pub part: Part,
}

/// What a line of a file belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// One of the items, by position.
    Item(usize),
    /// The ending.
    Ending,
}

/// The value that the ending computes. It stands in no script, not even in the ending: who speaks of it has run
/// the ending.
pub const GIVEN: u32 = 1_886_352_499;
/// The value that the ending expects.
const EXPECTED: u32 = 1_734_829_927;

/// A script that is written again and again.
#[derive(Debug)]
pub struct Sheet {
    form: Form,
    directives: Vec<Directive>,
    links: Vec<Links>,
    /// Those of the script, and that of the ending.
    modules: Vec<ModuleSource>,
    /// The text of each directive, for [`Form::Wast`].
    texts: Vec<String>,
    ending: Vec<Directive>,
    ending_links: Vec<Links>,
    ending_text: String,
}

/// A file that was written.
#[derive(Debug)]
pub struct Written {
    /// The file.
    pub path: PathBuf,
    /// Lines on which items begin, ascending, with their places.
    begins: Vec<(u32, Place)>,
}

impl Written {
    /// What a line of the file belongs to.
    pub fn at(&self, line: u32) -> Option<Place> {
        let after = self.begins.partition_point(|(begins, _)| *begins <= line);
        Some(self.begins[after.checked_sub(1)?].1)
    }
}

impl Sheet {
    /// A script in a form. Its text is needed for [`Form::Wast`] alone.
    pub fn new(form: Form, script: &Script, text: &str) -> Sheet {
        let ending_text = format!(
            "(module (func (export \"ending\") (result i32) (i32.add (i32.const {}) (i32.const 1))))\n\
             (assert_return (invoke \"ending\") (i32.const {EXPECTED}))",
            GIVEN - 1
        );
        let mut ending = lower(&ending_text).unwrap_or_default();
        let mut modules = script.modules.clone();
        for directive in &mut ending.directives {
            if let Command::Module { module, .. } = &mut directive.command {
                *module = ModuleIndex(modules.len() as u32);
            }
        }
        modules.append(&mut ending.modules);
        let ending = Script { directives: ending.directives, modules };
        let ending_links = links(&ending);
        let texts = match form {
            Form::Wast => script.directives.iter().map(|one| text_of(one, text)).collect(),
            Form::Json => Vec::new(),
        };
        Sheet {
            form,
            directives: script.directives.clone(),
            links: links(script),
            modules: ending.modules,
            texts,
            ending: ending.directives,
            ending_links,
            ending_text,
        }
    }

    /// The kind of directive that an item is written as.
    pub fn kind(&self, item: Item) -> Kind {
        let directive = &self.directives[item.directive];
        match item.part {
            Part::Whole => directive.command.kind(),
            Part::Action => bare(directive).command.kind(),
        }
    }

    /// Whether a directive has an action that can be written without what is expected of it.
    pub fn has_action(&self, directive: usize) -> bool {
        let is_invocation = |action: &Action| !matches!(action, Action::Instantiate(_));
        match &self.directives[directive].command {
            Command::AssertReturn { action, .. }
            | Command::AssertTrap { action, .. }
            | Command::AssertExhaustion { action, .. }
            | Command::AssertException { action }
            | Command::AssertSuspension { action, .. } => {
                is_invocation(action)
                    && (self.form == Form::Json || first_inside(&self.texts[directive]).is_some())
            }
            _ => false,
        }
    }

    /// Writes a file into a folder, with the ending after all items, or before them.
    ///
    /// # Errors
    /// Fails if a file cannot be written.
    pub fn write(&self, folder: &Path, items: &[Item], ending_first: bool) -> io::Result<Written> {
        let path = folder.join("script").with_extension(self.form.extension());
        let mut places: Vec<Place> = (0..items.len()).map(Place::Item).collect();
        places.insert(if ending_first { 0 } else { items.len() }, Place::Ending);
        let begins = match self.form {
            Form::Wast => self.write_text(&path, items, places)?,
            Form::Json => self.write_json(&path, items, places)?,
        };
        Ok(Written { path, begins })
    }

    fn write_text(
        &self,
        path: &Path,
        items: &[Item],
        places: Vec<Place>,
    ) -> io::Result<Vec<(u32, Place)>> {
        let mut layout = Layout::default();
        let mut begins = Vec::with_capacity(places.len());
        for place in places {
            let line = match place {
                Place::Ending => layout.add(&self.ending_text, 0),
                Place::Item(n) => {
                    let Item { directive, part } = items[n];
                    let whole = self.texts[directive].as_str();
                    let text = match part {
                        Part::Whole => whole,
                        Part::Action => first_inside(whole).unwrap_or(whole),
                    };
                    layout.add(text, self.directives[directive].span.line)
                }
            };
            begins.push((line, place));
        }
        std::fs::write(path, layout.text())?;
        Ok(begins)
    }

    /// Directives of JSON get numbers as lines, since several may share a line of the script.
    fn write_json(
        &self,
        path: &Path,
        items: &[Item],
        places: Vec<Place>,
    ) -> io::Result<Vec<(u32, Place)>> {
        let bare: Vec<Option<Directive>> = items
            .iter()
            .map(|item| (item.part == Part::Action).then(|| bare(&self.directives[item.directive])))
            .collect();
        let (mut begins, mut wanted, mut line) = (Vec::new(), Vec::new(), 1);
        for place in places {
            begins.push((line, place));
            match place {
                Place::Ending => {
                    for (directive, links) in self.ending.iter().zip(&self.ending_links) {
                        wanted.push(Wanted { directive, links, line });
                    }
                }
                Place::Item(n) => {
                    let at = items[n].directive;
                    let directive = bare[n].as_ref().unwrap_or(&self.directives[at]);
                    wanted.push(Wanted { directive, links: &self.links[at], line });
                }
            }
            line += 1;
        }
        let document = json::document(&self.modules, wanted, "script", "script.wast");
        for (name, bytes) in &document.modules {
            std::fs::write(path.with_file_name(name), bytes)?;
        }
        std::fs::write(path, document.text()?)?;
        Ok(begins)
    }
}

/// The text of a directive. A script may be the fields of one module, without the form around them.
fn text_of(directive: &Directive, text: &str) -> String {
    let span = directive.span.start as usize..directive.span.end as usize;
    let own = text.get(span).unwrap_or_default();
    let head = own.trim_start_matches('(').trim_start();
    match directive.command {
        Command::Module { .. } if !head.starts_with("module") => format!("(module {own}\n)"),
        _ => own.to_owned(),
    }
}

/// The action of an assertion as a directive.
fn bare(directive: &Directive) -> Directive {
    let command = match &directive.command {
        Command::AssertReturn { action, .. }
        | Command::AssertTrap { action, .. }
        | Command::AssertExhaustion { action, .. }
        | Command::AssertException { action }
        | Command::AssertSuspension { action, .. } => match action {
            Action::Invoke(invoke) => Command::Invoke(invoke.clone()),
            Action::Get(get) => Command::Get(get.clone()),
            Action::Instantiate(_) => directive.command.clone(),
        },
        other => other.clone(),
    };
    Directive { command, ..directive.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCRIPT: &str = r#"
        (module (func (export "f") (result i32)
            (i32.const 1))) (assert_return (invoke "f") (i32.const 2))
        (invoke "f")
        (assert_trap (module (func unreachable) (start 0)) "unreachable")
    "#;

    fn item(directive: usize, part: Part) -> Item {
        Item { directive, part }
    }

    #[test]
    fn lines_lead_back_to_directives() {
        let folder = std::env::temp_dir().join(format!("touchstone-sheet-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        let script = lower(SCRIPT).expect("a script");
        let items = [item(0, Part::Whole), item(1, Part::Action), item(2, Part::Whole)];
        for form in [Form::Wast, Form::Json] {
            let sheet = Sheet::new(form, &script, SCRIPT);
            assert_eq!([0, 1, 2, 3].map(|n| sheet.has_action(n)), [false, true, false, false]);
            let written = sheet.write(&folder, &items, false).expect("it is written");
            let text = std::fs::read_to_string(&written.path).expect("it is there");
            assert!(text.contains("1734829927"), "{text}");
            assert!(!text.contains("assert_trap"), "{text}");
            // The assertion is left out, but for that of the ending.
            assert_eq!(text.matches("assert_return").count(), 1, "{text}");
            if form == Form::Wast {
                let line = |n: usize| text.lines().nth(n - 1).expect("a line").trim();
                assert_eq!((line(4), line(5)), (r#"(invoke "f")"#, r#"(invoke "f")"#));
                let places = [1, 2, 3, 4, 5, 6].map(|line| written.at(line));
                let at = |n| Some(Place::Item(n));
                assert_eq!(places, [None, at(0), at(0), at(1), at(2), Some(Place::Ending)]);
                assert!(lower(&text).is_ok_and(|script| script.directives.len() == 5), "{text}");
            } else {
                let places = [0, 1, 2, 3, 4].map(|line| written.at(line));
                let at = |n| Some(Place::Item(n));
                assert_eq!(places, [None, at(0), at(1), at(2), Some(Place::Ending)]);
            }
            let written = sheet.write(&folder, &items, true).expect("it is written");
            assert_eq!(written.at(1), Some(Place::Ending), "{form:?}");
        }
        let _ = std::fs::remove_dir_all(folder);
    }

    #[test]
    fn fields_without_a_module_get_one() {
        let text = "(func (export \"f\"))\n(memory 1)";
        let script = lower(text).expect("a script");
        assert_eq!(text_of(&script.directives[0], text), format!("(module {text}\n)"));
    }
}
