//! Makes modules with `wasm-smith`.

use crate::{FUEL, Purpose, Random};
use arbitrary::Unstructured;
use wasm_smith::{Config, InstructionKind, InstructionKinds, MemoryOffsetChoices, Module};
use wasmparser::WasmFeatures;

/// Makes a module from random numbers.
pub(crate) fn module(random: &mut Random, purpose: Purpose, features: WasmFeatures) -> Vec<u8> {
    let mut config = self::config(random, purpose, features);
    let fuel = if random.ratio(1, 8) { 5_000 } else { 1_000 };
    // Some byte strings make no module, because of the minima of their configurations.
    let mut module = loop {
        let length = 256 << random.below(9);
        let bytes: Vec<u8> = (0..length / 8).flat_map(|_| random.number().to_le_bytes()).collect();
        if let Ok(module) = Module::new(config.clone(), &mut Unstructured::new(&bytes)) {
            break module;
        }
        config = self::config(random, purpose, features);
    };
    let global = module.ensure_termination(fuel).expect("all functions are generated");
    export_global(&module.to_bytes(), FUEL, global)
}

fn config(random: &mut Random, purpose: Purpose, features: WasmFeatures) -> Config {
    let differential = purpose == Purpose::Differential;
    // Half of the modules may use all features; the others lack some of them.
    let rich = random.ratio(1, 2);
    let on = |random: &mut Random, feature: WasmFeatures| {
        (rich || random.ratio(2, 3)) && features.contains(feature)
    };
    let mut config = Config {
        bulk_memory_enabled: on(random, WasmFeatures::BULK_MEMORY),
        reference_types_enabled: on(random, WasmFeatures::REFERENCE_TYPES),
        simd_enabled: on(random, WasmFeatures::SIMD),
        multi_value_enabled: on(random, WasmFeatures::MULTI_VALUE),
        saturating_float_to_int_enabled: on(random, WasmFeatures::SATURATING_FLOAT_TO_INT),
        sign_extension_ops_enabled: on(random, WasmFeatures::SIGN_EXTENSION),
        exceptions_enabled: on(random, WasmFeatures::EXCEPTIONS),
        threads_enabled: on(random, WasmFeatures::THREADS),
        tail_call_enabled: on(random, WasmFeatures::TAIL_CALL),
        memory64_enabled: on(random, WasmFeatures::MEMORY64),
        extended_const_enabled: on(random, WasmFeatures::EXTENDED_CONST),
        custom_page_sizes_enabled: on(random, WasmFeatures::CUSTOM_PAGE_SIZES),
        wide_arithmetic_enabled: on(random, WasmFeatures::WIDE_ARITHMETIC),
        relaxed_simd_enabled: on(random, WasmFeatures::RELAXED_SIMD) && !differential,
        compact_imports_enabled: false,
        ..Config::default()
    };
    config.gc_enabled = random.ratio(1, 16)
        && features.contains(WasmFeatures::GC | WasmFeatures::FUNCTION_REFERENCES);
    config.canonicalize_nans = true;
    if random.ratio(1, 2) {
        // Only some kinds of instructions are allowed, as instructions that need many operands are rare
        // otherwise.
        let kinds = [
            InstructionKind::Numeric,
            InstructionKind::Vector,
            InstructionKind::Reference,
            InstructionKind::Parametric,
            InstructionKind::Variable,
            InstructionKind::Table,
            InstructionKind::Memory,
            InstructionKind::Control,
        ];
        let kinds: Vec<_> = kinds.into_iter().filter(|_| random.ratio(1, 2)).collect();
        config.allowed_instructions = InstructionKinds::new(&kinds);
    }
    config.export_everything = random.ratio(7, 8);
    config.disallow_traps = random.ratio(1, 3);
    config.allow_floats = random.ratio(7, 8);
    config.generate_custom_sections = random.ratio(1, 8);
    config.min_uleb_size = if random.ratio(1, 16) { 5 } else { 1 };
    config.max_imports = if random.ratio(1, 3) { random.below(12) as usize } else { 0 };
    config.min_types = 1 + random.below(4) as usize;
    config.max_types = config.min_types + random.below(12) as usize;
    if config.gc_enabled {
        // With more types, a module would always have a type that the engine lacks.
        config.min_types = 1;
        config.max_types = 1 + random.below(2) as usize;
    }
    config.min_funcs = 1 + random.below(4) as usize;
    config.max_funcs = config.min_funcs + random.below(16) as usize;
    config.max_globals = random.below(12) as usize;
    config.max_tags = random.below(6) as usize;
    config.min_tags = config.max_tags.min(1);
    config.max_tables = 1 + random.below(4) as usize;
    config.max_memories = 1 + random.below(4) as usize;
    if !features.contains(WasmFeatures::MULTI_MEMORY) {
        config.max_memories = 1;
    }
    config.min_memories = random.below(2) as u32;
    config.min_tables = random.below(2) as u32;
    config.max_element_segments = random.below(8) as usize;
    config.max_data_segments = random.below(8) as usize;
    config.max_elements = random.below(20) as usize;
    config.max_instructions = [10, 40, 100, 300, 600][random.below(5) as usize];
    config.max_type_size = [20, 100, 1000][random.below(3) as usize];
    let bytes = [1 << 16, 1 << 17, 1 << 20, 1 << 22][random.below(4) as usize];
    config.max_memory32_bytes = bytes;
    config.max_memory64_bytes = bytes.into();
    config.max_table_elements = [10, 100, 1000][random.below(3) as usize];
    // An engine decides for itself whether a memory or a table without a maximum can grow.
    config.memory_max_size_required = differential || random.ratio(7, 8);
    config.table_max_size_required = differential || random.ratio(7, 8);
    config.memory_offset_choices = match random.below(3) {
        0 => MemoryOffsetChoices(1, 0, 0),
        1 => MemoryOffsetChoices(90, 9, 1),
        _ => MemoryOffsetChoices(3, 3, 1),
    };
    config
}

/// Adds an export of a global to a module.
fn export_global(wasm: &[u8], name: &str, global: u32) -> Vec<u8> {
    const EXPORTS: u8 = 7;
    let mut entry = Vec::new();
    write_leb(&mut entry, name.len() as u32);
    entry.extend(name.as_bytes());
    entry.push(3);
    write_leb(&mut entry, global);
    let (mut out, mut done) = (wasm[..8].to_vec(), false);
    let section = |out: &mut Vec<u8>, count: u32, entries: &[u8]| {
        let mut body = Vec::new();
        write_leb(&mut body, count + 1);
        body.extend(entries);
        body.extend(&entry);
        out.push(EXPORTS);
        write_leb(out, body.len() as u32);
        out.extend(body);
    };
    let mut rest = &wasm[8..];
    while let Some((&id, mut after)) = rest.split_first() {
        let size = read_leb(&mut after) as usize;
        let (mut body, next) = after.split_at(size);
        let whole = &rest[..rest.len() - next.len()];
        // These sections come after the exports: start, elements, code, data and the data count.
        let later = matches!(id, 8..=12);
        if id == EXPORTS {
            let count = read_leb(&mut body);
            section(&mut out, count, body);
            done = true;
        } else {
            if later && !done {
                section(&mut out, 0, &[]);
                done = true;
            }
            out.extend(whole);
        }
        rest = next;
    }
    if !done {
        section(&mut out, 0, &[]);
    }
    out
}

fn read_leb(bytes: &mut &[u8]) -> u32 {
    let (mut value, mut shift) = (0, 0);
    loop {
        let (&byte, rest) = bytes.split_first().expect("a whole number");
        *bytes = rest;
        value |= u32::from(byte & 0x7f) << shift;
        shift += 7;
        if byte & 0x80 == 0 {
            return value;
        }
    }
}

fn write_leb(out: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}
