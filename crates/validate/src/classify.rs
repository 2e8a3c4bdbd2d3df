//! Tells whether a refused module is malformed or invalid. The validator reports one kind of error; the
//! specification has two.
//!
//! A module is *malformed* if its bytes are not in the language of the binary grammar (specification, §5),
//! whatever its types are. So the bytes are decoded once more without validation: if that fails, the module
//! is malformed; otherwise it is invalid.
//!
//! A module that exceeds a limit of the validator (a hundred memories, say) is neither: the
//! specification knows no such limit, so nothing can be said of the module.

use crate::grammar;
use crate::validator_limits::{self, Told};
use wasmparser::{
    BinaryReaderError, FunctionBody, GlobalType, MemoryType, Operator, OperatorsReader, Parser,
    Payload, TableType, TypeRef, WasmFeatures,
};

/// Why a module is refused, in the classes of the specification.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Its bytes are not in the binary grammar (specification, §5), or the bytes of a custom section are not
    /// in its grammar.
    #[error("{0}")]
    Malformed(String),
    /// It does not validate (specification, §3).
    #[error("{0}")]
    Invalid(String),
    /// It exceeds a limit of the validator that the specification does not know, which is named here.
    #[error("the module exceeds a limit of the validator: {0}")]
    Limit(String),
}

/// The class of a validator's error about `wasm`, which was validated with these features.
pub fn classify(error: &BinaryReaderError, wasm: &[u8], features: WasmFeatures) -> Refusal {
    let (malformed, found) = match decode(wasm, features) {
        Err(DecodeError::Malformed(reason)) => return Refusal::Malformed(reason),
        Err(DecodeError::Reader(stopped)) => (true, stopped),
        Ok(()) | Err(DecodeError::Invalid) => (false, error.clone()),
    };
    match validator_limits::tell(&found, wasm) {
        Some(Told::Limit(what)) => Refusal::Limit(what),
        Some(Told::Invalid) => Refusal::Invalid(text(error)),
        None if malformed => Refusal::Malformed(text(&found)),
        None => Refusal::Invalid(text(error)),
    }
}

fn text(error: &BinaryReaderError) -> String {
    format!("{} (at offset {:#x})", error.message(), error.offset())
}

/// Why decoding ended early.
enum DecodeError {
    /// The bytes are not in the grammar.
    Malformed(String),
    /// The bytes decode up to the point where `wasmparser` stops, and what stops it is invalid but not
    /// malformed. This happens with a structured instruction in an expression that should be constant:
    /// `wasmparser` takes the first `end` for the end of the expression.
    Invalid,
    /// `wasmparser` cannot decode the bytes.
    Reader(BinaryReaderError),
}

/// The message of `wasmparser`, whose errors have no kinds, for a structured instruction in such an
/// expression.
const OPEN_FRAMES: &str = "control frames remain at end of expression";

impl From<BinaryReaderError> for DecodeError {
    fn from(error: BinaryReaderError) -> Self {
        if error.message() == OPEN_FRAMES {
            return DecodeError::Invalid;
        }
        DecodeError::Reader(error)
    }
}

type Decode = Result<(), DecodeError>;

/// What the binary grammar demands across sections (specification, §5.5.16).
#[derive(Default)]
struct Module {
    last_section: u8,
    functions: u32,
    bodies: u32,
    declared_bodies: Option<u32>,
    data_count: Option<u32>,
    data: u32,
    uses_data_index: bool,
    features: WasmFeatures,
}

fn decode(wasm: &[u8], features: WasmFeatures) -> Decode {
    let mut parser = Parser::new(0);
    parser.set_features(features);
    let mut module = Module { features, ..Module::default() };
    for payload in parser.parse_all(wasm) {
        module.payload(payload?)?;
    }
    module.finish()
}

impl Module {
    fn payload(&mut self, payload: Payload<'_>) -> Decode {
        match payload {
            Payload::TypeSection(s) => self.section(1, s),
            Payload::ImportSection(s) => {
                self.order(2)?;
                s.into_imports().try_for_each(|import| match import?.ty {
                    TypeRef::Global(ty) => self.global_type(ty),
                    TypeRef::Memory(ty) => self.memory_type(ty),
                    TypeRef::Table(ty) => self.table_type(ty),
                    _ => Ok(()),
                })
            }
            Payload::FunctionSection(s) => {
                self.functions = s.count();
                self.section(3, s)
            }
            Payload::TableSection(s) => {
                self.order(4)?;
                s.into_iter().try_for_each(|table| {
                    let table = table?;
                    self.table_type(table.ty)?;
                    match table.init {
                        wasmparser::TableInit::RefNull => Ok(()),
                        wasmparser::TableInit::Expr(expr) => {
                            self.operators(expr.get_operators_reader())
                        }
                    }
                })
            }
            Payload::MemorySection(s) => {
                self.order(5)?;
                s.into_iter().try_for_each(|ty| self.memory_type(ty?))
            }
            Payload::TagSection(s) => self.section(6, s),
            Payload::GlobalSection(s) => {
                self.order(7)?;
                s.into_iter().try_for_each(|global| {
                    let global = global?;
                    self.global_type(global.ty)?;
                    self.operators(global.init_expr.get_operators_reader())
                })
            }
            Payload::ExportSection(s) => self.section(8, s),
            Payload::StartSection { .. } => self.order(9),
            Payload::ElementSection(s) => {
                self.order(10)?;
                s.into_iter().try_for_each(|segment| self.element(segment?))
            }
            Payload::DataCountSection { count, .. } => {
                self.data_count = Some(count);
                self.order(11)
            }
            Payload::CodeSectionStart { count, .. } => {
                self.declared_bodies = Some(count);
                self.order(12)
            }
            Payload::CodeSectionEntry(body) => {
                self.bodies += 1;
                self.body(&body)
            }
            Payload::DataSection(s) => {
                self.data = s.count();
                self.order(13)?;
                s.into_iter().try_for_each(|segment| match segment?.kind {
                    wasmparser::DataKind::Passive => Ok(()),
                    wasmparser::DataKind::Active { offset_expr, .. } => {
                        self.operators(offset_expr.get_operators_reader())
                    }
                })
            }
            Payload::UnknownSection { id, .. } => {
                Err(DecodeError::Malformed(format!("malformed section id: {id}")))
            }
            Payload::Version { encoding: wasmparser::Encoding::Component, .. } => {
                Err(DecodeError::Malformed("unknown binary version".into()))
            }
            _ => Ok(()),
        }
    }

    /// Decodes a section whose items need no further checks.
    fn section<T>(&mut self, order: u8, items: T) -> Decode
    where
        T: IntoIterator<Item = Result<<T as Items>::Item, BinaryReaderError>> + Items,
    {
        self.order(order)?;
        items.into_iter().try_for_each(|item| item.map(drop).map_err(DecodeError::from))
    }

    /// Refuses a flag that a proposal added, as it is not in the grammar without that proposal.
    fn flag(&self, set: bool, proposal: WasmFeatures, what: &str) -> Decode {
        if set && !self.features.contains(proposal) {
            return Err(DecodeError::Malformed(format!("malformed {what}")));
        }
        Ok(())
    }

    fn global_type(&self, ty: GlobalType) -> Decode {
        self.flag(ty.shared, WasmFeatures::SHARED_EVERYTHING_THREADS, "mutability")
    }

    fn memory_type(&self, ty: MemoryType) -> Decode {
        self.flag(ty.shared, WasmFeatures::THREADS, "limits flags")?;
        self.flag(ty.memory64, WasmFeatures::MEMORY64, "limits flags")?;
        self.flag(ty.page_size_log2.is_some(), WasmFeatures::CUSTOM_PAGE_SIZES, "limits flags")
    }

    fn table_type(&self, ty: TableType) -> Decode {
        self.flag(ty.shared, WasmFeatures::SHARED_EVERYTHING_THREADS, "limits flags")?;
        self.flag(ty.table64, WasmFeatures::MEMORY64, "limits flags")
    }

    /// Checks that each non-custom section comes at most once, in the order of the grammar.
    fn order(&mut self, section: u8) -> Decode {
        if section <= self.last_section {
            return Err(DecodeError::Malformed("unexpected content after last section".into()));
        }
        self.last_section = section;
        Ok(())
    }

    fn body(&mut self, body: &FunctionBody<'_>) -> Decode {
        let mut locals = 0u64;
        for local in body.get_locals_reader()? {
            locals += u64::from(local?.0);
        }
        if u32::try_from(locals).is_err() {
            return Err(DecodeError::Malformed("too many locals".into()));
        }
        let mut reader = body.get_operators_reader()?;
        while !reader.eof() {
            use wasmparser::Operator as O;
            let op = reader.read()?;
            legal(&op, self.features)?;
            self.uses_data_index |= matches!(
                op,
                O::MemoryInit { .. }
                    | O::DataDrop { .. }
                    | O::ArrayNewData { .. }
                    | O::ArrayInitData { .. }
            );
        }
        Ok(reader.finish()?)
    }

    fn finish(&self) -> Decode {
        if self.functions != self.bodies || self.declared_bodies.unwrap_or(0) != self.bodies {
            let text = "function and code section have inconsistent lengths";
            return Err(DecodeError::Malformed(text.into()));
        }
        if self.data_count.is_some_and(|count| count != self.data) {
            let text = "data count and data section have inconsistent lengths";
            return Err(DecodeError::Malformed(text.into()));
        }
        if self.uses_data_index && self.data_count.is_none() {
            return Err(DecodeError::Malformed("data count section required".into()));
        }
        Ok(())
    }
}

/// Names the item type of a section reader, so that one bound serves them all.
trait Items {
    type Item;
}
impl<'a, T: wasmparser::FromReader<'a>> Items for wasmparser::SectionLimited<'a, T> {
    type Item = T;
}

impl Module {
    fn element(&self, segment: wasmparser::Element<'_>) -> Decode {
        if let wasmparser::ElementKind::Active { offset_expr, .. } = segment.kind {
            self.operators(offset_expr.get_operators_reader())?;
        }
        match segment.items {
            wasmparser::ElementItems::Functions(section) => {
                section.into_iter().try_for_each(|f| f.map(|_| ()).map_err(DecodeError::from))
            }
            wasmparser::ElementItems::Expressions(_, section) => section
                .into_iter()
                .try_for_each(|expr| self.operators(expr?.get_operators_reader())),
        }
    }

    /// Decodes the operators of an expression that should be constant.
    fn operators(&self, mut reader: OperatorsReader<'_>) -> Decode {
        while !reader.eof() {
            legal(&reader.read()?, self.features)?;
        }
        Ok(reader.finish()?)
    }
}

fn legal(operator: &Operator<'_>, features: WasmFeatures) -> Decode {
    match grammar::illegal(operator, features) {
        Some(reason) => Err(DecodeError::Malformed(reason.to_owned())),
        None => Ok(()),
    }
}
