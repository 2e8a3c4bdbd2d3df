//! Translation of one function body to Cranelift IR.
//!
//! In: a body, its validator, and the module's declarations. Out: IR in a given function. Every operator is
//! validated just before it is translated, so the translation never sees an ill-typed stack. Code that
//! validation finds unreachable is not translated.
//!
//! There is one method per operator. The methods are grouped in files by what the operators act on, and
//! [`operator`] calls the method of each operator.

mod allocate;
mod array;
mod atomic;
mod barrier;
mod bulk;
mod call;
mod cast;
mod control;
mod cost;
mod exception;
mod fuel;
mod i31;
mod memory;
mod numeric;
mod operator;
mod simd;
mod slot;
mod structure;
mod table;
mod variable;

use crate::POINTER;
use crate::index::{FuncIdx, TypeIdx};
use crate::layout::{self, ContextLayout, context};
use crate::module::{Body, ModuleInfo};
use control::Frame;
use cost::Meter;
use cranelift_codegen::entity::EntityRef;
use cranelift_codegen::ir::{
    self, AliasRegion, AliasRegionData, Block, BlockArg, FuncRef, GlobalValueData, InstBuilder,
    MemFlagsData, SigRef, SourceLoc, Type, Value, types,
};
use cranelift_codegen::isa::{CallConv, TargetFrontendConfig};
use cranelift_frontend::{FunctionBuilder, FunctionBuilderContext, Variable};
use std::collections::HashMap;
use touchstone_validate::validate_operator;
use wasmparser::{
    BinaryReader, BinaryReaderError, FuncValidator, FuncValidatorAllocations, FunctionBody,
    Operator, OperatorsReader, OperatorsReaderAllocations, ValType, ValidatorResources,
};

pub use cost::Cost;
pub use memory::is_guarded;

/// Which of the results that the specification allows a relaxed instruction gives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Relaxed {
    /// The result that is fastest on the host.
    #[default]
    Native,
    /// The first of the listed results, which is the same on every host.
    Deterministic,
}

/// A collector of references, which code is translated for.
///
/// Both find the same garbage when the host asks for it, and differ in when they find it by themselves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Collector {
    /// References in globals, tables and objects are counted when they are written, and those that frames hold
    /// are listed when they are read. What nobody counts is freed at once.
    Counting,
    /// References are counted at collections alone, and only those of objects that survived one. Code makes
    /// objects in line and reads without a barrier; the first write to an object since the last collection
    /// notes what the object held. Everything is freed by collections.
    #[default]
    Coalescing,
}

/// How functions are translated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeOptions {
    /// The results of relaxed instructions.
    pub relaxed: Relaxed,
    /// Whether functions and loops check for an interrupt.
    pub interruptible: bool,
    /// Whether instructions consume the store's fuel.
    pub fuel: bool,
    /// Whether the processor has vector instructions. If it does, code without vectors uses them, too.
    pub vectors: bool,
    /// Whether Cranelift compares all 64 bits of registers in a 32-bit compare-and-swap, though the upper
    /// half has any value.
    pub wide_compare: bool,
}

impl Default for CodeOptions {
    fn default() -> Self {
        CodeOptions {
            relaxed: Relaxed::default(),
            interruptible: false,
            fuel: false,
            vectors: true,
            wide_compare: false,
        }
    }
}

/// The reason why a function was not translated.
#[derive(Debug)]
pub enum TranslateError {
    /// The body does not decode or does not validate.
    Validator(BinaryReaderError),
    /// The body needs a feature that the engine lacks.
    Unsupported(&'static str),
    /// The function costs more [units](Cost::units) than it was allowed. A few bytes of Wasm can pass a
    /// thousand operands, so a small body can become a large function.
    TooLarge,
    /// The translation was ended by its allowance: see [`FuncTranslator::translate`].
    Cancelled,
}

impl From<BinaryReaderError> for TranslateError {
    fn from(error: BinaryReaderError) -> Self {
        TranslateError::Validator(error)
    }
}

/// The most units of a function, unless a smaller number is set. This is more than register allocation can
/// handle (2^21 values), and far less than fits in memory.
const MAX_UNITS: u64 = 1 << 25;

/// Number of operators that are translated before the allowance is asked for again, which takes a millisecond
/// or two.
const OPERATORS: u32 = 1 << 12;

/// Regions of memory that nothing else aliases. Every access to one of them must name its region, or else
/// Cranelift's knowledge of the region would be wrong. An access that names no region may be to anything but
/// these.
#[derive(Clone, Copy)]
struct Regions {
    /// Bytes of linear memories.
    memories: AliasRegion,
    /// Cells of globals.
    globals: AliasRegion,
}

impl Regions {
    fn new(func: &mut ir::Function) -> Self {
        let mut region = |user_id, description: &'static str| {
            let data = AliasRegionData { user_id, description: description.into() };
            func.dfg.alias_regions.insert(data)
        };
        Regions { memories: region(0, "memories"), globals: region(1, "globals") }
    }
}

type Translate<T = ()> = Result<T, TranslateError>;

/// Translates functions one after another, reusing its allocations.
pub struct FuncTranslator {
    builder: FunctionBuilderContext,
    validator: FuncValidatorAllocations,
    stack: Vec<Value>,
    frames: Vec<Frame>,
    operators: OperatorsReaderAllocations,
    options: CodeOptions,
    cost: Cost,
}

impl Default for FuncTranslator {
    fn default() -> Self {
        FuncTranslator::with_options(CodeOptions::default())
    }
}

impl FuncTranslator {
    /// Makes a translator with no allocations yet.
    pub fn new() -> Self {
        FuncTranslator::default()
    }

    /// Makes a translator with these options.
    pub fn with_options(options: CodeOptions) -> Self {
        FuncTranslator {
            builder: FunctionBuilderContext::new(),
            validator: FuncValidatorAllocations::default(),
            stack: Vec::new(),
            frames: Vec::new(),
            operators: OperatorsReaderAllocations::default(),
            options,
            cost: Cost::default(),
        }
    }

    /// The translator's builder context, which trampolines use, too.
    pub fn builder_context(&mut self) -> &mut FunctionBuilderContext {
        &mut self.builder
    }

    /// The cost of compiling the function that was translated last.
    pub fn cost(&self) -> Cost {
        self.cost
    }

    /// Translates a function, which is given by its index and its body, into `func`, which must be empty.
    ///
    /// `allowance` gives the number of [units](Cost::units) that the function may cost, and is called again
    /// every few thousand operators. If it gives `None`, the translation ends.
    ///
    /// # Errors
    /// Fails if the body is malformed, invalid or unsupported, or costs more than is allowed; then `func` is
    /// unusable.
    pub fn translate(
        &mut self,
        info: &ModuleInfo,
        layout: &ContextLayout,
        (index, body): (FuncIdx, Body<'_>),
        target: TargetFrontendConfig,
        allowance: &dyn Fn() -> Option<u64>,
        func: &mut ir::Function,
    ) -> Translate {
        let (func_to_validate, body) = body;
        let mut validator = func_to_validate.into_validator(std::mem::take(&mut self.validator));
        func.signature = info.signature(info.type_of(index));
        let limit = stack_limit(func);
        func.stencil.stack_limit = Some(limit);
        let regions = Regions::new(func);
        let meter = Meter::new(func);
        self.stack.clear();
        self.frames.clear();
        let result = {
            let body_translator = BodyTranslator {
                builder: FunctionBuilder::new(func, &mut self.builder),
                info,
                layout,
                stack: &mut self.stack,
                frames: &mut self.frames,
                operators: &mut self.operators,
                locals: Vec::new(),
                reachable: true,
                options: self.options,
                hints: info.branch_hints(index),
                hint: None,
                meter,
                allowance,
                allowed: 0,
                values_slot: None,
                fuel: 0,
                context: Value::new(0),
                host: target.default_call_conv,
                regions,
                funcs: HashMap::new(),
                sigs: HashMap::new(),
            };
            body_translator.run(index, &body, &mut validator, target)
        };
        if result.is_err() {
            // A builder that was left half-way keeps state of the function, so it is replaced.
            self.builder = FunctionBuilderContext::new();
        }
        self.validator = validator.into_allocations();
        self.cost = result?;
        Ok(())
    }
}

/// The lowest stack pointer that the function's frame may have, as a value that the prologue loads.
fn stack_limit(func: &mut ir::Function) -> ir::GlobalValue {
    let context_ptr = func.create_global_value(GlobalValueData::VMContext);
    let flags = func.dfg.mem_flags.insert_unchecked(MemFlagsData::trusted());
    let record = func.create_global_value(GlobalValueData::Load {
        base: context_ptr,
        offset: context::STORE.into(),
        global_type: POINTER,
        flags,
    });
    func.create_global_value(GlobalValueData::Load {
        base: record,
        offset: crate::layout::store::STACK_LIMIT.into(),
        global_type: POINTER,
        flags,
    })
}

/// The state of one translation.
struct BodyTranslator<'a, 'b> {
    builder: FunctionBuilder<'b>,
    info: &'a ModuleInfo,
    layout: &'a ContextLayout,
    /// The operand stack. Only the validator keeps the types of operands.
    stack: &'a mut Vec<Value>,
    /// The control stack, outermost first.
    frames: &'a mut Vec<Frame>,
    operators: &'a mut OperatorsReaderAllocations,
    locals: Vec<Variable>,
    /// Whether the current position is reachable. If it is not, only nesting is tracked.
    reachable: bool,
    options: CodeOptions,
    /// The hints about branches that are still to come.
    hints: &'a [(u32, bool)],
    /// The hint about the current operator: whether it likely branches.
    hint: Option<bool>,
    /// What the function costs so far in addition to its IR.
    meter: Meter,
    /// Gives the number of units that the function may cost.
    allowance: &'a dyn Fn() -> Option<u64>,
    /// The number that `allowance` gave last.
    allowed: u64,
    /// The slot for the values of an exception on their way to the runtime and back.
    values_slot: Option<ir::StackSlot>,
    /// Fuel that was consumed since it was last subtracted from the store's fuel.
    fuel: i64,
    /// The function's own context.
    context: Value,
    /// The host's calling convention.
    host: CallConv,
    regions: Regions,
    funcs: HashMap<FuncIdx, FuncRef>,
    sigs: HashMap<TypeIdx, SigRef>,
}

impl BodyTranslator<'_, '_> {
    fn run(
        mut self,
        index: FuncIdx,
        body: &FunctionBody<'_>,
        validator: &mut FuncValidator<ValidatorResources>,
        target: TargetFrontendConfig,
    ) -> Translate<Cost> {
        let mut reader = body.get_binary_reader();
        self.ask_allowance()?;
        self.enter(index);
        self.declare_locals(&mut reader, validator)?;
        self.check_interrupt();
        self.begin_function_with_fuel();
        let range = body.range();
        self.operators(range.start, reader, validator)?;
        self.builder.seal_all_blocks();
        let cost = self.meter.cost(self.builder.func, range.end - range.start);
        if cost.units > self.allowed {
            return Err(TranslateError::TooLarge);
        }
        self.builder.finalize(target);
        Ok(cost)
    }

    fn ask_allowance(&mut self) -> Translate {
        let allowed = (self.allowance)().ok_or(TranslateError::Cancelled)?;
        self.allowed = allowed.min(MAX_UNITS);
        Ok(())
    }

    fn enter(&mut self, index: FuncIdx) {
        let entry = self.builder.create_block();
        self.builder.append_block_params_for_function_params(entry);
        self.builder.switch_to_block(entry);
        self.builder.seal_block(entry);
        self.builder.ensure_inserted_block();
        let params = self.builder.block_params(entry).to_vec();
        self.context = params[0];
        let info = self.info;
        for (ty, value) in info.type_of(index).params().iter().zip(&params[2..]) {
            let var = self.declare_local(*ty, true);
            self.builder.def_var(var, *value);
        }
        self.push_function_frame(index);
    }

    fn declare_locals(
        &mut self,
        reader: &mut BinaryReader<'_>,
        validator: &mut FuncValidator<ValidatorResources>,
    ) -> Translate {
        for _ in 0..reader.read_var_u32()? {
            let offset = reader.original_position();
            let count = reader.read_var_u32()?;
            let ty = reader.read()?;
            validator.define_locals(offset, count, ty)?;
            let zero = self.zero(self.info.ir_type(ty));
            for _ in 0..count {
                let var = self.declare_local(ty, false);
                self.builder.def_var(var, zero);
            }
        }
        Ok(())
    }

    /// Declares the next local.
    fn declare_local(&mut self, ty: ValType, is_param: bool) -> Variable {
        self.meter.local(is_param);
        let var = self.builder.declare_var(self.info.ir_type(ty));
        if self.info.is_heap_ref(ty) {
            self.builder.declare_var_needs_stack_map(var);
            self.meter.references += 1;
            self.meter.reference_locals += 1;
        }
        self.locals.push(var);
        var
    }

    /// Tells Cranelift that a collection must find `value` if it is a reference into the heap and is needed
    /// after a call. This must be called for every value of type `ty` that is made.
    fn declare(&mut self, value: Value, ty: ValType) {
        if self.info.is_heap_ref(ty) {
            self.declare_reference(value);
        }
    }

    /// Tells Cranelift that a collection must find the reference `value`.
    fn declare_reference(&mut self, value: Value) {
        self.builder.declare_value_needs_stack_map(value);
        self.meter.references += 1;
    }

    fn operators(
        &mut self,
        start: u64,
        mut reader: BinaryReader<'_>,
        validator: &mut FuncValidator<ValidatorResources>,
    ) -> Translate {
        reader.set_features(*validator.features());
        let allocations = std::mem::take(self.operators);
        let mut reader = OperatorsReader::new_with_allocs(reader, allocations);
        let mut before_asking = OPERATORS;
        while !reader.eof() {
            let offset = reader.original_position();
            let op = reader.read()?;
            // Translated operators are counted by their IR, except tables, which have operands for each
            // label.
            let tables = matches!(op, Operator::BrTable { .. } | Operator::TryTable { .. });
            if !self.reachable || tables {
                let left = self.allowed.saturating_sub(self.meter.units(self.builder.func));
                let checked =
                    validate_operator(validator, offset, &op, left.saturating_mul(cost::CHECKED))?;
                self.meter.checked += checked.ok_or(TranslateError::TooLarge)?;
            } else {
                validator.op(offset, &op)?;
            }
            self.builder.set_srcloc(SourceLoc::new(u32::try_from(offset).unwrap_or(u32::MAX)));
            self.hint = self.hint_at(offset - start);
            self.consume_fuel(&op);
            self.operator(op)?;
            self.meter.operator(self.builder.func, self.stack.len(), self.frames.len());
            if self.meter.units(self.builder.func) > self.allowed {
                return Err(TranslateError::TooLarge);
            }
            before_asking -= 1;
            if before_asking == 0 {
                before_asking = OPERATORS;
                self.ask_allowance()?;
            }
        }
        reader.finish()?;
        *self.operators = reader.into_allocations();
        Ok(())
    }

    /// The hint about the operator at this offset in the body. Calls must have ascending offsets.
    fn hint_at(&mut self, offset: u64) -> Option<bool> {
        let passed = self.hints.iter().take_while(|(at, _)| u64::from(*at) < offset).count();
        self.hints = &self.hints[passed..];
        self.hints.first().filter(|(at, _)| u64::from(*at) == offset).map(|(_, taken)| *taken)
    }

    // ---- the operand stack ----

    fn push(&mut self, value: Value) {
        self.stack.push(value);
    }

    fn pop(&mut self) -> Value {
        self.stack.pop().expect("validated: the operand stack is not empty")
    }

    fn pop2(&mut self) -> (Value, Value) {
        let b = self.pop();
        (self.pop(), b)
    }

    fn pop3(&mut self) -> (Value, Value, Value) {
        let c = self.pop();
        let (a, b) = self.pop2();
        (a, b, c)
    }

    /// The topmost `n` operands, with the top of the stack last.
    fn top(&self, n: usize) -> &[Value] {
        &self.stack[self.stack.len() - n..]
    }

    /// The topmost `n` operands, to be passed to a branch.
    fn top_args(&self, n: usize) -> Vec<BlockArg> {
        self.top(n).iter().map(|v| BlockArg::Value(*v)).collect()
    }

    fn drop_top(&mut self, n: usize) {
        self.stack.truncate(self.stack.len() - n);
    }

    // ---- small helpers ----

    /// Traps if an interrupt is requested, in code that can be interrupted.
    fn check_interrupt(&mut self) {
        if self.options.interruptible {
            let record = self.load_constant_pointer(self.context, context::STORE as u32);
            let word = self.load_constant_pointer(record, layout::store::INTERRUPT as u32);
            // Another thread writes this word. Cranelift would take a plain load for loop-invariant.
            let flags = MemFlagsData::trusted();
            let requested = self.builder.ins().atomic_load(types::I32, flags, word);
            self.builder.ins().trapnz(requested, crate::trap::INTERRUPTED);
        }
    }

    fn zero(&mut self, ty: Type) -> Value {
        let ins = self.builder.ins();
        match ty {
            types::F32 => ins.f32const(0.0),
            types::F64 => ins.f64const(0.0),
            types::I8X16 => {
                let zero = self.builder.func.dfg.constants.insert([0; 16].to_vec().into());
                self.builder.ins().vconst(types::I8X16, zero)
            }
            int => ins.iconst(int, 0),
        }
    }

    /// Loads a pointer that never changes while the function runs.
    fn load_constant_pointer(&mut self, base: Value, offset: u32) -> Value {
        let flags = MemFlagsData::trusted().with_readonly().with_can_move();
        self.builder.ins().load(POINTER, flags, base, offset as i32)
    }

    fn switch_and_seal(&mut self, block: Block) {
        self.builder.switch_to_block(block);
        self.builder.seal_block(block);
    }
}
