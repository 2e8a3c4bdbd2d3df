//! Leaves out of a module what nothing in it refers to.
//!
//! In: a module. Out: the module without the types, imports, functions, tables, memories, tags and globals
//! that nothing names, and with other indices.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::ops::Range;
use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{
    CodeSection, CoreTypeEncoder, FunctionSection, GlobalSection, ImportSection, MemorySection,
    Module, TableSection, TagSection,
};
use wasmparser::{
    FunctionBody, FunctionSectionReader, Global, ImportSectionReader, MemorySectionReader, Parser,
    RecGroup, Table, TagSectionReader, TypeRef,
};

type Done<T = ()> = Result<T, Error<Infallible>>;

/// The module without what is not used; none where all is used.
///
/// # Errors
/// Where the module does not decode.
pub(super) fn left_out(wasm: &[u8]) -> Done<Option<Vec<u8>>> {
    let mut least: Option<Vec<u8>> = None;
    loop {
        let wasm = least.as_deref().unwrap_or(wasm);
        let mut pass = Pass::default();
        pass.parse_core_module(&mut Module::new(), Parser::new(0), wasm)?;
        // A group of types stays or goes as a whole.
        for group in std::mem::take(&mut pass.groups) {
            if pass.used[TYPES].range(group.clone()).next().is_some() {
                pass.used[TYPES].extend(group);
            }
        }
        let uses = |space: usize| pass.used[space].len() as u32;
        if (0..SPACES).all(|space| uses(space) >= pass.defined[space]) {
            return Ok(least);
        }
        let mut drops = Pass { used: pass.used, drops: true, ..Pass::default() };
        let mut module = Module::new();
        drops.parse_core_module(&mut module, Parser::new(0), wasm)?;
        least = Some(module.finish());
    }
}

/// The index spaces.
const TYPES: usize = 0;
const FUNCTIONS: usize = 1;
const TABLES: usize = 2;
const MEMORIES: usize = 3;
const TAGS: usize = 4;
const GLOBALS: usize = 5;
const SPACES: usize = 6;

/// One way through a module: first to take note of what is used, and then to leave out the rest.
#[derive(Default)]
struct Pass {
    used: [BTreeSet<u32>; SPACES],
    /// How much of each index space was defined so far.
    defined: [u32; SPACES],
    /// The groups of types.
    groups: Vec<Range<u32>>,
    /// The function whose body comes next.
    body: u32,
    drops: bool,
}

impl Pass {
    fn index(&mut self, space: usize, index: u32) -> u32 {
        if self.drops {
            return self.used[space].range(..index).count() as u32;
        }
        self.used[space].insert(index);
        index
    }

    /// Takes note of the next definition of an index space; says whether it stays.
    fn define(&mut self, space: usize) -> bool {
        let index = self.defined[space];
        self.defined[space] += 1;
        !self.drops || self.used[space].contains(&index)
    }
}

impl Reencode for Pass {
    type Error = Infallible;

    fn type_index(&mut self, index: u32) -> Done<u32> {
        Ok(self.index(TYPES, index))
    }
    fn function_index(&mut self, index: u32) -> Done<u32> {
        Ok(self.index(FUNCTIONS, index))
    }
    fn table_index(&mut self, index: u32) -> Done<u32> {
        Ok(self.index(TABLES, index))
    }
    fn memory_index(&mut self, index: u32) -> Done<u32> {
        Ok(self.index(MEMORIES, index))
    }
    fn tag_index(&mut self, index: u32) -> Done<u32> {
        Ok(self.index(TAGS, index))
    }
    fn global_index(&mut self, index: u32) -> Done<u32> {
        Ok(self.index(GLOBALS, index))
    }

    fn parse_recursive_type_group(&mut self, types: CoreTypeEncoder<'_>, group: RecGroup) -> Done {
        let start = self.defined[TYPES];
        let mut stays = false;
        for _ in group.types() {
            stays |= self.define(TYPES);
        }
        self.groups.push(start..self.defined[TYPES]);
        if !stays {
            return Ok(());
        }
        utils::parse_recursive_type_group(self, types, group)
    }

    fn parse_import_section(
        &mut self,
        imports: &mut ImportSection,
        section: ImportSectionReader<'_>,
    ) -> Done {
        for import in section.into_imports() {
            let import = import?;
            let space = match import.ty {
                TypeRef::Func(_) | TypeRef::FuncExact(_) => FUNCTIONS,
                TypeRef::Table(_) => TABLES,
                TypeRef::Memory(_) => MEMORIES,
                TypeRef::Tag(_) => TAGS,
                TypeRef::Global(_) => GLOBALS,
            };
            if self.define(space) {
                imports.import(import.module, import.name, self.entity_type(import.ty)?);
            }
        }
        Ok(())
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        section: FunctionSectionReader<'_>,
    ) -> Done {
        // Functions that are imported have no bodies.
        self.body = self.defined[FUNCTIONS];
        for ty in section {
            let ty = ty?;
            if self.define(FUNCTIONS) {
                functions.function(self.type_index(ty)?);
            }
        }
        Ok(())
    }

    fn parse_function_body(&mut self, code: &mut CodeSection, body: FunctionBody<'_>) -> Done {
        let function = self.body;
        self.body += 1;
        if self.drops && !self.used[FUNCTIONS].contains(&function) {
            return Ok(());
        }
        utils::parse_function_body(self, code, body)
    }

    fn parse_table(&mut self, tables: &mut TableSection, table: Table<'_>) -> Done {
        if !self.define(TABLES) {
            return Ok(());
        }
        utils::parse_table(self, tables, table)
    }

    fn parse_memory_section(
        &mut self,
        memories: &mut MemorySection,
        section: MemorySectionReader<'_>,
    ) -> Done {
        for memory in section {
            let memory = memory?;
            if self.define(MEMORIES) {
                memories.memory(self.memory_type(memory)?);
            }
        }
        Ok(())
    }

    fn parse_tag_section(&mut self, tags: &mut TagSection, section: TagSectionReader<'_>) -> Done {
        for tag in section {
            let tag = tag?;
            if self.define(TAGS) {
                tags.tag(self.tag_type(tag)?);
            }
        }
        Ok(())
    }

    fn parse_global(&mut self, globals: &mut GlobalSection, global: Global<'_>) -> Done {
        if !self.define(GLOBALS) {
            return Ok(());
        }
        utils::parse_global(self, globals, global)
    }
}
