//! Code memory, which is first written and then executed, but never both at a time.
//!
//! In: compiled functions with their relocations and metadata, from [`CodeBuilder`]. Out: a [`CodeObject`],
//! which is registered from its creation to its drop.

pub(crate) mod image;
pub(crate) mod registry;
pub(crate) mod stack_maps;
#[cfg(test)]
mod tests;

use crate::code::stack_maps::{StackMapBuilder, StackMaps};
use crate::sys::arch;
use crate::sys::mmap::Mmap;
use crate::value::backtrace::ModuleNames;
use crate::value::error::{Error, Result};
use cranelift_codegen::binemit::Reloc;
use cranelift_codegen::ir::{LibCall, TrapCode};
use cranelift_codegen::isa::CallConv;
use cranelift_codegen::{
    CompiledCode, FinalizedMachExceptionHandler, FinalizedMachReloc, FinalizedRelocTarget, ir,
};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::Arc;

/// The kind of a function in code memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum FunctionKind {
    /// A Wasm function.
    Wasm {
        /// Index of the function in its module.
        index: u32,
        /// Whether the register of the first argument holds the function's context at its entry. If the
        /// results do not fit registers, the address of the area for them may come first instead.
        context_leads: bool,
    },
    /// A trampoline by which Wasm calls the host.
    Trampoline,
    /// A trampoline by which the host enters Wasm.
    Entry {
        /// The distance of its record (`layout::entry_record`) below its frame pointer.
        record: u32,
    },
}

/// The machine code of some functions, and tables of metadata for its addresses. Offsets are from the start
/// of the code.
pub(crate) struct CodeObject {
    memory: Mmap,
    functions: Vec<FunctionRange>,
    traps: Vec<(u32, TrapCode)>,
    /// Source locations: the offset from which one holds, and the byte offset in the module.
    sources: Vec<(u32, u32)>,
    /// For each call the offset to which it returns, and the position of its stack map in `maps`.
    calls: Vec<(u32, u32)>,
    maps: StackMaps,
    handlers: Vec<HandlerEntry>,
    libcalls: Vec<LibCallSite>,
    names: ModuleNames,
}

/// The offset to which a call with a handler of exceptions returns, the offset of the handler, and the
/// distance of the stack pointer below the frame pointer in the handler.
type HandlerEntry = (u32, u32, u32);

/// A place where the code holds the address of a function for an operation that the processor lacks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LibCallSite {
    /// The offset of the eight bytes of the address.
    offset: u32,
    call: LibCall,
    addend: i64,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct FunctionRange {
    start: u32,
    end: u32,
    kind: FunctionKind,
}

impl CodeObject {
    /// The address of the function at `position`, in the order in which functions were added.
    pub(crate) fn function(&self, position: usize) -> *const u8 {
        self.memory.as_ptr().wrapping_add(self.functions[position].start as usize)
    }

    /// The addresses of the code.
    pub(crate) fn range(&self) -> std::ops::Range<usize> {
        let start = self.memory.as_ptr() as usize;
        start..start + self.memory.len()
    }

    /// Size of the machine code in bytes, with the padding between functions.
    pub(crate) fn size(&self) -> usize {
        self.functions.last().map_or(0, |function| function.end as usize)
    }

    /// The machine code.
    fn bytes(&self) -> &[u8] {
        // SAFETY: the mapping has at least as many bytes as its functions. `Tables::finish` made these
        // readable, and nobody can write to them any more. The mapping lives as long as `self`.
        unsafe { std::slice::from_raw_parts(self.memory.as_ptr(), self.size()) }
    }

    fn offset(&self, pc: usize) -> u32 {
        (pc - self.memory.as_ptr() as usize) as u32
    }

    /// The trap code of the instruction at `pc`, if it is one that can trap.
    pub(crate) fn trap_at(&self, pc: usize) -> Option<TrapCode> {
        let offset = self.offset(pc);
        let found = self.traps.binary_search_by_key(&offset, |(o, _)| *o).ok()?;
        Some(self.traps[found].1)
    }

    /// The kind of the function that contains the address `pc`.
    pub(crate) fn function_at(&self, pc: usize) -> Option<FunctionKind> {
        let offset = self.offset(pc);
        let after = self.functions.partition_point(|f| f.start <= offset);
        let function = self.functions.get(after.checked_sub(1)?)?;
        (offset < function.end).then_some(function.kind)
    }

    /// The byte offset in the module of the Wasm instruction to which the code at `pc` belongs, if it is
    /// known.
    pub(crate) fn source_at(&self, pc: usize) -> Option<u32> {
        let offset = self.offset(pc);
        let after = self.sources.partition_point(|(o, _)| *o <= offset);
        let (_, source) = self.sources.get(after.checked_sub(1)?)?;
        (*source != u32::MAX).then_some(*source)
    }

    /// The stack map of the call that returns to `pc`: the slots in which its frame holds references, as
    /// distances below the frame pointer. It is `None` if no call returns there.
    pub(crate) fn stack_map_at(&self, pc: usize) -> Option<&[u32]> {
        let offset = self.offset(pc);
        let found = self.calls.binary_search_by_key(&offset, |(o, _)| *o).ok()?;
        self.maps.get(self.calls[found].1)
    }

    /// The handler of exceptions of the call that returns to `pc`: its offset, and the distance of the stack
    /// pointer below the frame pointer in the handler.
    pub(crate) fn handler_at(&self, pc: usize) -> Option<(u32, u32)> {
        let offset = self.offset(pc);
        let found = self.handlers.binary_search_by_key(&offset, |(o, ..)| *o).ok()?;
        let (_, handler, frame) = self.handlers[found];
        Some((handler, frame))
    }

    pub(crate) fn names(&self) -> &ModuleNames {
        &self.names
    }
}

impl Drop for CodeObject {
    fn drop(&mut self) {
        registry::unregister(self.range());
    }
}

/// A compiled function that is not linked yet.
#[derive(Clone)]
pub(crate) struct CompiledFunction {
    kind: FunctionKind,
    code: Vec<u8>,
    alignment: u32,
    relocs: Vec<FunctionReloc>,
    traps: Vec<(u32, TrapCode)>,
    sources: Vec<(u32, u32)>,
    /// The tables of the function, as in [`CodeObject`].
    calls: Vec<(u32, u32)>,
    maps: StackMaps,
    handlers: Vec<HandlerEntry>,
}

#[derive(Clone)]
struct FunctionReloc {
    offset: u32,
    kind: Reloc,
    target: RelocTarget,
    addend: i64,
}

#[derive(Clone)]
enum RelocTarget {
    Wasm(u32),
    LibCall(LibCall),
    Within(u32),
}

impl CompiledFunction {
    /// Takes the code and the metadata from Cranelift's result.
    pub(crate) fn new(kind: FunctionKind, compiled: &CompiledCode, func: &ir::Function) -> Self {
        let buffer = &compiled.buffer;
        let relocs = buffer.relocs().iter().map(|r| FunctionReloc::new(r, func)).collect();
        let sources = buffer.get_srclocs_sorted();
        let kind = match kind {
            FunctionKind::Entry { .. } => FunctionKind::Entry { record: entry_record(compiled) },
            FunctionKind::Wasm { index, .. } => {
                FunctionKind::Wasm { index, context_leads: context_leads(&func.signature) }
            }
            FunctionKind::Trampoline => kind,
        };
        let (calls, maps) = stack_maps(compiled);
        let mut code = buffer.data().to_vec();
        for trap in buffer.traps() {
            arch::make_trap_cheap(&mut code[trap.offset as usize..]);
        }
        CompiledFunction {
            kind,
            code,
            alignment: buffer.alignment,
            relocs,
            traps: buffer.traps().iter().map(|t| (t.offset, t.code)).collect(),
            sources: sources.iter().map(|s| (s.start, s.loc.bits())).collect(),
            calls,
            maps,
            handlers: handlers(compiled),
        }
    }
}

impl CompiledFunction {
    /// Size of the machine code in bytes.
    pub(crate) fn size(&self) -> usize {
        self.code.len()
    }

    /// The same function at another index of a module, where it begins at the byte offset `to` and not at `from`.
    pub(crate) fn moved(&self, index: u32, from: u32, to: u32) -> CompiledFunction {
        let mut moved = self.clone();
        if let FunctionKind::Wasm { index: of, .. } = &mut moved.kind {
            *of = index;
        }
        for (_, source) in &mut moved.sources {
            if *source != u32::MAX {
                *source = source.wrapping_sub(from).wrapping_add(to);
            }
        }
        moved
    }

    /// The calls of the function in order. For each: the offset to which it returns; the byte offset of its
    /// instruction in the module, if that is known; the slots that hold references during the call, as
    /// distances below the frame pointer; and the offset of its handler of exceptions, if it has one.
    pub(crate) fn calls(
        &self,
    ) -> impl Iterator<Item = (u32, Option<u32>, &[u32], Option<u32>)> + '_ {
        self.calls.iter().map(|(offset, map)| {
            // The call instruction lies before the offset to which it returns.
            let after = self.sources.partition_point(|(start, _)| start < offset);
            let source = after.checked_sub(1).map(|i| self.sources[i].1);
            let slots = self.maps.get(*map).expect("the map of a call is there");
            let handler = self.handlers.iter().find(|(call, ..)| call == offset);
            let source = source.filter(|source| *source != u32::MAX);
            (*offset, source, slots, handler.map(|(_, handler, _)| *handler))
        })
    }

    /// Removes the last slot from each stack map that has slots. This plants a defect, for tests.
    pub(crate) fn forget_last_references(&mut self) {
        let mut maps = StackMapBuilder::default();
        for (_, map) in &mut self.calls {
            let slots = self.maps.get(*map).expect("the map of a call is there");
            *map = maps.intern(slots.split_last().map_or(&[], |(_, others)| others));
        }
        self.maps = maps.finish();
    }
}

/// Whether a function's context is certainly in the register of the first argument. It is if there is at most
/// one result, which is no vector: such a result is returned in a register, whatever the instruction set, and needs no
/// area whose address would come first. RISC-V has such an area for vectors.
fn context_leads(signature: &ir::Signature) -> bool {
    let first = signature.params.first();
    let context = first.is_some_and(|param| param.purpose == ir::ArgumentPurpose::VMContext);
    let in_register = match &signature.returns[..] {
        [] => true,
        [result] => !result.value_type.is_vector(),
        _ => false,
    };
    context && signature.call_conv == CallConv::Tail && in_register
}

/// The distance of the record of an entry trampoline below its frame pointer. The record is the trampoline's
/// only stack slot.
fn entry_record(compiled: &CompiledCode) -> u32 {
    let frame = compiled.buffer.frame_layout().expect("known of every function");
    frame.frame_to_fp_offset - frame.stackslots[ir::StackSlot::from_u32(0)].offset
}

/// The handlers of the calls that have one. Each of our handlers catches everything.
fn handlers(compiled: &CompiledCode) -> Vec<HandlerEntry> {
    let mut handlers = Vec::new();
    for call in compiled.buffer.call_sites() {
        for handler in call.exception_handlers {
            if let FinalizedMachExceptionHandler::Default(offset) = handler {
                let frame = call.frame_offset.expect("a call with a handler knows its frame");
                handlers.push((call.ret_addr, *offset, frame));
            }
        }
    }
    handlers
}

/// The stack map of every call. Cranelift gives only the maps with references; for each other call an empty
/// map is added.
fn stack_maps(compiled: &CompiledCode) -> (Vec<(u32, u32)>, StackMaps) {
    let buffer = &compiled.buffer;
    let mut maps = buffer.user_stack_maps().iter().peekable();
    let (mut calls, mut interned) = (Vec::new(), StackMapBuilder::default());
    let mut slots = Vec::new();
    for call in buffer.call_sites() {
        slots.clear();
        if let Some((_, span, map)) = maps.next_if(|(offset, _, _)| *offset == call.ret_addr) {
            slots.extend(map.entries().map(|(_, offset)| span - offset));
        }
        calls.push((call.ret_addr, interned.intern(&slots)));
    }
    assert!(maps.next().is_none(), "every stack map is that of a call");
    (calls, interned.finish())
}

impl FunctionReloc {
    fn new(reloc: &FinalizedMachReloc, func: &ir::Function) -> Self {
        let target = match reloc.target {
            FinalizedRelocTarget::ExternalName(ir::ExternalName::User(name)) => {
                RelocTarget::Wasm(func.params.user_named_funcs()[name].index)
            }
            FinalizedRelocTarget::ExternalName(ir::ExternalName::LibCall(call)) => {
                RelocTarget::LibCall(call)
            }
            FinalizedRelocTarget::Func(offset) => RelocTarget::Within(offset),
            ref other => unreachable!("no translation emits the name {other:?}"),
        };
        FunctionReloc { offset: reloc.offset, kind: reloc.kind, target, addend: reloc.addend }
    }
}

/// Places compiled functions in one piece of code memory.
#[derive(Default)]
pub(crate) struct CodeBuilder {
    functions: Vec<CompiledFunction>,
}

impl CodeBuilder {
    pub(crate) fn push(&mut self, function: CompiledFunction) {
        self.functions.push(function);
    }

    /// Copies and links the code, makes it executable, and registers it.
    ///
    /// # Errors
    /// Fails if memory is exhausted, or if the code is too large for the reach of its own calls.
    pub(crate) fn finish(self, names: ModuleNames) -> Result<Arc<CodeObject>> {
        let mut starts = Vec::with_capacity(self.functions.len());
        let mut end = 0usize;
        for function in &self.functions {
            end = end.next_multiple_of(function.alignment.max(16) as usize);
            starts.push(end);
            end += function.code.len();
        }
        if u32::try_from(end).is_err() {
            return Err(Error::Resource("the module's code exceeds 4 GiB".into()));
        }
        let mut memory = Mmap::to_be_filled(end).map_err(out_of_memory)?;
        let mut tables = Tables::default();
        let by_index: HashMap<u32, usize> = self
            .functions
            .iter()
            .zip(&starts)
            .filter_map(|(f, start)| match f.kind {
                FunctionKind::Wasm { index, .. } => Some((index, *start)),
                FunctionKind::Trampoline | FunctionKind::Entry { .. } => None,
            })
            .collect();
        let base = memory.as_ptr() as usize;
        for (function, start) in self.functions.iter().zip(&starts) {
            let bytes = writable(&mut memory, *start, function.code.len());
            bytes.copy_from_slice(&function.code);
            for reloc in &function.relocs {
                let target = match reloc.target {
                    RelocTarget::Wasm(index) => base + by_index[&index],
                    RelocTarget::LibCall(call) => libcall_address(call),
                    RelocTarget::Within(offset) => base + start + offset as usize,
                };
                relocate(bytes, base + start, reloc, target)?;
            }
            tables.add(function, *start as u32);
        }
        tables.finish(memory, end, names)
    }
}

fn out_of_memory(error: std::io::Error) -> Error {
    Error::Resource(format!("no memory for code: {error}"))
}

/// Some bytes of a mapping that is to become code, for writing.
///
/// # Panics
/// Panics if the range reaches past the end of the mapping.
fn writable(memory: &mut Mmap, start: usize, length: usize) -> &mut [u8] {
    assert!(start.checked_add(length).is_some_and(|end| end <= memory.len()), "it is large enough");
    // SAFETY: the range lies within the mapping (asserted). The only callers, `CodeBuilder::finish` and
    // `Image::load`, made the mapping with `Mmap::to_be_filled`, have not made it executable yet, and gave its
    // address to nobody. It is borrowed exclusively for as long as the result lives.
    unsafe { std::slice::from_raw_parts_mut(memory.as_ptr().add(start), length) }
}

/// The metadata tables of code that is being put together.
#[derive(Default)]
struct Tables {
    functions: Vec<FunctionRange>,
    traps: Vec<(u32, TrapCode)>,
    sources: Vec<(u32, u32)>,
    calls: Vec<(u32, u32)>,
    maps: StackMapBuilder,
    handlers: Vec<HandlerEntry>,
    libcalls: Vec<LibCallSite>,
}

impl Tables {
    fn add(&mut self, function: &CompiledFunction, start: u32) {
        let end = start + function.code.len() as u32;
        self.functions.push(FunctionRange { start, end, kind: function.kind });
        self.traps.extend(function.traps.iter().map(|(o, code)| (start + o, *code)));
        self.sources.extend(function.sources.iter().map(|(o, source)| (start + o, *source)));
        let position = self.maps.add(&function.maps);
        self.calls.extend(function.calls.iter().map(|(o, map)| (start + o, position(*map))));
        let handlers = function.handlers.iter();
        self.handlers.extend(handlers.map(|(o, h, frame)| (start + o, start + h, *frame)));
        self.libcalls.extend(function.relocs.iter().filter_map(|reloc| match reloc.target {
            RelocTarget::LibCall(call) => {
                assert_eq!(reloc.kind, Reloc::Abs8, "functions of the runtime may be far away");
                Some(LibCallSite { offset: start + reloc.offset, call, addend: reloc.addend })
            }
            RelocTarget::Wasm(_) | RelocTarget::Within(_) => {
                assert_ne!(reloc.kind, Reloc::Abs8, "code refers to itself by distances");
                None
            }
        }));
    }

    /// Makes the first `length` bytes of `memory`, which are code, executable, and registers the code.
    ///
    /// # Errors
    /// Fails if memory is exhausted.
    fn finish(
        self,
        mut memory: Mmap,
        length: usize,
        names: ModuleNames,
    ) -> Result<Arc<CodeObject>> {
        memory.make_executable().map_err(out_of_memory)?;
        flush_instruction_cache(memory.as_ptr(), length);
        Ok(registry::register(CodeObject {
            memory,
            functions: self.functions,
            traps: self.traps,
            sources: self.sources,
            calls: self.calls,
            maps: self.maps.finish(),
            handlers: self.handlers,
            libcalls: self.libcalls,
            names,
        }))
    }
}

/// Writes the address `target` (plus the addend) into the code at `reloc`.
fn relocate(code: &mut [u8], base: usize, reloc: &FunctionReloc, target: usize) -> Result<()> {
    let at = reloc.offset as usize;
    let pc = (base + at) as i64;
    let target = target as i64 + reloc.addend;
    let too_far = || Error::Resource("the module's code is too large for its own calls".into());
    match reloc.kind {
        Reloc::Abs8 => code[at..at + 8].copy_from_slice(&target.to_ne_bytes()),
        Reloc::X86PCRel4 | Reloc::X86CallPCRel4 => {
            let delta = i32::try_from(target - pc).map_err(|_| too_far())?;
            code[at..at + 4].copy_from_slice(&delta.to_le_bytes());
        }
        Reloc::Arm64Call => {
            let delta = (target - pc) >> 2;
            if !(-(1 << 25)..1 << 25).contains(&delta) {
                return Err(too_far());
            }
            or_word(&mut code[at..at + 4], delta as u32 & 0x03ff_ffff);
        }
        Reloc::RiscvCallPlt => {
            // `auipc` adds the upper 20 bits, and `jalr` adds the lower 12 bits, which are signed.
            let delta = i32::try_from(target - pc).map_err(|_| too_far())?;
            let high = delta.checked_add(0x800).ok_or_else(too_far)? as u32 & 0xffff_f000;
            let low = (delta as u32) << 20;
            or_word(&mut code[at..at + 4], high);
            or_word(&mut code[at + 4..at + 8], low);
        }
        Reloc::S390xPLTRel32Dbl => {
            let delta = i32::try_from((target - pc) >> 1).map_err(|_| too_far())?;
            code[at..at + 4].copy_from_slice(&delta.to_be_bytes());
        }
        other => unreachable!("no supported target emits the relocation {other:?}"),
    }
    Ok(())
}

/// Fills an empty field of a little-endian instruction.
fn or_word(code: &mut [u8], field: u32) {
    let word = u32::from_le_bytes(code.try_into().expect("four bytes")) | field;
    code.copy_from_slice(&word.to_le_bytes());
}

/// Makes new code visible to instruction fetch. On x86-64 and s390x this needs no action, as instruction
/// caches are coherent.
fn flush_instruction_cache(start: *const u8, length: usize) {
    #[cfg(target_arch = "riscv64")]
    {
        /// The system call `riscv_flush_icache`, which takes the range and flags. The flags 0 mean all
        /// threads.
        const FLUSH_ICACHE: libc::c_long = 259;
        // SAFETY: the system call changes no data. An emulator may lack it, but then caches no instructions.
        unsafe { libc::syscall(FLUSH_ICACHE, start, start.wrapping_add(length), 0usize) };
    }
    #[cfg(target_arch = "aarch64")]
    {
        /// Commands of `membarrier`. The first registers the use of the second, which makes every thread of
        /// the process refetch its instructions.
        const REGISTER_SYNC_CORE: libc::c_int = 1 << 6;
        const SYNC_CORE: libc::c_int = 1 << 5;
        static REGISTERED: std::sync::Once = std::sync::Once::new();
        let (start, end) = (start as usize, start as usize + length);
        // SAFETY: cache maintenance by address changes no data, and the range is mapped. A kernel without
        // `membarrier` refuses the call, which is harmless: threads that never ran the old code have nothing
        // to refetch.
        unsafe {
            let sizes: usize;
            std::arch::asm!("mrs {0}, ctr_el0", out(reg) sizes, options(nomem, nostack));
            let (data, instructions) = (4 << (sizes >> 16 & 15), 4 << (sizes & 15));
            for line in (start & !(data - 1)..end).step_by(data) {
                std::arch::asm!("dc cvau, {0}", in(reg) line);
            }
            std::arch::asm!("dsb ish");
            for line in (start & !(instructions - 1)..end).step_by(instructions) {
                std::arch::asm!("ic ivau, {0}", in(reg) line);
            }
            std::arch::asm!("dsb ish", "isb");
            REGISTERED.call_once(|| {
                libc::syscall(libc::SYS_membarrier, REGISTER_SYNC_CORE, 0, 0);
            });
            libc::syscall(libc::SYS_membarrier, SYNC_CORE, 0, 0);
        }
    }
    #[cfg(not(any(target_arch = "aarch64", target_arch = "riscv64")))]
    let _ = (start, length);
}

/// The address of the function for an operation that the host's instruction set lacks.
fn libcall_address(call: LibCall) -> usize {
    /// Rounds `x`. If `x` is a NaN, the result is that NaN made quiet (specification, §4.3.3), which rounding
    /// functions of the host do not promise.
    fn rounded<T: Copy + PartialOrd>(x: T, quiet: impl Fn(T) -> T, round: impl Fn(T) -> T) -> T {
        if x.partial_cmp(&x).is_none() { quiet(x) } else { round(x) }
    }
    fn quiet_f32(x: f32) -> f32 {
        f32::from_bits(x.to_bits() | 1 << 22)
    }
    fn quiet_f64(x: f64) -> f64 {
        f64::from_bits(x.to_bits() | 1 << 51)
    }
    extern "C" fn ceil_f32(x: f32) -> f32 {
        rounded(x, quiet_f32, f32::ceil)
    }
    extern "C" fn ceil_f64(x: f64) -> f64 {
        rounded(x, quiet_f64, f64::ceil)
    }
    extern "C" fn floor_f32(x: f32) -> f32 {
        rounded(x, quiet_f32, f32::floor)
    }
    extern "C" fn floor_f64(x: f64) -> f64 {
        rounded(x, quiet_f64, f64::floor)
    }
    extern "C" fn trunc_f32(x: f32) -> f32 {
        rounded(x, quiet_f32, f32::trunc)
    }
    extern "C" fn trunc_f64(x: f64) -> f64 {
        rounded(x, quiet_f64, f64::trunc)
    }
    extern "C" fn nearest_f32(x: f32) -> f32 {
        rounded(x, quiet_f32, f32::round_ties_even)
    }
    extern "C" fn nearest_f64(x: f64) -> f64 {
        rounded(x, quiet_f64, f64::round_ties_even)
    }
    extern "C" fn fma_f32(a: f32, b: f32, c: f32) -> f32 {
        a.mul_add(b, c)
    }
    extern "C" fn fma_f64(a: f64, b: f64, c: f64) -> f64 {
        a.mul_add(b, c)
    }
    /// `pshufb`. In each byte of the mask, the upper bit selects zero, and the lower four bits select a byte.
    #[cfg(target_arch = "x86_64")]
    #[allow(
        improper_ctypes_definitions,
        reason = "a vector register holds it, as the System V ABI and Cranelift say of `__m128i`"
    )]
    extern "C" fn x86_pshufb(
        bytes: std::arch::x86_64::__m128i,
        mask: std::arch::x86_64::__m128i,
    ) -> std::arch::x86_64::__m128i {
        // SAFETY: both types have sixteen bytes, and any bits are a value of either.
        unsafe {
            let [bytes, mask] = [bytes, mask].map(|v| std::mem::transmute::<_, [u8; 16]>(v));
            let pick = |m: u8| if m & 0x80 != 0 { 0 } else { bytes[usize::from(m & 15)] };
            std::mem::transmute::<[u8; 16], _>(mask.map(pick))
        }
    }
    match call {
        LibCall::CeilF32 => ceil_f32 as *const () as usize,
        LibCall::CeilF64 => ceil_f64 as *const () as usize,
        LibCall::FloorF32 => floor_f32 as *const () as usize,
        LibCall::FloorF64 => floor_f64 as *const () as usize,
        LibCall::TruncF32 => trunc_f32 as *const () as usize,
        LibCall::TruncF64 => trunc_f64 as *const () as usize,
        LibCall::NearestF32 => nearest_f32 as *const () as usize,
        LibCall::NearestF64 => nearest_f64 as *const () as usize,
        LibCall::FmaF32 => fma_f32 as *const () as usize,
        LibCall::FmaF64 => fma_f64 as *const () as usize,
        #[cfg(target_arch = "x86_64")]
        LibCall::X86Pshufb => x86_pshufb as *const () as usize,
        other => unreachable!("no translation emits a call of {other}"),
    }
}
