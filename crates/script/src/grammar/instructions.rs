//! Instructions, flat and folded (specification, "Text Format", *Instructions*).
//!
//! In: tokens. Out: whether they are a sequence of instructions. Only the parser knows which words are
//! instructions: a word that is not listed here is taken for an instruction without immediates. Nesting is
//! kept on an explicit stack, without recursion. Nothing here knows of types on the operand stack.

use super::Dialect;
use super::numbers::{F32, F64};
use super::reader::{Names, Number, Reader, Result};
use super::tokens::Kind;

/// What encloses the next instruction.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Level {
    /// `(instruction …`: its operands follow, all of them folded.
    Operands,
    /// `(block …`, `(loop …`, `(try_table …`, or `(else …` once it is open: any instructions may follow.
    Body,
    /// `(if …`: the folded condition follows, then `(then`.
    Condition,
    /// `(if … (then …`.
    Then,
    /// `(if … (then …)`: `(else` may follow.
    AfterThen,
    /// `(if … (then …) (else …`.
    Else,
    /// `(if … (then …) (else …)`.
    AfterElse,
    /// `block`, `loop`, `try_table`, or `if` past its `else`: it goes up to `end`.
    Flat,
    /// `if`: it goes up to `else` or `end`.
    FlatIf,
    /// `try` of legacy exceptions: it goes up to `end` or `delegate`, and may have `catch` in between.
    FlatTry,
}

impl Level {
    /// Whether only parentheses may stand here.
    fn is_folded_only(self) -> bool {
        match self {
            Level::Operands | Level::Condition | Level::AfterThen | Level::AfterElse => true,
            Level::Body | Level::Then | Level::Else => false,
            Level::Flat | Level::FlatIf | Level::FlatTry => false,
        }
    }
}

impl Reader<'_> {
    /// Reads instructions up to the `)` that closes the form that they stand in.
    pub(super) fn instructions(&mut self) -> Result {
        let mut levels = Vec::new();
        while !(levels.is_empty() && self.kind() == Kind::Close) {
            self.step(&mut levels)?;
        }
        Ok(())
    }

    /// Reads one instruction in parentheses, with everything inside.
    pub(super) fn folded_instruction(&mut self) -> Result {
        let mut levels = Vec::new();
        self.step(&mut levels)?;
        while !levels.is_empty() {
            self.step(&mut levels)?;
        }
        Ok(())
    }

    /// Reads a parenthesis, or an instruction with its immediates.
    fn step(&mut self, levels: &mut Vec<Level>) -> Result {
        match self.kind() {
            Kind::Open => self.open_folded(levels),
            Kind::Close => self.close_folded(levels),
            Kind::Keyword if levels.last().is_some_and(|level| level.is_folded_only()) => {
                self.unexpected("an instruction in parentheses, or `)`")
            }
            Kind::Keyword => self.flat(levels),
            _ => self.unexpected("an instruction"),
        }
    }

    fn open_folded(&mut self, levels: &mut Vec<Level>) -> Result {
        let Some(keyword) = self.form() else { return self.unexpected("an instruction") };
        match (levels.last_mut(), keyword) {
            (Some(Level::Condition), "then") => {
                self.open("then")?;
                levels.push(Level::Then);
                return Ok(());
            }
            (Some(Level::AfterThen), "else") => {
                self.open("else")?;
                levels.push(Level::Else);
                return Ok(());
            }
            (Some(Level::AfterThen), _) => return self.unexpected("`(else …)` or `)`"),
            (Some(Level::AfterElse), _) => return self.unexpected("`)`"),
            _ => {}
        }
        if is_delimiter(keyword) {
            return self.unexpected("an instruction");
        }
        self.open(keyword)?;
        let level = match keyword {
            "block" | "loop" | "try_table" => Level::Body,
            "if" => Level::Condition,
            _ => Level::Operands,
        };
        self.immediates(keyword)?;
        levels.push(level);
        Ok(())
    }

    fn close_folded(&mut self, levels: &mut Vec<Level>) -> Result {
        match levels.pop() {
            None | Some(Level::Flat | Level::FlatIf | Level::FlatTry) => {
                return self.unexpected("`end`");
            }
            Some(Level::Condition) => return self.unexpected("`(then …)`"),
            Some(Level::Then) => set_last(levels, Level::AfterThen),
            Some(Level::Else) => set_last(levels, Level::AfterElse),
            Some(Level::Operands | Level::Body | Level::AfterThen | Level::AfterElse) => {}
        }
        self.close()
    }

    fn flat(&mut self, levels: &mut Vec<Level>) -> Result {
        let keyword = self.word();
        let level = levels.last().copied();
        match (keyword, level) {
            ("end", Some(Level::Flat | Level::FlatIf | Level::FlatTry)) => {
                levels.pop();
            }
            ("else", Some(Level::FlatIf)) => set_last(levels, Level::Flat),
            ("delegate", Some(Level::FlatTry)) => {
                levels.pop();
                self.advance();
                return self.index();
            }
            ("catch", Some(Level::FlatTry)) => {
                self.advance();
                return self.index();
            }
            ("catch_all", Some(Level::FlatTry)) => {
                self.advance();
                return Ok(());
            }
            _ if is_delimiter(keyword) => return self.unexpected("an instruction"),
            ("block" | "loop" | "try_table", _) => levels.push(Level::Flat),
            ("if", _) => levels.push(Level::FlatIf),
            ("try", _) => levels.push(Level::FlatTry),
            _ => {}
        }
        self.advance();
        match keyword {
            // The label may be repeated here.
            "end" | "else" => {
                self.identifier();
                Ok(())
            }
            _ => self.immediates(keyword),
        }
    }

    /// Reads what follows the word of an instruction, before its folded operands.
    fn immediates(&mut self, keyword: &str) -> Result {
        match keyword {
            "block" | "loop" | "if" | "try" | "try_table" => {
                self.identifier();
                self.type_use(Names::Refused)?;
                if keyword == "try_table" { self.catches() } else { Ok(()) }
            }
            "br"
            | "br_if"
            | "br_on_null"
            | "br_on_non_null"
            | "call"
            | "call_ref"
            | "return_call"
            | "return_call_ref"
            | "throw"
            | "rethrow"
            | "local.get"
            | "local.set"
            | "local.tee"
            | "global.get"
            | "global.set"
            | "elem.drop"
            | "data.drop"
            | "ref.func"
            | "struct.new"
            | "struct.new_default"
            | "struct.new_desc"
            | "struct.new_default_desc"
            | "ref.get_desc"
            | "array.new"
            | "array.new_default"
            | "array.get"
            | "array.get_s"
            | "array.get_u"
            | "array.set"
            | "array.fill"
            | "cont.new"
            | "suspend" => self.index(),
            "br_table" => {
                self.index()?;
                self.indices()
            }
            "table.get" | "table.set" | "table.size" | "table.grow" | "table.fill"
            | "memory.size" | "memory.grow" | "memory.fill" | "memory.discard" => {
                self.optional_index()
            }
            "table.copy" | "memory.copy" if self.is_index() => self.two_indices(),
            "table.init" | "memory.init" => {
                self.index()?;
                self.optional_index()
            }
            "struct.get" | "struct.get_s" | "struct.get_u" | "struct.set" | "array.new_data"
            | "array.new_elem" | "array.copy" | "array.init_data" | "array.init_elem"
            | "cont.bind" | "switch" => self.two_indices(),
            "array.new_fixed" => {
                self.index()?;
                self.natural(32)
            }
            "call_indirect" | "return_call_indirect" => {
                self.optional_index()?;
                self.type_use(Names::Refused)
            }
            "select" => {
                while self.skip_form("result") {
                    self.value_types()?;
                    self.close()?;
                }
                Ok(())
            }
            "ref.null" => self.heap_type(),
            "ref.test" | "ref.cast" | "ref.cast_desc_eq" => self.value_type(),
            "br_on_cast" | "br_on_cast_fail" | "br_on_cast_desc_eq" | "br_on_cast_desc_eq_fail" => {
                self.index()?;
                self.value_type()?;
                self.value_type()
            }
            "resume" | "resume_throw_ref" => {
                self.index()?;
                self.handlers()
            }
            "resume_throw" => {
                self.two_indices()?;
                self.handlers()
            }
            "i32.const" => self.number(Number::Integer(32)),
            "i64.const" => self.number(Number::Integer(64)),
            "f32.const" => self.number(Number::Float(F32)),
            "f64.const" => self.number(Number::Float(F64)),
            "v128.const" => self.vector(),
            "i8x16.shuffle" => (0..16).try_for_each(|_| self.natural(8)),
            _ => self.immediates_by_family(keyword),
        }
    }

    /// Reads the immediates of instructions that share a part of their name.
    fn immediates_by_family(&mut self, keyword: &str) -> Result {
        let Some((family, operation)) = keyword.split_once('.') else { return Ok(()) };
        if let Some(atomic) = operation.strip_prefix("atomic.") {
            return self.atomic_immediates(family, atomic);
        }
        let is_access = operation.starts_with("load") || operation.starts_with("store");
        if is_access && operation.ends_with("_lane") {
            return self.lane_access();
        }
        if is_access && matches!(family, "i32" | "i64" | "f32" | "f64" | "v128") {
            self.optional_index_or_array()?;
            return self.memory_argument();
        }
        if operation.starts_with("extract_lane") || operation.starts_with("replace_lane") {
            return self.natural(8);
        }
        Ok(())
    }

    /// Reads the immediates of atomic instructions: those on memories (threads), and those on everything
    /// else, which have an ordering (shared-everything threads).
    fn atomic_immediates(&mut self, family: &str, operation: &str) -> Result {
        self.ordering();
        match family {
            "struct" => self.two_indices(),
            "array" | "global" => self.index(),
            "table" => self.optional_index(),
            _ if operation == "fence" => Ok(()),
            "memory" | "i32" | "i64" => {
                self.optional_index_or_array()?;
                self.memory_argument()?;
                self.ordering();
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn ordering(&mut self) {
        while self.skip_keyword("seqcst") || self.skip_keyword("acqrel") {}
    }

    fn optional_index(&mut self) -> Result {
        if self.is_index() { self.index() } else { Ok(()) }
    }

    /// Reads the index of the memory that is accessed; a proposal of which nothing else is known here has the
    /// type of an array in its place.
    fn optional_index_or_array(&mut self) -> Result {
        if self.dialect == Dialect::Tolerant && self.skip_form("type") {
            self.index()?;
            return self.close();
        }
        self.optional_index()
    }

    fn two_indices(&mut self) -> Result {
        self.index()?;
        self.index()
    }

    /// Reads `offset=n? align=n?`.
    fn memory_argument(&mut self) -> Result {
        for name in ["offset=", "align="] {
            let Some(value) = self.word().strip_prefix(name) else { continue };
            if self.kind() != Kind::Keyword {
                continue;
            }
            if super::tokens::number(value.as_bytes()) != Some(Kind::Natural) {
                return self.unexpected(&format!("`{name}` and an integer without sign"));
            }
            if !super::numbers::is_unsigned(value, 64) {
                return self.fail("u64 constant out of range");
            }
            self.advance();
        }
        Ok(())
    }

    /// Reads a memory argument and a lane. The first integer is the lane if nothing else follows.
    fn lane_access(&mut self) -> Result {
        match self.kind() {
            Kind::Id => self.index()?,
            Kind::Natural => {
                self.advance();
                let is_memory = self.kind() == Kind::Natural
                    || self.word().starts_with("offset=")
                    || self.word().starts_with("align=");
                if !is_memory {
                    self.retreat();
                    return self.natural(8);
                }
                self.retreat();
                self.index()?;
            }
            _ => {}
        }
        self.memory_argument()?;
        self.natural(8)
    }

    fn vector(&mut self) -> Result {
        let shape = self.word();
        let (lanes, number) = match shape {
            "i8x16" => (16, Number::Integer(8)),
            "i16x8" => (8, Number::Integer(16)),
            "i32x4" => (4, Number::Integer(32)),
            "i64x2" => (2, Number::Integer(64)),
            "f32x4" => (4, Number::Float(F32)),
            "f64x2" => (2, Number::Float(F64)),
            _ => return self.unexpected("the shape of a vector"),
        };
        self.advance();
        (0..lanes).try_for_each(|_| self.number(number))
    }

    fn catches(&mut self) -> Result {
        while let Some(keyword @ ("catch" | "catch_ref" | "catch_all" | "catch_all_ref")) =
            self.form()
        {
            self.open(keyword)?;
            match keyword {
                "catch" | "catch_ref" => self.two_indices()?,
                _ => self.index()?,
            }
            self.close()?;
        }
        Ok(())
    }

    /// Reads `(on $tag $label)` and `(on $tag switch)` of stack switching.
    fn handlers(&mut self) -> Result {
        while self.skip_form("on") {
            self.index()?;
            if !self.skip_keyword("switch") {
                self.index()?;
            }
            self.close()?;
        }
        Ok(())
    }
}

/// Whether a word is a part of an instruction and not an instruction.
fn is_delimiter(keyword: &str) -> bool {
    matches!(
        keyword,
        "end"
            | "else"
            | "then"
            | "catch"
            | "catch_all"
            | "catch_ref"
            | "catch_all_ref"
            | "delegate"
            | "do"
            | "param"
            | "result"
            | "local"
            | "type"
    )
}

fn set_last(levels: &mut [Level], level: Level) {
    if let Some(last) = levels.last_mut() {
        *last = level;
    }
}
