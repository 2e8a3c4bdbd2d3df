//! Lowers a script's text to plain commands.
//!
//! In: text. Out: a [`Script`], or the place where the text cannot be split into forms. A form that cannot be
//! parsed becomes one [`Command::ScriptError`] and does not affect the other forms. Nothing here judges a
//! module, and nothing here reads files.
//!
//! A text module that parses but cannot be encoded (because of an unknown label, say) is kept as its text,
//! like `(module quote …)`: when the directive is executed, the same error occurs again, as *malformed*. So
//! it satisfies `assert_malformed`, but never `assert_invalid` or `assert_unlinkable`, and a plain
//! `(module …)` fails.

use crate::convert::{self, Problem};
use crate::extra::{Extra, Subject};
use crate::grammar::{self, Dialect};
use crate::head;
use crate::infer::{Inference, hash};
use crate::split::{BYTE_ORDER_MARK, LowerError, Piece, Shape, Splitter, keyword};
use crate::text::{self, Parens, TextError};
use crate::{
    Action, Command, ContentHash, Defines, Directive, Feature, FeatureSet, Get, Instantiation,
    Invoke, ModuleIndex, ModuleSource, Script, Span, functions,
};
use std::collections::HashMap;
use wast::token::Id;
use wast::{QuoteWat, WastDirective, WastExecute, WastInvoke, WastThread, Wat};

/// The keywords that begin a field of a module. A file that begins with such a field is a bare module.
const FIELDS: [&str; 12] = [
    "type", "rec", "import", "func", "table", "memory", "global", "export", "start", "elem",
    "data", "tag",
];

/// How deeply threads may be nested in threads. Deeper nesting is an error of the script.
const MAX_THREADS: usize = 50;

/// Lowers a script.
///
/// # Errors
/// Fails if the text cannot be split into forms: parentheses, strings or comments do not match, the nesting
/// is too deep, or the text has more than 4 GiB.
pub fn lower(text: &str) -> Result<Script, LowerError> {
    lower_with(text, &Inference::default())
}

/// Lowers a script like [`lower`], with what `inference` knows already.
///
/// # Errors
/// Fails as [`lower`] does.
pub fn lower_with(text: &str, inference: &Inference) -> Result<Script, LowerError> {
    if u32::try_from(text.len()).is_err() {
        return Err(LowerError {
            line: 1,
            column: 1,
            message: "the script is larger than 4 GiB; split it up".into(),
        });
    }
    let mut lowering = Lowering {
        text,
        inference,
        modules: Vec::new(),
        by_hash: HashMap::new(),
        scope: Scope::default(),
        threads: 0,
    };
    let directives = match bare_module(text)? {
        Some(piece) => vec![lowering.bare(piece)],
        None => lowering.directives(Splitter::of_file(text))?,
    };
    Ok(Script { directives, modules: lowering.modules })
}

/// The whole file as one piece, if its first form is a field of a module.
fn bare_module(text: &str) -> Result<Option<Piece>, LowerError> {
    let mut pieces = Splitter::of_file(text);
    let Some(mut whole) = pieces.next().transpose()? else { return Ok(None) };
    let mut first = whole;
    while first.shape == Shape::Annotation {
        let Some(next) = pieces.next().transpose()? else { return Ok(None) };
        first = next;
    }
    if first.shape != Shape::Form || !FIELDS.contains(&keyword(&text[first.start..first.end])) {
        return Ok(None);
    }
    whole.end = first.end;
    for piece in pieces {
        whole.end = piece?.end;
    }
    Ok(Some(whole))
}

/// What a directive without a module of its own may refer to.
#[derive(Default)]
struct Scope {
    /// The module of the current instance, if it is known.
    current: Option<Known>,
    /// Modules by the names of their instances.
    instances: HashMap<String, Known>,
    /// Modules by the names of their definitions.
    definitions: HashMap<String, Known>,
    /// The module of the latest definition, if it is known.
    defined: Option<Known>,
}

/// A module whose form was lowered before.
#[derive(Clone, Copy)]
struct Known {
    /// The range of its form in the text.
    start: usize,
    end: usize,
    hash: ContentHash,
    features: FeatureSet,
}

struct Lowering<'a> {
    text: &'a str,
    inference: &'a Inference,
    modules: Vec<ModuleSource>,
    by_hash: HashMap<ContentHash, ModuleIndex>,
    scope: Scope,
    threads: usize,
}

/// A command, the module that it acts on, and the features of modules of its own.
struct Lowered {
    command: Command,
    acts_on: Option<Known>,
    features: FeatureSet,
}

impl From<Command> for Lowered {
    fn from(command: Command) -> Self {
        Lowered { command, acts_on: None, features: FeatureSet::EMPTY }
    }
}

impl Lowering<'_> {
    fn directives(&mut self, pieces: Splitter<'_>) -> Result<Vec<Directive>, LowerError> {
        let mut directives = Vec::new();
        for piece in pieces {
            let piece = piece?;
            if piece.shape != Shape::Annotation {
                directives.push(self.directive(piece));
            }
        }
        Ok(directives)
    }

    /// Lowers one piece, whatever it is.
    fn directive(&mut self, piece: Piece) -> Directive {
        let form = &self.text[piece.start..piece.end];
        let lowered = if piece.shape == Shape::Stray {
            Err(format!(
                "{}:{}: expected a directive in parentheses, found `{}`",
                piece.line,
                piece.column,
                cut(form)
            ))
        } else {
            match keyword(form) {
                "thread" => self.thread(piece),
                keyword => self.form(piece, keyword),
            }
        };
        if lowered.is_err()
            && let Some(defines) = head::defines(form)
        {
            self.forget(&defines);
        }
        self.finish(piece, lowered)
    }

    /// Forgets what the names that a form was to define stood for. They stand neither for what the form was
    /// to define, which is not known, nor for what they stood for before.
    fn forget(&mut self, defines: &Defines) {
        let Scope { current, instances, definitions, defined } = &mut self.scope;
        let (instance, definition) = match defines {
            Defines::Module(name) => (Some(name), Some(name)),
            Defines::Definition(name) => (None, Some(name)),
            Defines::Instance(name) => (Some(name), None),
            Defines::Registration(_) | Defines::Thread(_) => return,
        };
        for (forgotten, latest, named) in
            [(instance, current, instances), (definition, defined, definitions)]
        {
            if let Some(name) = forgotten {
                *latest = None;
                name.as_ref().map(|name| named.remove(name));
            }
        }
    }

    fn bare(&mut self, piece: Piece) -> Directive {
        let text = self.text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(self.text);
        let source = match text::encode(text, Dialect::Tolerant) {
            Ok(wasm) => ModuleSource::Binary(wasm),
            Err(_) => ModuleSource::Quote(text.into()),
        };
        let (module, features) = self.module(source, piece);
        self.scope.current = Some(self.known(piece, features));
        let command = Command::Module { name: None, module };
        self.finish(piece, Ok(Lowered { features, ..command.into() }))
    }

    fn finish(&self, piece: Piece, lowered: Result<Lowered, Problem>) -> Directive {
        let text = &self.text[piece.start..piece.end];
        let Lowered { command, acts_on, features } =
            lowered.unwrap_or_else(|message| head::error(text, message).into());
        let hash = match acts_on {
            Some(module) => hash(&[text.as_bytes(), &module.hash.0]),
            None => hash(&[text.as_bytes()]),
        };
        let proposals = acts_on.map_or(features, |module| features.union(module.features));
        // The offsets are in range, as the text is not larger than 4 GiB.
        let span = Span {
            start: piece.start as u32,
            end: piece.end as u32,
            line: piece.line,
            column: piece.column,
        };
        Directive { span, hash, proposals, command }
    }

    /// Lowers a form that is not a thread.
    fn form(&mut self, piece: Piece, keyword: &str) -> Result<Lowered, Problem> {
        let checked = grammar::directive(&self.text[piece.start..piece.end])
            .map_err(|error| located(self.text, piece, &error))?;
        let at = |error: TextError| located(self.text, piece, &checked.placed(error));
        let buffer = text::buffer(&checked.text).map_err(at)?;
        if keyword == "get" {
            let parsed = wast::parser::parse(&buffer).map_err(|error| at(error.into()))?;
            let Parens(WastExecute::Get { module, global, .. }) = parsed else {
                return Err("expected `(get …)`".into());
            };
            let (get, acts_on) = self.get(module, global);
            return Ok(Lowered { acts_on, ..Command::Get(get).into() });
        }
        if let Some(extra) = Extra::parse(keyword, &buffer) {
            return self.extra(piece, extra);
        }
        let Parens(directive) = wast::parser::parse(&buffer).map_err(|error| at(error.into()))?;
        self.command(piece, directive)
    }

    fn extra(&mut self, piece: Piece, extra: Extra<'_>) -> Result<Lowered, Problem> {
        match extra {
            Extra::Module { definition, name, text } => {
                let (module, features) = self.module(ModuleSource::Quote(text), piece);
                Ok(match definition {
                    true => self.defined(piece, name, module, features),
                    false => self.instantiated(piece, name, module, features),
                })
            }
            Extra::AssertTrap { subject, message } => {
                Ok(self.assert_instantiation(piece, subject, |instance| Command::AssertTrap {
                    action: Action::Instantiate(instance),
                    message,
                }))
            }
            Extra::AssertUnlinkable { subject, message } => {
                Ok(self.assert_instantiation(piece, subject, |instance| {
                    Command::AssertUnlinkable { instance, message }
                }))
            }
            Extra::AssertReturnNan { action, pattern } => {
                let (action, (acts_on, features)) = self.action(piece, *action)?;
                let command = Command::AssertReturn { action, results: vec![pattern] };
                Ok(Lowered { command, acts_on, features })
            }
        }
    }

    /// Lowers an assertion about the instantiation of quoted text or of a definition.
    fn assert_instantiation(
        &mut self,
        piece: Piece,
        subject: Subject,
        command: impl FnOnce(Instantiation) -> Command,
    ) -> Lowered {
        match subject {
            Subject::Quote(text) => {
                let (module, features) = self.module(ModuleSource::Quote(text), piece);
                Lowered { features, ..command(Instantiation::Module(module)).into() }
            }
            Subject::Instance(name) => {
                let acts_on = self.definition_of(name.as_deref());
                Lowered { acts_on, ..command(Instantiation::Definition(name)).into() }
            }
        }
    }

    fn instantiated(
        &mut self,
        piece: Piece,
        name: Option<String>,
        module: ModuleIndex,
        features: FeatureSet,
    ) -> Lowered {
        let known = self.known(piece, features);
        self.scope.current = Some(known);
        if let Some(name) = &name {
            self.scope.instances.insert(name.clone(), known);
        }
        self.define(name.as_ref(), known);
        Lowered { features, ..Command::Module { name, module }.into() }
    }

    fn defined(
        &mut self,
        piece: Piece,
        name: Option<String>,
        module: ModuleIndex,
        features: FeatureSet,
    ) -> Lowered {
        self.define(name.as_ref(), self.known(piece, features));
        Lowered { features, ..Command::ModuleDefinition { name, module }.into() }
    }

    fn define(&mut self, name: Option<&String>, known: Known) {
        self.scope.defined = Some(known);
        if let Some(name) = name {
            self.scope.definitions.insert(name.clone(), known);
        }
    }

    fn command(&mut self, piece: Piece, directive: WastDirective<'_>) -> Result<Lowered, Problem> {
        match directive {
            WastDirective::Module(_)
            | WastDirective::ModuleDefinition(_)
            | WastDirective::ModuleInstance { .. } => self.definition(piece, directive),
            WastDirective::Register { name, module, .. } => {
                let acts_on = self.instance(module);
                let command = Command::Register { name: name.into(), module: owned(module) };
                Ok(Lowered { acts_on, ..command.into() })
            }
            WastDirective::Invoke(invoke) => {
                let (invoke, acts_on) = self.invoke(&invoke)?;
                Ok(Lowered { acts_on, ..Command::Invoke(invoke).into() })
            }
            WastDirective::Wait { thread, .. } => {
                Ok(Command::Wait { thread: thread.name().into() }.into())
            }
            WastDirective::Thread(_) => Err("a thread cannot stand here".into()),
            WastDirective::AssertReturn { .. }
            | WastDirective::AssertTrap { .. }
            | WastDirective::AssertExhaustion { .. }
            | WastDirective::AssertException { .. }
            | WastDirective::AssertSuspension { .. } => self.assert_action(piece, directive),
            WastDirective::AssertMalformed { .. }
            | WastDirective::AssertInvalid { .. }
            | WastDirective::AssertUnlinkable { .. }
            | WastDirective::AssertMalformedCustom { .. }
            | WastDirective::AssertInvalidCustom { .. } => self.assert_module(piece, directive),
        }
    }

    /// Lowers a directive that brings a module into the scope.
    fn definition(
        &mut self,
        piece: Piece,
        directive: WastDirective<'_>,
    ) -> Result<Lowered, Problem> {
        match directive {
            WastDirective::Module(mut wat) => {
                let name = owned(wat.name());
                let (module, features) = self.quote_wat(piece, &mut wat)?;
                Ok(self.instantiated(piece, name, module, features))
            }
            WastDirective::ModuleDefinition(mut wat) => {
                let name = owned(wat.name());
                let (module, features) = self.quote_wat(piece, &mut wat)?;
                Ok(self.defined(piece, name, module, features))
            }
            WastDirective::ModuleInstance { instance, module, .. } => {
                // If there is only one name, it is that of the definition.
                let (instance, module) = match (instance, module) {
                    (Some(alone), None) => (None, Some(alone)),
                    both => both,
                };
                let (instance, module) = (owned(instance), owned(module));
                let known = self.definition_of(module.as_deref());
                self.scope.current = known;
                if let (Some(name), Some(known)) = (&instance, known) {
                    self.scope.instances.insert(name.clone(), known);
                }
                Ok(Lowered {
                    acts_on: known,
                    ..Command::ModuleInstance { instance, module }.into()
                })
            }
            _ => Err("not a module".into()),
        }
    }

    fn assert_action(
        &mut self,
        piece: Piece,
        directive: WastDirective<'_>,
    ) -> Result<Lowered, Problem> {
        let lowered =
            |command: Command, (acts_on, features)| Lowered { command, acts_on, features };
        Ok(match directive {
            WastDirective::AssertReturn { exec, results, .. } => {
                let (action, on) = self.action(piece, exec)?;
                let mut resolve = |name: &str| match on.0 {
                    Some(module) => functions::index_of(&self.text[module.start..module.end], name)
                        .ok_or_else(|| {
                            format!("the module acted on has no function named `${name}`")
                        }),
                    None => Err(format!("`${name}` names a function, but no module is known here")),
                };
                let results = results.iter().map(|ret| convert::pattern(ret, &mut resolve));
                let results =
                    results.collect::<Result<_, _>>().map_err(|problem| placed(piece, &problem))?;
                lowered(Command::AssertReturn { action, results }, on)
            }
            WastDirective::AssertTrap { exec, message, .. } => {
                let (action, on) = self.action(piece, exec)?;
                lowered(Command::AssertTrap { action, message: message.into() }, on)
            }
            WastDirective::AssertException { exec, .. } => {
                let (action, on) = self.action(piece, exec)?;
                lowered(Command::AssertException { action }, on)
            }
            WastDirective::AssertSuspension { exec, message, .. } => {
                let (action, on) = self.action(piece, exec)?;
                lowered(Command::AssertSuspension { action, message: message.into() }, on)
            }
            WastDirective::AssertExhaustion { call, message, .. } => {
                let (invoke, acts_on) = self.invoke(&call)?;
                let command = Command::AssertExhaustion {
                    action: Action::Invoke(invoke),
                    message: message.into(),
                };
                lowered(command, (acts_on, FeatureSet::EMPTY))
            }
            _ => return Err("not an assertion about an action".into()),
        })
    }

    fn assert_module(
        &mut self,
        piece: Piece,
        directive: WastDirective<'_>,
    ) -> Result<Lowered, Problem> {
        let (command, features) = match directive {
            WastDirective::AssertMalformed { mut module, message, .. } => {
                let (module, features) = self.malformed(piece, &mut module)?;
                (Command::AssertMalformed { module, message: message.into() }, of_text(features))
            }
            WastDirective::AssertInvalid { mut module, message, .. } => {
                let (module, features) = self.quote_wat(piece, &mut module)?;
                (Command::AssertInvalid { module, message: message.into() }, of_text(features))
            }
            WastDirective::AssertUnlinkable { module, message, .. } => {
                let (module, features) = self.quote_wat(piece, &mut QuoteWat::Wat(module))?;
                let instance = Instantiation::Module(module);
                (Command::AssertUnlinkable { instance, message: message.into() }, features)
            }
            WastDirective::AssertMalformedCustom { mut module, message, .. } => {
                let (module, features) = self.malformed(piece, &mut module)?;
                (Command::AssertMalformedCustom { module, message: message.into() }, features)
            }
            WastDirective::AssertInvalidCustom { mut module, message, .. } => {
                let (module, features) = self.quote_wat(piece, &mut module)?;
                (Command::AssertInvalidCustom { module, message: message.into() }, features)
            }
            _ => return Err("not an assertion about a module".into()),
        };
        Ok(Lowered { features, ..command.into() })
    }

    /// Lowers an action. Gives it with the module that it acts on, and the features of the module that it
    /// contains.
    fn action(
        &mut self,
        piece: Piece,
        exec: WastExecute<'_>,
    ) -> Result<(Action, (Option<Known>, FeatureSet)), Problem> {
        match exec {
            WastExecute::Invoke(invoke) => {
                let (invoke, acts_on) = self.invoke(&invoke)?;
                Ok((Action::Invoke(invoke), (acts_on, FeatureSet::EMPTY)))
            }
            WastExecute::Get { module, global, .. } => {
                let (get, acts_on) = self.get(module, global);
                Ok((Action::Get(get), (acts_on, FeatureSet::EMPTY)))
            }
            WastExecute::Wat(wat) => {
                let (module, features) = self.quote_wat(piece, &mut QuoteWat::Wat(wat))?;
                Ok((Action::Instantiate(Instantiation::Module(module)), (None, features)))
            }
        }
    }

    fn invoke(&self, invoke: &WastInvoke<'_>) -> Result<(Invoke, Option<Known>), Problem> {
        let args = invoke.args.iter().map(convert::value).collect::<Result<_, _>>()?;
        let lowered = Invoke { module: owned(invoke.module), export: invoke.name.into(), args };
        Ok((lowered, self.instance(invoke.module)))
    }

    fn get(&self, module: Option<Id<'_>>, export: &str) -> (Get, Option<Known>) {
        (Get { module: owned(module), export: export.into() }, self.instance(module))
    }

    fn definition_of(&self, name: Option<&str>) -> Option<Known> {
        match name {
            Some(name) => self.scope.definitions.get(name).copied(),
            None => self.scope.defined,
        }
    }

    fn instance(&self, name: Option<Id<'_>>) -> Option<Known> {
        match name {
            Some(id) => self.scope.instances.get(id.name()).copied(),
            None => self.scope.current,
        }
    }

    /// Stores a module. It is encoded first, unless it is quoted or cannot be encoded.
    fn quote_wat(
        &mut self,
        piece: Piece,
        wat: &mut QuoteWat<'_>,
    ) -> Result<(ModuleIndex, FeatureSet), Problem> {
        let source = match wat {
            QuoteWat::QuoteModule(_, strings) => ModuleSource::Quote(
                strings.iter().flat_map(|(_, string)| string.iter().copied()).collect(),
            ),
            QuoteWat::Wat(Wat::Module(_)) => match wat.encode() {
                Ok(wasm) => ModuleSource::Binary(wasm),
                Err(_) => ModuleSource::Quote(self.module_text(piece).into_bytes()),
            },
            QuoteWat::Wat(Wat::Component(_)) | QuoteWat::QuoteComponent(..) => {
                return Err(placed(piece, "components are not supported, only core modules"));
            }
        };
        Ok(self.module(source, piece))
    }

    /// Stores a module that has to be malformed. Text is kept as text, so that it is known when it is judged
    /// whether the verdict is that of the text parser.
    fn malformed(
        &mut self,
        piece: Piece,
        wat: &mut QuoteWat<'_>,
    ) -> Result<(ModuleIndex, FeatureSet), Problem> {
        match wat {
            QuoteWat::Wat(Wat::Module(wast::core::Module {
                kind: wast::core::ModuleKind::Text(_),
                ..
            })) => {
                let text = self.module_text(piece).into_bytes();
                Ok(self.module(ModuleSource::Quote(text), piece))
            }
            _ => self.quote_wat(piece, wat),
        }
    }

    /// The text of the module in a directive, which is the directive itself, or the first form in it.
    fn module_text(&self, piece: Piece) -> String {
        let form = &self.text[piece.start..piece.end];
        if keyword(form) == "module" {
            return functions::plain_module(form).into_owned();
        }
        let mut inner = Splitter::within(self.text, piece, piece.start + 1).filter_map(Result::ok);
        let mut module = inner
            .find(|inner| inner.shape == Shape::Form)
            .map_or("", |m| &self.text[m.start..m.end]);
        if keyword(module) != "module" {
            module = form;
        }
        functions::plain_module(module).into_owned()
    }

    /// Stores a module, once for equal contents, and tells which features it needs.
    fn module(&mut self, source: ModuleSource, piece: Piece) -> (ModuleIndex, FeatureSet) {
        let (hash, mut features) = match &source {
            ModuleSource::Binary(wasm) => (hash(&[b"binary", wasm]), self.inference.features(wasm)),
            ModuleSource::Quote(text) => {
                let wasm = text::parse_quote(text);
                (
                    hash(&[b"quote", text]),
                    wasm.map_or(FeatureSet::EMPTY, |wasm| self.inference.features(&wasm)),
                )
            }
        };
        let text = &self.text[piece.start..piece.end];
        if text.contains("(@") {
            features = features.with(Feature::Annotations);
            if text.contains("(@metadata.code.branch_hint") {
                features = features.with(Feature::BranchHinting);
            }
        }
        let index = *self.by_hash.entry(hash).or_insert_with(|| {
            self.modules.push(source);
            ModuleIndex(self.modules.len() as u32 - 1)
        });
        (index, features)
    }

    fn known(&self, piece: Piece, features: FeatureSet) -> Known {
        let text = &self.text[piece.start..piece.end];
        Known { start: piece.start, end: piece.end, hash: hash(&[text.as_bytes()]), features }
    }

    /// Lowers `(thread $name (shared (module $M))? directive*)`. Its head is parsed separately, and so is
    /// each directive inside.
    fn thread(&mut self, piece: Piece) -> Result<Lowered, Problem> {
        if self.threads == MAX_THREADS {
            return Err(placed(piece, "threads are nested too deeply"));
        }
        let is_shared = |p: &Piece| keyword(&self.text[p.start..p.end]) == "shared";
        let inner = || {
            let pieces = Splitter::within(self.text, piece, piece.start + 1);
            pieces.filter_map(Result::ok).filter(|inner| inner.shape != Shape::Annotation)
        };
        // The piece was found by splitting, so splitting what is inside it cannot fail.
        let body: Vec<Piece> = inner().skip(2).skip_while(is_shared).collect();
        let head_end = body.first().map_or(piece.end - 1, |first| first.start);
        let head = format!("{})", &self.text[piece.start..head_end]);
        let at = |error: TextError| located(self.text, piece, &error);
        let buffer = text::buffer(&head).map_err(at)?;
        let Parens(thread): Parens<WastThread<'_>> =
            wast::parser::parse(&buffer).map_err(|error| at(error.into()))?;
        let shared_module = owned(thread.shared_module);
        let mut scope = Scope::default();
        if let Some(name) = &shared_module
            && let Some(known) = self.scope.instances.get(name)
        {
            scope.instances.insert(name.clone(), *known);
        }
        let outer = std::mem::replace(&mut self.scope, scope);
        self.threads += 1;
        let directives = body.into_iter().map(|inner| self.directive(inner)).collect();
        self.threads -= 1;
        self.scope = outer;
        Ok(Command::Thread { name: thread.name.name().into(), shared_module, directives }.into())
    }
}

fn owned(id: Option<Id<'_>>) -> Option<String> {
    id.map(|id| id.name().to_owned())
}

/// The features that a module needs which must be rejected. No feature could make it the module that its
/// script expects, so only features of the text format count.
fn of_text(features: FeatureSet) -> FeatureSet {
    features.intersection(FeatureSet::EMPTY.with(Feature::Annotations).with(Feature::BranchHinting))
}

/// A message with the place of the form.
fn placed(piece: Piece, message: &str) -> Problem {
    format!("{}:{}: {message}", piece.line, piece.column)
}

/// A message with the place of an error inside a form.
fn located(text: &str, piece: Piece, error: &TextError) -> Problem {
    let end = (piece.start + error.offset).min(piece.end);
    let before = &text.as_bytes()[piece.start..end];
    let lines = before.iter().filter(|byte| **byte == b'\n').count() as u32;
    let column = match before.iter().rposition(|byte| *byte == b'\n') {
        Some(newline) => before.len() - newline,
        None => before.len() + piece.column as usize,
    };
    format!("{}:{column}: {}", piece.line + lines, error.message)
}

/// The beginning of a text, for a message.
pub(crate) fn cut(text: &str) -> String {
    let mut short: String = text.chars().take(40).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
