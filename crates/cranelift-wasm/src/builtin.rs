//! Runtime functions that compiled code calls.
//!
//! Compiled code reaches them through a table in its context; each entry is a
//! trampoline that records the exit from Wasm and then calls the host's function.
//! This module says their order and their types; the runtime says what they do.
//!
//! A [`Leaf`] has no trampoline: its entry is the host's function itself.

use crate::POINTER;
use cranelift_codegen::ir::{AbiParam, Signature, Type, types};
use cranelift_codegen::isa::CallConv;

/// The one list of the runtime's functions: calls a macro with all of them, each with the widths of its
/// arguments (`i32`, `i64` or `pointer`) and of its result (`()`, or `!` where it does not return). The
/// runtime makes its side of the table from the same list, and does not compile where a width differs.
#[macro_export]
macro_rules! foreach_builtin {
    ($with:ident) => {
        $with! {
            /// Ends the activation with the error that the store holds. Does not return.
            Raise = raise() -> !;
            /// A reference joins the activations table, which is full: collects first.
            JoinTable = join_table(i32) -> ();
            /// The last counted reference to an object is gone: frees it.
            Free = free(i32) -> ();
            /// `throw`: tag, its values in memory. Does not return.
            Throw = throw(i32, pointer) -> !;
            /// `throw_ref`: the exception. Does not return.
            ThrowRef = throw_ref(i32) -> !;
            /// Whether an exception has this tag: 1 or 0.
            HasTag = has_tag(i32, i32) -> i32;
            /// Writes an exception's values to memory.
            Unpack = unpack(i32, pointer) -> ();
            /// `memory.grow`: memory index, pages; gives the old size in pages or −1.
            MemoryGrow = memory_grow(i32, i64) -> i64;
            /// `memory.atomic.wait32`: memory, address, expected value, nanoseconds; gives 0, 1 or 2.
            AtomicWait32 = atomic_wait32(i32, i64, i32, i64) -> i32;
            /// `memory.atomic.wait64`: as for 32 bits, but for the expected value.
            AtomicWait64 = atomic_wait64(i32, i64, i64, i64) -> i32;
            /// `memory.atomic.notify`: memory, address, how many; gives how many were woken.
            AtomicNotify = atomic_notify(i32, i64, i32) -> i32;
            /// `memory.copy` where a memory is shared or many bytes are copied: memories written and read, the two indices, bytes.
            MemoryCopy = memory_copy(i32, i32, i64, i64, i64) -> ();
            /// `memory.fill` of a shared memory or of many bytes: memory, index, value, bytes.
            MemoryFill = memory_fill(i32, i64, i32, i64) -> ();
            /// `memory.init`: memory, data segment, the two indices, bytes.
            MemoryInit = memory_init(i32, i32, i64, i64, i64) -> ();
            /// `data.drop`: data segment.
            DataDrop = data_drop(i32) -> ();
            /// `table.grow`: table, value, elements; gives the old size or −1.
            TableGrow = table_grow(i32, i64, i64) -> i64;
            /// `table.fill`: table, index, value, elements.
            TableFill = table_fill(i32, i64, i64, i64) -> ();
            /// `table.copy`: tables written and read, the two indices, elements.
            TableCopy = table_copy(i32, i32, i64, i64, i64) -> ();
            /// `table.init`: table, element segment, the two indices, elements.
            TableInit = table_init(i32, i32, i64, i64, i64) -> ();
            /// `elem.drop`: element segment.
            ElemDrop = elem_drop(i32) -> ();
            /// Whether the first type is a subtype of the second, by engine-wide identities: 1 or 0.
            IsSubtype = is_subtype(i32, i32) -> i32;
        }
    };
}

/// The type in Cranelift's IR.
macro_rules! ir_type {
    (i32) => {
        types::I32
    };
    (i64) => {
        types::I64
    };
    (pointer) => {
        POINTER
    };
}

macro_rules! ir_results {
    (()) => {
        &[]
    };
    (!) => {
        &[]
    };
    ($ty:ident) => {
        &[ir_type!($ty)]
    };
}

macro_rules! builtins {
    ($( $(#[$doc:meta])* $variant:ident = $name:ident ( $($param:ident),* ) -> $ret:tt; )*) => {
        /// A function of the runtime. Its context comes first; the rest is as listed.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(u32)]
        pub enum Builtin { $( $(#[$doc])* $variant, )* }

        impl Builtin {
            /// Every function, in the order of the table.
            pub const ALL: &'static [Builtin] = &[ $( Builtin::$variant, )* ];

            fn params(self) -> &'static [Type] {
                match self { $( Builtin::$variant => &[ $(ir_type!($param)),* ], )* }
            }

            fn returns(self) -> &'static [Type] {
                match self { $( Builtin::$variant => ir_results!($ret), )* }
            }
        }
    };
}

foreach_builtin!(builtins);

/// A function of the host that touches nothing but the bytes it is given addresses of. It does not
/// fail, call, collect or end an activation: so it is called without an exit being recorded, and
/// needs no context.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u32)]
pub enum Leaf {
    /// Copies bytes that may overlap: to, from, how many.
    CopyBytes,
    /// Sets bytes: from where on, the value (its low eight bits), how many.
    FillBytes,
}

impl Leaf {
    /// Every one, in the order of the table, where they come after the [`Builtin`]s.
    pub const ALL: &'static [Leaf] = &[Leaf::CopyBytes, Leaf::FillBytes];

    /// Byte offset of its entry in the table.
    pub fn offset(self) -> i32 {
        (Builtin::ALL.len() as i32 + self as i32) * 8
    }

    /// Their signature, by the host's convention: of 64 bits, as for [`Builtin::host_signature`].
    pub fn signature(host: CallConv) -> Signature {
        let mut sig = Signature::new(host);
        sig.params.extend([POINTER, types::I64, types::I64].map(AbiParam::new));
        sig
    }
}

impl Builtin {
    /// Byte offset of its entry in the table.
    pub fn offset(self) -> i32 {
        self as i32 * 8
    }

    /// The signature that compiled code calls it with.
    pub fn wasm_signature(self) -> Signature {
        self.signature(CallConv::Tail, |ty| ty)
    }

    /// The signature of the host's function. Every parameter has 64 bits: what the rest of a
    /// register holds of a narrower one differs from one calling convention to the next.
    pub fn host_signature(self, host: CallConv) -> Signature {
        self.signature(host, |_| types::I64)
    }

    fn signature(self, conv: CallConv, param: impl Fn(Type) -> Type) -> Signature {
        let mut sig = Signature::new(conv);
        sig.params.push(AbiParam::new(POINTER));
        sig.params.extend(self.params().iter().map(|t| AbiParam::new(param(*t))));
        sig.returns.extend(self.returns().iter().map(|t| AbiParam::new(*t)));
        sig
    }
}
