//! Tests of the layouts of modules of many shapes: the parts of a context do not overlap, are in order and
//! are aligned.

use super::*;
use crate::{Collector, read_module};
use std::fmt::Write;
use wasmparser::WasmFeatures;

/// The numbers of things of each kind in a module.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Counts {
    memories: u32,
    tables: u32,
    imported_globals: u32,
    defined_globals: u32,
    imported_functions: u32,
    /// Functions of which references are made.
    escaped: u32,
    /// Functions of which no reference is made.
    others: u32,
    tags: u32,
}

/// Access to the counts by position, so that a test can change one after the other.
impl Counts {
    const KINDS: usize = 8;

    fn count(&mut self, kind: usize) -> &mut u32 {
        match kind {
            0 => &mut self.memories,
            1 => &mut self.tables,
            2 => &mut self.imported_globals,
            3 => &mut self.defined_globals,
            4 => &mut self.imported_functions,
            5 => &mut self.escaped,
            6 => &mut self.others,
            7 => &mut self.tags,
            _ => panic!("there are {} kinds", Counts::KINDS),
        }
    }

    /// A module with these numbers of things. Some are imported where that makes no difference.
    fn module(self) -> ModuleInfo {
        let mut wat = String::from("(module (type $t (func))");
        let mut add = |count: u32, text: &dyn Fn(u32) -> String| {
            (0..count).for_each(|n| wat.write_str(&text(n)).expect("a string"));
        };
        let import = |what: &str| format!("(import \"m\" \"x\" ({what}))");
        add(self.imported_functions, &|_| import("func (type $t)"));
        add(self.imported_globals, &|_| import("global (mut i32)"));
        add(self.memories / 2, &|_| import("memory 0"));
        add(self.tables / 2, &|_| import("table 0 funcref"));
        add(self.tags / 2, &|_| import("tag (type $t)"));
        add(self.memories - self.memories / 2, &|_| "(memory 0)".into());
        add(self.tables - self.tables / 2, &|_| "(table 0 externref)".into());
        add(self.tags - self.tags / 2, &|_| "(tag (type $t))".into());
        add(self.defined_globals, &|n| match n % 2 {
            0 => "(global (mut i32) (i32.const 0))".into(),
            _ => "(global v128 (v128.const i64x2 0 0))".into(),
        });
        add(self.escaped, &|n| format!("(func $e{n} (type $t)) (export \"{n}\" (func $e{n}))"));
        add(self.others, &|_| "(func (type $t))".into());
        wat.push(')');
        let wasm = wat::parse_str(&wat).unwrap_or_else(|e| panic!("{wat}: {e}"));
        read_module(&wasm, WasmFeatures::all(), Collector::default()).expect("valid").0
    }
}

/// Modules of many shapes. Each count is one of a few numbers, independent of the other counts.
fn shapes() -> impl Iterator<Item = Counts> {
    (0..400u32).map(|seed| {
        let mut counts = Counts::default();
        for kind in 0..Counts::KINDS {
            let mixed = (seed + 1).wrapping_mul(0x9e37_79b9).rotate_left(4 * kind as u32);
            *counts.count(kind) = [0, 0, 1, 2, 3, 7][mixed as usize % 6];
        }
        counts
    })
}

/// Offset, size and alignment of every part of a context, in the order that the head of `layout` gives.
fn places(counts: Counts, layout: &ContextLayout) -> Vec<(u32, u32, u32)> {
    let mut places = vec![(0, context::SIZE, 8)];
    let mut add = |count: u32, size: u32, align: u32, offset: &dyn Fn(u32) -> u32| {
        places.extend((0..count).map(|n| (offset(n), size, align)));
    };
    let inline = |n| match layout.global(GlobalIdx::from_u32(counts.imported_globals + n)) {
        GlobalPlace::Inline(offset) => offset,
        pointer => panic!("defined global {n} is {pointer:?}"),
    };
    let pointer = |n| match layout.global(GlobalIdx::from_u32(n)) {
        GlobalPlace::Pointer(offset) => offset,
        inline => panic!("imported global {n} is {inline:?}"),
    };
    add(counts.memories, memory_entry::SIZE, 8, &|n| layout.memory(MemIdx::from_u32(n)));
    add(counts.tables, 8, 8, &|n| layout.table(TableIdx::from_u32(n)));
    add(counts.imported_globals, 8, 8, &pointer);
    add(counts.defined_globals, VALUE_SIZE, VALUE_SIZE, &inline);
    add(counts.imported_functions, func_import::SIZE, 8, &|n| {
        layout.func_import(FuncIdx::from_u32(n))
    });
    add(counts.escaped, func_ref::SIZE, 8, &|n| layout.func_ref(EscapedFuncIdx::from_u32(n)));
    add(counts.tags, 4, 4, &|n| layout.tag(TagIdx::from_u32(n)));
    places
}

#[test]
fn what_a_context_holds_lies_apart_in_order_and_aligned() {
    for counts in shapes() {
        let layout = ContextLayout::new(&counts.module());
        let mut end = 0;
        for (offset, size, align) in places(counts, &layout) {
            assert!(offset.is_multiple_of(align), "{counts:?}: {offset} is not aligned to {align}");
            assert!(offset >= end, "{counts:?}: what is at {offset} begins before {end}");
            // Nothing but the alignment of the first value leaves a gap.
            assert!(offset - end < VALUE_SIZE, "{counts:?}: nothing is at {end}");
            assert!(offset == end || offset.is_multiple_of(VALUE_SIZE), "{counts:?}: {end}");
            end = offset + size;
        }
        assert!(layout.size() >= end, "{counts:?}: the context ends before {end}");
        assert!(layout.size() - end < VALUE_SIZE, "{counts:?}: nothing is after {end}");
    }
}

/// One more thing of a kind makes a context larger by the size of its part, which is 0 for functions of which
/// no reference is made. Values are aligned to their size, so one more pointer before them takes either no
/// room or that of two.
#[test]
fn a_context_grows_by_what_is_added() {
    let sizes = [memory_entry::SIZE, 8, 8, VALUE_SIZE, func_import::SIZE, func_ref::SIZE, 0, 4];
    for counts in shapes() {
        let before = ContextLayout::new(&counts.module()).size();
        for (kind, size) in sizes.into_iter().enumerate() {
            let mut more = counts;
            *more.count(kind) += 1;
            let after = ContextLayout::new(&more.module()).size();
            let grown = after.checked_sub(before).expect("a context does not shrink");
            let pointers_before_values = kind == 1 || kind == 2;
            match pointers_before_values {
                true => assert!([0, 16].contains(&grown), "{counts:?}, kind {kind}: {grown}"),
                false => assert_eq!(grown, size, "{counts:?}, kind {kind}"),
            }
        }
    }
}

/// The parts that are used most come first, within the reach of short instructions.
#[test]
fn the_first_memory_and_globals_have_small_offsets() {
    let counts = Counts { memories: 1, tables: 1, defined_globals: 3, ..Counts::default() };
    let layout = ContextLayout::new(&counts.module());
    assert!(layout.memory(MemIdx::from_u32(0)) + memory_entry::BASE < 128);
    let GlobalPlace::Inline(third) = layout.global(GlobalIdx::from_u32(2)) else {
        panic!("it is defined")
    };
    assert!(third < 128, "{third}");
}

/// Offsets are added to addresses as signed numbers of 32 bits.
#[test]
fn a_context_is_as_large_as_offsets_are() {
    let most = (i32::MAX as u32 - context::SIZE) / func_import::SIZE;
    let layout = |imported| {
        let mut module = ModuleInfo::default();
        module.num_imported_functions = imported;
        std::panic::catch_unwind(|| ContextLayout::new(&module))
    };
    let largest = layout(most - 1).expect("it fits");
    assert!(largest.size() > i32::MAX as u32 - 2 * func_import::SIZE);
    assert!(largest.func_import(FuncIdx::from_u32(most - 2)) + func_import::SIZE <= largest.size());
    for too_many in [most + 1, u32::MAX] {
        assert!(layout(too_many).is_err(), "{too_many} imports fit");
    }
}

/// The fields of the fixed records do not overlap, are aligned, and fill the records that have a size.
#[test]
fn fields_of_records_lie_apart() {
    let check = |name: &str, fields: &[(i32, u32)], size: Option<u32>| {
        let mut end = 0;
        for (offset, width) in fields {
            let offset = u32::try_from(*offset).expect("an offset is not negative");
            assert!(offset.is_multiple_of(*width), "{name}: {offset} is not aligned");
            assert!(offset >= end, "{name}: {offset} is before {end}");
            end = offset + width;
        }
        if let Some(size) = size {
            assert_eq!(end.next_multiple_of(8), size, "{name}");
        }
    };
    let words = |offsets: &[i32]| offsets.iter().map(|offset| (*offset, 8)).collect::<Vec<_>>();
    {
        use context::*;
        let fields = words(&[MAGIC, STORE, BUILTINS, TYPE_IDS, INSTANCE]);
        check("context", &fields, Some(SIZE));
        // The fields that a host function's context has beyond the header begin where the header ends.
        assert_eq!(host_context::FUNC, SIZE as i32);
    }
    {
        use store::*;
        let mut fields = words(&[
            STACK_LIMIT,
            EXIT_FP,
            EXIT_PC,
            ENTRY_FP,
            ENTRY_SP,
            ENTRY_HANDLER,
            ENTRY_CANARY,
            INTERRUPT,
            HEAP_BASE,
        ]);
        fields.extend([(TABLE_HEAD, 4), (TABLE_ROOM, 4)]);
        check("store", &fields, None);
    }
    {
        use entry_record::*;
        check("entry record", &words(&[CANARY, STORE]), Some(SIZE));
    }
    {
        use object::*;
        check("object", &[(COUNT, 8), (NEXT, 4), (INFO, 4)], Some(SIZE));
        // A reference is an offset that is aligned to the size.
        assert!(SIZE.is_power_of_two());
    }
    {
        use func_ref::*;
        let mut fields = words(&[WASM_CALL, ARRAY_CALL, CONTEXT]);
        fields.push((TYPE_ID, 4));
        check("func_ref", &fields, Some(SIZE));
    }
    {
        use func_import::*;
        check("func_import", &words(&[WASM_CALL, CONTEXT, FUNC_REF].map(|o| o as i32)), Some(SIZE));
    }
    {
        use memory_entry::*;
        check("memory_entry", &words(&[BASE, RECORD].map(|o| o as i32)), Some(SIZE));
    }
    check("memory", &words(&[memory::BASE, memory::LENGTH]), None);
    check("table", &words(&[table::BASE, table::LENGTH]), None);
}

/// The widest access at the highest index and offset ends within the reservation.
#[test]
fn nothing_reaches_past_a_32_bit_memory() {
    let [index, offset, width] = [u64::from(u32::MAX), u64::from(u32::MAX), 16];
    assert_eq!(MEMORY32_REACH, index + offset + width);
}
