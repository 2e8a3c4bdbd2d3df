//! The JSON that `wast2json` writes, with its files of modules.
//!
//! In: directives of a script. Out: one document, and the modules that it names.
//! Words that `wast2json` of WABT does not have are those of the crate `json-from-wast`: `module_definition`,
//! `module_instance`, `assert_suspension`, `thread`, `wait`, `either`.

use super::links::{Links, encoded};
use crate::signature;
use serde::Serialize;
use serde_json::ser::{CharEscape, Formatter, PrettyFormatter};
use std::collections::HashMap;
use std::io::{self, Write};
use touchstone_script::{
    Action, Command, Directive, FloatPattern, HeapType, Instantiation, ModuleIndex, ModuleSource,
    Pattern, Value,
};

/// The members of this and of the other structures are in the order in which the reader of WABT asks for them.
#[derive(Serialize)]
struct Root<'a> {
    source_filename: &'a str,
    commands: Vec<Entry>,
}

impl Document<'_> {
    /// The document as text.
    ///
    /// # Errors
    /// Never, as far as is known: the document is written to memory.
    pub fn text(&self) -> serde_json::Result<Vec<u8>> {
        let mut text = Vec::new();
        let escapes = Escapes(PrettyFormatter::with_indent(b" "));
        self.json.serialize(&mut serde_json::Serializer::with_formatter(&mut text, escapes))?;
        text.push(b'\n');
        Ok(text)
    }
}

/// Writes all escapes as `\u` with four digits: the reader of WABT knows no others.
struct Escapes<'a>(PrettyFormatter<'a>);

impl Formatter for Escapes<'_> {
    fn write_char_escape<W: Write + ?Sized>(
        &mut self,
        out: &mut W,
        escape: CharEscape,
    ) -> io::Result<()> {
        let character = match escape {
            CharEscape::Quote => b'"',
            CharEscape::ReverseSolidus => b'\\',
            CharEscape::Solidus => b'/',
            CharEscape::Backspace => 8,
            CharEscape::FormFeed => 12,
            CharEscape::LineFeed => b'\n',
            CharEscape::CarriageReturn => b'\r',
            CharEscape::Tab => b'\t',
            CharEscape::AsciiControl(control) => control,
        };
        write!(out, "\\u{character:04x}")
    }
    fn begin_array<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_array(out)
    }
    fn end_array<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_array(out)
    }
    fn begin_array_value<W: Write + ?Sized>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_array_value(out, first)
    }
    fn end_array_value<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_array_value(out)
    }
    fn begin_object<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_object(out)
    }
    fn end_object<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object(out)
    }
    fn begin_object_key<W: Write + ?Sized>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_object_key(out, first)
    }
    fn begin_object_value<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_object_value(out)
    }
    fn end_object_value<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object_value(out)
    }
}

/// A command.
#[derive(Default, Serialize)]
struct Entry {
    r#type: &'static str,
    line: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    instance: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    module: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    r#as: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    action: Option<Act>,
    #[serde(skip_serializing_if = "Option::is_none")]
    filename: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    module_type: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    shared_module: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    commands: Option<Vec<Entry>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    thread: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expected: Option<Vec<Constant>>,
}

/// What a command does.
#[derive(Default, Serialize)]
struct Act {
    r#type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    module: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    args: Option<Vec<Constant>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    filename: Option<String>,
}

/// An argument, or what a result must match; without a value, anything of the type, except for null.
#[derive(Default, Serialize)]
struct Constant {
    r#type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    lane_type: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    values: Option<Vec<Constant>>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    shared: bool,
}

/// Bits in decimal, without sign; for vectors, those of each lane.
#[derive(Serialize)]
#[serde(untagged)]
enum Text {
    One(String),
    Lanes(Vec<String>),
}

/// A script as JSON.
pub struct Document<'a> {
    json: Root<'a>,
    /// The files that it names, which stand beside it.
    pub modules: Vec<(String, Vec<u8>)>,
    /// Lines of the directives that JSON has no words for.
    pub left_out: Vec<u32>,
}

/// A directive to be written.
pub struct Wanted<'a> {
    /// The directive.
    pub directive: &'a Directive,
    /// What it has to do with modules.
    pub links: &'a Links,
    /// The line that JSON says it is on.
    pub line: u32,
}

/// Writes directives of a script that has these modules as JSON. Files of modules are called `stem.0.wasm` and
/// so on.
pub fn document<'a, 'b>(
    modules: &[ModuleSource],
    wanted: impl IntoIterator<Item = Wanted<'b>>,
    stem: &str,
    source: &'a str,
) -> Document<'a> {
    let mut writer = Writer { modules, stem, files: HashMap::new() };
    let (mut commands, mut left_out) = (Vec::new(), Vec::new());
    let mut types: HashMap<ModuleIndex, Types> = HashMap::new();
    for Wanted { directive, links, line } in wanted {
        let results = links.acts_on.map(|module| {
            types.entry(module).or_insert_with(|| {
                let wasm = modules.get(module.0 as usize).and_then(encoded);
                wasm.map(|wasm| signature::results(&wasm)).unwrap_or_default()
            })
        });
        let none = HashMap::new();
        let results = results.map_or(&none, |results| &*results);
        match writer.command(directive, results, &mut left_out) {
            Some(command) => commands.push(Entry { line, ..command }),
            None => left_out.push(line),
        }
    }
    let mut modules: Vec<_> = writer.files.into_values().collect();
    modules.sort_by(|a, b| a.0.cmp(&b.0));
    let json = Root { source_filename: source, commands };
    Document { json, modules, left_out }
}

/// Results of the exports of the module that a directive acts on.
type Types = HashMap<String, Vec<&'static str>>;

struct Writer<'a> {
    modules: &'a [ModuleSource],
    stem: &'a str,
    files: HashMap<ModuleIndex, (String, Vec<u8>)>,
}

impl Writer<'_> {
    /// A directive in the words of `wast2json`, if it has any.
    fn command(
        &mut self,
        directive: &Directive,
        types: &Types,
        left_out: &mut Vec<u32>,
    ) -> Option<Entry> {
        let entry = match &directive.command {
            Command::Module { name, module } => {
                let entry = self.module("module", *module);
                // The reader of WABT knows only binary modules here, and no word for that.
                let module_type = entry.module_type.filter(|kind| *kind != "binary");
                Entry { name: dollar(name), module_type, ..entry }
            }
            Command::ModuleDefinition { name, module } => {
                Entry { name: dollar(name), ..self.module("module_definition", *module) }
            }
            Command::ModuleInstance { instance, module } => Entry {
                r#type: "module_instance",
                instance: dollar(instance),
                module: dollar(module),
                ..Entry::default()
            },
            Command::Register { name, module } => Entry {
                r#type: "register",
                name: dollar(module),
                r#as: Some(name.clone()),
                ..Entry::default()
            },
            Command::Invoke(invoke) => {
                self.acting("action", &Action::Invoke(invoke.clone()), None, types)
            }
            Command::Get(get) => self.acting("action", &Action::Get(get.clone()), None, types),
            Command::AssertReturn { action, results } => {
                let types = types_of(action, types);
                let result = |(n, pattern)| expected(pattern, types.get(n).copied());
                Entry {
                    r#type: "assert_return",
                    action: Some(self.action(action)),
                    expected: Some(results.iter().enumerate().map(result).collect()),
                    ..Entry::default()
                }
            }
            Command::AssertTrap { action: Action::Instantiate(what), message } => {
                self.instantiation("assert_uninstantiable", what, message)
            }
            Command::AssertTrap { action, message } => {
                self.acting("assert_trap", action, Some(message), types)
            }
            Command::AssertExhaustion { action, message } => {
                self.acting("assert_exhaustion", action, Some(message), types)
            }
            Command::AssertException { action } => {
                self.acting("assert_exception", action, None, types)
            }
            Command::AssertSuspension { action, message } => {
                self.acting("assert_suspension", action, Some(message), types)
            }
            Command::AssertInvalid { module, message } => {
                self.rejected("assert_invalid", *module, message)
            }
            Command::AssertMalformed { module, message } => {
                self.rejected("assert_malformed", *module, message)
            }
            Command::AssertMalformedCustom { module, message } => {
                self.rejected("assert_malformed_custom", *module, message)
            }
            Command::AssertInvalidCustom { module, message } => {
                self.rejected("assert_invalid_custom", *module, message)
            }
            Command::AssertUnlinkable { instance, message } => {
                self.instantiation("assert_unlinkable", instance, message)
            }
            Command::Thread { name, shared_module, directives } => {
                // What a thread's own modules export is not followed: its commands say no types of results
                // that its patterns do not say.
                let mut commands = Vec::new();
                for directive in directives {
                    match self.command(directive, &HashMap::new(), left_out) {
                        Some(command) => commands.push(command),
                        None => left_out.push(directive.span.line),
                    }
                }
                Entry {
                    r#type: "thread",
                    name: Some(format!("${name}")),
                    shared_module: dollar(shared_module),
                    commands: Some(commands),
                    ..Entry::default()
                }
            }
            Command::Wait { thread } => {
                Entry { r#type: "wait", thread: Some(format!("${thread}")), ..Entry::default() }
            }
            Command::ScriptError { .. } => return None,
        };
        Some(Entry { line: directive.span.line, ..entry })
    }

    /// The name of the file that has a module, and whether it is `binary` or `text`.
    fn file(&mut self, module: ModuleIndex) -> (String, &'static str) {
        let stem = self.stem;
        let next = self.files.len();
        let source = &self.modules[module.0 as usize];
        let (name, _) = self.files.entry(module).or_insert_with(|| match encoded(source) {
            Some(wasm) => (format!("{stem}.{next}.wasm"), wasm.into_owned()),
            // There is no binary form of what cannot be encoded.
            None => match source {
                ModuleSource::Quote(text) => (format!("{stem}.{next}.wat"), text.clone()),
                ModuleSource::Binary(_) => unreachable!("a binary module is as it is"),
            },
        });
        (name.clone(), if name.ends_with(".wat") { "text" } else { "binary" })
    }

    /// A command that concerns a module.
    fn module(&mut self, r#type: &'static str, module: ModuleIndex) -> Entry {
        let (filename, kind) = self.file(module);
        Entry { r#type, filename: Some(filename), module_type: Some(kind), ..Entry::default() }
    }

    fn rejected(&mut self, r#type: &'static str, module: ModuleIndex, message: &str) -> Entry {
        Entry { text: Some(message.to_owned()), ..self.module(r#type, module) }
    }

    fn instantiation(
        &mut self,
        r#type: &'static str,
        what: &Instantiation,
        message: &str,
    ) -> Entry {
        let entry = match what {
            Instantiation::Module(module) => self.module(r#type, *module),
            Instantiation::Definition(name) => {
                Entry { r#type, module: dollar(name), ..Entry::default() }
            }
        };
        Entry { text: Some(message.to_owned()), ..entry }
    }

    /// A command that acts and says of the results no more than their types.
    fn acting(
        &mut self,
        r#type: &'static str,
        action: &Action,
        message: Option<&String>,
        types: &Types,
    ) -> Entry {
        let types = types_of(action, types).iter().copied();
        let result = |r#type| Constant { r#type, ..Constant::default() };
        Entry {
            r#type,
            action: Some(self.action(action)),
            text: message.cloned(),
            expected: Some(types.map(result).collect()),
            ..Entry::default()
        }
    }

    fn action(&mut self, action: &Action) -> Act {
        match action {
            Action::Invoke(invoke) => Act {
                r#type: "invoke",
                module: dollar(&invoke.module),
                field: Some(invoke.export.clone()),
                args: Some(invoke.args.iter().map(argument).collect()),
                ..Act::default()
            },
            Action::Get(get) => Act {
                r#type: "get",
                module: dollar(&get.module),
                field: Some(get.export.clone()),
                ..Act::default()
            },
            Action::Instantiate(Instantiation::Module(module)) => {
                let filename = Some(self.file(*module).0);
                Act { r#type: "module", filename, ..Act::default() }
            }
            Action::Instantiate(Instantiation::Definition(name)) => {
                Act { r#type: "module_instance", module: dollar(name), ..Act::default() }
            }
        }
    }
}

/// A name as scripts write it.
fn dollar(name: &Option<String>) -> Option<String> {
    name.as_ref().map(|name| format!("${name}"))
}

fn types_of<'a>(action: &Action, types: &'a Types) -> &'a [&'static str] {
    let export = match action {
        Action::Invoke(invoke) => &invoke.export,
        Action::Get(get) => &get.export,
        Action::Instantiate(_) => return &[],
    };
    types.get(export).map_or(&[], Vec::as_slice)
}

fn constant(r#type: &'static str, bits: impl ToString) -> Constant {
    Constant { r#type, value: Some(Text::One(bits.to_string())), ..Constant::default() }
}

fn vector(lane_type: &'static str, lanes: impl IntoIterator<Item = String>) -> Constant {
    let value = Some(Text::Lanes(lanes.into_iter().collect()));
    Constant { r#type: "v128", lane_type: Some(lane_type), value, ..Constant::default() }
}

fn integers(bytes: &[u8; 16]) -> Constant {
    let lanes = bytes.as_chunks().0.iter();
    vector("i32", lanes.map(|lane| u32::from_le_bytes(*lane).to_string()))
}

/// Any reference of a type that is not null.
fn any(r#type: &'static str) -> Constant {
    Constant { r#type, ..Constant::default() }
}

fn argument(value: &Value) -> Constant {
    match value {
        Value::I32(v) => constant("i32", v),
        Value::I64(v) => constant("i64", v),
        Value::F32(v) => constant("f32", v),
        Value::F64(v) => constant("f64", v),
        Value::V128(bytes) => integers(bytes),
        Value::RefNull(heap) => constant(nullable(heap), "null"),
        Value::RefExtern(n) => constant("externref", n),
        Value::RefHost(n) => constant("hostref", n),
    }
}

/// The type of nullable references to a heap type.
fn nullable(heap: &HeapType) -> &'static str {
    match heap {
        HeapType::Func => "funcref",
        HeapType::NoFunc => "nullfuncref",
        HeapType::Extern => "externref",
        HeapType::NoExtern => "nullexternref",
        HeapType::Any => "anyref",
        HeapType::None => "nullref",
        HeapType::Eq => "eqref",
        HeapType::I31 => "i31ref",
        HeapType::Struct => "structref",
        HeapType::Array => "arrayref",
        HeapType::Exn => "exnref",
        HeapType::NoExn => "nullexnref",
        HeapType::Cont => "contref",
        HeapType::NoCont => "nullcontref",
        HeapType::Concrete(_) => "refnull",
    }
}

/// An expected result, `ty` being the type that its function says it has.
fn expected(pattern: &Pattern, ty: Option<&'static str>) -> Constant {
    match pattern {
        Pattern::I32(v) => constant("i32", v),
        Pattern::I64(v) => constant("i64", v),
        Pattern::F32(v) => constant("f32", float(v)),
        Pattern::F64(v) => constant("f64", float(v)),
        Pattern::CanonicalNan => constant(ty.unwrap_or("f64"), "nan:canonical"),
        Pattern::ArithmeticNan => constant(ty.unwrap_or("f64"), "nan:arithmetic"),
        Pattern::V128(bytes) => integers(bytes),
        Pattern::F32x4(lanes) => vector("f32", lanes.iter().map(float)),
        Pattern::F64x2(lanes) => vector("f64", lanes.iter().map(float)),
        // A null matches whatever its type, so the type of the result is as good where none is written.
        Pattern::RefNull(heap) => {
            constant(heap.as_ref().map(nullable).or(ty).unwrap_or("refnull"), "null")
        }
        Pattern::RefExtern(Some(n)) => constant("externref", n),
        Pattern::RefExtern(None) => any("externref"),
        Pattern::RefHost(n) => constant("hostref", n),
        Pattern::RefFunc(Some(n)) => constant("funcref", n),
        Pattern::RefFunc(None) => any("funcref"),
        Pattern::RefAny => any("anyref"),
        Pattern::RefEq => any("eqref"),
        Pattern::RefArray => any("arrayref"),
        Pattern::RefStruct => any("structref"),
        Pattern::RefI31 => any("i31ref"),
        Pattern::RefI31Shared => Constant { shared: true, ..any("i31ref") },
        Pattern::Either(arms) => {
            let values = Some(arms.iter().map(|arm| expected(arm, ty)).collect());
            Constant { values, ..any("either") }
        }
    }
}

fn float<B: ToString>(pattern: &FloatPattern<B>) -> String {
    match pattern {
        FloatPattern::Bits(bits) => bits.to_string(),
        FloatPattern::CanonicalNan => "nan:canonical".into(),
        FloatPattern::ArithmeticNan => "nan:arithmetic".into(),
    }
}
