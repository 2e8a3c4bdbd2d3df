//! What a function costs to compile, told from its IR.
//!
//! In: the IR as it grows, and how many operands and locals there are. Out: a [`Cost`], and whether the
//! function has outgrown what it was allowed. Time, memory and the register allocator are not known here:
//! the constants were measured with Cranelift's.

use cranelift_codegen::ir::{Function, Opcode};

/// What a function costs to compile.
///
/// A *unit* is an instruction, a value or an operand in Cranelift's IR, or something else that takes as much:
/// a quarter of a microsecond and 40 to 80 bytes where registers are allocated in one pass.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cost {
    /// Units.
    pub units: u64,
    /// Squares of how many values branches, calls and returns pass, summed: where many values are passed
    /// at once, the allocator that backtracks moves them often.
    pub pressure: u64,
    /// Locals and operands that may be alive at the start of a block, summed over the blocks. Eight are
    /// a unit, too.
    pub live: u64,
    /// Calls that continue in a handler of the function when they throw.
    pub landings: u64,
    /// Loops around each operator, summed: the optimiser looks at each for what it may move out.
    pub hoists: u64,
    /// Bytes of the body in Wasm.
    pub bytes: u64,
}

impl Cost {
    /// Whether Cranelift's optimiser and the register allocator that backtracks may take a time that is
    /// not linear in the size of the body. Functions that compilers make for real programs stay far
    /// below: they pass few values to each block.
    pub fn is_steep(&self) -> bool {
        self.units > LARGE
            || self.landings > LANDINGS
            || self.hoists > (1 << 20) + 64 * self.bytes
            || self.units > (1 << 14) + 64 * self.bytes
            || self.pressure > (1 << 15) + 256 * self.bytes
            || self.live > (1 << 20) + 512 * self.bytes
    }
}

/// Units of a function that are too many for an allocator whose time grows with more than their number.
const LARGE: u64 = 1 << 19;

/// Calls with a handler that are too many for it: their edges meet in few blocks.
const LANDINGS: u64 = 1 << 12;

/// How many of each take as long as a unit.
mod per_unit {
    /// Slots of stack maps, and references that are alive where a block starts or ends.
    pub(super) const SLOTS: u64 = 4;
    /// References that are looked at for an entry and a label of a branch table.
    pub(super) const LOOKS: u64 = 32;
    /// Values that are alive where a block starts, or on an edge.
    pub(super) const LIVE: u64 = 8;
    /// Structured instructions around a block.
    pub(super) const NESTING: u64 = 256;
    /// Loops around what reads a local, in a function that has references.
    pub(super) const ALIASES: u64 = 16;
}

/// Operands whose types are checked and that are not translated, in a unit.
pub(super) const CHECKED: u64 = 4;

/// Units of a block, beside what is in it.
const BLOCK: u64 = 4;
/// Units of a value that a call gives which may throw into the same function: it is moved on the edge.
pub(super) const LANDING_RESULT: usize = 5;

/// Counts what IR alone does not tell.
#[derive(Default)]
pub(super) struct Meter {
    /// Room for operands that the function had before the first.
    room: usize,
    /// Operands that are kept apart from the IR, or cost more than others.
    pub(super) kept: usize,
    /// Locals that are parameters or have been set: others are constants.
    defined: u64,
    /// Operands whose types were checked and that were not translated.
    pub(super) checked: u64,
    /// As in [`Cost`].
    pub(super) landings: u64,
    /// Structured instructions around each block, summed.
    nesting: u64,
    /// Loops around what comes next.
    pub(super) loops: u64,
    /// As in [`Cost`].
    hoists: u64,
    /// Loops around each read of a local, summed: a value that each of them leaves as it is goes by as many
    /// names, one for another. Where references are looked for, all of these are followed.
    aliases: u64,
    /// Of each local, the numbers of the blocks where it is first set and last read.
    spans: Vec<(usize, usize)>,
    /// References declared so far.
    pub(super) references: usize,
    /// Locals that hold references into the heap.
    pub(super) reference_locals: usize,
    /// Slots of stack maps, at most.
    slots: u64,
    blocks: usize,
    live: u64,
}

impl Meter {
    pub(super) fn new(func: &mut Function) -> Self {
        // The room for operands is kept from one function to the next. Where it is large, it goes: then
        // what grows is this function's.
        if func.dfg.value_lists.capacity() > 1 << 16 {
            func.dfg.value_lists = cranelift_codegen::ir::ValueListPool::new();
        }
        Meter { room: func.dfg.value_lists.capacity(), ..Meter::default() }
    }

    /// A call is made with so many operands on the stack: its stack map has a slot for each reference
    /// that is alive, and these are in locals or on the operand stack.
    pub(super) fn call(&mut self, operands: usize) {
        self.slots += self.alive(operands);
    }

    fn alive(&self, operands: usize) -> u64 {
        self.references.min(self.reference_locals + operands) as u64
    }

    /// A local is declared, which is set from the start if it is a parameter.
    pub(super) fn local(&mut self, is_param: bool) {
        self.defined += u64::from(is_param);
        self.spans.push((if is_param { 0 } else { usize::MAX }, 0));
    }

    /// A local is set.
    pub(super) fn set(&mut self, local: u32) {
        let (first, _) = &mut self.spans[local as usize];
        self.defined += u64::from(*first == usize::MAX);
        *first = self.blocks.min(*first);
    }

    /// A local is read.
    pub(super) fn get(&mut self, local: u32) {
        self.spans[local as usize].1 = self.blocks;
        self.aliases += self.loops;
    }

    /// So many edges lead to blocks that others lead to, too: what is alive is looked at on each.
    pub(super) fn edges(&mut self, edges: usize, operands: usize) {
        self.live += edges as u64 * (self.defined + operands as u64);
    }

    /// A branch table with so many entries leads to so many labels. To find the references that are alive,
    /// Cranelift looks at all entries again whenever it has found out more about a label.
    pub(super) fn table(&mut self, entries: usize, labels: usize, operands: usize) {
        let looks = (entries as u64).saturating_mul(labels as u64);
        let units = looks.saturating_mul(self.alive(operands)) / per_unit::LOOKS;
        self.slots = self.slots.saturating_add(units.saturating_mul(per_unit::SLOTS));
    }

    /// An operator was translated; so many operands are alive, within so many structured instructions.
    pub(super) fn operator(&mut self, func: &Function, operands: usize, depth: usize) {
        let new = (func.dfg.num_blocks() - self.blocks) as u64;
        self.blocks += new as usize;
        self.live += new * operands as u64;
        self.nesting += new * depth as u64;
        self.hoists += self.loops;
        // Sets of what is alive where a block starts and where it ends.
        self.slots += 2 * new * self.alive(operands);
    }

    /// Units so far. Operands for locals that differ where branches meet are among them: Cranelift
    /// adds these itself.
    pub(super) fn units(&self, func: &Function) -> u64 {
        let dfg = &func.dfg;
        let grown = dfg.value_lists.capacity();
        // Lists are rounded up, and so is the room for them.
        let operands = if grown > self.room { grown / 2 } else { 0 };
        let units = dfg.num_insts() + dfg.num_values() + operands + self.kept;
        let aliases = if self.references > 0 { self.aliases } else { 0 };
        units as u64
            + BLOCK * self.blocks as u64
            + self.slots / per_unit::SLOTS
            + self.live / per_unit::LIVE
            + self.checked / CHECKED
            + self.nesting / per_unit::NESTING
            + aliases / per_unit::ALIASES
    }

    /// What the finished function costs.
    pub(super) fn cost(&self, func: &Function, bytes: u64) -> Cost {
        let span = |(first, last): &(usize, usize)| last.saturating_sub(*first) as u64;
        let locals = self.spans.iter().map(span).sum::<u64>();
        let units = self.units(func) + locals / per_unit::LIVE;
        let live = self.live + locals;
        Cost {
            units,
            pressure: pressure(func),
            live,
            landings: self.landings,
            hoists: self.hoists,
            bytes,
        }
    }
}

/// See [`Cost::pressure`].
fn pressure(func: &Function) -> u64 {
    let dfg = &func.dfg;
    let mut sum = 0u64;
    let mut add = |n: usize| sum += (n as u64).pow(2);
    for block in func.layout.blocks() {
        for inst in func.layout.block_insts(block) {
            let opcode = dfg.insts[inst].opcode();
            if opcode.is_call() || opcode == Opcode::Return {
                add(dfg.inst_args(inst).len() + dfg.inst_results(inst).len());
            }
            let data = &dfg.insts[inst];
            for call in data.branch_destination(&dfg.jump_tables, &dfg.exception_tables) {
                add(call.len(&dfg.value_lists));
            }
        }
    }
    sum
}
