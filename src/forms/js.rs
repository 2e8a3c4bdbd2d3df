//! A script as one JavaScript file.
//!
//! In: a slice of a script. Out: the text of a file that needs nothing beside it: `values.js` and `support.js`, then
//! a call for each directive, with modules in base 64. `helpers` makes the modules through which values go that
//! JavaScript cannot hold, `values` writes arguments and patterns, `probes` finds out which features an
//! engine has.

mod helpers;
mod probes;
mod values;

use super::links::encoded;
use super::slice::Slice;
use crate::engine::TrapKind;
use crate::engine::hosts::imported_modules;
use crate::engine::spectest;
use crate::index::{Exception, Expect, TestInfo};
use crate::run::messages;
use crate::run::predict::is_rejection;
use crate::signature::{self, Export};
use helpers::Way;
use probes::Probe;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::fmt::Write as _;
use touchstone_adapter::encode_wasm;
use touchstone_script::{
    Action, Command, Defines, Directive, Feature, FeatureSet, Get, Inference, Instantiation,
    Invoke, ModuleIndex, ModuleSource, Script, parse_quote,
};
use values::{list, patterns, quoted, quoted_or_null, values};

/// What the calls are made of.
const SUPPORT: &str = concat!(include_str!("js/values.js"), "\n", include_str!("js/support.js"));

/// The JavaScript file for a slice of a script, which needs nothing beside it.
pub fn file(slice: &Slice) -> String {
    let mut writer = Writer::new(slice);
    for (directive, _, tests) in slice.wanted() {
        writer.directive(directive, tests);
    }
    let name = &slice.name;
    format!(
        "// The script {} as JavaScript, written by `touchstone export --js`.\n\
         // It runs as it is in node, deno, bun, the shells of engines, and under testharness.js.\n\
         (() => {{\n\"use strict\";\n\n{SUPPORT}\n// ---- the script ----\n\n{}end();\n}})();\n",
        quoted(name),
        writer.text
    )
}

struct Writer<'a> {
    script: &'a Script,
    /// What the names of tests begin with.
    prefix: String,
    /// The exports of each module that directives act on.
    acted_on: HashMap<ModuleIndex, BTreeSet<&'a str>>,
    /// The types of exports, by the way in which they are written.
    types: HashMap<String, usize>,
    modules: HashSet<ModuleIndex>,
    text: String,
}

impl<'a> Writer<'a> {
    fn new(slice: &'a Slice) -> Self {
        let mut acted_on: HashMap<_, BTreeSet<_>> = HashMap::new();
        for (directive, links, _) in slice.wanted() {
            if let Some((module, export)) = links.acts_on.zip(directive.command.export()) {
                acted_on.entry(module).or_default().insert(export);
            }
        }
        let probes = Feature::ALL.iter().filter_map(|feature| {
            let name = quoted(feature.name());
            Some(match probes::probe(*feature)? {
                Probe::Accepts(wasm) => format!("  {name}: \"{}\",\n", encode_wasm(&wasm)),
                Probe::Nothing => format!("  {name}: true,\n"),
            })
        });
        let features = slice.features.iter().map(|feature| quoted(feature.name()));
        let spectest = spectest::modules(slice.features);
        let spectest = spectest.map(|wasm| format!("\"{}\"", encode_wasm(&wasm)));
        let text = format!(
            "begin({}, {}, {{\n{}}});\nspectest({});\n",
            quoted(&slice.name),
            list(features),
            probes.collect::<String>(),
            spectest.collect::<Vec<_>>().join(", ")
        );
        Writer {
            script: &slice.script,
            prefix: format!("{}:", slice.name),
            acted_on,
            types: HashMap::new(),
            modules: HashSet::new(),
            text,
        }
    }

    fn key(&self, test: &TestInfo) -> String {
        quoted(test.id.strip_prefix(&self.prefix).unwrap_or(&test.id))
    }

    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// Writes a directive, whose first test is its own; the others are those inside it.
    fn directive(&mut self, directive: &Directive, tests: &[TestInfo]) {
        let Some(test) = tests.first() else { return };
        let call = self.call(directive, &self.key(test), tests);
        if let Some(exception) = test.exceptions.iter().find(|entry| entry.engine.is_none()) {
            self.line(&expectation(exception));
        }
        self.line(&call);
    }

    /// The call for a directive.
    fn call(&mut self, directive: &Directive, key: &str, tests: &[TestInfo]) -> String {
        let called = self.say(directive, key, tests);
        called.unwrap_or_else(|why| match &directive.command {
            Command::AssertMalformed { .. } | Command::AssertMalformedCustom { .. } => {
                let message =
                    format!("JavaScript does not read the text format; it is malformed: {why}");
                unsupported(key, "cannot-tell:text", &message, None)
            }
            Command::Module { name, .. } => {
                wrong(key, "text-parser", &why, Some(&Defines::Module(name.clone())))
            }
            Command::ModuleDefinition { name, .. } => {
                wrong(key, "text-parser", &why, Some(&Defines::Definition(name.clone())))
            }
            _ => wrong(key, "text-parser", &why, None),
        })
    }

    /// The same.
    ///
    /// # Errors
    /// Why the text of the module that the directive is about is none.
    fn say(
        &mut self,
        directive: &Directive,
        key: &str,
        tests: &[TestInfo],
    ) -> Result<String, String> {
        Ok(match &directive.command {
            Command::Module { name, module } => {
                let module = self.module(*module, directive)?;
                format!("module({key}, {}, {module});", quoted_or_null(name))
            }
            Command::ModuleDefinition { name, module } => {
                let module = self.module(*module, directive)?;
                format!("definition({key}, {}, {module});", quoted_or_null(name))
            }
            Command::ModuleInstance { instance, module } => {
                let (instance, module) = (quoted_or_null(instance), quoted_or_null(module));
                format!("instance({key}, {instance}, {module});")
            }
            Command::Register { name, module } => {
                format!("register({key}, {}, {});", quoted(name), quoted_or_null(module))
            }
            Command::Invoke(one) => format!("run({key}, {});", invoke(one)),
            Command::Get(one) => format!("run({key}, {});", get(one)),
            Command::AssertReturn { action, results } => {
                let action = self.action(action, directive)?;
                format!("assertReturn({key}, {action}, {});", patterns(results))
            }
            Command::AssertTrap { action, message } => {
                let action = self.action(action, directive)?;
                format!("assertTrap({key}, {action}, {});", traps(message))
            }
            Command::AssertExhaustion { action, message } => {
                let action = self.action(action, directive)?;
                format!("assertExhaustion({key}, {action}, {});", quoted(message))
            }
            Command::AssertException { action } => {
                format!("assertException({key}, {});", self.action(action, directive)?)
            }
            Command::AssertSuspension { action, message } => {
                let action = self.action(action, directive)?;
                format!("assertSuspension({key}, {action}, {});", quoted(message))
            }
            Command::AssertUnlinkable { instance, .. } => {
                format!("assertUnlinkable({key}, {});", self.instantiation(instance, directive)?)
            }
            Command::AssertInvalid { module, .. } => {
                format!("assertInvalid({key}, {});", self.module(*module, directive)?)
            }
            Command::AssertMalformed { module, .. } => {
                format!("assertMalformed({key}, {});", self.module(*module, directive)?)
            }
            Command::AssertMalformedCustom { module, .. }
            | Command::AssertInvalidCustom { module, .. } => {
                if encoded(self.source(*module)).is_none() {
                    return Err(why_not(self.source(*module)));
                }
                let message = "JavaScript cannot tell: custom-sections";
                unsupported(key, "cannot-tell:custom-sections", message, None)
            }
            Command::Thread { .. } => {
                let inside = tests.iter().skip(1).map(|test| self.key(test));
                format!("thread({key}, {});", list(inside))
            }
            Command::Wait { .. } => {
                unsupported(key, "threads", "JavaScript runs no threads of scripts", None)
            }
            Command::ScriptError { message, defines, feature: Some(feature) } => {
                unsupported(key, feature, message, defines.as_ref())
            }
            Command::ScriptError { message, defines, feature: None } => {
                let is_module =
                    matches!(defines, Some(Defines::Module(_) | Defines::Definition(_)));
                let class = if is_module { "text-parser" } else { "other" };
                wrong(key, class, message, defines.as_ref())
            }
        })
    }

    fn action(&mut self, action: &Action, of: &Directive) -> Result<String, String> {
        match action {
            Action::Invoke(one) => Ok(invoke(one)),
            Action::Get(one) => Ok(get(one)),
            Action::Instantiate(instance) => self.instantiation(instance, of),
        }
    }

    fn instantiation(
        &mut self,
        instance: &Instantiation,
        of: &Directive,
    ) -> Result<String, String> {
        match instance {
            Instantiation::Module(module) => Ok(format!("build({})", self.module(*module, of)?)),
            Instantiation::Definition(name) => Ok(format!("buildOf({})", quoted_or_null(name))),
        }
    }

    fn source(&self, module: ModuleIndex) -> &'a ModuleSource {
        &self.script.modules[module.0 as usize]
    }

    /// The name of a module, which is written before it is used for the first time.
    ///
    /// # Errors
    /// Why its text is none.
    fn module(&mut self, module: ModuleIndex, of: &Directive) -> Result<String, String> {
        let (needs, is_rejected) = (of.proposals, is_rejection(of.command.kind()));
        let name = format!("m{}", module.0);
        let source = self.source(module);
        if self.modules.contains(&module) {
            return Ok(name);
        }
        let Some(wasm) = encoded(source) else { return Err(why_not(source)) };
        let mut about = String::new();
        let imports: BTreeSet<&str> = imported_modules(&wasm).into_iter().collect();
        if !imports.is_empty() {
            let _ = write!(about, ", imports: {}", list(imports.into_iter().map(quoted)));
        }
        let exports = signature::exports(&wasm);
        let acted_on = self.acted_on.get(&module).cloned().unwrap_or_default();
        let types = exports.iter().filter(|(name, _)| acted_on.contains(name.as_str()));
        let types: Vec<_> = types
            .map(|(name, export)| format!("[{}, {}]", quoted(name), self.type_of(&wasm, export)))
            .collect();
        if !types.is_empty() {
            let _ = write!(about, ", exports: {}", list(types));
        }
        if exports
            .iter()
            .any(|(name, export)| acted_on.contains(name.as_str()) && gives_functions(export))
        {
            let functions = exports.iter().filter(|(_, export)| is_function(export));
            let functions =
                functions.map(|(name, export)| format!("[{}, {}]", quoted(name), export.index));
            let _ = write!(about, ", functions: {}", list(functions));
        }
        let is_valid = is_valid(&wasm);
        // Of a module that must be rejected, the directive says only what its text needs.
        let needs = match is_valid && is_rejected {
            true => needs.union(Inference::default().features(&wasm)),
            false => needs,
        };
        if !needs.is_empty() {
            let needs = needs.iter().map(|feature| quoted(feature.name()));
            let _ = write!(about, ", needs: {}", list(needs));
        }
        match (is_valid, is_rejected) {
            (true, true) => about.push_str(", valid: true"),
            (false, false) => about.push_str(", beyond: true"),
            _ => {}
        }
        if matches!(source, ModuleSource::Quote(_)) {
            about.push_str(", text: true");
        }
        let about = about.trim_start_matches(", ");
        let bytes = encode_wasm(&wasm);
        self.line(&format!("const {name} = wasm(\"{bytes}\", {{ {about} }});"));
        self.modules.insert(module);
        Ok(name)
    }

    /// The name of the type of an export, which is written before it is used for the first time.
    fn type_of(&mut self, wasm: &[u8], export: &Export) -> String {
        let params = match &export.ty {
            signature::ExportType::Func { params, .. } => params.len(),
            signature::ExportType::Global { .. } => 0,
        };
        let results = export.ty.results().iter().map(|ty| quoted(signature::name(ty)));
        let helper = match helpers::way(wasm, export) {
            Way::Straight => String::new(),
            Way::Through(helper) => format!(", \"{}\"", encode_wasm(&helper)),
            Way::None => ", null".into(),
        };
        let written = format!("type({params}, {}{helper})", list(results));
        let next = self.types.len();
        let number = *self.types.entry(written.clone()).or_insert(next);
        if number == next {
            self.line(&format!("const t{number} = {written};"));
        }
        format!("t{number}")
    }
}

fn is_function(export: &Export) -> bool {
    matches!(export.ty, signature::ExportType::Func { .. })
}

/// Whether a result may be a function, whose index a pattern may ask for.
fn gives_functions(export: &Export) -> bool {
    let names = export.ty.results().iter().map(signature::name);
    names.into_iter().any(|name| matches!(name, "funcref" | "ref"))
}

/// Whether a module is valid if all features are on.
fn is_valid(wasm: &[u8]) -> bool {
    let all: FeatureSet = Feature::ALL.iter().copied().collect();
    wasmparser::Validator::new_with_features(all.wasm_features()).validate_all(wasm).is_ok()
}

/// Why text is not a module.
fn why_not(source: &ModuleSource) -> String {
    match source {
        ModuleSource::Quote(text) => {
            parse_quote(text).err().map(|error| error.to_string()).unwrap_or_default()
        }
        ModuleSource::Binary(_) => String::new(),
    }
}

/// What the exception list says of the directive that follows.
fn expectation(exception: &Exception) -> String {
    let class = match exception.expect {
        Expect::Fail(class) => class.name(),
        Expect::Skip => "skip",
    };
    let revoked = if exception.revoked_by.is_some() { ", true" } else { "" };
    format!("expect({}, {}{revoked});", quoted(class), quoted(&exception.reason))
}

/// The text of a trap, and the traps that it stands for, where it is not just the name of one.
fn traps(message: &str) -> String {
    let kinds = TrapKind::ALL.iter().filter(|kind| messages::satisfies(**kind, message));
    let names: Vec<&str> = kinds
        .map(|kind| match kind {
            // The reference interpreter says more than tests ask for.
            TrapKind::Unreachable => "unreachable",
            kind => kind.text(),
        })
        .collect();
    match names[..] {
        [name] if name == message => quoted(message),
        _ => format!("{}, {}", quoted(message), list(names.iter().map(|name| quoted(name)))),
    }
}

fn invoke(Invoke { module, export, args }: &Invoke) -> String {
    format!("invoke({}, {}, {})", quoted_or_null(module), quoted(export), values(args))
}

fn get(Get { module, export }: &Get) -> String {
    format!("get({}, {})", quoted_or_null(module), quoted(export))
}

fn unsupported(key: &str, feature: &str, message: &str, defines: Option<&Defines>) -> String {
    let (feature, message) = (quoted(feature), quoted(message));
    format!("unsupported({key}, {feature}, {message}{});", defined(defines))
}

fn wrong(key: &str, class: &str, message: &str, defines: Option<&Defines>) -> String {
    format!("wrong({key}, {}, {}{});", quoted(class), quoted(message), defined(defines))
}

/// What a directive that cannot be done was to define.
fn defined(defines: Option<&Defines>) -> String {
    let (what, name) = match defines {
        Some(Defines::Module(name)) => ("module", quoted_or_null(name)),
        Some(Defines::Definition(name)) => ("definition", quoted_or_null(name)),
        Some(Defines::Instance(name)) => ("instance", quoted_or_null(name)),
        Some(Defines::Registration(name)) => ("registration", quoted(name)),
        // Nothing is called once there was a thread.
        Some(Defines::Thread(_)) | None => return String::new(),
    };
    format!(", [\"{what}\", {name}]")
}
