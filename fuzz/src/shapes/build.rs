//! Builds a module from the counts of its dimensions.

use super::Dimension::{self, *};
use std::borrow::Cow;
use wasm_encoder::*;

/// The least and the greatest number of values of wide things.
const WIDE: u32 = 100;
const WIDEST: u32 = 1000;
/// The greatest number of tables, and of memories, that a module can have.
const MANY: u32 = 100;

const EXTERN: ValType = ValType::Ref(RefType::EXTERNREF);

/// The functions that every module has. Each has a type of its own, whose position among types is that of the
/// function among functions.
#[derive(Clone, Copy)]
enum Fixed {
    Nothing,
    Wide,
    WideResults,
    WideParams,
    MakeRef,
    TakeRef,
    Main,
}

impl Fixed {
    const ALL: [Fixed; 7] = {
        use Fixed::*;
        [Nothing, Wide, WideResults, WideParams, MakeRef, TakeRef, Main]
    };

    /// Its position among functions, which is also the position of its type among types.
    const fn at(self) -> u32 {
        self as u32
    }

    /// The types of its parameters and results.
    fn ty(self, shape: &Shape<'_>) -> (Vec<ValType>, Vec<ValType>) {
        let numbers = |count| vec![ValType::I32; count as usize];
        let wide = || numbers(shape.width());
        match self {
            Fixed::Nothing => (vec![], vec![]),
            Fixed::Wide => (wide(), wide()),
            Fixed::WideResults => (vec![], wide()),
            Fixed::WideParams => (wide(), vec![]),
            Fixed::MakeRef => (vec![], vec![EXTERN]),
            Fixed::TakeRef => (vec![EXTERN], vec![]),
            Fixed::Main => (numbers(shape.count(Params)), numbers(shape.count(Results))),
        }
    }

    fn body(self, shape: &Shape<'_>) -> Function {
        let mut function = Function::new([]);
        let mut b = function.instructions();
        match self {
            Fixed::Nothing | Fixed::WideParams | Fixed::TakeRef => {}
            Fixed::Wide => (0..shape.width()).for_each(|i| {
                b.local_get(i);
            }),
            Fixed::WideResults => (0..shape.width()).for_each(|_| {
                b.i32_const(0);
            }),
            Fixed::MakeRef => {
                b.ref_null(HeapType::EXTERN);
            }
            Fixed::Main => return Main::new(shape).build(),
        }
        b.end();
        function
    }
}

/// The positions of the first types that do not belong to [`Fixed`] functions.
struct OwnTypes {
    /// The first type of exported functions.
    exports: u32,
    /// The first type of exported functions with many parameters and results.
    wide_exports: u32,
}

struct Shape<'a>(&'a [(Dimension, u32)]);

impl Shape<'_> {
    fn count(&self, dimension: Dimension) -> u32 {
        self.0.iter().filter(|(d, _)| *d == dimension).map(|(_, n)| n).sum()
    }

    /// The number of values of wide things.
    fn width(&self) -> u32 {
        self.count(Width).saturating_add(WIDE).min(WIDEST)
    }
}

/// Builds a valid module that has the given number of each dimension.
pub fn build(shape: &[(Dimension, u32)]) -> Vec<u8> {
    let shape = Shape(shape);
    let mut module = Module::new();
    let own_types = types(&shape, &mut module);
    functions(&shape, &mut module, &own_types);
    places(&shape, &mut module);
    let mut exports = ExportSection::new();
    exports.export("main", ExportKind::Func, Fixed::Main.at());
    for i in 0..shape.count(Exports) + shape.count(WideExports) {
        exports.export(&i.to_string(), ExportKind::Func, Fixed::ALL.len() as u32 + i);
    }
    module.section(&exports);
    elements(&shape, &mut module);
    if shape.count(Data) > 0 {
        module.section(&DataCountSection { count: shape.count(Data) });
    }
    code(&shape, &mut module);
    let mut data = DataSection::new();
    for _ in 0..shape.count(Data) {
        data.active(0, &ConstExpr::i32_const(0), *b"x");
    }
    module.section(&data);
    customs(&shape, &mut module);
    module.finish()
}

/// A type section, which counts its types.
#[derive(Default)]
struct Types {
    section: TypeSection,
    count: u32,
}

impl Types {
    /// Adds a type; gives its position.
    fn function(&mut self, params: Vec<ValType>, results: Vec<ValType>) -> u32 {
        self.section.ty().function(params, results);
        self.added(1)
    }

    /// Takes note that `count` types were added; gives the position of the first of them.
    fn added(&mut self, count: u32) -> u32 {
        self.count += count;
        self.count - count
    }
}

/// Writes the types; gives the positions of the types that other sections refer to.
fn types(shape: &Shape<'_>, module: &mut Module) -> OwnTypes {
    let mut types = Types::default();
    for fixed in Fixed::ALL {
        let (params, results) = fixed.ty(shape);
        assert_eq!(types.function(params, results), fixed.at());
    }
    /// Gives list number `i` of the 4^8 lists of eight types.
    fn eight(i: u32) -> impl Iterator<Item = ValType> {
        let all = [ValType::I32, ValType::I64, ValType::F32, ValType::F64];
        (0..8).map(move |place| all[(i >> (2 * place) & 3) as usize])
    }
    for i in 0..shape.count(Dimension::Types) {
        types.function(eight(i).collect(), vec![]);
    }
    let exports = types.count;
    for i in 0..shape.count(Exports) {
        types.function(eight(shape.count(Dimension::Types) + i).collect(), vec![]);
    }
    let wide_exports = types.count;
    for i in 0..shape.count(WideExports) {
        let rest = std::iter::repeat_n(ValType::F64, shape.width() as usize - 8);
        let results = vec![ValType::I32; shape.width() as usize];
        types.function(eight(i).chain(rest).collect(), results);
    }
    let func = |params: Vec<ValType>| CompositeType {
        inner: CompositeInnerType::Func(FuncType::new(params, [])),
        shared: false,
        descriptor: None,
        describes: None,
    };
    if shape.count(Group) > 0 {
        let member = |i| SubType {
            is_final: true,
            supertype_idxs: Vec::new(),
            composite_type: func(vec![ValType::I32; (i % 7) as usize]),
        };
        types.section.ty().rec((0..shape.count(Group)).map(member).collect::<Vec<_>>());
        types.added(shape.count(Group));
    }
    for i in 0..shape.count(Subtypes) {
        // A hierarchy of supertypes may be at most 63 deep.
        let supertype_idxs = (i % 60 != 0).then(|| types.count - 1).into_iter().collect();
        let composite_type = func(vec![ValType::F32, ValType::V128]);
        types.section.ty().subtype(&SubType { is_final: false, supertype_idxs, composite_type });
        types.added(1);
    }
    module.section(&types.section);
    OwnTypes { exports, wide_exports }
}

fn functions(shape: &Shape<'_>, module: &mut Module, own: &OwnTypes) {
    let mut functions = FunctionSection::new();
    let exports = (0..shape.count(Exports)).map(|i| own.exports + i);
    let wide_exports = (0..shape.count(WideExports)).map(|i| own.wide_exports + i);
    let others = (0..shape.count(Functions)).map(|_| Fixed::Nothing.at());
    let fixed = Fixed::ALL.iter().map(|fixed| fixed.at());
    fixed.chain(exports).chain(wide_exports).chain(others).for_each(|ty| {
        functions.function(ty);
    });
    module.section(&functions);
}

/// Writes tables, memories, tags and globals.
fn places(shape: &Shape<'_>, module: &mut Module) {
    let table = |element_type, minimum| TableType {
        element_type,
        table64: false,
        minimum,
        maximum: None,
        shared: false,
    };
    let mut tables = TableSection::new();
    tables.table(table(RefType::FUNCREF, 10));
    tables.table(table(RefType::EXTERNREF, 10));
    for _ in 0..shape.count(BigTables).min(MANY - 2) {
        tables.table(table(RefType::FUNCREF, 10_000_000));
    }
    module.section(&tables);
    let mut memories = MemorySection::new();
    for _ in 0..shape.count(Memories).clamp(1, MANY) {
        memories.memory(MemoryType {
            minimum: 1,
            maximum: None,
            memory64: false,
            shared: false,
            page_size_log2: None,
        });
    }
    module.section(&memories);
    let mut tags = TagSection::new();
    for _ in 0..shape.count(Tags).max(1) {
        tags.tag(TagType { kind: TagKind::Exception, func_type_idx: Fixed::WideParams.at() });
    }
    module.section(&tags);
    let mut globals = GlobalSection::new();
    let number = GlobalType { val_type: ValType::I32, mutable: true, shared: false };
    let constant = (0..shape.count(Constant))
        .fold(ConstExpr::i32_const(0), |expr, _| expr.with_i32_const(1).with_i32_add());
    globals.global(number, &constant);
    for _ in 0..shape.count(Globals) {
        globals.global(number, &ConstExpr::i32_const(0));
    }
    module.section(&globals);
}

fn elements(shape: &Shape<'_>, module: &mut Module) {
    let mut elements = ElementSection::new();
    elements.declared(Segment::functions(&[Fixed::Nothing.at()]));
    for _ in 0..shape.count(Dimension::Elements) {
        elements.active(None, &ConstExpr::i32_const(0), Segment::functions(&[Fixed::Nothing.at()]));
    }
    if shape.count(ElementItems) > 0 {
        let nulls = vec![ConstExpr::ref_null(HeapType::EXTERN); shape.count(ElementItems) as usize];
        elements
            .passive(wasm_encoder::Elements::Expressions(RefType::EXTERNREF, Cow::Owned(nulls)));
    }
    module.section(&elements);
}

/// Items of element segments.
struct Segment;

impl Segment {
    fn functions(functions: &[u32]) -> wasm_encoder::Elements<'static> {
        wasm_encoder::Elements::Functions(Cow::Owned(functions.to_vec()))
    }
}

fn customs(shape: &Shape<'_>, module: &mut Module) {
    for _ in 0..shape.count(Customs) {
        module.section(&CustomSection { name: "custom".into(), data: Cow::Borrowed(b"data") });
    }
    if shape.count(Names) > 0 {
        let mut names = NameSection::new();
        let mut map = NameMap::new();
        // It is legal to name functions that do not exist.
        (0..shape.count(Names)).for_each(|i| map.append(i, "name"));
        names.functions(&map);
        module.section(&names);
    }
}

fn code(shape: &Shape<'_>, module: &mut Module) {
    let mut code = CodeSection::new();
    for fixed in Fixed::ALL {
        code.function(&fixed.body(shape));
    }
    let mut add = |count, body: &dyn Fn(&mut InstructionSink<'_>)| {
        let mut function = Function::new([]);
        body(&mut function.instructions());
        function.instructions().end();
        (0..count).for_each(|_| {
            code.function(&function);
        });
    };
    add(shape.count(Exports), &|_| {});
    add(shape.count(WideExports), &|b| {
        b.unreachable();
    });
    add(shape.count(Functions), &|_| {});
    module.section(&code);
}

/// The function that has all dimensions that belong to functions.
struct Main<'a> {
    shape: &'a Shape<'a>,
    /// The positions of the first local of each kind, and of a local for general use.
    numbers: u32,
    vectors: u32,
    refs: u32,
    scratch: u32,
}

type Sink<'a, 'b> = &'a mut InstructionSink<'b>;

impl<'a> Main<'a> {
    fn new(shape: &'a Shape<'a>) -> Self {
        let numbers = shape.count(Params);
        let vectors = numbers + shape.count(Locals);
        let refs = vectors + shape.count(VectorLocals);
        let scratch = refs + shape.count(Refs);
        Main { shape, numbers, vectors, refs, scratch }
    }

    fn each(&self, dimension: Dimension, mut body: impl FnMut(u32)) {
        (0..self.shape.count(dimension)).for_each(&mut body);
    }

    fn build(&self) -> Function {
        let shape = self.shape;
        let mut function = Function::new([
            (shape.count(Locals), ValType::I32),
            (shape.count(VectorLocals), ValType::V128),
            (shape.count(Refs), EXTERN),
            (1, ValType::I32),
            (shape.count(IdleLocals), ValType::I64),
        ]);
        let mut sink = function.instructions();
        let b = &mut sink;
        self.each(Refs, |i| {
            b.call(Fixed::MakeRef.at()).local_set(self.refs + i);
        });
        self.each(Operands, |_| {
            b.local_get(self.scratch);
        });
        self.each(RefOperands, |_| {
            b.i32_const(0).table_get(1);
        });
        self.each(Blocks, |_| {
            b.block(BlockType::Empty).local_get(self.scratch).br_if(0);
        });
        self.each(Loops, |_| {
            b.loop_(BlockType::Empty);
        });
        self.each(NestedIfs, |_| {
            b.local_get(self.scratch).if_(BlockType::Empty);
        });
        b.block(BlockType::Empty);
        self.each(Handlers, |_| {
            b.try_table(BlockType::Empty, [Catch::All { label: 0 }]);
        });
        self.innermost(b);
        self.each(Handlers, |_| {
            b.end();
        });
        b.end();
        self.each(NestedIfs, |_| {
            b.end();
        });
        self.each(Loops, |_| {
            b.local_get(self.scratch).br_if(0).end();
        });
        self.each(Blocks, |_| {
            b.end();
        });
        self.each(RefOperands, |_| {
            b.call(Fixed::TakeRef.at());
        });
        self.each(Operands, |_| {
            b.drop();
        });
        self.each(Locals, |i| {
            b.local_get(self.numbers + i).global_set(0);
        });
        self.each(VectorLocals, |i| {
            b.i32_const(0).local_get(self.vectors + i).v128_store(memory(0, 0));
        });
        self.each(Refs, |i| {
            b.local_get(self.refs + i).call(Fixed::TakeRef.at());
        });
        self.each(Results, |_| {
            b.i32_const(0);
        });
        b.end();
        function
    }

    fn innermost(&self, b: Sink<'_, '_>) {
        self.each(Locals, |i| {
            let local = self.numbers + i;
            b.local_get(local).i32_const(1).i32_add().local_set(local);
        });
        self.each(VectorLocals, |i| {
            let local = self.vectors + i;
            b.local_get(local).i32_const(1).i32x4_splat().i32x4_add().local_set(local);
        });
        self.branches(b);
        self.calls(b);
        self.exceptions(b);
        self.values(b);
        self.accesses(b);
        self.each(Nops, |_| {
            b.nop();
        });
        if self.shape.count(Dead) > 0 {
            b.block(BlockType::Empty).br(0);
            self.each(Dead, |_| {
                b.i32_const(1).drop();
            });
            b.end();
        }
        if self.shape.count(DeadWideCalls) + self.shape.count(DeadWideTargets) > 0 {
            b.block(BlockType::FunctionType(Fixed::WideResults.at()));
            b.call(Fixed::WideResults.at()).br(0);
            b.call(Fixed::WideResults.at());
            self.each(DeadWideCalls, |_| {
                b.call(Fixed::Wide.at());
            });
            let targets = vec![0; self.shape.count(DeadWideTargets) as usize];
            b.local_get(self.scratch).br_table(targets, 0);
            b.end().call(Fixed::WideParams.at());
        }
    }

    fn branches(&self, b: Sink<'_, '_>) {
        self.each(Diamonds, |_| {
            b.local_get(self.scratch).if_(BlockType::Empty);
            b.i32_const(7).local_set(self.scratch).end();
        });
        self.each(ValueBlocks, |_| {
            b.block(BlockType::Result(ValType::I32)).local_get(self.scratch).end();
            b.local_get(self.scratch).i32_add().local_set(self.scratch);
        });
        if self.shape.count(WideBranches) > 0 {
            b.block(BlockType::FunctionType(Fixed::WideResults.at())).call(Fixed::WideResults.at());
            self.each(WideBranches, |_| {
                b.local_get(self.scratch).br_if(0);
            });
            b.end().call(Fixed::WideParams.at());
        }
        self.wide_blocks(b);
        b.block(BlockType::Empty);
        self.each(Branches, |_| {
            b.local_get(self.scratch).br_if(0);
        });
        b.end();
        if self.shape.count(Targets) > 0 {
            let targets = vec![0; self.shape.count(Targets) as usize];
            b.block(BlockType::Empty).local_get(self.scratch).br_table(targets, 0).end();
        }
        self.each(Tables, |_| {
            b.block(BlockType::Empty).local_get(self.scratch).br_table([0; 10], 0).end();
        });
    }

    /// Writes blocks, loops, conditionals and branch tables that take and give many values, one after
    /// another.
    fn wide_blocks(&self, b: Sink<'_, '_>) {
        let wide = BlockType::FunctionType(Fixed::Wide.at());
        let any = [WideBlocks, WideLoops, WideIfs].iter().any(|d| self.shape.count(*d) > 0);
        if any {
            b.call(Fixed::WideResults.at());
        }
        self.each(WideBlocks, |_| {
            b.block(wide).end();
        });
        self.each(WideLoops, |_| {
            b.loop_(wide).end();
        });
        self.each(WideIfs, |_| {
            b.local_get(self.scratch).if_(wide).end();
        });
        if any {
            b.call(Fixed::WideParams.at());
        }
        if self.shape.count(WideTargets) > 0 {
            let targets = vec![0; self.shape.count(WideTargets) as usize];
            b.block(BlockType::FunctionType(Fixed::WideResults.at()));
            b.call(Fixed::WideResults.at()).local_get(self.scratch).br_table(targets, 0).end();
            b.call(Fixed::WideParams.at());
        }
        self.each(WideNest, |_| {
            b.block(BlockType::FunctionType(Fixed::WideResults.at()));
        });
        if self.shape.count(WideNest) > 0 {
            b.call(Fixed::WideResults.at()).local_get(self.scratch);
            b.br_table(0..self.shape.count(WideNest), 0);
            self.each(WideNest, |_| {
                b.end();
            });
            b.call(Fixed::WideParams.at());
        }
    }

    fn calls(&self, b: Sink<'_, '_>) {
        self.each(Calls, |_| {
            b.call(Fixed::Nothing.at());
        });
        if self.shape.count(WideCalls) > 0 {
            b.call(Fixed::WideResults.at());
            self.each(WideCalls, |_| {
                b.call(Fixed::Wide.at());
            });
            b.call(Fixed::WideParams.at());
        }
        if self.shape.count(WideIndirectCalls) > 0 {
            b.call(Fixed::WideResults.at());
            self.each(WideIndirectCalls, |_| {
                b.local_get(self.scratch).call_indirect(0, Fixed::Wide.at());
            });
            b.call(Fixed::WideParams.at());
        }
        self.each(IndirectCalls, |_| {
            b.local_get(self.scratch).call_indirect(0, Fixed::Nothing.at());
        });
        // The callee of a tail call must have the results of its caller.
        if self.shape.count(Results) == 0 {
            self.each(TailCalls, |_| {
                b.local_get(self.scratch).if_(BlockType::Empty);
                b.call(Fixed::WideResults.at()).return_call(Fixed::WideParams.at()).end();
            });
        }
    }

    fn exceptions(&self, b: Sink<'_, '_>) {
        if self.shape.count(Catches) > 0 {
            let tag = |i| i % self.shape.count(Tags).max(1);
            let catches =
                (0..self.shape.count(Catches)).map(|i| Catch::One { tag: tag(i), label: 0 });
            b.block(BlockType::FunctionType(Fixed::WideResults.at()));
            b.try_table(BlockType::Empty, catches.collect::<Vec<_>>())
                .call(Fixed::Nothing.at())
                .end();
            b.call(Fixed::WideResults.at()).end().call(Fixed::WideParams.at());
        }
        if self.shape.count(HandledCalls) > 0 {
            b.block(BlockType::Empty).try_table(BlockType::Empty, [Catch::All { label: 0 }]);
            self.each(HandledCalls, |_| {
                b.call(Fixed::Nothing.at());
            });
            b.end().end();
        }
        if self.shape.count(WideHandledCalls) > 0 {
            b.block(BlockType::Empty).try_table(BlockType::Empty, [Catch::All { label: 0 }]);
            b.call(Fixed::WideResults.at());
            self.each(WideHandledCalls, |_| {
                b.call(Fixed::Wide.at());
            });
            b.call(Fixed::WideParams.at()).end().end();
        }
        self.each(Throws, |_| {
            b.local_get(self.scratch).if_(BlockType::Empty);
            b.call(Fixed::WideResults.at()).throw(0).end();
        });
    }

    fn values(&self, b: Sink<'_, '_>) {
        b.local_get(self.scratch);
        self.each(Chain, |_| {
            b.i32_eqz();
        });
        self.each(Selects, |_| {
            b.i32_const(3).local_get(self.scratch).select();
        });
        b.local_set(self.scratch);
        self.each(Constants, |i| {
            b.i64_const(0x1234_5678_9abc_0000 | i64::from(i)).drop();
        });
        self.each(Vectors, |i| {
            let address = b.i32_const(0);
            address
                .v128_const(0x0123_4567_89ab_cdef << 64 | i128::from(i))
                .v128_store(memory(0, 0));
        });
    }

    fn accesses(&self, b: Sink<'_, '_>) {
        self.each(Loads, |i| {
            b.local_get(self.scratch).i32_load(memory(i * 4, self.of_memories(i))).drop();
        });
        self.each(Stores, |i| {
            let at = memory(i * 4, self.of_memories(i));
            b.local_get(self.scratch).local_get(self.scratch).i32_store(at);
        });
        self.each(Atomics, |i| {
            b.local_get(self.scratch).local_get(self.scratch);
            b.i32_atomic_rmw_add(memory(i * 4, 0)).drop();
        });
        self.each(GlobalUses, |i| {
            let globals = 1 + self.shape.count(Globals);
            b.global_get(i % globals).i32_const(1).i32_add().global_set(i % globals);
        });
        self.each(ElementUses, |_| {
            b.i32_const(1).local_get(self.scratch).table_get(1).table_set(1);
        });
        self.each(Bulk, |_| {
            b.i32_const(0).i32_const(8).local_get(self.scratch).memory_copy(0, 0);
        });
    }

    fn of_memories(&self, i: u32) -> u32 {
        i % self.shape.count(Memories).clamp(1, MANY)
    }
}

/// The target of a memory access.
fn memory(offset: u32, memory_index: u32) -> MemArg {
    let target = MemArgTarget::Memory(memory_index);
    MemArg { offset: offset.into(), align: 2, target, ordering: None }
}
