//! A script that is made smaller, and which of its directives that is about.
//!
//! In: a script with its text. Out: a [`Doc`]: one tree for each directive. Nothing here knows of engines.

use super::tree::{Node, Path, parse};
use touchstone_script::{Command, Script};

/// A script as trees, and what it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Doc {
    pub(super) forms: Vec<Node>,
    pub(super) target: Target,
}

/// What a script is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// A form, or the directive in it that is so many tests behind it.
    Form { form: usize, inner: usize },
    /// The end of the script, where nothing may be alive.
    End,
}

impl Doc {
    /// The script up to the test at a position; the position behind all tests is that of the end. Gives also which
    /// directives of the script the forms are. `None` if the text of one of them is no tree.
    pub(super) fn new(script: &Script, text: &str, position: usize) -> Option<(Doc, Vec<usize>)> {
        let (mut forms, mut numbers, mut begin) = (Vec::new(), Vec::new(), 0);
        let mut target = Target::End;
        for (number, directive) in script.directives.iter().enumerate() {
            let tests = tests_in(&directive.command);
            let is_target = (begin..begin + tests).contains(&position);
            let span = directive.span.start as usize..directive.span.end as usize;
            let own = parse(text.get(span)?)?;
            let is_module = |node: &Node| node.head() == Some("module");
            let form = match (&directive.command, own.as_slice()) {
                (Command::ScriptError { .. }, _) if !is_target => None,
                (Command::Module { .. }, [one]) if is_module(one) => own.into_iter().next(),
                // A script may be the fields of one module.
                (Command::Module { .. }, _) => {
                    Some(Node::List([Node::word("module")].into_iter().chain(own).collect()))
                }
                (_, [_]) => own.into_iter().next(),
                _ => return None,
            };
            forms.extend(form.inspect(|_| numbers.push(number)));
            if is_target {
                target = Target::Form { form: forms.len() - 1, inner: position - begin };
                break;
            }
            begin += tests;
        }
        Some((Doc { forms, target }, numbers))
    }

    /// The form that it is about, if it is not about the end.
    pub(super) fn target_form(&self) -> Option<usize> {
        match self.target {
            Target::Form { form, .. } => Some(form),
            Target::End => None,
        }
    }

    /// The same with these forms alone. `None` if what it is about is not among them.
    pub(super) fn with_only(&self, keep: impl Fn(usize) -> bool) -> Option<Doc> {
        let target = match self.target {
            Target::Form { form, .. } if !keep(form) => return None,
            Target::Form { form, inner } => {
                Target::Form { form: (0..form).filter(|n| keep(*n)).count(), inner }
            }
            Target::End => Target::End,
        };
        let forms = self.forms.iter().enumerate().filter(|(n, _)| keep(*n));
        Some(Doc { forms: forms.map(|(_, form)| form.clone()).collect(), target })
    }

    /// Its text, one line for each form.
    pub(super) fn text(&self) -> String {
        let mut out = String::new();
        for form in &self.forms {
            form.write(&mut out);
            out.push('\n');
        }
        out
    }

    /// How much there is to read, but for what the last assertion expects, which is as it must be.
    pub(super) fn weight(&self) -> usize {
        let expected = self.target_form().map_or(0, |form| {
            let form = &self.forms[form];
            let is_return = form.head() == Some("assert_return");
            let results = form.children().iter().skip(2).filter(|_| is_return);
            results.map(Node::weight).sum()
        });
        self.forms.iter().map(Node::weight).sum::<usize>() - expected
    }

    pub(super) fn at(&self, path: &[usize]) -> Option<&Node> {
        let (form, rest) = path.split_first()?;
        self.forms.get(*form)?.at(rest)
    }

    /// The children of a list, to be changed.
    pub(super) fn list_at(&mut self, path: &[usize]) -> Option<&mut Vec<Node>> {
        let (form, rest) = path.split_first()?;
        self.forms.get_mut(*form)?.list_at(rest)
    }

    /// The same with other nodes in the place of one.
    pub(super) fn with(&self, path: &[usize], instead: Vec<Node>) -> Option<Doc> {
        let mut doc = self.clone();
        let (last, before) = path.split_last()?;
        if before.is_empty() {
            let [one] = <[Node; 1]>::try_from(instead).ok()?;
            *doc.forms.get_mut(*last)? = one;
        } else {
            let list = doc.list_at(before)?;
            if *last >= list.len() {
                return None;
            }
            list.splice(*last..*last + 1, instead);
        }
        Some(doc)
    }

    /// Where modules are, those given as text; what is in threads stays as it is.
    pub(super) fn modules(&self) -> Vec<Path> {
        let is_text = |node: &Node| {
            let mut words = node.children().iter().filter_map(Node::as_word);
            node.head() == Some("module")
                && !words.any(|w| matches!(w, "binary" | "quote" | "instance"))
        };
        self.all_modules().into_iter().filter(|path| self.at(path).is_some_and(is_text)).collect()
    }

    /// Where modules are, in whichever way they are given.
    pub(super) fn all_modules(&self) -> Vec<Path> {
        let mut paths = Vec::new();
        for (n, form) in self.forms.iter().enumerate() {
            match form.head() {
                Some("module") => paths.push(vec![n]),
                Some(head)
                    if head.starts_with("assert_")
                        && form.children().get(1).and_then(Node::head) == Some("module") =>
                {
                    paths.push(vec![n, 1]);
                }
                _ => {}
            }
        }
        paths
    }

    /// Where the calls of an export are, outside of threads.
    pub(super) fn invocations(&self) -> Vec<Path> {
        let mut paths = Vec::new();
        for (n, form) in self.forms.iter().enumerate() {
            if form.head() == Some("invoke") {
                paths.push(vec![n]);
            } else if form.children().get(1).and_then(Node::head) == Some("invoke") {
                paths.push(vec![n, 1]);
            }
        }
        paths
    }
}

/// The number of the first field of a module.
pub(super) fn first_field(module: &Node) -> usize {
    module.children().iter().position(Node::is_list).unwrap_or(module.children().len())
}

/// How many tests a directive is: itself and those inside it.
pub(super) fn tests_in(command: &Command) -> usize {
    1 + command.nested().iter().map(|inner| tests_in(&inner.command)).sum::<usize>()
}
