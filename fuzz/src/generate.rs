//! Makes modules from seeds.

use arbitrary::Unstructured;
use wasm_smith::{Config, InstructionKind, InstructionKinds, MemoryOffsetChoices, Module};

/// The name of the export by which a module's remaining fuel is set.
pub const FUEL: &str = "touchstone fuel";

/// What a module is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// It runs in one engine, in configurations that differ as much as possible.
    Alone,
    /// It serves to compare the engine with another one, so it has nothing whose result the specification
    /// leaves open.
    Differential,
}

/// A generator of random numbers (`splitmix64`).
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// A generator that gives the same numbers for the same seed.
    pub fn new(seed: u64) -> Self {
        Random(seed)
    }

    /// The next number.
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number of `0..bound`.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.number() % bound
    }

    /// Whether a random event occurs that has the probability `numerator` / `denominator`.
    pub fn ratio(&mut self, numerator: u64, denominator: u64) -> bool {
        self.below(denominator) < numerator
    }
}

/// The module of `seed`. If the seed is even, `wasm-smith` makes it.
pub fn module(seed: u64, purpose: Purpose) -> Vec<u8> {
    let mut random = Random::new(seed);
    if seed % 2 == 1 {
        return crate::typed::module(random, purpose);
    }
    let mut config = self::config(&mut random, purpose);
    let fuel = if random.ratio(1, 8) { 5_000 } else { 1_000 };
    // Some byte strings make no module, because of the minima of their configurations.
    let mut module = loop {
        let length = 256 << random.below(9);
        let bytes: Vec<u8> = (0..length / 8).flat_map(|_| random.number().to_le_bytes()).collect();
        if let Ok(module) = Module::new(config.clone(), &mut Unstructured::new(&bytes)) {
            break module;
        }
        config = self::config(&mut random, purpose);
    };
    let global = module.ensure_termination(fuel).expect("all functions are generated");
    export_global(&module.to_bytes(), FUEL, global)
}

fn config(random: &mut Random, purpose: Purpose) -> Config {
    let differential = purpose == Purpose::Differential;
    // Half of the modules may use all features; the others lack some of them.
    let rich = random.ratio(1, 2);
    let on = |random: &mut Random| rich || random.ratio(2, 3);
    let mut config = Config {
        bulk_memory_enabled: on(random),
        reference_types_enabled: on(random),
        simd_enabled: on(random),
        multi_value_enabled: on(random),
        saturating_float_to_int_enabled: on(random),
        sign_extension_ops_enabled: on(random),
        exceptions_enabled: on(random),
        threads_enabled: on(random),
        tail_call_enabled: on(random),
        memory64_enabled: on(random),
        extended_const_enabled: on(random),
        custom_page_sizes_enabled: on(random),
        wide_arithmetic_enabled: on(random),
        relaxed_simd_enabled: on(random) && !differential,
        compact_imports_enabled: false,
        ..Config::default()
    };
    config.gc_enabled = random.ratio(1, 16);
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
