//! Judges the custom sections that the specification and its proposals define.
//!
//! An engine ignores what is wrong in a custom section. This module tells, for those who ask, whether the
//! contents of the section decode (specification, appendix A.4.1; branch-hinting proposal), and whether they
//! fit the module.

use crate::classify::Refusal;
use std::collections::HashSet;
use wasmparser::{
    BinaryReaderError, BranchHintSectionReader, CompositeInnerType, IndirectNameMap, KnownCustom,
    Name, NameMap, NameSectionReader, Operator, Parser, Payload, TypeRef,
};

/// The parts of a module that custom sections refer to.
#[derive(Default)]
struct Contents {
    imported_functions: u32,
    types: u32,
    /// The number of parameters of each type; 0 for a type that is not a function type.
    params: Vec<u32>,
    /// The number of parameters of each function.
    functions: Vec<u32>,
    tables: u32,
    memories: u32,
    globals: u32,
    tags: u32,
    elements: u32,
    data: u32,
    /// What is known of each body.
    bodies: Vec<Body>,
}

struct Body {
    /// The number of locals that are not parameters.
    locals: u32,
    /// The offsets, from the start of the body, of the instructions that a hint can be about.
    conditional_branches: Vec<u32>,
}

fn malformed(error: impl std::fmt::Display) -> Refusal {
    Refusal::Malformed(error.to_string())
}

/// Judges the name section and the branch hints of a valid module.
///
/// # Errors
/// Returns [`Refusal::Malformed`] if a section does not decode, and [`Refusal::Invalid`] if it does not fit
/// the module.
pub fn check(wasm: &[u8]) -> Result<(), Refusal> {
    let mut contents = Contents::default();
    let mut seen = HashSet::new();
    let mut sections = Vec::new();
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload.map_err(malformed)?;
        contents.note(&payload).map_err(malformed)?;
        match payload {
            Payload::CodeSectionStart { .. } => {
                seen.insert("code");
            }
            Payload::CustomSection(section) => {
                let name = section.name();
                let known = matches!(name, "name" | "metadata.code.branch_hint");
                if known && !seen.insert(name) {
                    return Err(Refusal::Malformed(format!("the section `{name}` occurs twice")));
                }
                if name == "metadata.code.branch_hint" && seen.contains("code") {
                    let text = format!("the section `{name}` comes after the code");
                    return Err(Refusal::Malformed(text));
                }
                sections.push(section);
            }
            _ => {}
        }
    }
    for section in sections {
        match section.as_known() {
            KnownCustom::Name(names) => check_names(names, &contents)?,
            KnownCustom::BranchHints(hints) => check_hints(hints, &contents)?,
            _ if section.name() == "metadata.code.branch_hint" => {
                return Err(malformed("the branch hints do not even have a count"));
            }
            _ => {}
        }
    }
    Ok(())
}

impl Contents {
    /// Counts what a section declares.
    fn note(&mut self, payload: &Payload<'_>) -> Result<(), BinaryReaderError> {
        match payload {
            Payload::TypeSection(section) => {
                for group in section.clone() {
                    for ty in group?.types() {
                        self.types += 1;
                        self.params.push(match &ty.composite_type.inner {
                            CompositeInnerType::Func(ty) => ty.params().len() as u32,
                            _ => 0,
                        });
                    }
                }
            }
            Payload::ImportSection(section) => {
                for import in section.clone().into_imports() {
                    *match import?.ty {
                        TypeRef::Func(ty) | TypeRef::FuncExact(ty) => {
                            self.function(ty);
                            &mut self.imported_functions
                        }
                        TypeRef::Table(_) => &mut self.tables,
                        TypeRef::Memory(_) => &mut self.memories,
                        TypeRef::Global(_) => &mut self.globals,
                        TypeRef::Tag(_) => &mut self.tags,
                    } += 1;
                }
            }
            Payload::FunctionSection(section) => {
                for ty in section.clone() {
                    self.function(ty?);
                }
            }
            Payload::TableSection(section) => self.tables += section.count(),
            Payload::MemorySection(section) => self.memories += section.count(),
            Payload::GlobalSection(section) => self.globals += section.count(),
            Payload::TagSection(section) => self.tags += section.count(),
            Payload::ElementSection(section) => self.elements += section.count(),
            Payload::DataSection(section) => self.data += section.count(),
            Payload::CodeSectionEntry(body) => self.bodies.push(Body::read(body)?),
            _ => {}
        }
        Ok(())
    }

    fn function(&mut self, ty: u32) {
        self.functions.push(self.params.get(ty as usize).copied().unwrap_or(0));
    }

    fn body(&self, function: u32) -> Option<&Body> {
        self.bodies.get(function.checked_sub(self.imported_functions)? as usize)
    }

    /// The number of locals of a function, including its parameters.
    fn locals(&self, function: u32) -> u32 {
        let params = self.functions.get(function as usize).copied().unwrap_or(0);
        params.saturating_add(self.body(function).map_or(0, |body| body.locals))
    }
}

impl Body {
    fn read(body: &wasmparser::FunctionBody<'_>) -> Result<Self, BinaryReaderError> {
        let mut locals = 0u32;
        for group in body.get_locals_reader()? {
            locals = locals.saturating_add(group?.0);
        }
        let mut conditional_branches = Vec::new();
        for operator in body.get_operators_reader()?.into_iter_with_offsets() {
            let (operator, offset) = operator?;
            if matches!(operator, Operator::If { .. } | Operator::BrIf { .. }) {
                conditional_branches.push((offset - body.range().start) as u32);
            }
        }
        Ok(Body { locals, conditional_branches })
    }
}

/// Checks the name section: subsections are in order and occur at most once; within each, indices are in
/// order and refer to something that exists.
fn check_names(names: NameSectionReader<'_>, contents: &Contents) -> Result<(), Refusal> {
    let functions = contents.functions.len() as u32;
    let mut last = None;
    for subsection in names {
        let (id, what, count, names) = match subsection.map_err(malformed)? {
            Name::Module { .. } => (0, "module", 0, Names::None),
            Name::Function(map) => (1, "function", functions, Names::Direct(map)),
            Name::Local(map) => {
                check_locals(map.clone(), contents)?;
                (2, "function", functions, Names::Indirect(map))
            }
            Name::Label(map) => (3, "function", functions, Names::Indirect(map)),
            Name::Type(map) => (4, "type", contents.types, Names::Direct(map)),
            Name::Table(map) => (5, "table", contents.tables, Names::Direct(map)),
            Name::Memory(map) => (6, "memory", contents.memories, Names::Direct(map)),
            Name::Global(map) => (7, "global", contents.globals, Names::Direct(map)),
            Name::Element(map) => (8, "element segment", contents.elements, Names::Direct(map)),
            Name::Data(map) => (9, "data segment", contents.data, Names::Direct(map)),
            Name::Field(map) => (10, "type", contents.types, Names::Indirect(map)),
            Name::Tag(map) => (11, "tag", contents.tags, Names::Direct(map)),
            Name::Parameter(map) => (12, "type", contents.types, Names::Indirect(map)),
            Name::TagParameter(map) => (13, "tag", contents.tags, Names::Indirect(map)),
            Name::Unknown { ty, .. } => (ty, "", 0, Names::None),
        };
        if last.replace(id).is_some_and(|last| last >= id) {
            return Err(malformed(format!("name subsection {id} is out of order")));
        }
        let indices = names.indices()?;
        if let Some(index) = indices.iter().find(|index| **index >= count) {
            return Err(Refusal::Invalid(format!("custom @name: invalid {what} index {index}")));
        }
        ascending(indices)?;
    }
    Ok(())
}

fn check_locals(map: IndirectNameMap<'_>, contents: &Contents) -> Result<(), Refusal> {
    for function in map {
        let function = function.map_err(malformed)?;
        let count = contents.locals(function.index);
        for naming in function.names {
            let index = naming.map_err(malformed)?.index;
            if index >= count {
                return Err(Refusal::Invalid(format!("custom @name: invalid local index {index}")));
            }
        }
    }
    Ok(())
}

/// The names of a subsection.
enum Names<'a> {
    None,
    Direct(NameMap<'a>),
    Indirect(IndirectNameMap<'a>),
}

impl Names<'_> {
    /// The indices of the things that are named, or whose parts are named. The names of the parts are decoded
    /// too.
    fn indices(self) -> Result<Vec<u32>, Refusal> {
        let direct = |map: NameMap<'_>| {
            let indices = map.into_iter().map(|naming| naming.map(|n| n.index));
            indices.collect::<Result<Vec<_>, _>>().map_err(malformed)
        };
        match self {
            Names::None => Ok(Vec::new()),
            Names::Direct(map) => direct(map),
            Names::Indirect(map) => {
                let mut indices = Vec::new();
                for naming in map {
                    let naming = naming.map_err(malformed)?;
                    ascending(direct(naming.names)?)?;
                    indices.push(naming.index);
                }
                Ok(indices)
            }
        }
    }
}

fn ascending(indices: Vec<u32>) -> Result<(), Refusal> {
    match indices.is_sorted_by(|a, b| a < b) {
        true => Ok(()),
        false => Err(malformed("indices of a name map are not in ascending order")),
    }
}

fn check_hints(hints: BranchHintSectionReader<'_>, contents: &Contents) -> Result<(), Refusal> {
    let mut functions = Vec::new();
    for function in hints {
        let function = function.map_err(malformed)?;
        functions.push(function.func);
        let body = contents.body(function.func);
        let no_body =
            || Refusal::Invalid(format!("branch hint: no body has index {}", function.func));
        let body = body.ok_or_else(no_body)?;
        let mut offsets = Vec::new();
        for hint in function.hints {
            let offset = hint.map_err(malformed)?.func_offset;
            // The offsets of a body are sorted, as they were collected in its order.
            if body.conditional_branches.binary_search(&offset).is_err() {
                return Err(Refusal::Invalid(format!(
                    "branch hint: invalid target at offset {offset} of function {}",
                    function.func
                )));
            }
            offsets.push(offset);
        }
        ascending(offsets)?;
    }
    ascending(functions)
}
