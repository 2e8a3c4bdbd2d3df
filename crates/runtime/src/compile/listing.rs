//! Listings of the compilation of one function, for debugging.
//!
//! In: a module and the index of a function. Out: its IR, its machine code and its stack maps, as text. The
//! function is compiled as the engine compiles it, and is not executed.

use crate::compile::budget::CompileControl;
use crate::compile::engine::Engine;
use crate::compile::module::Module;
use crate::compile::{FunctionCompiler, ModuleCompilation, read_error};
use crate::value::error::{Error, Result};
use cranelift_codegen::entity::EntityRef;
use std::fmt::Write;
use touchstone_cranelift_wasm::layout::ContextLayout;
use touchstone_cranelift_wasm::{FuncIdx, read_module};

/// A listing of the compilation of one function: see [`Module::list_function`].
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct FunctionListing {
    /// Cranelift's IR as it was translated, before any optimisation.
    pub clif: String,
    /// The machine code, in Cranelift's notation for its instructions, after register allocation.
    pub asm: String,
    /// The stack maps: for each call, the slots of the frame that hold references during the call.
    pub stack_maps: String,
}

impl Module {
    /// Compiles one function of a module, which need not be instantiated, and lists the result. `function` is
    /// its index in the module's function index space, in which imported functions come first.
    ///
    /// ```
    /// # use touchstone_runtime::{Engine, Module};
    /// let text = r#"(module (func (result i32) (i32.const 42)))"#;
    /// let listing = Module::list_function(&Engine::default(), text, 0)?;
    /// assert!(listing.clif.contains("iconst.i32 42"));
    /// # Ok::<(), touchstone_runtime::Error>(())
    /// ```
    ///
    /// # Errors
    /// Fails as [`Module::new`] does, and with [`Mismatch`](Error::Mismatch) if the module defines no such
    /// function.
    pub fn list_function(
        engine: &Engine,
        module: impl AsRef<[u8]>,
        function: u32,
    ) -> Result<FunctionListing> {
        #[cfg(feature = "wat")]
        let module = wat::parse_bytes(module.as_ref())
            .map_err(|error| Error::Malformed(format!("text: {error}")))?;
        let wasm = module.as_ref();
        let features = engine.module_features(wasm, engine.config().features)?;
        let read = read_module(wasm, features, engine.config().collector);
        let (info, mut bodies) = read.map_err(|e| read_error(e, wasm, features))?;
        let layout = ContextLayout::new(&info);
        let control = CompileControl::new();
        let compilation =
            ModuleCompilation::new(engine, (&info, &layout), &bodies, (wasm, features), &control);
        let function = FuncIdx::from_u32(function);
        let defined = info.defined_index(function).map(EntityRef::index);
        let Some(defined) = defined.filter(|index| *index < bodies.len()) else {
            return Err(Error::Mismatch(format!("the module defines no {function}")));
        };
        let mut compiler = FunctionCompiler::with_options(engine.isa(), compilation.options);
        compiler.listed = Some(Default::default());
        let compiled =
            compilation.compile_one(&mut compiler, function, bodies.swap_remove(defined))?;
        let mut stack_maps = format!("{function}: {} bytes of code\n", compiled.size());
        for (offset, source, slots, handler) in compiled.calls() {
            let _ = write!(stack_maps, "  call that returns to +{offset:#x}");
            if let Some(source) = source {
                let _ = write!(stack_maps, ", at {source:#x} in the module");
            }
            let slots: Vec<_> = slots.iter().map(|slot| format!("fp-{slot:#x}")).collect();
            match slots.is_empty() {
                true => stack_maps.push_str(": no references"),
                false => {
                    let _ = write!(stack_maps, ": references at {}", slots.join(", "));
                }
            }
            if let Some(handler) = handler {
                let _ = write!(stack_maps, "; exceptions go to +{handler:#x}");
            }
            stack_maps.push('\n');
        }
        let (clif, asm) = compiler.listed.unwrap_or_default();
        Ok(FunctionListing { clif, asm, stack_maps })
    }
}
