//! Whether an adapter keeps to the protocol.
//!
//! In: a command that starts an adapter. Out: what was asked of it, and what was wrong with its answers, in
//! words for its author. Whether the engine behind it follows the specification is not looked at: only that
//! what the adapter passes on arrives as it should.

use super::pool::{Limits, greet};
use super::wire;
use super::worker::{Worker, body};
use crate::engine::process::Live;
use crate::engine::{Failure, TrapKind, Value, spectest};
use std::collections::HashMap;
use std::sync::Arc;
use touchstone_adapter::{Answer, Class, Hello, Limit, Request, Value as Wire, Verb, encode_wasm};
use touchstone_script::{Feature, HeapType, Value as ScriptValue, parse_quote};

/// Something that was asked of an adapter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// What was looked at.
    pub what: String,
    /// What is wrong, or `None`.
    pub wrong: Option<String>,
    /// What may be the fault of the adapter, or of the engine behind it.
    pub note: Option<String>,
}

/// Asks an adapter for everything that the protocol has.
///
/// # Errors
/// Fails if the adapter cannot be greeted.
pub fn check(command: &[String], limits: Limits) -> Result<(Hello, Vec<Check>), String> {
    let (worker, hello) = greet(command, limits, &Arc::new(Live::default()))?;
    let mut checker = Checker {
        worker,
        hello,
        checks: Vec::new(),
        note: None,
        gone: false,
        next: 100,
        types: HashMap::new(),
    };
    checker.all();
    Ok((checker.hello, checker.checks))
}

struct Checker {
    worker: Worker,
    hello: Hello,
    checks: Vec<Check>,
    /// The note of the check at hand.
    note: Option<String>,
    /// The adapter was lost: nothing more can be asked.
    gone: bool,
    next: u32,
    /// The types of what instances export.
    types: HashMap<u32, HashMap<String, Vec<&'static str>>>,
}

/// What one request came to, or what is wrong with the answer.
type Came<T> = Result<T, String>;

impl Checker {
    fn all(&mut self) {
        self.look("the greeting names known features", |this| {
            let known = |name: &&String| name.parse::<Feature>().is_err();
            match this.hello.features.iter().filter(known).map(String::as_str).collect::<Vec<_>>() {
                unknown if unknown.is_empty() => Ok(()),
                unknown => Err(format!(
                    "no proposal is called {}; proposals are named as their repositories are",
                    unknown.join(", ")
                )),
            }
        });
        self.look("a script begins", |this| this.begin());
        self.look("numbers arrive and come back", Self::numbers);
        self.look("bits of NaNs arrive and come back", Self::nans);
        self.look("vectors arrive and come back", Self::vectors);
        self.look("references to host values come back as the same", Self::references);
        self.look("a null comes back as a null", Self::nulls);
        self.look("several results come in order", Self::several);
        self.look("names that are not ASCII are found", Self::names);
        self.look("an exported global is read", Self::globals);
        self.look("traps are told", Self::traps);
        self.look("a stack that runs out is `exhaustion`", Self::exhaustion);
        self.look("bytes that are no module are malformed", |this| {
            match this.rejected(b"\0asm\x02\0\0\0", &[Class::Malformed])? {
                true => Ok(()),
                false => Err("it was accepted".into()),
            }
        });
        self.look("a module that does not validate is invalid", |this| {
            let wasm = module("(module (func (result i32) (i64.const 0)))");
            if !this.rejected(&wasm, &[Class::Invalid])? {
                let note = "it was accepted: the engine validates nothing, or the adapter drops what it says";
                this.note = Some(note.to_owned());
            }
            Ok(())
        });
        self.look("what failed to compile is `missing` afterwards", Self::missing);
        self.look("a missing export is `not-found`", Self::not_found);
        self.look("an import that nobody registered is `unlinkable`", Self::unlinkable);
        self.look("registered exports can be imported", Self::registered);
        self.look("registering with `add` keeps what was there", Self::added);
        self.look("registering again replaces what was there", Self::replaced);
        if !self.hello.hosts.iter().any(|host| host == "spectest") {
            self.look("the host module `spectest` is taken", Self::spectest);
        }
        self.look("many requests at once are answered in order", Self::pipelined);
        self.look("a large module arrives", Self::large);
        if self.hello.threads && self.supports(Feature::Threads) {
            self.look("a thread runs beside the script, and shares its memories", Self::threads);
        }
        self.look("`begin` forgets everything", Self::forgets);
        self.look("`finish` is answered, and a script can begin after it", |this| {
            this.nothing(Request::new(0, Verb::Finish))?;
            this.begin()
        });
    }

    fn look(&mut self, what: &str, check: impl FnOnce(&mut Self) -> Came<()>) {
        if self.gone {
            return;
        }
        let wrong = check(self).err();
        let note = self.note.take();
        self.checks.push(Check { what: what.to_owned(), wrong, note });
    }

    fn has(&self, limit: Limit) -> bool {
        self.hello.cannot_tell.contains(&limit)
    }

    fn supports(&self, feature: Feature) -> bool {
        self.hello.features.iter().any(|name| name == feature.name())
    }

    // ---- requests ----

    fn ask(&mut self, request: &Request<'_>) -> Came<Answer> {
        self.worker.send(&body(request));
        self.worker.receive().map_err(|lost| {
            self.gone = true;
            format!("`{}`: {lost}; nothing more can be asked", request.verb)
        })
    }

    /// A request that must succeed, and gives nothing.
    fn nothing(&mut self, request: Request<'_>) -> Came<()> {
        let answer = self.ask(&request)?;
        match self.failure(&answer)? {
            None => Ok(()),
            Some(failure) => Err(format!("`{}` failed: {failure}", request.verb)),
        }
    }

    fn failure(&self, answer: &Answer) -> Came<Option<Failure>> {
        wire::failure(answer, &self.hello)
    }

    fn begin(&mut self) -> Came<()> {
        let features = Some(self.hello.features.clone());
        self.nothing(Request { features, ..Request::new(0, Verb::Begin) })
    }

    fn number(&mut self) -> u32 {
        self.next += 1;
        self.next
    }

    fn compile(&mut self, wasm: &[u8]) -> Came<u32> {
        let number = self.number();
        let wasm = Some(encode_wasm(wasm).into());
        self.nothing(Request { module: Some(number), wasm, ..Request::new(0, Verb::Compile) })?;
        Ok(number)
    }

    fn instantiate(&mut self, text: &str) -> Came<u32> {
        let wasm = module(text);
        let module = self.compile(&wasm)?;
        let instance = self.number();
        self.types.insert(instance, crate::signature::results(&wasm));
        let request = Request::new(0, Verb::Instantiate);
        self.nothing(Request { module: Some(module), instance: Some(instance), ..request })?;
        Ok(instance)
    }

    fn register(&mut self, name: &str, instance: u32, add: bool) -> Came<()> {
        let request = Request::new(0, Verb::Register);
        let name = Some(name.to_owned().into());
        self.nothing(Request { name, instance: Some(instance), add, ..request })
    }

    fn call(&mut self, instance: u32, export: &str, args: &[ScriptValue]) -> Came<Answer> {
        let args = Some(args.iter().map(wire::argument).collect());
        let request = Request::new(0, Verb::Invoke);
        let results = self.results(instance, export);
        let export = Some(export.to_owned().into());
        self.ask(&Request { instance: Some(instance), export, results, args, ..request })
    }

    fn values(&self, answer: &Answer) -> Came<Vec<Value>> {
        if let Some(failure) = self.failure(answer)? {
            return Err(format!("the call failed: {failure}"));
        }
        let values = answer.values.as_ref().ok_or("the answer has no `values`")?;
        values.iter().map(|value: &Wire| wire::result(value, &self.hello)).collect()
    }

    /// Calls a function that gives its argument back.
    fn back(&mut self, instance: u32, export: &str, arg: ScriptValue, same: Value) -> Came<()> {
        let answer = self.call(instance, export, std::slice::from_ref(&arg))?;
        let values = self.values(&answer)?;
        match values == [same.clone()] {
            true => Ok(()),
            false => {
                Err(format!("{arg:?} was passed through a function and came back as {values:?}"))
            }
        }
    }

    /// The types of the results of an export, where the adapter wants them.
    fn results(&self, instance: u32, export: &str) -> Option<Vec<String>> {
        let types = self.types.get(&instance).filter(|_| self.hello.wants_types)?;
        Some(types.get(export)?.iter().map(|name| (*name).to_owned()).collect())
    }

    // ---- what is asked ----

    fn numbers(&mut self) -> Came<()> {
        let instance = self.instantiate(IDENTITIES)?;
        for v in [0, 1, 0x7fff_ffff, 0x8000_0000, u32::MAX] {
            self.back(instance, "i32", ScriptValue::I32(v), Value::I32(v))?;
            // Bits of numbers: those of NaNs are looked at apart.
            if !f32::from_bits(v).is_nan() {
                self.back(instance, "f32", ScriptValue::F32(v), Value::F32(v))?;
            }
        }
        for v in [0, 1, 1 << 53 | 1, i64::MAX as u64, 1 << 63, u64::MAX] {
            self.back(instance, "i64", ScriptValue::I64(v), Value::I64(v))?;
            if !f64::from_bits(v).is_nan() {
                self.back(instance, "f64", ScriptValue::F64(v), Value::F64(v))?;
            }
        }
        Ok(())
    }

    fn nans(&mut self) -> Came<()> {
        if self.has(Limit::NanBits) {
            return Ok(());
        }
        let instance = self.instantiate(IDENTITIES)?;
        for v in [0x7fc0_0000, 0xffc0_0000, 0x7fc0_1234, 0x7f80_0001, 0xffff_ffff] {
            self.back(instance, "f32", ScriptValue::F32(v), Value::F32(v))?;
        }
        for v in
            [0x7ff8 << 48, 0xfff8 << 48, 0x7ff8_0000_0000_1234, 0x7ff0_0000_0000_0001, u64::MAX]
        {
            self.back(instance, "f64", ScriptValue::F64(v), Value::F64(v))?;
        }
        Ok(())
    }

    fn vectors(&mut self) -> Came<()> {
        if !self.supports(Feature::Simd) {
            return Ok(());
        }
        let text = r#"(module (func (export "v128") (param v128) (result v128) (local.get 0)))"#;
        let instance = self.instantiate(text)?;
        let bytes = std::array::from_fn(|n| 0xf0 ^ n as u8);
        if self.has(Limit::Vectors) {
            let answer = self.call(instance, "v128", &[ScriptValue::V128(bytes)])?;
            return match self.failure(&answer)? {
                Some(Failure::CannotTell(_)) => Ok(()),
                _ => Err("it says that it cannot tell `vectors`, but answers otherwise".into()),
            };
        }
        self.back(instance, "v128", ScriptValue::V128(bytes), Value::V128(bytes))
    }

    fn references(&mut self) -> Came<()> {
        if !self.supports(Feature::ReferenceTypes) || self.has(Limit::References) {
            return Ok(());
        }
        let text = r#"(module (global $g (mut externref) (ref.null extern))
            (func (export "set") (param externref) (global.set $g (local.get 0)))
            (func (export "get") (result externref) (global.get $g))
            (func (export "same") (param externref) (result externref) (local.get 0)))"#;
        let instance = self.instantiate(text)?;
        for n in [0, 1, u32::MAX] {
            self.back(instance, "same", ScriptValue::RefExtern(n), Value::Extern(Some(n)))?;
        }
        let answer = self.call(instance, "set", &[ScriptValue::RefExtern(7)])?;
        self.values(&answer)?;
        let answer = self.call(instance, "get", &[])?;
        match &self.values(&answer)?[..] {
            [Value::Extern(Some(7))] => Ok(()),
            values => Err(format!("host value 7 was kept in a global and came back as {values:?}")),
        }
    }

    fn nulls(&mut self) -> Came<()> {
        if !self.supports(Feature::ReferenceTypes) || self.has(Limit::References) {
            return Ok(());
        }
        let text = r#"(module
            (func (export "func") (param funcref) (result funcref) (local.get 0))
            (func (export "extern") (param externref) (result externref) (local.get 0)))"#;
        let instance = self.instantiate(text)?;
        for (export, heap) in [("func", HeapType::Func), ("extern", HeapType::Extern)] {
            let answer = self.call(instance, export, &[ScriptValue::RefNull(heap)])?;
            let values = self.values(&answer)?;
            if !matches!(values[..], [Value::Null(_)]) {
                return Err(format!("null came back as {values:?}"));
            }
        }
        Ok(())
    }

    fn several(&mut self) -> Came<()> {
        if !self.supports(Feature::MultiValue) {
            return Ok(());
        }
        let text = r#"(module (func (export "f") (param i32 i64) (result i64 i32 f32)
            (local.get 1) (local.get 0) (f32.const 2)))"#;
        let instance = self.instantiate(text)?;
        let answer = self.call(instance, "f", &[ScriptValue::I32(1), ScriptValue::I64(2)])?;
        let values = self.values(&answer)?;
        match values == [Value::I64(2), Value::I32(1), Value::F32(2f32.to_bits())] {
            true => Ok(()),
            false => Err(format!("`i64:2 i32:1 f32:2` came as {values:?}")),
        }
    }

    fn names(&mut self) -> Came<()> {
        let text =
            "(module (func (export \"\u{e4}\u{1f600}\\00\\22\") (result i32) (i32.const 1)))";
        let instance = self.instantiate(text)?;
        let answer = self.call(instance, "\u{e4}\u{1f600}\0\"", &[])?;
        self.values(&answer).map(drop).map_err(|wrong| {
            format!("a function whose name has an umlaut, an emoji, a zero and a quote: {wrong}")
        })
    }

    fn globals(&mut self) -> Came<()> {
        let text = r#"(module (global (export "g") i64 (i64.const -2)))"#;
        let instance = self.instantiate(text)?;
        let answer = self.ask(&Request {
            instance: Some(instance),
            export: Some("g".into()),
            results: self.results(instance, "g"),
            ..Request::new(0, Verb::Get)
        })?;
        match &self.values(&answer)?[..] {
            [Value::I64(v)] if *v == -2i64 as u64 => Ok(()),
            values => Err(format!("a global that holds i64:-2 was read as {values:?}")),
        }
    }

    fn traps(&mut self) -> Came<()> {
        let text = r#"(module (memory 1) (table 1 funcref) (type $t (func))
            (func (export "unreachable") unreachable)
            (func (export "divide") (result i32) (i32.div_s (i32.const 1) (i32.const 0)))
            (func (export "overflow") (result i32) (i32.div_s (i32.const 0x80000000) (i32.const -1)))
            (func (export "convert") (result i32) (i32.trunc_f32_s (f32.const nan)))
            (func (export "memory") (result i32) (i32.load (i32.const 65536)))
            (func (export "undefined") (call_indirect (type $t) (i32.const 1)))
            (func (export "uninitialized") (call_indirect (type $t) (i32.const 0))))"#;
        let instance = self.instantiate(text)?;
        for (export, kind) in [
            ("unreachable", TrapKind::Unreachable),
            ("divide", TrapKind::IntegerDivideByZero),
            ("overflow", TrapKind::IntegerOverflow),
            ("convert", TrapKind::InvalidConversionToInteger),
            ("memory", TrapKind::MemoryOutOfBounds),
            ("undefined", TrapKind::UndefinedElement),
            ("uninitialized", TrapKind::UninitializedElement),
        ] {
            let answer = self.call(instance, export, &[])?;
            let told = match self.failure(&answer)? {
                Some(Failure::Trap(told)) => told == kind,
                Some(Failure::TrapOf(kinds, _)) => kinds.is_empty() || kinds.contains(&kind),
                other => {
                    let came = other.map_or("success".into(), |failure| failure.to_string());
                    return Err(format!("`{}` came as {came}", kind.text()));
                }
            };
            if !told {
                let traps = answer.traps.unwrap_or_default();
                return Err(format!("`{}` came as {traps:?}", kind.text()));
            }
        }
        Ok(())
    }

    fn exhaustion(&mut self) -> Came<()> {
        let text =
            r#"(module (func $f (export "f") (result i32) (i32.add (call $f) (i32.const 1))))"#;
        let instance = self.instantiate(text)?;
        let answer = self.call(instance, "f", &[])?;
        match self.failure(&answer)? {
            Some(Failure::Exhaustion(_)) => Ok(()),
            other => {
                let came = other.map_or("success".into(), |failure| failure.to_string());
                Err(format!("endless recursion came as {came}"))
            }
        }
    }

    /// Whether a module is rejected, as of one of these classes.
    fn rejected(&mut self, wasm: &[u8], classes: &[Class]) -> Came<bool> {
        let (module, wasm) = (Some(self.number()), Some(encode_wasm(wasm).into()));
        let answer = self.ask(&Request { module, wasm, ..Request::new(0, Verb::Compile) })?;
        self.failure(&answer)?;
        match answer.failed {
            Some(Class::Rejected) => Ok(true),
            Some(class) if classes.contains(&class) => Ok(true),
            Some(class) => Err(format!(
                "it came as `{class}`; an adapter that cannot tell says `{}` in `cannot_tell`, and answers \
                 `rejected`",
                Limit::MalformedFromInvalid
            )),
            None => Ok(false),
        }
    }

    fn missing(&mut self) -> Came<()> {
        let (module, instance) = (Some(4_000_000), Some(self.number()));
        let request = Request::new(0, Verb::Instantiate);
        let answer = self.ask(&Request { module, instance, ..request })?;
        if answer.failed != Some(Class::Missing) {
            return Err("an unknown module was instantiated; the answer is `missing`".into());
        }
        let answer = self.call(4_000_000, "f", &[])?;
        match answer.failed {
            Some(Class::Missing) => Ok(()),
            _ => {
                Err("a function of an unknown instance was called; the answer is `missing`".into())
            }
        }
    }

    fn not_found(&mut self) -> Came<()> {
        let instance = self.instantiate(r#"(module (global (export "g") i32 (i32.const 0)))"#)?;
        for export in ["nothing", "g"] {
            let answer = self.call(instance, export, &[])?;
            if answer.failed != Some(Class::NotFound) {
                return Err(format!("no function is called `{export}`; the answer is `not-found`"));
            }
        }
        Ok(())
    }

    fn unlinkable(&mut self) -> Came<()> {
        let module = self.compile(&module(r#"(module (import "nowhere" "f" (func)))"#))?;
        let instance = Some(self.number());
        let request = Request::new(0, Verb::Instantiate);
        let answer = self.ask(&Request { module: Some(module), instance, ..request })?;
        match answer.failed {
            Some(Class::Unlinkable) => Ok(()),
            other => Err(format!("it came as {other:?}")),
        }
    }

    fn constant(&mut self, export: &str, value: u32) -> Came<u32> {
        self.instantiate(&format!(
            r#"(module (func (export "{export}") (result i32) (i32.const {value})))"#
        ))
    }

    fn imported(&mut self, name: &str, export: &str) -> Came<Vec<Value>> {
        let instance = self.instantiate(&format!(
            r#"(module (import "{name}" "{export}" (func $f (result i32)))
                (func (export "f") (result i32) (call $f)))"#
        ))?;
        let answer = self.call(instance, "f", &[])?;
        self.values(&answer)
    }

    /// As each script prepares it.
    fn spectest(&mut self) -> Came<()> {
        let features = self.hello.features.iter().filter_map(|name| name.parse::<Feature>().ok());
        for (number, wasm) in spectest::modules(features.collect()).enumerate() {
            let module = self.compile(&wasm)?;
            let (module, instance) = (Some(module), Some(self.number()));
            self.nothing(Request { module, instance, ..Request::new(0, Verb::Instantiate) })?;
            self.register("spectest", instance.expect("it was numbered"), number > 0)?;
        }
        self.instantiate("(module (import \"spectest\" \"print_i32\" (func (param i32))))")?;
        Ok(())
    }

    fn registered(&mut self) -> Came<()> {
        let instance = self.constant("one", 1)?;
        self.register("check", instance, false)?;
        match self.imported("check", "one")? == [Value::I32(1)] {
            true => Ok(()),
            false => Err("an imported function gave another result".into()),
        }
    }

    fn added(&mut self) -> Came<()> {
        let instance = self.constant("two", 2)?;
        self.register("check", instance, true)?;
        for (export, value) in [("one", 1), ("two", 2)] {
            if self.imported("check", export)? != [Value::I32(value)] {
                return Err(format!("`{export}` is another function now"));
            }
        }
        Ok(())
    }

    fn replaced(&mut self) -> Came<()> {
        let instance = self.constant("three", 3)?;
        self.register("check", instance, false)?;
        match self.imported("check", "one") {
            Err(text) if text.contains("link error") => Ok(()),
            Err(other) => Err(other),
            Ok(_) => Err("`one` can still be imported".into()),
        }
    }

    fn pipelined(&mut self) -> Came<()> {
        let instance = self.instantiate(IDENTITIES)?;
        for n in 0..200 {
            let request = Request {
                instance: Some(instance),
                export: Some("i32".into()),
                results: self.results(instance, "i32"),
                args: Some(vec![Wire::I32(n)]),
                ..Request::new(0, Verb::Invoke)
            };
            self.worker.send(&body(&request));
        }
        for n in 0..200 {
            let answer = self.worker.receive().map_err(|lost| {
                self.gone = true;
                format!("200 requests were sent at once, and answer {n} did not come: {lost}")
            })?;
            if self.values(&answer)? != [Value::I32(n)] {
                return Err(format!("answer {n} of 200 is that of another request"));
            }
        }
        Ok(())
    }

    fn large(&mut self) -> Came<()> {
        // In segments of a size that no engine refuses.
        let segment = format!("(data (i32.const 0) \"{}\")", "x".repeat(1 << 16));
        self.instantiate(&format!("(module (memory 1) {})", segment.repeat(48))).map(drop)
    }

    fn threads(&mut self) -> Came<()> {
        let shared = self.instantiate(
            r#"(module (memory (export "m") 1 1 shared)
                (func (export "set") (i32.atomic.store (i32.const 0) (i32.const 7))
                    (drop (memory.atomic.notify (i32.const 0) (i32.const 1)))))"#,
        )?;
        let inner = module(
            r#"(module (import "main" "m" (memory 1 1 shared))
                (func (export "await") (result i32) (drop (memory.atomic.wait32
                    (i32.const 0) (i32.const 0) (i64.const 10_000_000_000)))
                    (i32.atomic.load (i32.const 0))))"#,
        );
        let results = self.hello.wants_types.then(|| vec!["i32".to_owned()]);
        let (name, export) = (Some("main".into()), Some("await".into()));
        let (module, instance) = (Some(5), Some(6));
        let wasm = Some(encode_wasm(&inner).into());
        let steps = vec![
            Request { name, instance: Some(4), ..Request::new(0, Verb::Register) },
            Request { module, wasm, ..Request::new(1, Verb::Compile) },
            Request { module, instance, ..Request::new(2, Verb::Instantiate) },
            Request { instance, export, results, ..Request::new(3, Verb::Invoke) },
        ];
        let thread = Some(self.number());
        self.nothing(Request {
            thread,
            instance: Some(shared),
            known_as: Some(4),
            steps: Some(steps),
            ..Request::new(0, Verb::Thread)
        })?;
        let answer = self.call(shared, "set", &[])?;
        self.values(&answer)?;
        let answer = self.ask(&Request { thread, ..Request::new(0, Verb::Wait) })?;
        if let Some(failure) = self.failure(&answer)? {
            return Err(format!("`wait` failed: {failure}"));
        }
        let answers = answer.answers.unwrap_or_default();
        if answers.iter().map(|answer| answer.id).ne(0..4) {
            return Err("`answers` are not one for each of 4 steps, in their order".into());
        }
        for (answer, verb) in answers.iter().zip(["register", "compile", "instantiate", "invoke"]) {
            if let Some(failure) = self.failure(answer)? {
                return Err(format!("in the thread, `{verb}` failed: {failure}"));
            }
        }
        match self.values(&answers[3])? == [Value::I32(7)] {
            true => Ok(()),
            false => Err("the thread did not see what the script stored meanwhile".into()),
        }
    }

    fn forgets(&mut self) -> Came<()> {
        let instance = self.constant("f", 1)?;
        self.register("kept", instance, false)?;
        self.begin()?;
        if self.call(instance, "f", &[])?.failed != Some(Class::Missing) {
            return Err("an instance of the script before can still be called".into());
        }
        match self.imported("kept", "f") {
            Err(_) => Ok(()),
            Ok(_) => Err("what the script before registered can still be imported".into()),
        }
    }
}

const IDENTITIES: &str = r#"(module
    (func (export "i32") (param i32) (result i32) (local.get 0))
    (func (export "i64") (param i64) (result i64) (local.get 0))
    (func (export "f32") (param f32) (result f32) (local.get 0))
    (func (export "f64") (param f64) (result f64) (local.get 0)))"#;

fn module(text: &str) -> Vec<u8> {
    parse_quote(text.as_bytes()).expect("it is well-formed")
}
