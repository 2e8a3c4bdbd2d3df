//! Backtraces, which list the Wasm frames on a stack for humans.

use std::collections::HashMap;
use std::fmt;
use std::ops::Range;
use std::sync::{Arc, OnceLock};
use touchstone_cranelift_wasm::names::function_names;

/// Wasm frames, youngest first.
#[derive(Clone, Debug, Default)]
pub struct Backtrace {
    frames: Vec<FrameInfo>,
}

/// An entry of a backtrace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FrameInfo {
    /// A frame of a Wasm function.
    Wasm {
        /// Index of the function in its module.
        function: u32,
        /// The function's name in the name section, if it has one.
        name: Option<String>,
        /// Offset of the instruction from the start of the module in bytes, if it is known.
        offset: Option<u32>,
    },
    /// One or more frames of the host.
    Host,
}

impl Backtrace {
    /// Frames beyond this number are left out of backtraces.
    pub(crate) const LIMIT: usize = 64;

    pub(crate) fn new(frames: Vec<FrameInfo>) -> Self {
        Backtrace { frames }
    }

    /// The frames, youngest first, at most 64.
    pub fn frames(&self) -> &[FrameInfo] {
        &self.frames
    }
}

impl fmt::Display for Backtrace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, frame) in self.frames.iter().enumerate() {
            write!(f, "\n  {i}: ")?;
            match frame {
                FrameInfo::Wasm { function, name, offset } => {
                    match name {
                        Some(name) => write!(f, "{}", rustc_demangle::demangle(name))?,
                        None => write!(f, "function {function}")?,
                    }
                    if let Some(offset) = offset {
                        write!(f, " at {offset:#x}")?;
                    }
                }
                FrameInfo::Host => f.write_str("host frames omitted")?,
            }
        }
        Ok(())
    }
}

/// The function names of a module, which are decoded when one is first asked for.
#[derive(Default)]
pub(crate) struct ModuleNames {
    section: Option<(Arc<[u8]>, Range<usize>)>,
    names: OnceLock<HashMap<u32, String>>,
}

impl ModuleNames {
    pub(crate) fn new(wasm: &Arc<[u8]>, section: Option<Range<usize>>) -> Self {
        ModuleNames { section: section.map(|range| (wasm.clone(), range)), names: OnceLock::new() }
    }

    pub(crate) fn get(&self, function: u32) -> Option<String> {
        let (wasm, range) = self.section.as_ref()?;
        let names = self.names.get_or_init(|| function_names(wasm, range.clone()));
        names.get(&function).cloned()
    }
}
