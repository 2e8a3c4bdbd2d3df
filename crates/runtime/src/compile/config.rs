//! How an engine compiles and what it accepts.

use crate::compile::isa;
use std::sync::OnceLock;
use touchstone_cranelift_wasm::Relaxed;
use touchstone_cranelift_wasm::trampoline::Exits;
use touchstone_validate::proposals;
use wasmparser::WasmFeatures;

/// Settings of an [`Engine`](crate::Engine).
#[derive(Clone, Debug)]
pub struct Config {
    pub(crate) features: WasmFeatures,
    pub(crate) opt_level: OptLevel,
    pub(crate) regalloc: RegallocAlgorithm,
    pub(crate) max_wasm_stack: usize,
    pub(crate) verify_ir: bool,
    pub(crate) compile_threads: usize,
    pub(crate) gc_stress: bool,
    pub(crate) exits: Exits,
    pub(crate) relaxed: Relaxed,
    pub(crate) interruptible: bool,
    pub(crate) fuel: bool,
    pub(crate) host_extensions: bool,
    pub(crate) without_code: bool,
    pub(crate) compile_budget: Option<u64>,
    pub(crate) planted: Option<PlantedFailure>,
    pub(crate) reload: bool,
}

/// How much Cranelift optimises.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OptLevel {
    /// Not at all: quick to compile.
    None,
    /// For speed.
    #[default]
    Speed,
}

/// How Cranelift allocates registers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RegallocAlgorithm {
    /// One pass: quick to compile.
    SinglePass,
    /// With backtracking: better code.
    #[default]
    Backtracking,
}

/// A failure of the code generator that is made on purpose, to see what becomes of it.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlantedFailure {
    /// It panics.
    Panic,
    /// Its verifier refuses what was translated.
    Verifier,
    /// It forgets the last reference of each stack map. Nothing but what the collector finds tells.
    StackMaps,
}

impl Default for Config {
    fn default() -> Self {
        Config {
            features: Config::supported_features(),
            opt_level: OptLevel::default(),
            regalloc: RegallocAlgorithm::default(),
            max_wasm_stack: 512 << 10,
            verify_ir: cfg!(debug_assertions),
            compile_threads: 1,
            gc_stress: false,
            exits: Exits::Recorded,
            relaxed: Relaxed::Native,
            interruptible: false,
            fuel: false,
            host_extensions: true,
            without_code: cfg!(miri),
            compile_budget: None,
            planted: None,
            reload: false,
        }
    }
}

impl Config {
    /// The defaults: everything the engine implements is on, code is optimised.
    pub fn new() -> Self {
        Config::default()
    }

    /// What the engine implements on this host, as flags of `wasmparser`. Vector instructions need
    /// the vector extension on RISC-V; everything else is there on every supported host.
    pub fn supported_features() -> WasmFeatures {
        static LACKING: OnceLock<WasmFeatures> = OnceLock::new();
        proposals::SUPPORTED - *LACKING.get_or_init(isa::host_lacks)
    }

    /// Sets all features at once that modules are validated with. They may exceed what is implemented:
    /// a module that then needs such a feature is [`Error::Unsupported`](crate::Error::Unsupported).
    ///
    /// The flags are those of the crate `wasmparser`, in the version that this crate gives away again; the
    /// methods whose names begin with `wasm_` set one proposal each and need no other crate.
    pub fn features(&mut self, features: WasmFeatures) -> &mut Self {
        self.features = features;
        self
    }

    /// Sets how much Cranelift optimises.
    pub fn opt_level(&mut self, level: OptLevel) -> &mut Self {
        self.opt_level = level;
        self
    }

    /// Sets how Cranelift allocates registers.
    pub fn regalloc_algorithm(&mut self, algorithm: RegallocAlgorithm) -> &mut Self {
        self.regalloc = algorithm;
        self
    }

    /// Sets how many bytes of stack Wasm may use before it traps. The engine stops earlier
    /// where the thread has less.
    pub fn max_wasm_stack(&mut self, bytes: usize) -> &mut Self {
        self.max_wasm_stack = bytes;
        self
    }

    /// Has the code generator fail at each function.
    #[doc(hidden)]
    pub fn plant_failure(&mut self, failure: Option<PlantedFailure>) -> &mut Self {
        self.planted = failure;
        self
    }

    /// Has every module serialized and loaded again before it is used: a test of that.
    #[doc(hidden)]
    pub fn reload_modules(&mut self, on: bool) -> &mut Self {
        self.reload = on;
        self
    }

    /// Sets whether Cranelift's verifier checks all IR. On in builds with debug assertions.
    pub fn verify_ir(&mut self, on: bool) -> &mut Self {
        self.verify_ir = on;
        self
    }

    /// Sets how many threads compile one large module.
    pub fn compile_threads(&mut self, threads: usize) -> &mut Self {
        self.compile_threads = threads.max(1);
        self
    }

    /// Sets how much compiling one module may cost, in units: instructions, values and operands in
    /// Cranelift's IR, and what takes as much. A unit takes about a quarter of a microsecond and 40 to 80
    /// bytes where registers are allocated in one pass, and up to ten times as long with
    /// [optimisations](OptLevel::Speed) and [backtracking](RegallocAlgorithm::Backtracking), which
    /// therefore serve only as many units as real programs have. A module that costs more is
    /// [`Error::Resource`](crate::Error::Resource), which names the function where the units ran out.
    ///
    /// `None`, the default, leaves every module what its size allows: 2^21 units, and 40 for each byte
    /// of its functions and types. A budget can only take from that.
    pub fn compile_budget(&mut self, units: Option<u64>) -> &mut Self {
        self.compile_budget = units;
        self
    }

    /// Sets whether code may use what this processor has beyond the baseline of its architecture.
    /// On by default. Without, operations that need more are calls of functions.
    pub fn host_extensions(&mut self, on: bool) -> &mut Self {
        self.host_extensions = on;
        self
    }

    /// Sets whether relaxed vector instructions give the same results on every host (the first of
    /// those that the specification lists), instead of the ones that are quick on this one.
    pub fn relaxed_simd_deterministic(&mut self, on: bool) -> &mut Self {
        self.relaxed = if on { Relaxed::Deterministic } else { Relaxed::Native };
        self
    }

    /// Sets whether compiled code can be interrupted, by
    /// [`Store::interrupt_handle`](crate::Store::interrupt_handle): it then looks at one word at
    /// the entry of each function and at the head of each loop.
    pub fn interruptible(&mut self, on: bool) -> &mut Self {
        self.interruptible = on;
        self
    }

    /// Sets whether Wasm consumes fuel, which [`Store::set_fuel`](crate::Store::set_fuel) gives it. Off by
    /// default. Every instruction that is executed consumes one unit, and so does every call of a function
    /// for its beginning; `nop`, `drop`, `block`, `loop`, `else` and `end` are free. An instruction that
    /// works on many bytes or elements consumes one unit, too: use
    /// [interrupts](Config::interruptible) to bound the time that it takes.
    ///
    /// The code looks at what is left where a function begins and at the head of each loop, where it traps
    /// with [`TrapCode::OutOfFuel`](crate::TrapCode::OutOfFuel). Which instruction that is depends on the
    /// module and its inputs alone.
    pub fn consume_fuel(&mut self, on: bool) -> &mut Self {
        self.fuel = on;
        self
    }

    /// Sets whether stores are stressed: a collection at every allocation of a host value, at
    /// every call of the host or the runtime, and before every reference that is read for the
    /// first time; freed objects are poisoned and not used again for long; instances are given back as
    /// soon as they can be. Slow; for tests.
    pub fn gc_stress(&mut self, on: bool) -> &mut Self {
        self.gc_stress = on;
        self
    }

    /// Generates no machine code at all: host functions are called as Wasm would call them, modules
    /// that define functions are refused. For tests of everything else, above all under Miri, where it
    /// is the default.
    #[doc(hidden)]
    pub fn without_code(&mut self) -> &mut Self {
        self.without_code = true;
        self
    }

    /// Makes code that does not record where it leaves Wasm, so that stack walks must notice.
    #[doc(hidden)]
    pub fn without_exit_records(&mut self) -> &mut Self {
        self.exits = Exits::Unrecorded;
        self
    }
}

/// A method of [`Config`] for each proposal.
macro_rules! methods {
    ($( $method:ident, $flags:ident, $what:literal; )*) => {
        impl Config {
            $(
                #[doc = concat!("Sets whether modules may use ", $what, ".")]
                pub fn $method(&mut self, on: bool) -> &mut Self {
                    self.features.set(WasmFeatures::$flags, on);
                    self
                }
            )*
        }
    };
}

methods! {
    wasm_mutable_global, MUTABLE_GLOBAL, "imported and exported globals that are mutable";
    wasm_sign_extension, SIGN_EXTENSION, "the sign-extension instructions";
    wasm_saturating_float_to_int, SATURATING_FLOAT_TO_INT,
        "conversions of floats to integers that do not trap";
    wasm_multi_value, MULTI_VALUE, "blocks with parameters, and functions and blocks with many results";
    wasm_bulk_memory, BULK_MEMORY,
        "bulk instructions on memories and tables, and passive segments";
    wasm_reference_types, REFERENCE_TYPES, "references as values, and several tables";
    wasm_simd, SIMD, "vectors of 128 bits";
    wasm_relaxed_simd, RELAXED_SIMD, "relaxed vector instructions";
    wasm_tail_call, TAIL_CALL, "tail calls";
    wasm_extended_const, EXTENDED_CONST, "integer arithmetic in constant expressions";
    wasm_multi_memory, MULTI_MEMORY, "several memories";
    wasm_memory64, MEMORY64, "memories and tables with 64-bit addresses";
    wasm_threads, THREADS, "shared memories and atomic instructions";
    wasm_exceptions, EXCEPTIONS, "tags and exceptions";
    wasm_function_references, FUNCTION_REFERENCES, "typed references to functions";
    wasm_gc, GC, "recursive types and, once the engine has them, objects";
    wasm_custom_page_sizes, CUSTOM_PAGE_SIZES, "memories with pages of one byte";
    wasm_wide_arithmetic, WIDE_ARITHMETIC, "arithmetic on integers of 128 bits";
    wasm_compact_imports, COMPACT_IMPORTS, "import sections in the compact form";
}
