//! Settings of an engine: how it compiles, and which modules it accepts.

use crate::compile::isa;
use std::sync::OnceLock;
use touchstone_cranelift_wasm::trampoline::Exits;
use touchstone_cranelift_wasm::{Collector, Relaxed};
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
    pub(crate) collector: Collector,
    pub(crate) exits: Exits,
    pub(crate) relaxed: Relaxed,
    pub(crate) interruptible: bool,
    pub(crate) fuel: bool,
    pub(crate) host_extensions: bool,
    pub(crate) without_code: bool,
    pub(crate) compile_budget: Option<u64>,
    pub(crate) reuse_functions: bool,
    pub(crate) planted: Option<PlantedFailure>,
    pub(crate) reload: bool,
}

/// How much Cranelift optimises.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OptLevel {
    /// Cranelift does not optimise, which compiles fast.
    None,
    /// Cranelift optimises for the speed of the code.
    #[default]
    Speed,
}

/// How Cranelift allocates registers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RegallocAlgorithm {
    /// Allocation in one pass, which compiles fast.
    SinglePass,
    /// Allocation with backtracking, which gives better code.
    #[default]
    Backtracking,
}

/// A failure of the code generator that is caused on purpose, to test how the engine handles it.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlantedFailure {
    /// The code generator panics.
    Panic,
    /// Cranelift's verifier refuses the translated function.
    Verifier,
    /// The code generator omits the last reference of each stack map. Only the collector's checks can notice
    /// this.
    StackMaps,
}

/// The collector of an engine whose configuration names none. That of tests can be the other one, so that everything
/// that they do is done with it.
const DEFAULT_COLLECTOR: Collector =
    if cfg!(feature = "default-counting") { Collector::Counting } else { Collector::Coalescing };

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
            collector: DEFAULT_COLLECTOR,
            exits: Exits::Recorded,
            relaxed: Relaxed::Native,
            interruptible: false,
            fuel: false,
            host_extensions: true,
            without_code: cfg!(miri),
            compile_budget: None,
            reuse_functions: false,
            planted: None,
            reload: false,
        }
    }
}

impl Config {
    /// Makes the default settings: every feature that the engine implements is on, and code is optimised.
    pub fn new() -> Self {
        Config::default()
    }

    /// The features that the engine implements on this host, as flags of `wasmparser`. On RISC-V, vector
    /// instructions need the vector extension; every other feature is available on every supported host.
    pub fn supported_features() -> WasmFeatures {
        static LACKING: OnceLock<WasmFeatures> = OnceLock::new();
        proposals::SUPPORTED - *LACKING.get_or_init(isa::host_lacks)
    }

    /// Sets all features at once with which modules are validated. They may include features that are not
    /// implemented; a module that needs one of these fails with
    /// [`Error::Unsupported`](crate::Error::Unsupported).
    ///
    /// The flags are those of the crate `wasmparser`, in the version whose `WasmFeatures` this crate
    /// re-exports. The methods whose names begin with `wasm_` set one proposal each and need no other crate.
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

    /// Sets how many bytes of stack Wasm may use before it traps. If the thread has less stack left, Wasm
    /// traps earlier.
    pub fn max_wasm_stack(&mut self, bytes: usize) -> &mut Self {
        self.max_wasm_stack = bytes;
        self
    }

    /// Sets whether a function is compiled once if it comes in several modules and means the same in each of them. It is
    /// for many small modules that are alike: each function takes a little longer where few come again, and the engine
    /// keeps up to 16 MiB of their code. It is off by default.
    pub fn reuse_functions(&mut self, reuse: bool) -> &mut Self {
        self.reuse_functions = reuse;
        self
    }

    /// Makes the code generator fail at each function.
    #[doc(hidden)]
    pub fn plant_failure(&mut self, failure: Option<PlantedFailure>) -> &mut Self {
        self.planted = failure;
        self
    }

    /// Sets whether every module is serialized and loaded again before it is used, as a test of
    /// serialization.
    #[doc(hidden)]
    pub fn reload_modules(&mut self, on: bool) -> &mut Self {
        self.reload = on;
        self
    }

    /// Sets whether Cranelift's verifier checks all IR. It is on by default in builds with debug assertions.
    pub fn verify_ir(&mut self, on: bool) -> &mut Self {
        self.verify_ir = on;
        self
    }

    /// Sets how many threads compile one large module.
    pub fn compile_threads(&mut self, threads: usize) -> &mut Self {
        self.compile_threads = threads.max(1);
        self
    }

    /// Sets how much compiling one module may cost, in units. An instruction, a value or an operand in
    /// Cranelift's IR is a unit, and so is anything that takes as much work. A unit takes about a quarter of
    /// a microsecond and 40 to 80 bytes with one-pass register allocation, and up to ten times as long with
    /// [optimisations](OptLevel::Speed) and [backtracking](RegallocAlgorithm::Backtracking). These are
    /// therefore applied only to as many units as real programs have. A module that costs more fails with
    /// [`Error::Resource`](crate::Error::Resource), which names the function at which the units ran out.
    ///
    /// With `None`, the default, every module may cost what its size allows: 2^21 units, and 40 units for
    /// each byte of its functions and types. A budget can only lower this.
    pub fn compile_budget(&mut self, units: Option<u64>) -> &mut Self {
        self.compile_budget = units;
        self
    }

    /// Sets whether code may use instructions that this processor has beyond the baseline of its
    /// architecture. It is on by default. If it is off, operations that need such instructions call functions
    /// instead.
    pub fn host_extensions(&mut self, on: bool) -> &mut Self {
        self.host_extensions = on;
        self
    }

    /// Sets whether relaxed vector instructions give the same results on every host (the first of those that
    /// the specification lists), instead of the results that are fastest on this host.
    pub fn relaxed_simd_deterministic(&mut self, on: bool) -> &mut Self {
        self.relaxed = if on { Relaxed::Deterministic } else { Relaxed::Native };
        self
    }

    /// Sets whether compiled code can be interrupted, by
    /// [`Store::interrupt_handle`](crate::Store::interrupt_handle): the code then polls one word at the entry
    /// of each function and at the head of each loop.
    pub fn interruptible(&mut self, on: bool) -> &mut Self {
        self.interruptible = on;
        self
    }

    /// Sets whether Wasm consumes fuel, which [`Store::set_fuel`](crate::Store::set_fuel) provides. It is off
    /// by default. Every instruction that is executed consumes one unit, and so does every call of a function
    /// for its beginning; `nop`, `drop`, `block`, `loop`, `else` and `end` are free. An instruction that
    /// works on many bytes or elements consumes one unit, too: use [interrupts](Config::interruptible) to
    /// bound the time that it takes.
    ///
    /// The code checks how much fuel is left at the entry of each function and at the head of each loop, and
    /// traps there with [`TrapCode::OutOfFuel`](crate::TrapCode::OutOfFuel) if there is none. At which
    /// instruction it traps depends only on the module and its inputs.
    pub fn consume_fuel(&mut self, on: bool) -> &mut Self {
        self.fuel = on;
        self
    }

    /// Sets the collector of references in stores, which code is compiled for. It is
    /// [`Collector::Coalescing`] by default.
    pub fn collector(&mut self, collector: Collector) -> &mut Self {
        self.collector = collector;
        self
    }

    /// Sets whether stores are stressed. A stressed store collects at every allocation of a host value, at
    /// every call of the host or the runtime, and before every reference that is read for the first time.
    /// Freed objects are poisoned and not reused for a long time, and instances are given back as soon as
    /// they can be. This is slow, and meant for tests.
    pub fn gc_stress(&mut self, on: bool) -> &mut Self {
        self.gc_stress = on;
        self
    }

    /// Makes the engine generate no machine code at all. Host functions are called as Wasm would call them,
    /// and modules that define functions are refused. This is meant for tests of everything else, above all
    /// under Miri, where it is the default.
    #[doc(hidden)]
    pub fn without_code(&mut self) -> &mut Self {
        self.without_code = true;
        self
    }

    /// Makes the engine generate code that does not record where it leaves Wasm, to test that stack walks
    /// notice.
    #[doc(hidden)]
    pub fn without_exit_records(&mut self) -> &mut Self {
        self.exits = Exits::Unrecorded;
        self
    }
}

/// Generates a method of [`Config`] for each proposal.
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
    wasm_gc, GC, "recursive types, structures, arrays and numbers as references";
    wasm_custom_descriptors, CUSTOM_DESCRIPTORS, "structures with descriptors, and exact types";
    wasm_custom_page_sizes, CUSTOM_PAGE_SIZES, "memories with pages of one byte";
    wasm_wide_arithmetic, WIDE_ARITHMETIC, "arithmetic on integers of 128 bits";
    wasm_compact_imports, COMPACT_IMPORTS, "import sections in the compact form";
}
