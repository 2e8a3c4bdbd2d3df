//! What the comments at the top of a script ask for.
//!
//! In: the text of a script, and the form of such comments in its dialect. Out: names that are switched on or
//! off, with their lines; or where a comment cannot be read. What the names mean is not known here.

use touchstone_script::LowerError;

/// How scripts of a dialect say at their top what they need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Header {
    pub(crate) form: Form,
    /// What such a line begins with.
    pub(crate) prefix: String,
    /// The flags of a command line that are followed by names.
    pub(crate) flags: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// The lines are TOML: `name = true`.
    Toml,
    /// The line is a command line with a flag whose value is a list: `-f=a,-b`.
    CommandLine,
}

/// Something that a script asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Wish {
    pub(crate) name: String,
    /// Whether it is to be on.
    pub(crate) on: bool,
}

/// The lines of comments and the blank lines that a text begins with, each with its number.
pub(crate) fn leading(text: &str) -> impl Iterator<Item = (u32, &str)> {
    let lines = text.strip_prefix('\u{feff}').unwrap_or(text).lines();
    (1..)
        .zip(lines.map(str::trim_end))
        .take_while(|(_, line)| line.is_empty() || line.starts_with(";;"))
}

impl Header {
    /// What a script asks for.
    ///
    /// # Errors
    /// Says where the comments are wrong, and what they should be like.
    pub(crate) fn read(&self, text: &str) -> Result<Vec<Wish>, LowerError> {
        match self.form {
            Form::Toml => self.toml(text),
            Form::CommandLine => self.command_line(text),
        }
    }

    fn toml(&self, text: &str) -> Result<Vec<Wish>, LowerError> {
        let mut wishes: Vec<Wish> = Vec::new();
        for (line, comment) in leading(text) {
            let Some(entry) = comment.strip_prefix(self.prefix.as_str()) else { continue };
            let wrong = |why: &str| LowerError {
                line,
                column: self.prefix.len() as u32 + 1,
                message: format!(
                    "`{}` is no setting of a script: {why}; write `{} name = true`",
                    entry.trim(),
                    self.prefix
                ),
            };
            let table: toml::Table = entry.parse().map_err(|error: toml::de::Error| {
                wrong(error.message().lines().next().unwrap_or_default())
            })?;
            for (name, value) in table {
                let on = value.as_bool().ok_or_else(|| wrong("its value is not a Boolean"))?;
                if wishes.iter().any(|wish| wish.name == name) {
                    return Err(wrong("the name stands there twice"));
                }
                wishes.push(Wish { name, on });
            }
        }
        Ok(wishes)
    }

    fn command_line(&self, text: &str) -> Result<Vec<Wish>, LowerError> {
        let mut lines = leading(text);
        let mut command = None;
        for (number, line) in lines.by_ref() {
            // The command may have a name: `RUN[name]:`.
            let Some(rest) = line.strip_prefix(self.prefix.as_str()) else { continue };
            let Some((_, words)) = rest.split_once(':') else { continue };
            command = Some((number, words.to_owned()));
            break;
        }
        let Some((line, mut command)) = command else { return Ok(Vec::new()) };
        while let Some(open) = command.strip_suffix('\\') {
            let open = open.to_owned();
            let Some((_, next)) = lines.next() else { break };
            command = open + next.trim_start_matches(';');
        }
        // What follows a pipe is another command.
        let command = command.split(" | ").next().unwrap_or_default();
        let mut words = command.split_whitespace();
        let mut wishes = Vec::new();
        while let Some(word) = words.next() {
            let value = self.flags.iter().find_map(|flag| {
                let rest = word.strip_prefix(flag.as_str())?;
                rest.strip_prefix('=').or_else(|| rest.is_empty().then(|| words.next())?)
            });
            let flag_alone = self.flags.iter().any(|flag| flag == word);
            if value.is_none() && flag_alone {
                let message = format!("no value follows `{word}`; name what it switches");
                return Err(LowerError { line, column: 1, message });
            }
            wishes.extend(value.into_iter().flat_map(|names| names.split(',')).map(|name| {
                let off = name.strip_prefix('-');
                Wish { name: off.unwrap_or(name).to_owned(), on: off.is_none() }
            }));
        }
        Ok(wishes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(header: &Header, text: &str) -> Result<Vec<String>, (u32, String)> {
        let wishes = header.read(text).map_err(|error| (error.line, error.message))?;
        let word = |wish: Wish| format!("{}{}", if wish.on { "" } else { "-" }, wish.name);
        Ok(wishes.into_iter().map(word).collect())
    }

    #[test]
    fn lines_of_toml() {
        let header = Header { form: Form::Toml, prefix: ";;!".into(), flags: Vec::new() };
        let text = "\n;; about\n;;! gc = true\n;;!simd=false\n\n(module)\n;;! late = true";
        assert_eq!(words(&header, text).unwrap(), ["gc", "-simd"]);
        assert_eq!(words(&header, "(module)").unwrap(), [""; 0]);
        for (text, line) in [
            (";;! gc = yes", 1),
            ("\n;;! gc", 2),
            (";;! gc = 1", 1),
            (";;! gc = true\n;; and\n;;! gc = true", 3),
        ] {
            let (at, message) = words(&header, text).unwrap_err();
            assert_eq!(at, line, "{message}");
            assert!(message.contains("write `;;! name = true`"), "{message}");
        }
    }

    #[test]
    fn command_lines() {
        let header = Header {
            form: Form::CommandLine,
            prefix: ";; RUN".into(),
            flags: vec!["-f".into(), "--features".into()],
        };
        for (text, wanted) in [
            (";; RUN: wast % -f gc,-simd", &["gc", "-simd"][..]),
            (";; RUN: wast -f=-simd %\n(module)", &["-simd"]),
            (";; about\n\n;; RUN[x]: wast --features=mvp %", &["mvp"]),
            (";; RUN: wast \\\n;;   --assert default \\\n;;   --features=gc \\\n;;   %", &["gc"]),
            (";; RUN: wast % | print -f simd", &[]),
            (";; RUN: wast % --foo=gc", &[]),
            (";; nothing", &[]),
            (";; RUN: wast \\", &[]),
        ] {
            assert_eq!(words(&header, text).unwrap(), wanted, "{text}");
        }
        assert_eq!(words(&header, "\n;; RUN: wast % -f").unwrap_err().0, 2);
    }
}
