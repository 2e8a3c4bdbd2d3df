//! Turns a module's source into the bytes that an engine sees.
//!
//! In: a module of a script. Out: Wasm bytes, or why the quoted text does not parse; and which modules those
//! bytes import from. Nothing here knows whether the bytes are valid.

use std::borrow::Cow;
use std::collections::HashSet;
use touchstone_script::{ModuleIndex, ModuleSource, Script};

/// Why quoted text is not a module. This is a matter of the text format, which no engine sees.
pub(super) enum ParseFailure {
    /// The text is malformed.
    Malformed(String),
    /// The text exceeds a limit of our parser, which does not make it malformed.
    Limit(String),
}

/// The bytes of a module.
pub(super) fn bytes(script: &Script, module: ModuleIndex) -> Result<Cow<'_, [u8]>, ParseFailure> {
    match &script.modules[module.0 as usize] {
        ModuleSource::Binary(bytes) => Ok(Cow::Borrowed(bytes)),
        ModuleSource::Quote(text) => match touchstone_script::parse_quote(text) {
            Ok(bytes) => Ok(Cow::Owned(bytes)),
            Err(error) if error.limit => Err(ParseFailure::Limit(error.to_string())),
            Err(error) => Err(ParseFailure::Malformed(error.to_string())),
        },
    }
}

/// The names that some module of a script imports from.
pub(super) fn imported(script: &Script) -> HashSet<String> {
    let modules = (0..script.modules.len() as u32).map(ModuleIndex);
    let mut names = HashSet::new();
    for wasm in modules.filter_map(|module| bytes(script, module).ok()) {
        names.extend(crate::engine::hosts::imported_modules(&wasm).into_iter().map(str::to_owned));
    }
    names
}

/// Whether a module is text that nobody parsed before.
pub(super) fn is_text(script: &Script, module: ModuleIndex) -> bool {
    matches!(script.modules[module.0 as usize], ModuleSource::Quote(_))
}
