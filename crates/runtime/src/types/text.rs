//! Types in the text format (specification, §6.4), for messages.
//!
//! In: types of values and externals. Out: text such as `(func (param i32) (result i64))`, `(table 10 20
//! funcref)` or `(global (mut i32))`. A reference to a function type is written with the type's index, as in
//! `(ref $12)`, or, if the registry of types is given, with the type itself in place of the index: `(ref
//! (func (param i32)))`.

use crate::types::group::Composite;
use crate::types::objects::{ArrayType, StructType};
use crate::types::registry::TypeRegistry;
use crate::types::{
    ExternType, FieldType, FuncType, GlobalType, HeapType, Limits, MemoryType, Mutability, RefType,
    StorageType, TableType, TypeIndex, ValType,
};
use std::fmt::{self, Display, Write};

/// The most references that are written with the type itself, because a type may refer to thousands of types,
/// and each of these to thousands more.
const IN_FULL: u32 = 8;

/// Writes types of externals for one message, each with the types to which it refers. Those for which there is no room are
/// numbered as they come, `$0` first: the message must not depend on what else is known to the engine.
pub(crate) fn in_full<const N: usize>(
    externals: [&ExternType; N],
    types: &TypeRegistry,
) -> [String; N] {
    let mut numbered = Vec::new();
    externals.map(|ty| {
        let mut text = String::new();
        let (types, numbered) = (Some(types), Some(&mut numbered));
        let mut writer = Writer { out: &mut text, types, left: IN_FULL, numbered };
        writer.external(ty).expect("a string takes everything");
        text
    })
}

/// Writes the type of a tag for a message, without a registry: declared types to which it refers are numbered as they come,
/// for the reason of [`in_full`].
pub(crate) fn parameters(ty: &FuncType, out: &mut dyn Write) -> fmt::Result {
    let mut numbered = Vec::new();
    Writer { out, types: None, left: 0, numbered: Some(&mut numbered) }
        .values(" (param", ty.params())
}

struct Writer<'a> {
    out: &'a mut dyn Write,
    types: Option<&'a TypeRegistry>,
    /// How many more references are written with the type itself.
    left: u32,
    /// The types that have a number in this message, if they do not have their indices.
    numbered: Option<&'a mut Vec<TypeIndex>>,
}

impl Writer<'_> {
    fn value(&mut self, ty: ValType) -> fmt::Result {
        self.out.write_str(match ty {
            ValType::I32 => "i32",
            ValType::I64 => "i64",
            ValType::F32 => "f32",
            ValType::F64 => "f64",
            ValType::V128 => "v128",
            ValType::Ref(ty) => return self.reference(ty),
        })
    }

    fn reference(&mut self, ty: RefType) -> fmt::Result {
        let heap = match ty.heap {
            HeapType::Func => "func",
            HeapType::NoFunc => "nofunc",
            HeapType::Extern => "extern",
            HeapType::NoExtern => "noextern",
            HeapType::Exn => "exn",
            HeapType::NoExn => "noexn",
            HeapType::Any => "any",
            HeapType::Eq => "eq",
            HeapType::I31 => "i31",
            HeapType::Struct => "struct",
            HeapType::Array => "array",
            HeapType::None => "none",
            HeapType::Concrete(index) | HeapType::Exact(index) => {
                let null = if ty.nullable { "null " } else { "" };
                write!(self.out, "(ref {null}")?;
                match ty.heap {
                    HeapType::Exact(_) => {
                        self.out.write_str("(exact ")?;
                        self.concrete(index)?;
                        self.out.write_str(")")?;
                    }
                    _ => self.concrete(index)?,
                }
                return self.out.write_str(")");
            }
        };
        match (ty.nullable, ty.heap) {
            (false, _) => write!(self.out, "(ref {heap})"),
            (true, HeapType::NoFunc) => self.out.write_str("nullfuncref"),
            (true, HeapType::NoExtern) => self.out.write_str("nullexternref"),
            (true, HeapType::NoExn) => self.out.write_str("nullexnref"),
            (true, HeapType::None) => self.out.write_str("nullref"),
            (true, _) => write!(self.out, "{heap}ref"),
        }
    }

    fn concrete(&mut self, index: TypeIndex) -> fmt::Result {
        let types = self.types.filter(|_| self.left > 0);
        let Some(known) = types.and_then(|types| types.find_composite(index)) else {
            let Some(numbered) = &mut self.numbered else { return write!(self.out, "{index}") };
            let number = numbered.iter().position(|known| *known == index).unwrap_or_else(|| {
                numbered.push(index);
                numbered.len() - 1
            });
            return write!(self.out, "${number}");
        };
        self.left -= 1;
        self.composite(&known)
    }

    fn composite(&mut self, ty: &Composite) -> fmt::Result {
        match ty {
            Composite::Func(ty) => self.func(ty, "func"),
            Composite::Array(field) => {
                self.out.write_str("(array ")?;
                self.field(*field)?;
                self.out.write_str(")")
            }
            Composite::Struct(fields) => {
                self.out.write_str("(struct")?;
                for field in &**fields {
                    self.out.write_str(" (field ")?;
                    self.field(*field)?;
                    self.out.write_str(")")?;
                }
                self.out.write_str(")")
            }
        }
    }

    fn field(&mut self, field: FieldType) -> fmt::Result {
        let (before, after) = match field.mutability {
            Mutability::Const => ("", ""),
            Mutability::Var => ("(mut ", ")"),
        };
        self.out.write_str(before)?;
        match field.storage {
            StorageType::I8 => self.out.write_str("i8")?,
            StorageType::I16 => self.out.write_str("i16")?,
            StorageType::Val(ty) => self.value(ty)?,
        }
        self.out.write_str(after)
    }

    /// Writes a function type, or the type of a tag.
    fn func(&mut self, ty: &FuncType, keyword: &str) -> fmt::Result {
        write!(self.out, "({keyword}")?;
        self.values(" (param", ty.params())?;
        self.values(" (result", ty.results())?;
        self.out.write_str(")")
    }

    /// Writes parameters or results, if there are any.
    fn values(&mut self, opening: &str, types: &[ValType]) -> fmt::Result {
        if types.is_empty() {
            return Ok(());
        }
        self.out.write_str(opening)?;
        for ty in types {
            self.out.write_str(" ")?;
            self.value(*ty)?;
        }
        self.out.write_str(")")
    }

    fn limits(&mut self, limits: Limits, index64: bool) -> fmt::Result {
        let index = if index64 { " i64" } else { "" };
        write!(self.out, "{index} {}", limits.min)?;
        limits.max.map_or(Ok(()), |max| write!(self.out, " {max}"))
    }

    fn table(&mut self, ty: &TableType) -> fmt::Result {
        self.out.write_str("(table")?;
        self.limits(ty.limits, ty.index64)?;
        self.out.write_str(" ")?;
        self.reference(ty.element)?;
        self.out.write_str(")")
    }

    fn memory(&mut self, ty: &MemoryType) -> fmt::Result {
        self.out.write_str("(memory")?;
        self.limits(ty.limits, ty.index64)?;
        if ty.shared {
            self.out.write_str(" shared")?;
        }
        match ty.page_size_log2 {
            16 => {}
            log2 => write!(self.out, " (pagesize {})", 1u64.wrapping_shl(log2.into()))?,
        }
        self.out.write_str(")")
    }

    fn global(&mut self, ty: &GlobalType) -> fmt::Result {
        let (before, after) = match ty.mutability {
            Mutability::Const => ("(global ", ")"),
            Mutability::Var => ("(global (mut ", "))"),
        };
        self.out.write_str(before)?;
        self.value(ty.content)?;
        self.out.write_str(after)
    }

    fn external(&mut self, ty: &ExternType) -> fmt::Result {
        match ty {
            ExternType::Func(ty) => self.func(ty, "func"),
            ExternType::Table(ty) => self.table(ty),
            ExternType::Memory(ty) => self.memory(ty),
            ExternType::Global(ty) => self.global(ty),
            ExternType::Tag(ty) => self.func(ty, "tag"),
        }
    }
}

impl Display for TypeIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "${}", self.id.0)
    }
}

macro_rules! display {
    ($($ty:ty: |$writer:ident, $value:ident| $write:expr;)*) => {$(
        impl Display for $ty {
            /// Writes the type in the text format. Declared types to which it refers are written as their
            /// indices.
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let ($writer, $value) = (&mut Writer { out: f, types: None, left: 0, numbered: None }, self);
                $write
            }
        }
    )*};
}

display! {
    ValType: |writer, ty| writer.value(*ty);
    RefType: |writer, ty| writer.reference(*ty);
    FuncType: |writer, ty| writer.func(ty, "func");
    TableType: |writer, ty| writer.table(ty);
    MemoryType: |writer, ty| writer.memory(ty);
    GlobalType: |writer, ty| writer.global(ty);
    ExternType: |writer, ty| writer.external(ty);
    StructType: |writer, ty| writer.composite(ty.composite());
    ArrayType: |writer, ty| writer.composite(ty.composite());
}

impl fmt::Debug for FuncType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use touchstone_cranelift_wasm::Collector;

    #[test]
    fn externals_are_written_as_in_the_text_format() {
        let null = |heap| ValType::Ref(RefType { nullable: true, heap });
        let full = |heap| ValType::Ref(RefType { nullable: false, heap });
        let limits = |min, max| Limits { min, max };
        let memory = MemoryType::new(limits(1, Some(2)));
        let table = TableType::new(RefType::FUNC, limits(10, Some(20)));
        let global = |content, mutability| GlobalType { content, mutability };
        let abstract_heaps = [
            null(HeapType::NoFunc),
            null(HeapType::NoExtern),
            null(HeapType::NoExn),
            null(HeapType::Exn),
            full(HeapType::Extern),
        ];
        let cases: [(ExternType, &str); 14] = [
            (ExternType::Func(FuncType::new([], [])), "(func)"),
            (
                ExternType::Func(FuncType::new([ValType::I32, ValType::F64], [ValType::I64])),
                "(func (param i32 f64) (result i64))",
            ),
            (ExternType::Func(FuncType::new([], [ValType::V128])), "(func (result v128))"),
            (
                ExternType::Func(FuncType::new(abstract_heaps, [])),
                "(func (param nullfuncref nullexternref nullexnref exnref (ref extern)))",
            ),
            (ExternType::Memory(memory), "(memory 1 2)"),
            (ExternType::Memory(MemoryType { shared: true, ..memory }), "(memory 1 2 shared)"),
            (
                ExternType::Memory(MemoryType { limits: limits(1, None), index64: true, ..memory }),
                "(memory i64 1)",
            ),
            (
                ExternType::Memory(MemoryType { page_size_log2: 0, ..memory }),
                "(memory 1 2 (pagesize 1))",
            ),
            (ExternType::Table(table), "(table 10 20 funcref)"),
            (
                ExternType::Table(TableType { index64: true, element: RefType::EXTERN, ..table }),
                "(table i64 10 20 externref)",
            ),
            (ExternType::Global(global(ValType::I32, Mutability::Var)), "(global (mut i32))"),
            (ExternType::Global(global(ValType::F32, Mutability::Const)), "(global f32)"),
            (ExternType::Tag(FuncType::new([ValType::I32], [])), "(tag (param i32))"),
            (ExternType::Tag(FuncType::new([], [])), "(tag)"),
        ];
        for (ty, text) in cases {
            assert_eq!(ty.to_string(), text);
            // The text must parse in the text format.
            let wat = format!("(module (import \"m\" \"n\" {text}))");
            wat::parse_str(&wat).unwrap_or_else(|e| panic!("{wat}: {e}"));
        }
    }

    #[test]
    fn function_types_are_written_where_they_are_known() {
        let types = TypeRegistry::new(Collector::default()).expect("fewer than 2^32 of them");
        let (id, _held) = types.intern(&FuncType::new([ValType::I32], [])).expect("numbers");
        let index = types.index(id);
        let reference =
            |nullable| ValType::Ref(RefType { nullable, heap: HeapType::Concrete(index) });
        let ty = ExternType::Func(FuncType::new([reference(true)], [reference(false)]));
        assert_eq!(ty.to_string(), "(func (param (ref null $0)) (result (ref $0)))");
        let full = "(func (param (ref null (func (param i32)))) (result (ref (func (param i32)))))";
        assert_eq!(in_full([&ty], &types), [full]);
    }

    /// Types that refer to themselves, or to thousands of others, do not make the text endless.
    #[test]
    fn text_ends() {
        let types = TypeRegistry::new(Collector::default()).expect("fewer than 2^32 of them");
        let mut ty = FuncType::new([ValType::I32; 2], []);
        let mut held = Vec::new();
        for _ in 0..40 {
            let (id, use_of_it) = types.intern(&ty).expect("of this registry");
            held.push(use_of_it);
            let heap = HeapType::Concrete(types.index(id));
            ty = FuncType::new([ValType::Ref(RefType { nullable: true, heap }); 2], []);
        }
        let [text] = in_full([&ExternType::Func(ty)], &types);
        assert!(text.len() < 1000);
        // The first types that are only numbered, whatever their indices are.
        assert!(text.contains("$0") && text.contains("$1") && !text.contains("$39"), "{text}");
    }

    /// What a message says does not depend on how many types the engine knows, and one type has one number in it.
    #[test]
    fn types_are_numbered_in_each_message() {
        let text = |others: usize| {
            let types = TypeRegistry::new(Collector::default()).expect("fewer than 2^32 of them");
            let mut ty = FuncType::new(vec![ValType::I32; others], []);
            let mut held = Vec::new();
            for _ in 0..others {
                held.push(types.intern(&ty).expect("of this registry").1);
                ty = FuncType::new([ty.params(), &[ValType::I64]].concat(), []);
            }
            let mut chain = FuncType::new([], []);
            let mut chains = Vec::new();
            for _ in 0..12 {
                let (id, use_of_it) = types.intern(&chain).expect("of this registry");
                held.push(use_of_it);
                let heap = HeapType::Concrete(types.index(id));
                chain = FuncType::new([ValType::Ref(RefType { nullable: true, heap })], []);
                chains.push(ExternType::Func(chain.clone()));
            }
            let mut tag = String::new();
            parameters(&chain, &mut tag).expect("a string takes everything");
            (in_full([&chains[10], &chains[11], &chains[10]], &types), tag)
        };
        let ([a, b, again], tag) = text(0);
        assert_eq!((a.contains("$0"), b.contains("$1"), &again), (true, true, &a));
        assert_eq!(tag, " (param (ref null $0))");
        assert_eq!(text(20), ([a, b, again], tag));
    }
}
