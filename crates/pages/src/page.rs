//! What a page asks its reader to do.
//!
//! In: Markdown. Out: steps. Nothing here executes anything.

use std::mem::take;

/// What a reader of a page does, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The steps.
    pub steps: Vec<Step>,
}

/// One thing that a reader does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The heading of the section that it is in.
    pub section: String,
    /// The line of the page, counted from 1.
    pub line: usize,
    /// What is done.
    pub what: What,
}

/// What is done in a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// A file is written.
    File {
        /// Its path.
        path: String,
        /// Its text.
        text: String,
    },
    /// A command is run.
    Command {
        /// As it is typed.
        command: String,
        /// The lines that the page shows of its output; empty where it shows none.
        output: Vec<String>,
    },
}

/// A block of code that is being read.
struct Block {
    language: String,
    line: usize,
    lines: Vec<String>,
}

impl Page {
    /// The steps of a page.
    pub fn read(markdown: &str) -> Page {
        let (mut section, mut paragraph) = (String::new(), String::new());
        let mut steps = Vec::new();
        let mut block: Option<Block> = None;
        for (number, line) in (1..).zip(markdown.lines()) {
            match (&mut block, line.strip_prefix("```")) {
                (Some(open), None) => open.lines.push(line.to_owned()),
                (Some(_), Some(_)) => {
                    let steps_of = block.take().map(|block| block.steps(&take(&mut paragraph)));
                    let named = |what| (section.clone(), what);
                    steps.extend(steps_of.into_iter().flatten().map(named));
                }
                (None, Some(language)) => {
                    let language = language.trim().to_owned();
                    block = Some(Block { language, line: number, lines: Vec::new() });
                }
                (None, None) if line.starts_with('#') => {
                    section = line.trim_start_matches('#').trim().to_owned();
                    paragraph.clear();
                }
                // A paragraph goes on over the empty line before the block that it introduces.
                (None, None) if line.trim().is_empty() => paragraph.push('\n'),
                (None, None) => {
                    if paragraph.ends_with('\n') {
                        paragraph.clear();
                    }
                    paragraph = format!("{} {}", paragraph.trim(), line.trim());
                }
            }
        }
        let step = |(section, (line, what))| Step { section, line, what };
        Page { steps: steps.into_iter().map(step).collect() }
    }

    /// The steps in sections with these headings.
    ///
    /// # Errors
    /// Fails with the first heading under which there is no step.
    pub fn sections(&self, headings: &[String]) -> Result<Page, String> {
        let in_section = |heading: &String, step: &Step| step.section == *heading;
        let is_empty = |heading: &&String| !self.steps.iter().any(|s| in_section(heading, s));
        if let Some(heading) = headings.iter().find(is_empty) {
            return Err(heading.clone());
        }
        let chosen = |step: &&Step| headings.iter().any(|heading| in_section(heading, step));
        Ok(Page { steps: self.steps.iter().filter(chosen).cloned().collect() })
    }
}

impl Block {
    /// The steps of the block, each with its line. `paragraph` is the text before the block.
    fn steps(self, paragraph: &str) -> Vec<(usize, What)> {
        if self.language == "console" {
            return self.commands();
        }
        let text: String = self.lines.iter().flat_map(|line| [line.as_str(), "\n"]).collect();
        let file = |path: &str| (self.line, What::File { path: path.to_owned(), text });
        file_named(paragraph).map(file).into_iter().collect()
    }

    fn commands(self) -> Vec<(usize, What)> {
        let mut commands: Vec<(usize, What)> = Vec::new();
        for (line, text) in (self.line + 1..).zip(self.lines) {
            match (text.strip_prefix("$ "), commands.last_mut()) {
                (Some(command), _) => {
                    let command = without_comment(command).to_owned();
                    commands.push((line, What::Command { command, output: Vec::new() }));
                }
                (None, Some((_, What::Command { output, .. }))) => output.push(text),
                // What stands before the first command is nobody's output.
                (None, _) => {}
            }
        }
        for (_, what) in &mut commands {
            if let What::Command { output, .. } = what {
                while output.last().is_some_and(|line| line.trim().is_empty()) {
                    output.pop();
                }
            }
        }
        commands
    }
}

/// The path with which a paragraph ends, before a colon.
fn file_named(paragraph: &str) -> Option<&str> {
    let path = paragraph.trim().strip_suffix("`:")?.rsplit('`').next()?;
    let is_path = !path.is_empty() && !path.contains(char::is_whitespace) && path.contains('.');
    is_path.then_some(path)
}

/// A command without what a shell takes for a comment at its end.
fn without_comment(command: &str) -> &str {
    command.split("  #").next().unwrap_or_default().trim_end()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "\
# Title

Text about `other.txt`, and then
`a/b.txt`:

```text
one
  two
```

```console
$ first 'x  y'    # a comment
$ second
line

another

```

## Next

As `written.toml` shows:

```toml
no = \"file\"
```

A paragraph that ends so: `c.rs`:

Another one.

```rust
fn no_file() {}
```
";

    #[test]
    fn files_and_commands_in_order() {
        let page = Page::read(PAGE);
        let command = |command: &str, output: &[&str]| What::Command {
            command: command.to_owned(),
            output: output.iter().map(|line| (*line).to_owned()).collect(),
        };
        let what: Vec<&What> = page.steps.iter().map(|step| &step.what).collect();
        let file = What::File { path: "a/b.txt".into(), text: "one\n  two\n".into() };
        let second = command("second", &["line", "", "another"]);
        assert_eq!(what, [&file, &command("first 'x  y'", &[]), &second]);
        assert_eq!(page.steps.iter().map(|step| step.line).collect::<Vec<_>>(), [6, 12, 13]);
        assert!(page.steps.iter().all(|step| step.section == "Title"));
    }

    #[test]
    fn sections_must_have_steps() {
        let page = Page::read(PAGE);
        assert_eq!(page.sections(&["Title".into()]).as_ref(), Ok(&page));
        assert_eq!(page.sections(&["Title".into(), "Next".into()]), Err("Next".into()));
    }
}
