//! Requests and answers: one line of JSON each.

use crate::text;
use crate::value::Value;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fmt;

/// The version of the protocol that this crate speaks.
pub const PROTOCOL: u32 = 1;

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $( $(#[$member_doc:meta])* $member:ident = $word:literal, )* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum $name { $( $(#[$member_doc])* #[serde(rename = $word)] $member, )* }

        impl $name {
            /// Every one.
            pub const ALL: &'static [$name] = &[ $( $name::$member, )* ];

            /// The word for it in the protocol.
            pub const fn word(self) -> &'static str {
                match self { $( $name::$member => $word, )* }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.word())
            }
        }
    };
}

words! {
    /// What the harness asks for.
    Verb {
        /// Who are you? Always the first request.
        Hello = "hello",
        /// Forget everything; a new script begins, under these features.
        Begin = "begin",
        /// Decode, validate and compile a module.
        Compile = "compile",
        /// Check the custom sections of a module; only asked of adapters that say `custom_sections`.
        CheckCustom = "check-custom",
        /// Instantiate a module, start function included.
        Instantiate = "instantiate",
        /// Make exports of an instance importable under a name.
        Register = "register",
        /// The script will not speak of an instance again.
        Release = "release",
        /// Call an exported function.
        Invoke = "invoke",
        /// Read an exported global.
        Get = "get",
        /// Collect garbage and verify the heap; only asked of adapters that say `checks`.
        Check = "check",
        /// Start a thread that does the requests in `steps`; only asked of adapters that say `threads`.
        Thread = "thread",
        /// Wait until a thread has done all its steps, and give their answers.
        Wait = "wait",
        /// The script ends: give everything back.
        Finish = "finish",
    }
}

words! {
    /// How something failed.
    Class {
        /// The bytes do not decode.
        Malformed = "malformed",
        /// The module does not validate.
        Invalid = "invalid",
        /// It is malformed or invalid, and the adapter cannot tell which
        /// ([`Limit::MalformedFromInvalid`]).
        Rejected = "rejected",
        /// The engine lacks a feature, which `what` names as its proposal does.
        Unsupported = "unsupported",
        /// A limit of the implementation was exceeded, such as the number of locals.
        Limit = "limit",
        /// An import is missing or of another type.
        Unlinkable = "unlinkable",
        /// A trap; `traps` holds all that it may be, in the words of the specification's tests.
        Trap = "trap",
        /// The call stack ran out.
        Exhaustion = "exhaustion",
        /// An exception was thrown and not caught.
        Exception = "exception",
        /// A suspension reached the host.
        Suspension = "suspension",
        /// There is no such export, or the arguments do not fit it.
        NotFound = "not-found",
        /// The engine itself ended the request, because it took too long.
        Timeout = "timeout",
        /// The system, or a limit of the engine's, has no more memory to give.
        Resource = "resource",
        /// What the request names does not exist, because what was to make it failed.
        Missing = "missing",
        /// The adapter cannot pass or see something; `what` names one of its [`Limit`]s.
        CannotTell = "cannot-tell",
        /// The engine found a defect of its own, such as a panic that was caught.
        Crash = "crash",
        /// Anything else.
        Error = "error",
    }
}

words! {
    /// What an adapter cannot tell or do. Each weakens a comparison, or leaves directives unjudged; the
    /// harness counts both.
    Limit {
        /// A malformed module from an invalid one: where either is asked for, a module that was
        /// rejected is what was asked for.
        MalformedFromInvalid = "malformed-from-invalid",
        /// The bits of a NaN: it is only compared whether a result is a NaN. An argument that is a NaN
        /// may arrive as another one.
        NanBits = "nan-bits",
        /// Values of vectors: directives that pass or give one are not judged.
        Vectors = "vectors",
        /// Which type a null is of: any null is the null that was asked for.
        NullTypes = "null-types",
        /// Which trap it was: where `traps` is empty, or holds several, one that may be the right one is.
        TrapKinds = "trap-kinds",
        /// What a reference refers to, beside that it is one: kinds of objects are not compared.
        ReferenceKinds = "reference-kinds",
        /// Which function a reference is to: it is only compared that it is to one.
        FunctionIndices = "function-indices",
        /// References of other types than `externref` and `funcref`: directives that pass or give one are
        /// not judged.
        References = "references",
    }
}

/// A request: one line. Which fields there are depends on [`Verb`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request<'a> {
    /// Names the request; its answer has the same number. They ascend.
    pub id: u64,
    /// What is asked for.
    #[serde(rename = "do")]
    pub verb: Verb,
    /// `hello`: the version of the protocol.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub protocol: Option<u32>,
    /// `begin`: the features that are on, all others being off, as proposals are named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub features: Option<Vec<String>>,
    /// `compile`, `instantiate`: the number by which the module is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub module: Option<u32>,
    /// `compile`, `check-custom`: the module's bytes in base 64, with padding.
    #[serde(
        borrow,
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "text::option"
    )]
    pub wasm: Option<Cow<'a, str>>,
    /// `instantiate`, `register`, `release`, `invoke`, `get`: the number by which the instance is known.
    /// `thread`: the instance whose shared memories the thread may import.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instance: Option<u32>,
    /// `thread`, `wait`: the number by which the thread is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thread: Option<u32>,
    /// `thread`: the number by which the thread knows `instance`.
    #[serde(rename = "as", default, skip_serializing_if = "Option::is_none")]
    pub known_as: Option<u32>,
    /// `thread`: what the thread does, in this order. Their numbers count from 0 on.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub steps: Option<Vec<Request<'a>>>,
    /// `register`: the name.
    #[serde(
        borrow,
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "text::option"
    )]
    pub name: Option<Cow<'a, str>>,
    /// `register`: add to what the name has, instead of replacing that.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub add: bool,
    /// `invoke`, `get`: name of the export.
    #[serde(
        borrow,
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "text::option"
    )]
    pub export: Option<Cow<'a, str>>,
    /// `invoke`, `get`: the types of the results, where the adapter asked to be told: `i32`, `i64`, `f32`,
    /// `f64`, `v128`, `funcref`, `externref`, `exnref`, `anyref` for all below it, `ref` for a type of the
    /// module's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub results: Option<Vec<String>>,
    /// Of adapters that say `checks`: to collect garbage and verify the heap afterwards, as `check` does.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub check: bool,
    /// `invoke`: the arguments.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub args: Option<Vec<Value>>,
}

impl Request<'_> {
    /// The same, which borrows from nothing.
    pub fn into_owned(self) -> Request<'static> {
        let owned = |text: Option<Cow<'_, str>>| text.map(|text| Cow::Owned(text.into_owned()));
        Request {
            id: self.id,
            verb: self.verb,
            protocol: self.protocol,
            features: self.features,
            module: self.module,
            wasm: owned(self.wasm),
            instance: self.instance,
            thread: self.thread,
            known_as: self.known_as,
            steps: self.steps.map(|steps| steps.into_iter().map(Request::into_owned).collect()),
            name: owned(self.name),
            add: self.add,
            export: owned(self.export),
            results: self.results,
            check: self.check,
            args: self.args,
        }
    }

    /// A request without any field.
    pub fn new(id: u64, verb: Verb) -> Self {
        Request {
            id,
            verb,
            protocol: None,
            features: None,
            module: None,
            wasm: None,
            instance: None,
            thread: None,
            known_as: None,
            steps: None,
            name: None,
            add: false,
            export: None,
            results: None,
            check: false,
            args: None,
        }
    }
}

/// An answer: one line.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// The number of the request.
    pub id: u64,
    /// To `hello`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hello: Option<Box<Hello>>,
    /// To `invoke` and `get`: the results.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub values: Option<Vec<Value>>,
    /// How it failed, where it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failed: Option<Class>,
    /// With `trap`: what it may be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub traps: Option<Vec<String>>,
    /// With `unsupported`: the proposal; with `cannot-tell`: the limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub what: Option<String>,
    /// What the engine itself says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// To a request with `check`: what is broken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unsound: Option<String>,
    /// To `wait`: the answers to the thread's steps.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers: Option<Vec<Answer>>,
}

/// What an adapter says of itself and its engine.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hello {
    /// The version of the protocol that it speaks.
    pub protocol: u32,
    /// Name of the engine.
    pub engine: String,
    /// Its version.
    pub version: String,
    /// How it is set up, as its users would write it.
    #[serde(default)]
    pub flags: Vec<String>,
    /// Features that it has, as proposals are named.
    pub features: Vec<String>,
    /// What it cannot tell.
    #[serde(default)]
    pub cannot_tell: Vec<Limit>,
    /// Whether features cannot be switched off: all of them are on in every script.
    #[serde(default)]
    pub always_on: bool,
    /// Host modules that it has beside those that scripts register, such as `touchstone`. Where `spectest`
    /// is not among them, the harness makes that of Wasm.
    #[serde(default)]
    pub hosts: Vec<String>,
    /// Whether it answers `check`.
    #[serde(default)]
    pub checks: bool,
    /// Whether it answers `check-custom`.
    #[serde(default)]
    pub custom_sections: bool,
    /// Whether requests are to say the types of results.
    #[serde(default)]
    pub wants_types: bool,
    /// Whether it may keep answers back while requests wait for it.
    #[serde(default)]
    pub buffers: bool,
    /// Whether it answers `thread` and `wait`.
    #[serde(default)]
    pub threads: bool,
}

impl Hello {
    /// An engine without features, which can tell everything.
    pub fn new(engine: impl Into<String>, version: impl Into<String>) -> Self {
        let (engine, version) = (engine.into(), version.into());
        Hello { protocol: PROTOCOL, engine, version, ..Hello::default() }
    }

    /// The same with features, as proposals are named.
    #[must_use]
    pub fn with_features<'a>(mut self, features: impl IntoIterator<Item = &'a str>) -> Self {
        self.features.extend(features.into_iter().map(str::to_owned));
        self
    }

    /// The same, unable to tell something.
    #[must_use]
    pub fn cannot_tell(mut self, limits: &[Limit]) -> Self {
        self.cannot_tell.extend_from_slice(limits);
        self
    }

    /// The same, with a flag.
    #[must_use]
    pub fn with_flag(mut self, flag: impl Into<String>) -> Self {
        self.flags.push(flag.into());
        self
    }
}

/// Why something did not succeed.
#[derive(Clone, Debug, PartialEq)]
pub struct Failure {
    /// How.
    pub class: Class,
    /// Of a trap: what it may be.
    pub traps: Vec<String>,
    /// The feature or limit that is named.
    pub what: Option<String>,
    /// What the engine says.
    pub text: String,
}

impl Failure {
    /// A failure of this class, in the engine's own words.
    pub fn new(class: Class, text: impl Into<String>) -> Self {
        Failure { class, traps: Vec::new(), what: None, text: text.into() }
    }

    /// A trap, in the words of the specification's tests (`integer divide by zero`), and in the engine's
    /// own.
    pub fn trap(kind: impl Into<String>, text: impl Into<String>) -> Self {
        Failure { traps: vec![kind.into()], ..Failure::new(Class::Trap, text) }
    }

    /// A feature is missing, named as its proposal.
    pub fn unsupported(feature: impl Into<String>) -> Self {
        let feature = feature.into();
        Failure { what: Some(feature), ..Failure::new(Class::Unsupported, "") }
    }

    /// Something cannot be passed or seen.
    pub fn cannot_tell(limit: Limit) -> Self {
        Failure { what: Some(limit.word().into()), ..Failure::new(Class::CannotTell, "") }
    }

    /// What the request names does not exist.
    pub fn missing() -> Self {
        Failure::new(Class::Missing, "")
    }
}
