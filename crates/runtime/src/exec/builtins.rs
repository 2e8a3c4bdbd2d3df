//! The runtime's functions that compiled code calls.
//!
//! Each function is entered through its trampoline, which recorded the exit from Wasm. Its body is a safe
//! function over the store and the calling instance; if the body fails, the activation ends. In stress mode
//! each function first collects garbage, and keeps the references that it was given alive.

use crate::compile::trampolines::Runtime;
use crate::exec::{activation, direct, objects, throw};
use crate::gc::Holds;
use crate::store::instance::InstanceData;
use crate::store::{Pending, StoreOpaque, table};
use crate::types::ValType;
use crate::types::registry::TypeId;
use crate::value::address::TagAddr;
use crate::value::error::{Error, Result};
use crate::value::exception::ExnRef;
use crate::value::handles::Tag;
use crate::value::trap::Trap;
use crate::value::val::{Val, ValRaw};
use crate::value::vm::VmContext;
use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use touchstone_cranelift_wasm::builtin::{Builtin, Leaf};
use touchstone_cranelift_wasm::{DataIdx, ElemIdx, MemIdx, TableIdx};

/// The functions of the runtime that every engine is made with.
pub(crate) const RUNTIME: Runtime =
    Runtime { builtin: address, leaf: leaf_address, enter: direct::enter };

/// The size in bytes of a parameter, by its name in the list of builtins.
macro_rules! width {
    (i32) => {
        4
    };
    (i64) => {
        8
    };
    (pointer) => {
        size_of::<usize>()
    };
}

/// The type of a parameter of the host's function: 64 bits, whatever its width in compiled code (see
/// `Builtin::host_signature`).
macro_rules! word {
    ($param:ident) => {
        u64
    };
}

macro_rules! result {
    (i32) => {
        u32
    };
    ($ret:tt) => {
        $ret
    };
}

macro_rules! addresses {
    ($( $(#[$doc:meta])* $variant:ident = $name:ident ( $($param:ident),* ) -> $ret:tt; )*) => {
        /// The address of the host's function for `builtin`. Its parameters and result are those in the list
        /// of builtins.
        fn address(builtin: Builtin) -> usize {
            match builtin {
                $( Builtin::$variant => {
                    let function: unsafe extern "C" fn(*mut VmContext, $(word!($param)),*) -> result!($ret) = $name;
                    function as usize
                } )*
            }
        }

        $( const _: () = assert!(
            are_equal(widths::$name, &[$(width!($param)),*]),
            concat!("widths of the parameters of ", stringify!($name)),
        ); )*
    };
}

touchstone_cranelift_wasm::foreach_builtin!(addresses);

const fn are_equal(a: &[usize], b: &[usize]) -> bool {
    let mut i = 0;
    while i < a.len() && i < b.len() && a[i] == b[i] {
        i += 1;
    }
    a.len() == b.len() && i == a.len()
}

/// The address of a function that compiled code calls without leaving Wasm.
fn leaf_address(leaf: Leaf) -> usize {
    match leaf {
        Leaf::CopyBytes => copy_bytes as *const () as usize,
        Leaf::FillBytes => fill_bytes as *const () as usize,
    }
}

unsafe extern "C" fn copy_bytes(to: *mut u8, from: *const u8, count: usize) {
    // SAFETY: compiled code checked that both ranges are within memories of its store, which are
    // not shared: nothing else accesses them now, and they neither move nor shrink.
    unsafe { to.copy_from(from, count) }
}

unsafe extern "C" fn fill_bytes(to: *mut u8, value: u64, count: usize) {
    // SAFETY: compiled code checked that the range is within a memory of its store, which is not
    // shared: nothing else accesses it now, and it neither moves nor shrinks.
    unsafe { to.write_bytes(value as u8, count) }
}

/// Ends a call of the host that failed.
unsafe extern "C" fn raise(context: *mut VmContext) -> ! {
    // SAFETY: the caller is a host call trampoline, whose host function stored an error in `pending`; its
    // frame and the frames of Wasm up to the entry have nothing to drop.
    unsafe { throw::fail((*context).store.cast::<StoreOpaque>()) }
}

/// Makes an exception and throws it.
unsafe extern "C" fn throw(context: *mut VmContext, tag: u64, values: u64) -> ! {
    let values = values as *const ValRaw;
    // SAFETY: compiled code passes its own context, whose store is live and used by nothing else; `values`
    // holds values of the tag's parameter types, as the translation writes them. The references among them
    // become handles before anything can collect. What this frame owns is dropped before it throws.
    unsafe {
        let store = (*context).store.cast::<StoreOpaque>();
        let enter = || {
            let store = &mut *store;
            let tag = Tag { store: store.id(), addr: TagAddr::from_u32(tag as u32) };
            let ty = tag.ty_in(store).clone();
            let load = |(i, ty): (usize, &ValType)| Val::from_raw(*values.add(i), *ty, store);
            let values = ty.params().iter().enumerate().map(load).collect();
            let exception = ExnRef::in_store(store, tag, values);
            store.enter_exception(exception)
        };
        let pending = match catch_unwind(AssertUnwindSafe(enter)) {
            Ok(Ok(reference)) => throw::throw(store, reference),
            Ok(Err(error)) => Pending::Error(error),
            Err(payload) => Pending::Panic(payload),
        };
        (*store).pending = Some(pending);
        activation::raise(store)
    }
}

/// Throws an exception again.
unsafe extern "C" fn throw_ref(context: *mut VmContext, reference: u64) -> ! {
    // SAFETY: compiled code passes its own context and a reference that its frame holds, and which is
    // therefore in the activations table.
    unsafe { throw::throw((*context).store.cast::<StoreOpaque>(), reference as u32) }
}

/// The operand of a function that a collection before its body must know about.
enum Operand {
    /// There is no such operand.
    Plain,
    /// A reference that the frame may not need afterwards.
    Reference(u32),
    /// An array that is written, and the value of 64 bits that is written to it. The frame may need neither
    /// afterwards. The value is a reference if the array holds such.
    Filling(u32, u64),
    /// Two references that the frame may not need afterwards.
    References([u32; 2]),
    /// A reference that is to be written to this table, and that perhaps nothing else holds.
    Element(TableIdx, u64),
    /// A reference that is not in the activations table yet, though a frame may hold it, or to an object that is
    /// about to be written. No collection may come before the body.
    Joining,
}

/// Runs `body`, and then the destructors of what it freed. If there is an error, a trap or a panic, the
/// activation ends and this function does not return.
///
/// # Safety
/// Compiled code passes its own context: its instance and its store are live and, while Wasm runs
/// on this thread, used by nothing else. The calling frame has nothing to drop.
unsafe fn run<R>(
    context: *mut VmContext,
    operand: Operand,
    body: impl FnOnce(&mut StoreOpaque, &InstanceData) -> Result<R>,
) -> R {
    // SAFETY: compiled code passes its own context, whose instance and store live (the caller's promise).
    // Each instance lies in an allocation of its own, not in the store's record.
    let (store, instance) = unsafe {
        ((*context).store.cast::<StoreOpaque>(), &*(*context).instance.cast::<InstanceData>())
    };
    let pending = {
        // SAFETY: while Wasm runs on this thread nothing else uses its store (the caller's promise),
        // and compiled code does not run before this reference has ended.
        let store = unsafe { &mut *store };
        match catch_unwind(AssertUnwindSafe(|| attempt(store, instance, operand, body))) {
            Ok(Ok(result)) => return result,
            Ok(Err(ErrorOrPanic::Error(error))) => Pending::Error(located(store, error)),
            Ok(Err(ErrorOrPanic::Panic(payload))) | Err(payload) => Pending::Panic(payload),
        }
    };
    // SAFETY: the store has the activation that called; the calling frame has nothing to drop (the caller's
    // promise), and what this frame owned is in the store now, or was dropped.
    unsafe {
        (*store).pending = Some(pending);
        activation::raise(store)
    }
}

/// The reason why an operation gives no result.
enum ErrorOrPanic {
    Error(Error),
    Panic(Box<dyn Any + Send>),
}

fn attempt<R>(
    store: &mut StoreOpaque,
    instance: &InstanceData,
    operand: Operand,
    body: impl FnOnce(&mut StoreOpaque, &InstanceData) -> Result<R>,
) -> Result<R, ErrorOrPanic> {
    if store.heap.stress() {
        match operand {
            Operand::Plain => store.collect(&[]),
            Operand::Reference(reference) => store.collect(&[reference]),
            Operand::References(references) => store.collect(&references),
            Operand::Filling(array, value) => match store.heap.holds(array) {
                (Holds::References, _) => store.collect(&[array, value as u32]),
                _ => store.collect(&[array]),
            },
            Operand::Element(table, value) => store.collect(&[heap_ref(instance, table, value)]),
            Operand::Joining => {}
        }
    }
    let result = body(store, instance);
    if store.heap.has_dead()
        && let Some(panic) = store.drop_dead()
    {
        return Err(ErrorOrPanic::Panic(panic));
    }
    result.map_err(ErrorOrPanic::Error)
}

/// Adds to a trap the backtrace of the frames from which Wasm was left.
#[cold]
fn located(store: &StoreOpaque, error: Error) -> Error {
    match error {
        Error::Trap(trap) => {
            // SAFETY: the store is borrowed, so this thread uses it; the trampoline of the function that
            // compiled code called recorded the exit.
            let backtrace = unsafe { activation::backtrace(store, None) };
            Trap::new(trap.code(), backtrace).into()
        }
        other => other,
    }
}

/// A value that compiled code passes in 64 bits. A value of 32 bits is in the lower half.
trait FromWord {
    fn from_word(word: u64) -> Self;
}

macro_rules! from_word {
    ($($ty:ty: |$word:ident| $value:expr;)*) => {$(
        impl FromWord for $ty {
            fn from_word($word: u64) -> Self {
                $value
            }
        }
    )*};
}

from_word! {
    u32: |word| word as u32;
    u64: |word| word;
    i64: |word| word as i64;
    *mut ValRaw: |word| word as *mut ValRaw;
    TypeId: |word| TypeId(word as u32);
    TagAddr: |word| TagAddr::from_u32(word as u32);
    MemIdx: |word| MemIdx::from_u32(word as u32);
    TableIdx: |word| TableIdx::from_u32(word as u32);
    DataIdx: |word| DataIdx::from_u32(word as u32);
    ElemIdx: |word| ElemIdx::from_u32(word as u32);
}

/// Generates the functions, whose parameters come in 64 bits each (see `Builtin::host_signature`).
macro_rules! builtins {
    ($(
        $(#[$doc:meta])*
        fn $name:ident($store:ident, $instance:ident, $($param:ident: $ty:ty),*)
            $(-> $ret:ty)?, holding $held:expr => $body:expr
    )*) => {
        /// The sizes of the parameters of each function, as the function declares them.
        #[allow(non_upper_case_globals)]
        mod widths {
            use super::*;
            pub(super) const raise: &[usize] = &[];
            pub(super) const throw: &[usize] = &[size_of::<u32>(), size_of::<*const ValRaw>()];
            pub(super) const throw_ref: &[usize] = &[size_of::<u32>()];
            $( pub(super) const $name: &[usize] = &[$(size_of::<$ty>()),*]; )*
        }

        $(
        $(#[$doc])*
        #[allow(unused)]
        unsafe extern "C" fn $name(context: *mut VmContext, $($param: u64),*) $(-> $ret)? {
            $(let $param = <$ty as FromWord>::from_word($param);)*
            // SAFETY: compiled code calls this function with its own context; the parameters need no drop.
            unsafe { run(context, $held, |$store, $instance| $body) }
        }
        )*
    };
}

builtins! {
    /// Grows a memory. Gives the old size in pages, or −1.
    fn memory_grow(store, instance, memory: MemIdx, delta: u64) -> i64, holding Operand::Plain => {
        let old = store.grow_memory(instance.memories[memory], delta);
        Ok(old.map_or(-1, |old| old as i64))
    }

    fn atomic_wait32(store, instance, memory: MemIdx, address: u64, expected: u32, timeout: i64) -> u32,
        holding Operand::Plain =>
    {
        let memory = store.memory(instance.memories[memory]);
        Ok(memory.wait(address, u64::from(expected), 4, timeout, store.interrupt())?)
    }

    fn atomic_wait64(store, instance, memory: MemIdx, address: u64, expected: u64, timeout: i64) -> u32,
        holding Operand::Plain =>
    {
        let memory = store.memory(instance.memories[memory]);
        Ok(memory.wait(address, expected, 8, timeout, store.interrupt())?)
    }

    fn atomic_notify(store, instance, memory: MemIdx, address: u64, count: u32) -> u32,
        holding Operand::Plain =>
    {
        Ok(store.memory(instance.memories[memory]).notify(address, count)?)
    }

    fn memory_copy(store, instance, to: MemIdx, from: MemIdx, d: u64, s: u64, n: u64), holding Operand::Plain => {
        let [to, from] = [to, from].map(|i| instance.memories[i]);
        Ok(store.memory(to).copy(store.memory(from), [d, s, n], store.poll())?)
    }

    fn memory_fill(store, instance, memory: MemIdx, d: u64, value: u32, n: u64), holding Operand::Plain => {
        let memory = store.memory(instance.memories[memory]);
        Ok(memory.fill([d, n], value as u8, store.poll())?)
    }

    fn memory_init(
        store, instance, memory: MemIdx, segment: DataIdx, d: u64, s: u64, n: u64
    ), holding Operand::Plain => {
        let inner = instance.module.inner();
        let bytes = &inner.wasm[data_of(store, instance, segment)];
        let memory = store.memory(instance.memories[memory]);
        Ok(memory.init(bytes, [d, s, n], store.poll())?)
    }

    /// Whether an exception has this tag.
    fn has_tag(store, instance, exception: u32, tag: TagAddr) -> u32,
        holding Operand::Reference(exception) =>
    {
        Ok((store.tag_of_exception(exception) == tag).into())
    }

    /// Writes an exception's values to memory.
    fn unpack(store, instance, exception: u32, to: *mut ValRaw),
        holding Operand::Reference(exception) =>
    {
        let exception = exception_in(store, exception);
        let values = exception.values();
        store.reserve(Val::room_for(values));
        for (i, value) in values.iter().enumerate() {
            let raw = value.to_raw(store)?;
            // SAFETY: the translation passes as `to` the address of a stack slot with room for as many values
            // as the tag's type has, and calls this only for an exception with that tag.
            unsafe { to.add(i).write(raw) };
        }
        Ok(())
    }

    fn data_drop(store, instance, segment: DataIdx), holding Operand::Plain => {
        store.drop_data(instance.data_segment(segment));
        Ok(())
    }

    /// Grows a table. Gives the old size, or −1.
    fn table_grow(store, instance, table: TableIdx, value: u64, delta: u64) -> i64,
        holding Operand::Element(table, value) =>
    {
        let old = store.grow_table(instance.tables[table], delta, ValRaw::u64(value), true)?;
        Ok(old.map_or(-1, |old| old as i64))
    }

    fn table_fill(store, instance, table: TableIdx, start: u64, value: u64, count: u64),
        holding Operand::Element(table, value) =>
    {
        let (table, heap, poll) = store.table_heap_poll(instance.tables[table]);
        Ok(table.fill(heap, [start, count], ValRaw::u64(value), poll)?)
    }

    fn table_copy(store, instance, to: TableIdx, from: TableIdx, d: u64, s: u64, n: u64), holding Operand::Plain => {
        let [to, from] = [to, from].map(|i| instance.tables[i]);
        Ok(table::copy(store, [to, from], [d, s, n], true)?)
    }

    fn table_init(
        store, instance, table: TableIdx, segment: ElemIdx, d: u64, s: u64, n: u64
    ), holding Operand::Plain => {
        let (table, segment) = (instance.tables[table], instance.segment(segment));
        Ok(store.init_table(table, segment, [d, s, n])?)
    }

    fn elem_drop(store, instance, segment: ElemIdx), holding Operand::Plain => {
        store.drop_segment(instance.segment(segment));
        Ok(())
    }

    /// Whether a function's type is a subtype of another, by engine-wide identities.
    fn is_subtype(store, instance, actual: TypeId, expected: TypeId) -> u32, holding Operand::Plain => {
        Ok(store.engine().types().is_subtype(actual, expected).into())
    }

    fn struct_new(store, instance, ty: TypeId) -> u32, holding Operand::Plain => {
        let size = store.heap.size_of_new(ty.0, 0);
        store.make_object(&[], size, |heap| heap.allocate_struct(ty.0))
    }

    fn array_new(store, instance, ty: TypeId, length: u32) -> u32, holding Operand::Plain => {
        let size = store.heap.size_of_new(ty.0, length);
        store.make_object(&[], size, |heap| heap.allocate_array(ty.0, length))
    }

    fn array_new_data(store, instance, ty: TypeId, segment: DataIdx, offset: u32, length: u32) -> u32,
        holding Operand::Plain =>
    {
        let inner = instance.module.inner();
        let bytes = data_of(store, instance, segment);
        let size = store.heap.element_size(ty.0);
        let bytes = objects::part(bytes, offset, length, size)?;
        let size = store.heap.size_of_new(ty.0, length);
        let array = store.make_object(&[], size, |heap| heap.allocate_array(ty.0, length))?;
        store.heap.init_bytes(array, 0, &inner.wasm[bytes]);
        Ok(array)
    }

    fn array_new_elem(store, instance, ty: TypeId, segment: ElemIdx, offset: u32, length: u32) -> u32,
        holding Operand::Plain =>
    {
        objects::new_from_elements(store, instance.segment(segment), ty, [offset, length])
    }

    fn array_fill(store, instance, array: u32, start: u32, low: u64, high: u64, count: u32),
        holding Operand::Filling(array, low) =>
    {
        objects::fill(store, array, [start, count], [low, high])
    }

    fn array_copy(store, instance, to: u32, to_index: u32, from: u32, from_index: u32, count: u32),
        holding Operand::References([to, from]) =>
    {
        objects::copy(store, [to, to_index, from, from_index, count])
    }

    fn array_init_data(
        store, instance, array: u32, index: u32, segment: DataIdx, offset: u32, count: u32
    ), holding Operand::Reference(array) => {
        let inner = instance.module.inner();
        objects::check(store, array, index, count)?;
        let (_, size) = store.heap.holds(array);
        let bytes = objects::part(data_of(store, instance, segment), offset, count, size)?;
        store.heap.init_bytes(array, index, &inner.wasm[bytes]);
        Ok(())
    }

    fn array_init_elem(
        store, instance, array: u32, index: u32, segment: ElemIdx, offset: u32, count: u32
    ), holding Operand::Reference(array) => {
        objects::check(store, array, index, count)?;
        objects::init_from_elements(store, instance.segment(segment), array, [index, offset, count])
    }

    /// Adds a reference that was read from a global, a table or an object to the activations table, which is
    /// full.
    fn join_table(store, instance, reference: u32), holding Operand::Joining => {
        // The reference joins before the collection, as the frame that read it may hold it already.
        let full = !store.heap.has_room(1);
        store.heap.make_room(1);
        store.heap.join(reference);
        if full {
            store.collect_only(&[]);
        }
        Ok(())
    }

    /// Notes what an object holds before it is written. No collection may come between this and the write.
    fn log_object(store, instance, reference: u32), holding Operand::Joining => {
        store.heap.log(reference);
        Ok(())
    }

    /// Frees an object whose last count compiled code took.
    fn free(store, instance, reference: u32), holding Operand::Plain => {
        store.heap.free_uncounted(reference);
        Ok(())
    }
}

/// The bytes of a data segment, as a range of those of its module. It is empty if the segment was dropped.
fn data_of(
    store: &StoreOpaque,
    instance: &InstanceData,
    segment: DataIdx,
) -> std::ops::Range<usize> {
    match store.data_is_dropped(instance.data_segment(segment)) {
        true => 0..0,
        false => instance.module.inner().info.data[segment].bytes.clone(),
    }
}

/// The exception that a reference refers to.
fn exception_in(store: &StoreOpaque, reference: u32) -> ExnRef {
    ExnRef(store.heap.value(reference).clone())
}

/// The reference into the heap that is to become an element of `table`, or 0 if the elements are functions.
fn heap_ref(instance: &InstanceData, table: TableIdx, value: u64) -> u32 {
    let ty = &instance.module.inner().info.tables[table].ty;
    let info = &instance.module.inner().info;
    let heap = info.is_heap_ref(wasmparser::ValType::Ref(ty.element_type));
    if heap { value as u32 } else { 0 }
}
