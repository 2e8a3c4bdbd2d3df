//! Names of tests: `<suite>/<path>.wast:<line>[:<column>]:<kind>[:<export>]`.
//!
//! In: a lowered script. Out: one [`TestKey`] per test, in the order of [`Script::tests`]. The column is part
//! of a name only if a line holds several directives. Characters that a name must not contain (white space,
//! control characters, `:` and `%` itself) are written as `%` and two hexadecimal digits per UTF-8 byte, so
//! that a name is one word, is unique, and can be unescaped again. Nothing here knows which suites exist.

use crate::{Action, Command, Directive, Script};
use serde::{Deserialize, Serialize};
use std::fmt::Write as _;

macro_rules! kinds {
    ($( $variant:ident = $word:literal; )*) => {
        /// What sort of directive a test is; the names are those that scripts use.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[allow(missing_docs)]
        pub enum Kind { $( $variant, )* }

        impl Kind {
            /// Every kind.
            pub const ALL: &'static [Kind] = &[ $( Kind::$variant, )* ];

            /// Its word in names of tests.
            pub fn name(self) -> &'static str {
                match self { $( Kind::$variant => $word, )* }
            }
        }
    };
}

kinds! {
    Module = "module";
    ModuleDefinition = "module_definition";
    ModuleInstance = "module_instance";
    Register = "register";
    Invoke = "invoke";
    Get = "get";
    AssertReturn = "assert_return";
    AssertTrap = "assert_trap";
    AssertExhaustion = "assert_exhaustion";
    AssertException = "assert_exception";
    AssertSuspension = "assert_suspension";
    AssertInvalid = "assert_invalid";
    AssertMalformed = "assert_malformed";
    AssertUnlinkable = "assert_unlinkable";
    AssertMalformedCustom = "assert_malformed_custom";
    AssertInvalidCustom = "assert_invalid_custom";
    Thread = "thread";
    Wait = "wait";
    ScriptError = "script_error";
}

impl std::fmt::Display for Kind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

impl std::str::FromStr for Kind {
    type Err = String;
    fn from_str(word: &str) -> Result<Self, String> {
        Kind::ALL
            .iter()
            .copied()
            .find(|kind| kind.name() == word)
            .ok_or_else(|| format!("unknown kind `{word}`"))
    }
}

impl Command {
    /// What sort of directive the command belongs to.
    pub fn kind(&self) -> Kind {
        match self {
            Command::Module { .. } => Kind::Module,
            Command::ModuleDefinition { .. } => Kind::ModuleDefinition,
            Command::ModuleInstance { .. } => Kind::ModuleInstance,
            Command::Register { .. } => Kind::Register,
            Command::Invoke(_) => Kind::Invoke,
            Command::Get(_) => Kind::Get,
            Command::AssertReturn { .. } => Kind::AssertReturn,
            Command::AssertTrap { .. } => Kind::AssertTrap,
            Command::AssertExhaustion { .. } => Kind::AssertExhaustion,
            Command::AssertException { .. } => Kind::AssertException,
            Command::AssertSuspension { .. } => Kind::AssertSuspension,
            Command::AssertInvalid { .. } => Kind::AssertInvalid,
            Command::AssertMalformed { .. } => Kind::AssertMalformed,
            Command::AssertUnlinkable { .. } => Kind::AssertUnlinkable,
            Command::AssertMalformedCustom { .. } => Kind::AssertMalformedCustom,
            Command::AssertInvalidCustom { .. } => Kind::AssertInvalidCustom,
            Command::Thread { .. } => Kind::Thread,
            Command::Wait { .. } => Kind::Wait,
            Command::ScriptError { .. } => Kind::ScriptError,
        }
    }

    /// The export that the command acts on, or the name that it registers.
    pub fn export(&self) -> Option<&str> {
        match self {
            Command::Invoke(invoke) => Some(&invoke.export),
            Command::Get(get) => Some(&get.export),
            Command::Register { name, .. } => Some(name),
            Command::AssertReturn { action, .. }
            | Command::AssertTrap { action, .. }
            | Command::AssertExhaustion { action, .. }
            | Command::AssertException { action }
            | Command::AssertSuspension { action, .. } => action.export(),
            _ => None,
        }
    }

    /// The directives inside, if the command is a thread.
    pub fn nested(&self) -> &[Directive] {
        match self {
            Command::Thread { directives, .. } => directives,
            _ => &[],
        }
    }
}

impl Action {
    /// The export that the action acts on.
    pub fn export(&self) -> Option<&str> {
        match self {
            Action::Invoke(invoke) => Some(&invoke.export),
            Action::Get(get) => Some(&get.export),
            Action::Instantiate(_) => None,
        }
    }
}

impl Script {
    /// Every directive that is a test: the directives of the script in order, each thread followed by the
    /// directives inside it.
    pub fn tests(&self) -> impl Iterator<Item = &Directive> {
        let mut stack: Vec<std::slice::Iter<'_, Directive>> = vec![self.directives.iter()];
        std::iter::from_fn(move || {
            loop {
                match stack.last_mut()?.next() {
                    None => drop(stack.pop()),
                    Some(directive) => {
                        stack.push(directive.command.nested().iter());
                        return Some(directive);
                    }
                }
            }
        })
    }
}

/// What distinguishes a test within its file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestKey {
    /// Line, counted from 1.
    pub line: u32,
    /// Column in bytes, counted from 1.
    pub column: u32,
    /// Whether the column is part of the name.
    pub shared_line: bool,
    /// The sort of directive.
    pub kind: Kind,
    /// Name of the export, as the script has it.
    pub export: Option<String>,
}

impl TestKey {
    /// Appends `<line>[:<column>]:<kind>[:<export>]`.
    pub fn write(&self, out: &mut String) {
        let column = self.shared_line.then_some(self.column);
        write_key(self.line, column, self.kind, self.export.as_deref(), out);
    }
}

/// Appends `<line>[:<column>]:<kind>[:<export>]`, as [`TestKey::write`] does.
pub fn write_key(
    line: u32,
    column: Option<u32>,
    kind: Kind,
    export: Option<&str>,
    out: &mut String,
) {
    write_number(line, out);
    if let Some(column) = column {
        out.push(':');
        write_number(column, out);
    }
    out.push(':');
    out.push_str(kind.name());
    if let Some(export) = export {
        out.push(':');
        escape(export, out);
    }
}

/// Appends a number in decimal digits. Formatting takes several times as long, and there is a name for each test.
fn write_number(mut number: u32, out: &mut String) {
    let (mut digits, mut first) = ([0; 10], 10);
    loop {
        first -= 1;
        digits[first] = b'0' + (number % 10) as u8;
        number /= 10;
        if number == 0 {
            break;
        }
    }
    out.extend(digits[first..].iter().map(|digit| char::from(*digit)));
}

/// The keys of all tests of a script, in the order of [`Script::tests`].
pub fn test_keys(script: &Script) -> Vec<TestKey> {
    let mut keys: Vec<TestKey> = script
        .tests()
        .map(|directive| TestKey {
            line: directive.span.line,
            column: directive.span.column,
            shared_line: false,
            kind: directive.command.kind(),
            export: directive.command.export().map(str::to_owned),
        })
        .collect();
    // Tests come in the order of their opening parentheses, so the tests of one line are neighbours.
    for i in 1..keys.len() {
        if keys[i].line == keys[i - 1].line {
            keys[i].shared_line = true;
            keys[i - 1].shared_line = true;
        }
    }
    keys
}

/// Appends `text` with everything escaped that the name of a test must not contain.
pub fn escape(text: &str, out: &mut String) {
    if text.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'%' | b':')) {
        out.push_str(text);
        return;
    }
    for c in text.chars() {
        if c.is_whitespace() || c.is_control() || matches!(c, '%' | ':') || is_invisible(c) {
            let mut buffer = [0; 4];
            for byte in c.encode_utf8(&mut buffer).bytes() {
                let _ = write!(out, "%{byte:02X}");
            }
        } else {
            out.push(c);
        }
    }
}

/// Whether a terminal does not show the character, or the character changes the direction of the text around
/// it.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{feff}' | '\u{fff0}'..='\u{ffff}' | '\u{e0000}'..='\u{e0fff}' | '\u{61c}' | '\u{180e}')
}

/// Unescapes a name; `None` if it is not an escaped name.
pub fn unescape(name: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(name.len());
    let mut rest = name.as_bytes();
    while let [first, tail @ ..] = rest {
        rest = tail;
        if *first != b'%' {
            bytes.push(*first);
            continue;
        }
        let digits = std::str::from_utf8(tail.get(..2)?).ok()?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        rest = &tail[2..];
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_turn_back() {
        for name in ["add", "a b", "%20", "a:b", "\u{0}\n\t", "\u{202e}abc", "日本", "", "\u{3000}"]
        {
            let mut out = String::new();
            escape(name, &mut out);
            assert!(!out.contains(|c: char| c.is_whitespace() || c == ':'), "{out}");
            assert_eq!(unescape(&out).as_deref(), Some(name));
        }
        assert_eq!(unescape("%2"), None);
        assert_eq!(unescape("%zz"), None);
        assert_eq!(unescape("%ff"), None);
    }

    #[test]
    fn numbers_are_written_as_they_are_formatted() {
        for number in [0, 1, 9, 10, 99, 100, 123_456_789, u32::MAX - 1, u32::MAX] {
            let mut out = String::new();
            write_number(number, &mut out);
            assert_eq!(out, number.to_string());
        }
    }

    #[test]
    fn kinds_are_found_by_their_word() {
        for kind in Kind::ALL {
            assert_eq!(kind.name().parse::<Kind>(), Ok(*kind));
        }
        assert!("assert_returns".parse::<Kind>().is_err());
    }
}
