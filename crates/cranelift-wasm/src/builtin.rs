//! Runtime functions that compiled code calls.
//!
//! Compiled code finds them through a table to which its context points. Each entry is a trampoline that
//! records the exit from Wasm and then calls the host's function. This module defines the order and the types
//! of the functions; the runtime defines what they do.
//!
//! A [`Leaf`] has no trampoline. Its entry is the host's function itself.

use crate::POINTER;
use cranelift_codegen::ir::{AbiParam, Signature, Type, types};
use cranelift_codegen::isa::CallConv;

/// The only list of the runtime's functions. It calls a macro with all of them, each with the widths of its
/// arguments (`i32`, `i64` or `pointer`) and of its result (`()` for none, `!` if it does not return). The
/// runtime makes its side of the table from the same list, and does not compile if a width differs.
#[macro_export]
macro_rules! foreach_builtin {
    ($with:ident) => {
        $with! {
            /// Ends the activation with the error that the store holds. Does not return.
            Raise = raise() -> !;
            /// Adds a reference to the activations table when that is full, and collects.
            JoinTable = join_table(i32) -> ();
            /// Frees an object whose last counted reference is gone.
            Free = free(i32) -> ();
            /// `throw`: the tag, and the address of its values in memory. Does not return.
            Throw = throw(i32, pointer) -> !;
            /// `throw_ref`: the reference to the exception. Does not return.
            ThrowRef = throw_ref(i32) -> !;
            /// Whether an exception has this tag, as 1 or 0.
            HasTag = has_tag(i32, i32) -> i32;
            /// Writes an exception's values to memory.
            Unpack = unpack(i32, pointer) -> ();
            /// `memory.grow`: the memory and the number of pages. Gives the old size in pages, or −1.
            MemoryGrow = memory_grow(i32, i64) -> i64;
            /// `memory.atomic.wait32`: the memory, the address, the expected value and the nanoseconds. Gives
            /// 0, 1 or 2.
            AtomicWait32 = atomic_wait32(i32, i64, i32, i64) -> i32;
            /// `memory.atomic.wait64`: the same as for 32 bits, but with an expected value of 64 bits.
            AtomicWait64 = atomic_wait64(i32, i64, i64, i64) -> i32;
            /// `memory.atomic.notify`: the memory, the address, and how many to wake. Gives how many were
            /// woken.
            AtomicNotify = atomic_notify(i32, i64, i32) -> i32;
            /// `memory.copy` if a memory is shared or many bytes are copied: the memories written and read,
            /// the two indices, and the number of bytes.
            MemoryCopy = memory_copy(i32, i32, i64, i64, i64) -> ();
            /// `memory.fill` of a shared memory or of many bytes: the memory, the index, the value, and the
            /// number of bytes.
            MemoryFill = memory_fill(i32, i64, i32, i64) -> ();
            /// `memory.init`: the memory, the data segment, the two indices, and the number of bytes.
            MemoryInit = memory_init(i32, i32, i64, i64, i64) -> ();
            /// `data.drop`: the data segment.
            DataDrop = data_drop(i32) -> ();
            /// `table.grow`: the table, the value, and the number of elements. Gives the old size, or −1.
            TableGrow = table_grow(i32, i64, i64) -> i64;
            /// `table.fill`: the table, the index, the value, and the number of elements.
            TableFill = table_fill(i32, i64, i64, i64) -> ();
            /// `table.copy`: the tables written and read, the two indices, and the number of elements.
            TableCopy = table_copy(i32, i32, i64, i64, i64) -> ();
            /// `table.init`: the table, the element segment, the two indices, and the number of elements.
            TableInit = table_init(i32, i32, i64, i64, i64) -> ();
            /// `elem.drop`: the element segment.
            ElemDrop = elem_drop(i32) -> ();
            /// Whether the first type is a subtype of the second, by their engine-wide identities, as 1 or 0.
            IsSubtype = is_subtype(i32, i32) -> i32;
            /// Makes a structure of this type, whose fields are zero or null. Gives the reference.
            StructNew = struct_new(i32) -> i32;
            /// Makes an array of this type and length, whose elements are zero or null. Gives the reference.
            ArrayNew = array_new(i32, i32) -> i32;
            /// `array.new_data`: the type, the data segment, the offset in it, and the length. Gives the
            /// reference.
            ArrayNewData = array_new_data(i32, i32, i32, i32) -> i32;
            /// `array.new_elem`: the type, the element segment, the offset in it, and the length. Gives the
            /// reference.
            ArrayNewElem = array_new_elem(i32, i32, i32, i32) -> i32;
            /// `array.fill`: the array, the index, the low and the high 64 bits of the value, and the number
            /// of elements.
            ArrayFill = array_fill(i32, i32, i64, i64, i32) -> ();
            /// `array.copy`: the array written and the index, the array read and the index, and the number of
            /// elements.
            ArrayCopy = array_copy(i32, i32, i32, i32, i32) -> ();
            /// `array.init_data`: the array and the index, the data segment and the offset, and the number of
            /// elements.
            ArrayInitData = array_init_data(i32, i32, i32, i32, i32) -> ();
            /// `array.init_elem`: the array and the index, the element segment and the index, and the number
            /// of elements.
            ArrayInitElem = array_init_elem(i32, i32, i32, i32, i32) -> ();
            /// Notes what an object holds before the first write to it since the last collection. Never
            /// collects.
            LogObject = log_object(i32) -> ();
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
        /// A function of the runtime. Its first argument is the context, and the others are those in the
        /// list.
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

/// A function of the host that accesses nothing but the bytes whose addresses it is given. It does not fail,
/// call, collect or end an activation, so it needs no recorded exit and no context.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u32)]
pub enum Leaf {
    /// Copies bytes that may overlap: the target, the source, and the number of bytes.
    CopyBytes,
    /// Sets bytes: the address of the first, the value (its low eight bits), and the number of bytes.
    FillBytes,
}

impl Leaf {
    /// Every leaf, in the order of the table, in which they come after the [`Builtin`]s.
    pub const ALL: &'static [Leaf] = &[Leaf::CopyBytes, Leaf::FillBytes];

    /// Byte offset of its entry in the table.
    pub fn offset(self) -> i32 {
        (Builtin::ALL.len() as i32 + self as i32) * 8
    }

    /// The signature of leaves in the host's calling convention. Every parameter has 64 bits, as for
    /// [`Builtin::host_signature`].
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

    /// The signature with which compiled code calls it.
    pub fn wasm_signature(self) -> Signature {
        self.signature(CallConv::Tail, |ty| ty)
    }

    /// The signature of the host's function. Every parameter has 64 bits, because calling conventions differ
    /// in what the rest of a register holds for a narrower parameter.
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
