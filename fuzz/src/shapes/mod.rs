//! Hostile shapes: modules that are large in one or two of their dimensions and small in all others.
//!
//! A [`Dimension`] is something that a module can have many of: locals, nested loops, calls, clauses of a
//! handler, types. [`build()`] makes a valid module that has given numbers of some dimensions. Those that
//! belong to functions are all in one function, so that dimensions meet. [`grow`] doubles a shape until
//! compiling it takes a second or a gigabyte, with each step in a process of its own, and says how time and
//! memory grow with the module's size. It then seeks the most of the shape that the engine accepts in a small
//! module, as a module that is only just accepted costs most.

mod build;
mod measure;

pub use build::build;
pub use measure::{Cost, Growth, Limits, Setting, Shape, Step, grow, measure_here, used_here};

macro_rules! dimensions {
    ($($(#[$doc:meta])* $name:ident, $text:literal;)*) => {
        /// Something that a module can have many of.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Dimension { $($(#[$doc])* $name,)* }

        impl Dimension {
            /// Every dimension.
            pub const ALL: &'static [Dimension] = &[$(Dimension::$name,)*];

            /// Its name, as the command line takes it.
            pub fn name(self) -> &'static str {
                match self { $(Dimension::$name => $text,)* }
            }

            /// The dimension of that name.
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|dimension| dimension.name() == name)
            }
        }
    };
}

dimensions! {
    /// Locals that are numbers, written in the innermost place and read at the end.
    Locals, "locals";
    /// Locals that are vectors, written in the innermost place and read at the end.
    VectorLocals, "vector-locals";
    /// Locals that are external references, written in the innermost place and read at the end, so that they
    /// live across everything in between.
    Refs, "refs";
    /// Locals that are declared and never used.
    IdleLocals, "idle-locals";
    /// Parameters of the function.
    Params, "params";
    /// Results of the function.
    Results, "results";
    /// Nested loops, each with a way back.
    Loops, "loops";
    /// Nested blocks, each with a way out.
    Blocks, "blocks";
    /// Conditionals, one after the other, that write a local in one arm.
    Diamonds, "diamonds";
    /// Conditionals within each other.
    NestedIfs, "nested-ifs";
    /// Blocks with a value, added up.
    ValueBlocks, "value-blocks";
    /// The number of values of wide things, beyond 100; there are at most 1,000.
    Width, "width";
    /// Blocks with 100 parameters and 100 results, one after the other.
    WideBlocks, "wide-blocks";
    /// Loops with 100 parameters and 100 results, one after the other.
    WideLoops, "wide-loops";
    /// Conditionals with 100 parameters and 100 results, one after the other.
    WideIfs, "wide-ifs";
    /// Targets of a branch table that pass 100 values.
    WideTargets, "wide-targets";
    /// Blocks with 100 results within each other, and a branch table to all of them.
    WideNest, "wide-nest";
    /// Branches out of a block that takes 100 values.
    WideBranches, "wide-branches";
    /// Branches to one label.
    Branches, "branches";
    /// Targets of a branch table.
    Targets, "targets";
    /// Branch tables of ten targets.
    Tables, "branch-tables";
    /// Calls of a function without values.
    Calls, "calls";
    /// Calls with 100 parameters and 100 results.
    WideCalls, "wide-calls";
    /// Indirect calls with 100 parameters and 100 results.
    WideIndirectCalls, "wide-indirect-calls";
    /// Indirect calls.
    IndirectCalls, "indirect-calls";
    /// Conditional tail calls with 100 parameters.
    TailCalls, "tail-calls";
    /// Clauses of one handler, of a tag with 100 values.
    Catches, "catches";
    /// Handlers within each other.
    Handlers, "handlers";
    /// Calls within a handler.
    HandledCalls, "handled-calls";
    /// Calls with 100 parameters and 100 results within a handler.
    WideHandledCalls, "wide-handled-calls";
    /// Throws of 100 values.
    Throws, "throws";
    /// Operands on the stack at once.
    Operands, "operands";
    /// External references on the stack at once.
    RefOperands, "ref-operands";
    /// Operations of which each needs the one before it.
    Chain, "chain";
    /// Selections of which each needs the one before it.
    Selects, "selects";
    /// Loads, each at an offset of its own.
    Loads, "loads";
    /// Stores, each at an offset of its own.
    Stores, "stores";
    /// Atomic operations.
    Atomics, "atomics";
    /// Constants of 64 bits.
    Constants, "constants";
    /// Constant vectors.
    Vectors, "vectors";
    /// Globals read and written.
    GlobalUses, "global-uses";
    /// Table elements read and written.
    ElementUses, "element-uses";
    /// Bulk operations on memory.
    Bulk, "bulk";
    /// Instructions that do nothing, which make a module large in proportion to what is in it.
    Nops, "nops";
    /// Instructions that cannot be reached.
    Dead, "dead";
    /// Calls with 100 parameters and 100 results that cannot be reached.
    DeadWideCalls, "dead-wide-calls";
    /// Targets of a branch table that pass 100 values and cannot be reached.
    DeadWideTargets, "dead-wide-targets";
    /// Function types that all differ.
    Types, "types";
    /// Types of one recursion group.
    Group, "group";
    /// Subtypes of each other.
    Subtypes, "subtypes";
    /// Functions.
    Functions, "functions";
    /// Exported functions, each of a type of its own.
    Exports, "exports";
    /// Exported functions, each of a type of its own, with 100 parameters and 100 results.
    WideExports, "wide-exports";
    /// Globals.
    Globals, "globals";
    /// Instructions of a constant expression.
    Constant, "constant";
    /// Tables of ten million elements (100 at most).
    BigTables, "big-tables";
    /// Memories of a page (100 at most).
    Memories, "memories";
    /// Tags.
    Tags, "tags";
    /// Data segments.
    Data, "data";
    /// Element segments.
    Elements, "elements";
    /// Elements of one segment, as expressions.
    ElementItems, "element-items";
    /// Names of functions in the section for names.
    Names, "names";
    /// Custom sections.
    Customs, "customs";
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every dimension, and every pair of neighbouring dimensions, gives a module that the engine accepts.
    #[test]
    fn shapes_are_valid() {
        let engine = touchstone_runtime::Engine::default();
        for (i, first) in Dimension::ALL.iter().enumerate() {
            let second = Dimension::ALL[(i + 7) % Dimension::ALL.len()];
            for shape in [vec![(*first, 5)], vec![(*first, 3), (second, 3)]] {
                let wasm = build(&shape);
                let made = touchstone_runtime::Module::new(&engine, &wasm);
                assert!(made.is_ok(), "{shape:?}: {}", made.unwrap_err());
            }
        }
    }
}
