//! Modules and their fields (specification, "Text Format", *Modules* and *Types*).
//!
//! In: tokens. Out: whether they are a module. The parser checks afterwards what identifiers stand for and
//! whether types agree. Nothing here knows of instructions.

use super::Dialect;
use super::reader::{Names, Reader, Result};
use super::tokens::Kind;

/// What was read of a module that decides which fields may follow.
#[derive(Default)]
struct Seen {
    /// The kind of the first definition after which no import may stand.
    definition: Option<&'static str>,
    start: bool,
}

impl Reader<'_> {
    /// Reads `(module $name? field*)`, or fields alone, and then the end of the text.
    pub(super) fn module(&mut self) -> Result {
        let mut seen = Seen::default();
        if self.skip_form("module") {
            self.identifier();
            while self.kind() != Kind::Close {
                self.field(&mut seen)?;
            }
            self.close()?;
        } else {
            while self.kind() != Kind::End {
                self.field(&mut seen)?;
            }
        }
        self.expect(Kind::End, "nothing after the module")
    }

    /// Reads `(module definition? $name? field*)`, as scripts have it. Modules that are quoted, binary or
    /// instances have no fields, so nothing of them is read here.
    pub(super) fn module_of_script(&mut self) -> Result {
        self.open("module")?;
        if self.is_keyword("instance") {
            return Ok(());
        }
        self.skip_keyword("definition");
        self.identifier();
        if self.is_keyword("quote") || self.is_keyword("binary") {
            return Ok(());
        }
        let mut seen = Seen::default();
        while self.kind() != Kind::Close {
            self.field(&mut seen)?;
        }
        self.close()
    }

    fn field(&mut self, seen: &mut Seen) -> Result {
        let Some(keyword) = self.form() else {
            return self.unexpected("a field of a module in parentheses");
        };
        let offset = self.offset();
        if keyword == "start" && std::mem::replace(&mut seen.start, true) {
            return self.fail("multiple start sections");
        }
        // This goes past the parenthesis and the keyword.
        self.skip_form(keyword);
        let definition = match keyword {
            "type" => self.type_definition().map(|()| None),
            "rec" => self.recursive_types().map(|()| None),
            "import" => self.import().map(|()| Some(Item::Imported)),
            "func" => self.function().map(Some),
            "table" => self.table().map(Some),
            "memory" => self.memory().map(Some),
            "global" => self.global().map(Some),
            "tag" => self.tag().map(Some),
            "export" => self.export().map(|()| None),
            "start" => self.index().map(|()| None),
            "elem" => self.element_segment().map(|()| None),
            "data" => self.data_segment().map(|()| None),
            _ => {
                return Err(crate::text::TextError {
                    offset,
                    message: format!("unexpected token: `({keyword}` begins no field of a module"),
                    limit: false,
                });
            }
        }?;
        match (definition, seen.definition) {
            (Some(Item::Imported), Some(earlier)) => {
                return Err(crate::text::TextError {
                    offset,
                    message: format!("import after {earlier}"),
                    limit: false,
                });
            }
            (Some(Item::Defined(kind)), None) => seen.definition = Some(kind),
            _ => {}
        }
        self.close()
    }

    // Types.

    fn type_definition(&mut self) -> Result {
        self.identifier();
        if self.skip_form("sub") {
            self.skip_keyword("final");
            self.indices()?;
            self.composite_type()?;
            return self.close();
        }
        self.composite_type()
    }

    fn recursive_types(&mut self) -> Result {
        while self.skip_form("type") {
            self.type_definition()?;
            self.close()?;
        }
        Ok(())
    }

    fn composite_type(&mut self) -> Result {
        if self.skip_form("shared") {
            self.composite_type()?;
            return self.close();
        }
        for clause in ["describes", "descriptor"] {
            if self.skip_form(clause) {
                self.index()?;
                self.close()?;
            }
        }
        match self.form() {
            Some("func") => {
                self.open("func")?;
                self.function_type(Names::Allowed)?;
            }
            Some("struct") => {
                self.open("struct")?;
                while self.skip_form("field") {
                    match self.identifier() {
                        true => self.field_type()?,
                        false => {
                            while self.kind() != Kind::Close {
                                self.field_type()?;
                            }
                        }
                    }
                    self.close()?;
                }
            }
            Some("array") => {
                self.open("array")?;
                self.field_type()?;
            }
            Some("cont") => {
                self.open("cont")?;
                self.index()?;
            }
            _ => return self.unexpected("`(func …)`, `(struct …)` or `(array …)`"),
        }
        self.close()
    }

    fn field_type(&mut self) -> Result {
        if self.skip_form("mut") {
            self.value_type()?;
            return self.close();
        }
        self.value_type()
    }

    /// Reads `i32` or `i64`, or nothing if neither stands here.
    fn address_type(&mut self) {
        let _is_either = self.skip_keyword("i32") || self.skip_keyword("i64");
    }

    fn limits(&mut self) -> Result {
        self.natural(64)?;
        if self.kind() == Kind::Natural {
            self.natural(64)?;
        }
        Ok(())
    }

    fn table_type(&mut self) -> Result {
        self.skip_keyword("shared");
        self.address_type();
        self.limits()?;
        self.value_type()
    }

    fn memory_type(&mut self) -> Result {
        self.address_type();
        self.limits()?;
        self.skip_keyword("shared");
        self.page_size()
    }

    fn page_size(&mut self) -> Result {
        if self.skip_form("pagesize") {
            self.natural(32)?;
            self.close()?;
        }
        Ok(())
    }

    fn global_type(&mut self) -> Result {
        if self.skip_form("mut") {
            self.value_type()?;
            return self.close();
        }
        if self.skip_form("shared") {
            self.skip_keyword("mut");
            self.value_type()?;
            return self.close();
        }
        self.value_type()
    }

    // Imports and exports.

    fn import(&mut self) -> Result {
        self.string()?;
        if self.kind() == Kind::String {
            self.string()?;
            return self.external_type();
        }
        // Several imports from one module follow, each with its own type, or all with one type.
        while self.skip_form("item") {
            self.string()?;
            if self.kind() == Kind::Open {
                self.external_type()?;
            }
            self.close()?;
        }
        match self.kind() {
            Kind::Open => self.external_type(),
            _ => Ok(()),
        }
    }

    fn external_type(&mut self) -> Result {
        let Some(keyword @ ("func" | "table" | "memory" | "global" | "tag")) = self.form() else {
            return self.unexpected("the type of an import");
        };
        self.open(keyword)?;
        self.identifier();
        match keyword {
            "func" => self.imported_function()?,
            "table" => self.table_type()?,
            "memory" => self.memory_type()?,
            "global" => self.global_type()?,
            _ => self.type_use(Names::Allowed)?,
        }
        self.close()
    }

    fn imported_function(&mut self) -> Result {
        if self.skip_form("exact") {
            self.type_use(Names::Allowed)?;
            return self.close();
        }
        self.type_use(Names::Allowed)
    }

    fn export(&mut self) -> Result {
        self.string()?;
        let Some(keyword @ ("func" | "table" | "memory" | "global" | "tag")) = self.form() else {
            return self.unexpected("what is exported");
        };
        self.open(keyword)?;
        self.index()?;
        self.close()
    }

    /// Reads `$id? (export "…")* (import "…" "…")?`; says whether there is an import.
    fn inline_imports_and_exports(&mut self) -> Result<bool> {
        self.identifier();
        while self.skip_form("export") {
            self.string()?;
            self.close()?;
        }
        let is_import = self.skip_form("import");
        if is_import {
            self.string()?;
            self.string()?;
            self.close()?;
        }
        Ok(is_import)
    }

    // What can be imported or defined.

    fn function(&mut self) -> Result<Item> {
        if self.inline_imports_and_exports()? {
            return self.imported_function().map(|()| Item::Imported);
        }
        self.type_use(Names::Allowed)?;
        while self.skip_form("local") {
            match self.identifier() {
                true => self.value_type()?,
                false => self.value_types()?,
            }
            self.close()?;
        }
        self.instructions().map(|()| Item::Defined("function"))
    }

    fn table(&mut self) -> Result<Item> {
        if self.inline_imports_and_exports()? {
            return self.table_type().map(|()| Item::Imported);
        }
        self.skip_keyword("shared");
        self.address_type();
        if self.kind() == Kind::Natural {
            self.limits()?;
            self.value_type()?;
            self.instructions()?;
        } else {
            self.value_type()?;
            self.open("elem")?;
            match self.kind() {
                Kind::Open => self.element_expressions()?,
                _ => self.indices()?,
            }
            self.close()?;
        }
        Ok(Item::Defined("table"))
    }

    fn memory(&mut self) -> Result<Item> {
        if self.inline_imports_and_exports()? {
            return self.memory_type().map(|()| Item::Imported);
        }
        self.address_type();
        if self.kind() == Kind::Natural {
            self.limits()?;
            self.skip_keyword("shared");
            self.page_size()?;
        } else {
            self.page_size()?;
            self.open("data")?;
            self.data()?;
            self.close()?;
        }
        Ok(Item::Defined("memory"))
    }

    fn global(&mut self) -> Result<Item> {
        if self.inline_imports_and_exports()? {
            return self.global_type().map(|()| Item::Imported);
        }
        self.global_type()?;
        self.instructions().map(|()| Item::Defined("global"))
    }

    fn tag(&mut self) -> Result<Item> {
        let is_import = self.inline_imports_and_exports()?;
        self.type_use(Names::Allowed)?;
        Ok(if is_import { Item::Imported } else { Item::Defined("tag") })
    }

    // Segments.

    fn element_segment(&mut self) -> Result {
        self.identifier();
        let mut may_omit_kind = false;
        if self.skip_keyword("declare") {
        } else if self.is_offset_next("table") {
            // In WebAssembly 1.0 the table was written as a bare index.
            if self.kind() == Kind::Natural {
                self.natural(32)?;
                may_omit_kind = true;
            } else if self.skip_form("table") {
                self.index()?;
                self.close()?;
            } else {
                may_omit_kind = true;
            }
            self.expression_or("offset")?;
        }
        match self.kind() {
            Kind::Keyword if self.skip_keyword("func") => self.indices(),
            Kind::Natural | Kind::Id | Kind::Close if may_omit_kind => self.indices(),
            _ => {
                self.value_type()?;
                self.element_expressions()
            }
        }
    }

    fn element_expressions(&mut self) -> Result {
        while self.kind() != Kind::Close {
            self.expression_or("item")?;
        }
        Ok(())
    }

    fn data_segment(&mut self) -> Result {
        self.identifier();
        if self.is_offset_next("memory") {
            if self.kind() == Kind::Natural {
                self.natural(32)?;
            } else if self.skip_form("memory") {
                self.index()?;
                self.close()?;
            }
            self.expression_or("offset")?;
        }
        self.data()
    }

    /// Whether the next form of a segment says where the segment is to be written.
    fn is_offset_next(&self, place: &str) -> bool {
        match self.form() {
            Some("ref" | "shared") => place == "memory",
            Some(_) => true,
            None => self.kind() == Kind::Natural,
        }
    }

    /// Reads the contents of a data segment. The proposal for numeric values in data segments has forms such
    /// as `(i8 1 2)` there.
    fn data(&mut self) -> Result {
        self.strings();
        while self.dialect == Dialect::Tolerant && self.kind() == Kind::Open {
            let Some(keyword) = self.form() else { return self.unexpected("a string") };
            self.open(keyword)?;
            while !matches!(self.kind(), Kind::Open | Kind::Close | Kind::End) {
                self.advance();
            }
            self.close()?;
            self.strings();
        }
        Ok(())
    }

    /// Reads `(keyword instruction*)`, or one folded instruction.
    fn expression_or(&mut self, keyword: &'static str) -> Result {
        if self.skip_form(keyword) {
            self.instructions()?;
            return self.close();
        }
        if self.kind() != Kind::Open {
            return self.unexpected("an expression in parentheses");
        }
        // The parser accepts only plain instructions here, not blocks.
        let is_block = matches!(self.form(), Some("block" | "loop" | "if" | "try_table"));
        if is_block {
            self.insert(if keyword == "item" { "(item " } else { "(offset " });
        }
        self.folded_instruction()?;
        if is_block {
            self.append(")");
        }
        Ok(())
    }
}

/// How something comes into a module.
enum Item {
    Imported,
    Defined(&'static str),
}
