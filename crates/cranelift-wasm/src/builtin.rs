//! Runtime functions that compiled code calls.
//!
//! Compiled code reaches them through a table in its context; each entry is a
//! trampoline that records the exit from Wasm and then calls the host's function.
//! This module says their order and their types; the runtime says what they do.

use crate::POINTER;
use cranelift_codegen::ir::{AbiParam, Signature, Type, types};
use cranelift_codegen::isa::CallConv;

macro_rules! builtins {
    ($( $(#[$doc:meta])* $variant:ident = $name:ident ( $($param:expr),* ) -> [$($ret:expr),*]; )*) => {
        /// A function of the runtime. Its context comes first; the rest is as listed.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(u32)]
        pub enum Builtin { $( $(#[$doc])* $variant, )* }

        impl Builtin {
            /// Every function, in the order of the table.
            pub const ALL: &'static [Builtin] = &[ $( Builtin::$variant, )* ];

            /// Its name, for disassembly and defects.
            pub fn name(self) -> &'static str {
                match self { $( Builtin::$variant => stringify!($name), )* }
            }

            fn params(self) -> &'static [Type] {
                match self { $( Builtin::$variant => &[ $($param),* ], )* }
            }

            fn returns(self) -> &'static [Type] {
                match self { $( Builtin::$variant => &[ $($ret),* ], )* }
            }
        }
    };
}

builtins! {
    /// Ends the activation with the error that the store holds. Does not return.
    Raise = raise() -> [];
    /// `memory.grow`: memory index, pages; gives the old size in pages or −1.
    MemoryGrow = memory_grow(types::I32, types::I64) -> [types::I64];
}

impl Builtin {
    /// Byte offset of its entry in the table.
    pub fn offset(self) -> i32 {
        self as i32 * 8
    }

    /// The signature that compiled code calls it with.
    pub fn wasm_signature(self) -> Signature {
        self.signature(CallConv::Tail)
    }

    /// The signature of the host's function.
    pub fn host_signature(self, host: CallConv) -> Signature {
        self.signature(host)
    }

    fn signature(self, conv: CallConv) -> Signature {
        let mut sig = Signature::new(conv);
        sig.params.push(AbiParam::new(POINTER));
        sig.params.extend(self.params().iter().map(|t| AbiParam::new(*t)));
        sig.returns.extend(self.returns().iter().map(|t| AbiParam::new(*t)));
        sig
    }
}
