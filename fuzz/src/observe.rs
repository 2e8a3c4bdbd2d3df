//! What is observed of a module, in terms that engines share.

use touchstone_generate::Random;

/// A value. Functions, exceptions and objects have no identity here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Value {
    I32(u32),
    I64(u64),
    F32(u32),
    F64(u64),
    V128(u128),
    Null,
    Func,
    Extern(u32),
    Exn,
    /// A number as a reference, inside or outside of Wasm.
    I31(u32),
    /// A structure, inside or outside of Wasm.
    Struct,
    /// An array, inside or outside of Wasm.
    Array,
    /// A value of the host inside of Wasm.
    Host(u32),
}

/// The kind of a value that is made up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Kind {
    I32,
    I64,
    F32,
    F64,
    V128,
    /// An external reference; the `bool` says whether it may be null.
    Extern(bool),
    /// A reference that may be a number; the `bool` says whether it may be null.
    I31(bool),
    /// A reference that can only be made up as null.
    Null,
}

/// Kinds of traps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Class {
    Unreachable,
    DivideByZero,
    Overflow,
    BadConversion,
    MemoryBounds,
    /// Accesses past the end of a table, including calls.
    TableBounds,
    UninitializedElement,
    TypeMismatch,
    Null,
    ArrayBounds,
    Cast,
    Unaligned,
    NotShared,
    Interrupted,
    StackOverflow,
    Other,
}

/// How something ended.
#[derive(Clone, Debug, PartialEq)]
pub enum Ending {
    /// It returned these results.
    Values(Vec<Value>),
    /// It trapped.
    Trap(Class),
    /// It threw an exception with these values.
    Thrown(Vec<Value>),
    /// It ended with the error that a host function returned.
    Host,
    /// A resource ran out.
    Resource(String),
}

/// Everything that is observed of a module.
#[derive(Clone, Debug, PartialEq)]
pub struct Observation {
    /// How its instantiation ended; if it succeeded, with no values.
    pub instantiated: Ending,
    /// How the calls of its exported functions ended.
    pub calls: Vec<(String, Ending)>,
    /// Calls that it made of imports, with their arguments.
    pub imports: Vec<(u32, Vec<Value>)>,
    /// Exported globals at the end.
    pub globals: Vec<(String, Value)>,
    /// Exported tables at the end.
    pub tables: Vec<(String, Vec<Value>)>,
    /// Exported memories at the end, each with its size in pages and its first bytes.
    pub memories: Vec<(String, u64, Vec<u8>)>,
}

impl Default for Observation {
    fn default() -> Self {
        Observation {
            instantiated: Ending::Values(Vec::new()),
            calls: Vec::new(),
            imports: Vec::new(),
            globals: Vec::new(),
            tables: Vec::new(),
            memories: Vec::new(),
        }
    }
}

impl Observation {
    fn endings(&self) -> impl Iterator<Item = &Ending> {
        std::iter::once(&self.instantiated).chain(self.calls.iter().map(|(_, ending)| ending))
    }

    /// Whether the watchdog ended a call.
    pub fn interrupted(&self) -> bool {
        self.endings().any(|e| matches!(e, Ending::Trap(Class::Interrupted)))
    }

    /// Whether something happened after which engines may differ.
    pub fn is_cut(&self) -> bool {
        self.endings().any(Ending::cuts)
    }
}

impl Ending {
    /// Whether engines may differ after such an ending.
    pub fn cuts(&self) -> bool {
        let traps = [Class::StackOverflow, Class::Interrupted];
        matches!(self, Ending::Resource(_))
            || matches!(self, Ending::Trap(class) if traps.contains(class))
    }
}

/// Compares two observations of a module, up to where engines may differ. If `known`, the second one is of an engine
/// that has the fault of `docs/found/copy-from-no-array-past-the-end.wast`, which is overlooked.
///
/// # Errors
/// Returns the first difference, in words.
pub fn compare(a: &Observation, b: &Observation, known: bool) -> Result<(), String> {
    let cut = a.is_cut() || b.is_cut();
    let none = String::new();
    let all = |o: &Observation| {
        let start = (String::from("instantiation"), o.instantiated.clone());
        std::iter::once(start).chain(o.calls.clone()).collect::<Vec<_>>()
    };
    let (left, right) = (all(a), all(b));
    for i in 0..left.len().max(right.len()) {
        let (left, right) = (left.get(i), right.get(i));
        if left.into_iter().chain(right).any(|(_, ending)| ending.cuts()) {
            return Ok(());
        }
        // An address that is both unaligned and out of bounds may cause either trap.
        let address = |side: Option<&(String, Ending)>| {
            matches!(side, Some((_, Ending::Trap(Class::Unaligned | Class::MemoryBounds))))
        };
        let trap = |side: Option<&(String, Ending)>, class| matches!(side, Some((_, Ending::Trap(found))) if *found == class);
        let known = known && trap(left, Class::Null) && trap(right, Class::ArrayBounds);
        if left != right && !known && !(address(left) && address(right)) {
            let name = left.or(right).map_or(&none, |(name, _)| name);
            let (left, right) = (left.map(|l| &l.1), right.map(|r| &r.1));
            return Err(format!("step {i} (`{name}`): {left:?} ≠ {right:?}"));
        }
    }
    if cut {
        return Ok(());
    }
    differ("imported call", &a.imports, &b.imports)?;
    differ("global", &a.globals, &b.globals)?;
    differ("table", &a.tables, &b.tables)?;
    for ((name, a_size, a), (_, b_size, b)) in a.memories.iter().zip(&b.memories) {
        if a_size != b_size {
            return Err(format!("memory `{name}` has {a_size} ≠ {b_size} pages"));
        }
        if a != b {
            let at = a.iter().zip(b).position(|(a, b)| a != b).unwrap_or(0) & !15;
            let (a, b) = (&a[at..a.len().min(at + 32)], &b[at..b.len().min(at + 32)]);
            return Err(format!("memory `{name}` at {at:#x}: {a:02x?} ≠ {b:02x?}"));
        }
    }
    Ok(())
}

fn differ<T: PartialEq + std::fmt::Debug>(what: &str, a: &[T], b: &[T]) -> Result<(), String> {
    match (0..a.len().max(b.len())).find(|i| a.get(*i) != b.get(*i)) {
        Some(i) => Err(format!("{what} {i}: {:?} ≠ {:?}", a.get(i), b.get(i))),
        None => Ok(()),
    }
}

/// A value to give to a module, which is the same for the same `key`.
pub fn made_up(key: u64, kind: Kind) -> Value {
    let mut random = Random::new(key);
    let choice = random.below(8);
    let small = random.below(70_000);
    let bits = random.number();
    let edge = [0, 1, u64::MAX, 1 << 63, (1 << 63) - 1, 1 << 31, (1 << 31) - 1, 64];
    let edge = edge[random.below(8) as usize];
    let integer = match choice {
        0..3 => small,
        3..6 => edge,
        _ => bits,
    };
    // There is no NaN, as the bits of the NaNs that operations make from it are not determined.
    let floats = [0.0, -0.0, 1.0, -1.5, f64::INFINITY, f64::NEG_INFINITY, 1e300, 4_294_967_295.5];
    let float = if choice < 5 { floats[choice as usize] } else { small as f64 / 8.0 - 100.0 };
    match kind {
        Kind::I32 => Value::I32(integer as u32),
        Kind::I64 => Value::I64(integer),
        Kind::F32 => Value::F32((float as f32).to_bits()),
        Kind::F64 => Value::F64(float.to_bits()),
        Kind::V128 => Value::V128(u128::from(bits) << 64 | u128::from(integer)),
        Kind::Extern(true) if choice < 3 => Value::Null,
        Kind::Extern(_) => Value::Extern(key as u32),
        Kind::I31(true) if choice < 3 => Value::Null,
        Kind::I31(_) => Value::I31(integer as u32 & 0x7fff_ffff),
        Kind::Null => Value::Null,
    }
}

/// The key of argument `i` of a call in round `round` of the export called `name`.
pub fn argument_key(name: &str, round: u64, i: usize) -> u64 {
    hash(name.as_bytes()) ^ (round << 32) ^ (i as u64) << 8
}

/// The key of result `i` of the call number `call` of imports.
pub fn result_key(call: usize, i: usize) -> u64 {
    0xabcd_0000_0000 ^ (call as u64) << 8 ^ i as u64
}

/// A hash that is the same on every host.
pub fn hash(bytes: &[u8]) -> u64 {
    let mut words = bytes.chunks_exact(8);
    let mix = |hash: u64, word: u64| {
        (hash ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29).wrapping_add(word)
    };
    let word = |bytes: &[u8]| u64::from_le_bytes(bytes.try_into().expect("eight bytes"));
    let whole = words.by_ref().fold(bytes.len() as u64, |hash, bytes| mix(hash, word(bytes)));
    words.remainder().iter().fold(whole, |hash, byte| mix(hash, u64::from(*byte)))
}

/// How often each exported function is called.
pub const ROUNDS: u64 = 3;
/// How many bytes of stack Wasm may use.
pub const STACK: usize = 64 << 20;
/// How many bytes of a memory are looked at.
pub const LOOK: usize = 16 << 20;
/// How many calls of imports are recorded.
pub const RECORDED: usize = 10_000;
/// How many elements of a table are looked at.
pub const ELEMENTS: u64 = 10_000;
