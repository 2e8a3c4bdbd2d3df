//! The plain commands that a script is lowered to.
//!
//! A [`Script`] is a sequence of [`Directive`]s; each owns everything needed to
//! execute it, except module bytes, which live in the script's module list and
//! are referred to by index. Nothing here knows of an engine.

use crate::features::FeatureSet;
use serde::{Deserialize, Serialize};

/// A BLAKE3 digest, cut to 16 bytes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ContentHash(pub [u8; 16]);

impl Serialize for ContentHash {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_bytes(&self.0)
    }
}

impl<'de> Deserialize<'de> for ContentHash {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        // In one piece, as there is one for each directive: serde reads arrays element by element.
        struct Bytes;
        impl serde::de::Visitor<'_> for Bytes {
            type Value = ContentHash;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("16 bytes")
            }
            fn visit_bytes<E: serde::de::Error>(self, bytes: &[u8]) -> Result<ContentHash, E> {
                let bytes = bytes.try_into();
                bytes.map(ContentHash).map_err(|_| E::custom("a digest has 16 bytes"))
            }
        }
        from.deserialize_bytes(Bytes)
    }
}

impl std::fmt::Debug for ContentHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Display::fmt(self, f)
    }
}

impl std::fmt::Display for ContentHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// A script, lowered: its directives in order and the modules they mention.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Script {
    /// Directives in source order, one per test.
    pub directives: Vec<Directive>,
    /// Modules by [`ModuleIndex`], each stored once.
    pub modules: Vec<ModuleSource>,
}

/// Position of a module in [`Script::modules`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ModuleIndex(pub u32);

/// A module as a script gives it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ModuleSource {
    /// Wasm bytes: those of `(module binary …)` as written, or those that a text module was encoded to. They
    /// are not decoded before the directive is executed, so they may be malformed or invalid.
    Binary(Vec<u8>),
    /// The concatenated strings of `(module quote …)`, which are not yet parsed (nor known to be UTF-8); or
    /// the text of a module that parses but cannot be encoded, for example because of an unknown label.
    /// [`crate::parse_quote`] tells why when the directive is executed.
    Quote(Vec<u8>),
}

/// Where a directive stands in its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// Byte offset of the opening parenthesis.
    pub start: u32,
    /// Byte offset past the closing parenthesis.
    pub end: u32,
    /// Line, counted from 1.
    pub line: u32,
    /// Column in bytes, counted from 1.
    pub column: u32,
}

/// One directive, which is one test.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Directive {
    /// Where it stands.
    pub span: Span,
    /// Digest of its own text and, if it names a module, of the module's text.
    pub hash: ContentHash,
    /// Features without which the module that it concerns is not accepted; for an action, the features of the
    /// module that is acted on. For a module that must be rejected as malformed or invalid, only features of
    /// the text format are listed.
    pub proposals: FeatureSet,
    /// What it asks for.
    pub command: Command,
}

/// What a directive asks for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Command {
    /// `(module $name? …)`: the module is defined and instantiated.
    Module { name: Option<String>, module: ModuleIndex },
    /// `(module definition $name? …)`: the module is only defined.
    ModuleDefinition { name: Option<String>, module: ModuleIndex },
    /// `(module instance $instance? $module?)`. If there is only one name, it is that of the definition.
    ModuleInstance { instance: Option<String>, module: Option<String> },
    /// `(register "as" $module?)`.
    Register { name: String, module: Option<String> },
    /// A bare `(invoke …)`, which must return.
    Invoke(Invoke),
    /// A bare `(get …)`, which must find the global.
    Get(Get),
    /// `(assert_return action pattern*)`, and the directives of Wasm 1.0 about NaNs:
    /// `(assert_return_canonical_nan action)`, `(assert_return_arithmetic_nan action)`.
    AssertReturn { action: Action, results: Vec<Pattern> },
    /// `(assert_trap action-or-module "message")`.
    AssertTrap { action: Action, message: String },
    /// `(assert_exhaustion action "message")`.
    AssertExhaustion { action: Action, message: String },
    /// `(assert_exception action)`.
    AssertException { action: Action },
    /// `(assert_suspension action "message")`.
    AssertSuspension { action: Action, message: String },
    /// `(assert_invalid module "message")`.
    AssertInvalid { module: ModuleIndex, message: String },
    /// `(assert_malformed module "message")`.
    AssertMalformed { module: ModuleIndex, message: String },
    /// `(assert_unlinkable module-or-instance "message")`.
    AssertUnlinkable { instance: Instantiation, message: String },
    /// `(assert_malformed_custom module "message")`.
    AssertMalformedCustom { module: ModuleIndex, message: String },
    /// `(assert_invalid_custom module "message")`.
    AssertInvalidCustom { module: ModuleIndex, message: String },
    /// `(thread $name (shared (module $M))? directive*)`.
    Thread { name: String, shared_module: Option<String>, directives: Vec<Directive> },
    /// `(wait $thread)`.
    Wait { thread: String },
    /// A form that could not be parsed or encoded. The test fails with this message, and what the form was to
    /// define is missing. `feature` names a feature that the form needs and that is not a feature of core
    /// modules, if there is one.
    ScriptError { message: String, defines: Option<Defines>, feature: Option<String> },
}

/// What a form was to define, with the name that it was to have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Defines {
    /// A module, and an instance of it.
    Module(Option<String>),
    /// A module alone.
    Definition(Option<String>),
    /// An instance of a module that was defined before.
    Instance(Option<String>),
    /// A name that modules can import from.
    Registration(String),
    /// A thread.
    Thread(String),
}

/// Something that can be executed and gives values, or fails.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Action {
    /// `(invoke …)`.
    Invoke(Invoke),
    /// `(get …)`.
    Get(Get),
    /// `(module …)` or `(module instance …)`: the module is instantiated; the instance gets no name and does
    /// not become the current one.
    Instantiate(Instantiation),
}

/// What an assertion about instantiation instantiates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Instantiation {
    /// `(module …)`: a module of its own.
    Module(ModuleIndex),
    /// `(module instance $instance? $module?)`: the definition of that name, or the latest one. A name for
    /// the instance is of no use, since the instantiation must fail.
    Definition(Option<String>),
}

/// `(invoke $module? "export" argument*)`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Invoke {
    /// Name of the instance; `None` stands for the current one.
    pub module: Option<String>,
    /// Name of the exported function.
    pub export: String,
    /// Arguments.
    pub args: Vec<Value>,
}

/// `(get $module? "export")`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Get {
    /// Name of the instance; `None` stands for the current one.
    pub module: Option<String>,
    /// Name of the exported global.
    pub export: String,
}

/// A heap type as scripts write it: an abstract one, or a type index of some module.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum HeapType {
    Func,
    NoFunc,
    Extern,
    NoExtern,
    Any,
    None,
    Eq,
    I31,
    Struct,
    Array,
    Exn,
    NoExn,
    Cont,
    NoCont,
    /// A type that is given by `$name` or an index. Patterns do not look at the type of a null.
    Concrete(String),
}

/// An argument. Floats are given as their bits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Value {
    I32(u32),
    I64(u64),
    F32(u32),
    F64(u64),
    /// Little-endian lanes.
    V128([u8; 16]),
    RefNull(HeapType),
    /// `(ref.extern n)`: an external reference to host value `n`.
    RefExtern(u32),
    /// `(ref.host n)`: host value `n` internalised as an `anyref`.
    RefHost(u32),
}

/// A pattern that a result must match.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Pattern {
    I32(u32),
    I64(u64),
    F32(FloatPattern<u32>),
    F64(FloatPattern<u64>),
    /// A scalar canonical NaN, of whichever of the two types the result is.
    CanonicalNan,
    /// A scalar arithmetic NaN, of whichever of the two types the result is.
    ArithmeticNan,
    /// Integer lanes, compared as 16 bytes, little-endian.
    V128([u8; 16]),
    F32x4([FloatPattern<u32>; 4]),
    F64x2([FloatPattern<u64>; 2]),
    /// Any null; the heap type is not compared.
    RefNull(Option<HeapType>),
    /// A non-null external reference. If a number is given, it must refer to that host value.
    RefExtern(Option<u32>),
    /// An internalised host value.
    RefHost(u32),
    /// A non-null function reference. If an index is given (as a number, or as a `$name` that the lowering
    /// resolved to a number), it must refer to that function of the current module.
    RefFunc(Option<u32>),
    /// Any non-null reference below `any`.
    RefAny,
    RefEq,
    RefArray,
    RefStruct,
    RefI31,
    /// A non-null, shared `i31`.
    RefI31Shared,
    /// At least one of these patterns must match.
    Either(Vec<Pattern>),
}

/// A floating-point pattern over the bits of its type.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum FloatPattern<B> {
    /// Exactly these bits.
    Bits(B),
    /// `nan:canonical`; the sign is ignored.
    CanonicalNan,
    /// `nan:arithmetic`: the quiet bit must be set; the sign is ignored.
    ArithmeticNan,
}
