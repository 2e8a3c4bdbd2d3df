//! The cost of compiling a function, estimated from its IR.
//!
//! In: the IR as it grows, and the numbers of operands and locals. Out: a [`Cost`], and whether the function
//! has outgrown its allowance. Knows nothing of time, memory or the register allocator; the constants were
//! measured with Cranelift's.

use cranelift_codegen::ir::{Function, Opcode};

/// The cost of compiling a function.
///
/// A *unit* is an instruction, a value or an operand in Cranelift's IR, or something else that takes as much:
/// about a quarter of a microsecond and 40 to 80 bytes with one-pass register allocation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cost {
    /// Number of units.
    pub units: u64,
    /// The sum of the squares of the numbers of values that branches, calls and returns pass. If many values
    /// are passed at once, the backtracking register allocator moves them often.
    pub pressure: u64,
    /// The number of locals and operands that may be alive at the start of a block, summed over the blocks.
    /// Eight of them also count as a unit.
    pub live: u64,
    /// Number of calls that continue in a handler of the function if they throw.
    pub landings: u64,
    /// The number of loops around each operator, summed. The optimiser considers each of these loops for
    /// moving the operator out.
    pub hoists: u64,
    /// Size of the body in Wasm in bytes.
    pub bytes: u64,
}

impl Cost {
    /// Whether the time that Cranelift's optimiser and the backtracking register allocator take may not be
    /// linear in the size of the body. Functions that compilers generate for real programs stay far below
    /// this, as they pass few values to each block.
    pub fn is_steep(&self) -> bool {
        self.units > LARGE
            || self.landings > LANDINGS
            || self.hoists > (1 << 20) + 64 * self.bytes
            || self.units > (1 << 14) + 64 * self.bytes
            || self.pressure > (1 << 15) + 256 * self.bytes
            || self.live > (1 << 20) + 512 * self.bytes
    }
}

/// The most units of a function for a register allocator whose time grows faster than their number.
const LARGE: u64 = 1 << 19;

/// The most calls with a handler for such an allocator, because their edges meet in few blocks.
const LANDINGS: u64 = 1 << 12;

/// How many items of each kind take as long as a unit.
mod per_unit {
    /// Slots of stack maps, and references that are alive at the start or end of a block.
    pub(super) const SLOTS: u64 = 4;
    /// References that are considered for one entry and one label of a branch table.
    pub(super) const LOOKS: u64 = 32;
    /// Values that are alive at the start of a block, or on an edge.
    pub(super) const LIVE: u64 = 8;
    /// Structured instructions around a block.
    pub(super) const NESTING: u64 = 256;
    /// Loops around an operator that reads a local, in a function that has references.
    pub(super) const ALIASES: u64 = 16;
}

/// How many operands whose types are checked, but which are not translated, take as long as a unit.
pub(super) const CHECKED: u64 = 4;

/// Units of a block, without its contents.
const BLOCK: u64 = 4;
/// Units of a result of a call that may throw into the same function, because the result is moved on the
/// edge.
pub(super) const LANDING_RESULT: usize = 5;

/// Counts everything that the IR alone does not tell.
#[derive(Default)]
pub(super) struct Meter {
    /// The room for operands that the function had before the first operand was added.
    room: usize,
    /// Operands that are stored outside of the IR, or cost more than others.
    pub(super) kept: usize,
    /// Number of locals that are parameters or have been set. The others are constants.
    defined: u64,
    /// Number of operands whose types were checked, but which were not translated.
    pub(super) checked: u64,
    /// The same as in [`Cost`].
    pub(super) landings: u64,
    /// The number of structured instructions around each block, summed.
    nesting: u64,
    /// Number of loops around the next operator.
    pub(super) loops: u64,
    /// The same as in [`Cost`].
    hoists: u64,
    /// The number of loops around each read of a local, summed. A value that none of these loops changes has
    /// as many aliases, each for another. The search for references follows all of them.
    aliases: u64,
    /// For each local, the numbers of the blocks in which it is first set and last read.
    spans: Vec<(usize, usize)>,
    /// Number of references declared so far.
    pub(super) references: usize,
    /// Number of locals that hold references into the heap.
    pub(super) reference_locals: usize,
    /// The most slots of stack maps that the function can have.
    slots: u64,
    blocks: usize,
    live: u64,
}

impl Meter {
    pub(super) fn new(func: &mut Function) -> Self {
        // The room for operands is kept from one function to the next. Large room is dropped, so that the
        // growth measured later is that of this function.
        if func.dfg.value_lists.capacity() > 1 << 16 {
            func.dfg.value_lists = cranelift_codegen::ir::ValueListPool::new();
        }
        Meter { room: func.dfg.value_lists.capacity(), ..Meter::default() }
    }

    /// Counts a call with `operands` operands on the stack. Its stack map has a slot for each live reference,
    /// and these are in locals or on the operand stack.
    pub(super) fn call(&mut self, operands: usize) {
        self.slots += self.alive(operands);
    }

    fn alive(&self, operands: usize) -> u64 {
        self.references.min(self.reference_locals + operands) as u64
    }

    /// Counts the declaration of a local, which is set from the start if it is a parameter.
    pub(super) fn local(&mut self, is_param: bool) {
        self.defined += u64::from(is_param);
        self.spans.push((if is_param { 0 } else { usize::MAX }, 0));
    }

    /// Counts that a local is set.
    pub(super) fn set(&mut self, local: u32) {
        let (first, _) = &mut self.spans[local as usize];
        self.defined += u64::from(*first == usize::MAX);
        *first = self.blocks.min(*first);
    }

    /// Counts that a local is read.
    pub(super) fn get(&mut self, local: u32) {
        self.spans[local as usize].1 = self.blocks;
        self.aliases += self.loops;
    }

    /// Counts edges to blocks that have other incoming edges, too. The live values are considered on each
    /// edge.
    pub(super) fn edges(&mut self, edges: usize, operands: usize) {
        self.live += edges as u64 * (self.defined + operands as u64);
    }

    /// Counts a branch table with `entries` entries to `labels` labels. To find the live references,
    /// Cranelift considers all entries again whenever it has learned more about a label.
    pub(super) fn table(&mut self, entries: usize, labels: usize, operands: usize) {
        let looks = (entries as u64).saturating_mul(labels as u64);
        let units = looks.saturating_mul(self.alive(operands)) / per_unit::LOOKS;
        self.slots = self.slots.saturating_add(units.saturating_mul(per_unit::SLOTS));
    }

    /// Counts an operator that was translated, with `operands` live operands and within `depth` structured
    /// instructions.
    pub(super) fn operator(&mut self, func: &Function, operands: usize, depth: usize) {
        let new = (func.dfg.num_blocks() - self.blocks) as u64;
        self.blocks += new as usize;
        self.live += new * operands as u64;
        self.nesting += new * depth as u64;
        self.hoists += self.loops;
        // Each block has one set of live references at its start and one at its end.
        self.slots += 2 * new * self.alive(operands);
    }

    /// Number of units so far. It includes operands for locals that differ where branches meet, which
    /// Cranelift itself adds.
    pub(super) fn units(&self, func: &Function) -> u64 {
        let dfg = &func.dfg;
        let grown = dfg.value_lists.capacity();
        // The lengths of lists are rounded up, and so is the room for them.
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

    /// The cost of the finished function.
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

/// Computes [`Cost::pressure`].
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
