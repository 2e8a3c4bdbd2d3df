//! Code objects as bytes that outlast the process.
//!
//! In: a [`CodeObject`]. Out: an [`Image`], which holds the same without addresses, and from which the code
//! can be loaded again. Code refers to itself only by relative distances. The only addresses in it are those
//! of the runtime's functions for operations that the processor lacks, and the places of these are listed.

use super::{
    CodeObject, FunctionKind, FunctionRange, HandlerEntry, LibCallSite, Tables, libcall_address,
    out_of_memory, writable,
};
use crate::code::stack_maps::{StackMapBuilder, StackMaps};
use crate::sys::mmap::Mmap;
use crate::value::backtrace::ModuleNames;
use crate::value::error::Result;
use cranelift_codegen::ir::{LibCall, TrapCode};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::Arc;

/// A code object without addresses. Its fields are those of [`CodeObject`] with the same names.
#[derive(Serialize, Deserialize)]
pub(crate) struct Image<'a> {
    #[serde(borrow)]
    code: Cow<'a, [u8]>,
    functions: Vec<FunctionRange>,
    traps: Vec<(u32, u8)>,
    sources: Vec<(u32, u32)>,
    calls: Vec<(u32, u32)>,
    maps: Vec<u32>,
    handlers: Vec<HandlerEntry>,
    /// For each use of an address: its offset, the position of the function in [`LIBCALLS`], and the addend.
    libcalls: Vec<(u32, u8, i64)>,
}

/// The functions that code calls by their addresses.
const LIBCALLS: [LibCall; 11] = [
    LibCall::CeilF32,
    LibCall::CeilF64,
    LibCall::FloorF32,
    LibCall::FloorF64,
    LibCall::TruncF32,
    LibCall::TruncF64,
    LibCall::NearestF32,
    LibCall::NearestF64,
    LibCall::FmaF32,
    LibCall::FmaF64,
    LibCall::X86Pshufb,
];

impl CodeObject {
    /// The code object without addresses.
    pub(crate) fn image(&self) -> Image<'static> {
        let mut code = self.bytes().to_vec();
        let place = |call| LIBCALLS.iter().position(|known| *known == call).expect("it is listed");
        let libcalls = self.libcalls.iter().map(|site| {
            let at = site.offset as usize;
            code[at..at + 8].fill(0);
            (site.offset, place(site.call) as u8, site.addend)
        });
        Image {
            libcalls: libcalls.collect(),
            functions: self.functions.clone(),
            traps: self.traps.iter().map(|(offset, trap)| (*offset, trap.as_raw().get())).collect(),
            sources: self.sources.clone(),
            calls: self.calls.clone(),
            maps: self.maps.words().to_vec(),
            handlers: self.handlers.clone(),
            code: code.into(),
        }
    }
}

impl Image<'_> {
    /// The kinds of its functions, in order.
    pub(crate) fn functions(&self) -> impl ExactSizeIterator<Item = FunctionKind> + '_ {
        self.functions.iter().map(|function| function.kind)
    }

    /// Whether the parts of the image fit each other, so that no look-up leaves its bounds. The code itself
    /// is not checked.
    fn is_consistent(&self) -> bool {
        let length = self.code.len();
        let within = |offset: u32| (offset as usize) < length;
        let maps = StackMaps::from_words(self.maps.clone());
        let ascending = |offsets: &mut dyn Iterator<Item = u32>| offsets.is_sorted();
        let functions = self.functions.iter().all(|f| f.start < f.end && f.end as usize <= length)
            && self.functions.is_sorted_by(|a, b| a.end <= b.start);
        functions
            && self.traps.iter().all(|(offset, code)| within(*offset) && *code != 0)
            && ascending(&mut self.traps.iter().map(|(offset, _)| *offset))
            && ascending(&mut self.sources.iter().map(|(offset, _)| *offset))
            && ascending(&mut self.calls.iter().map(|(offset, _)| *offset))
            && ascending(&mut self.handlers.iter().map(|(offset, ..)| *offset))
            && self.calls.iter().all(|(_, map)| maps.get(*map).is_some())
            && self.handlers.iter().all(|(_, handler, _)| within(*handler))
            && self.libcalls.iter().all(|(offset, call, _)| {
                (*offset as usize).checked_add(8).is_some_and(|end| end <= length)
                    && usize::from(*call) < LIBCALLS.len()
            })
    }

    /// Copies and links the code, makes it executable, and registers it. Gives `None` if the parts of the
    /// image do not fit each other.
    ///
    /// # Errors
    /// Fails if memory is exhausted.
    pub(crate) fn load(self, names: ModuleNames) -> Result<Option<Arc<CodeObject>>> {
        if !self.is_consistent() {
            return Ok(None);
        }
        let length = self.code.len();
        let mut memory = Mmap::to_be_filled(length).map_err(out_of_memory)?;
        let bytes = writable(&mut memory, 0, length);
        bytes.copy_from_slice(&self.code);
        let mut libcalls = Vec::with_capacity(self.libcalls.len());
        for (offset, call, addend) in self.libcalls {
            let call = LIBCALLS[usize::from(call)];
            let at = offset as usize;
            let target = (libcall_address(call) as i64).wrapping_add(addend);
            bytes[at..at + 8].copy_from_slice(&target.to_ne_bytes());
            libcalls.push(LibCallSite { offset, call, addend });
        }
        let trap = |(offset, code): (u32, u8)| {
            (offset, TrapCode::from_raw(code.try_into().expect("not zero")))
        };
        let tables = Tables {
            functions: self.functions,
            traps: self.traps.into_iter().map(trap).collect(),
            sources: self.sources,
            calls: self.calls,
            maps: StackMapBuilder::from(StackMaps::from_words(self.maps)),
            handlers: self.handlers,
            libcalls,
        };
        tables.finish(memory, length, names).map(Some)
    }
}
