//! The modules of a crate, and what each imports.
//!
//! In: the file of the root, from which the other files are found as the compiler finds them. Out: modules
//! with their files and their imports. A module that has several files, of which each target uses one, is
//! read from all of them.

use crate::imports::{Contents, Declared, Written};
use proc_macro2::{TokenStream, TokenTree};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, ExprLit, Lit, Meta, Token};

/// The modules of a crate.
#[derive(Clone, Debug, Default)]
pub struct Modules {
    all: Vec<Module>,
}

/// A module, as it stands in one file.
#[derive(Clone, Debug)]
pub struct Module {
    /// Its path, such as `run::file`; the root's is empty.
    pub path: String,
    /// The file that it stands in, relative to the folder of the root, with `/` on every system.
    pub file: String,
    /// Whether it has unsafe code.
    pub is_unsafe: bool,
    /// The paths that it names and that may belong to this crate.
    written: Vec<Written>,
    names: BTreeMap<String, Vec<String>>,
}

/// An import of something from another module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// The line, counted from 1.
    pub line: usize,
    /// What is imported, such as `run::file::Unit`; the path is empty for the root itself.
    pub path: String,
    /// The module that the import names, or the module that holds what it names.
    pub module: String,
    /// How many times `super` stands in the path.
    pub supers: usize,
}

impl Module {
    /// The names of the modules on the way from the root to this one.
    fn segments(&self) -> Vec<String> {
        split(&self.path)
    }
}

fn split(path: &str) -> Vec<String> {
    path.split("::").filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

impl Modules {
    /// Reads all modules of the crate whose root is `root`, such as `src/lib.rs`.
    ///
    /// # Panics
    /// Panics if a file is missing or is not Rust.
    pub fn read(root: &Path) -> Modules {
        let folder = root.parent().expect("a file is in a folder");
        let mut modules = Modules::default();
        modules.read_file(folder, root, folder, &[]);
        modules
    }

    /// Makes modules from paths with their texts, for tests that check the tests which use this crate.
    ///
    /// # Panics
    /// Panics if a text is not Rust.
    pub fn of_texts<'a>(texts: impl IntoIterator<Item = (&'a str, &'a str)>) -> Modules {
        let mut modules = Modules::default();
        texts.into_iter().for_each(|(path, text)| modules.plant(path, text));
        modules
    }

    /// Adds a module with this text. If the module exists already, the text counts in addition to what is
    /// there. It may have no modules in other files.
    ///
    /// # Panics
    /// Panics if the text is not Rust.
    pub fn plant(&mut self, path: &str, text: &str) {
        let file =
            if path.is_empty() { "lib.rs".to_owned() } else { path.replace("::", "/") + ".rs" };
        let parsed = parse(text, &file);
        let declared = self.add(&split(path), &file, text, &parsed.items);
        assert!(declared.is_empty(), "{file} has modules in other files");
    }

    /// Every module; a module that stands in several files is there once for each file.
    pub fn all(&self) -> &[Module] {
        &self.all
    }

    /// The file of a module, which is the first one if there are several.
    pub fn file_of(&self, path: &str) -> &str {
        self.all.iter().find(|module| module.path == path).map_or("", |module| &module.file)
    }

    /// What a module imports from others, in the order of its text.
    pub fn imports(&self, module: &Module) -> Vec<Import> {
        let known: BTreeSet<&str> = self.all.iter().map(|module| module.path.as_str()).collect();
        let own = module.segments();
        let mut imports = Vec::new();
        for written in &module.written {
            let resolved = resolve(&known, &own, &module.names, written);
            imports.extend(resolved.filter(|import| import.module != module.path));
        }
        imports
    }

    /// Adds a file with its modules, and all files of those modules. Modules of the file that have files of
    /// their own are in the folder `children`.
    fn read_file(&mut self, src: &Path, file: &Path, children: &Path, path: &[String]) {
        let text = fs::read_to_string(file)
            .unwrap_or_else(|error| panic!("{} cannot be read: {error}", file.display()));
        let name = file.strip_prefix(src).expect("it is below the root's folder");
        let name = name.to_str().expect("a plain name").replace('\\', "/");
        let parsed = parse(&text, &name);
        let folder = file.parent().expect("a file is in a folder");
        for (inside, declared) in self.add(path, &name, &text, &parsed.items) {
            let below = inside[path.len()..].iter().fold(children.to_owned(), |at, m| at.join(m));
            let mut full = inside.clone();
            full.push(declared.name.clone());
            for (file, children) in files_of(&declared, folder, &below) {
                self.read_file(src, &file, &children, &full);
            }
        }
    }

    /// Adds the module that consists of `items`, and the inline modules in it. Gives the modules that are in
    /// other files, with the paths of the modules that declare them.
    fn add<'a>(
        &mut self,
        path: &[String],
        file: &str,
        text: &str,
        items: &'a [syn::Item],
    ) -> Vec<(Vec<String>, Declared<'a>)> {
        let mut elsewhere = Vec::new();
        let mut tests = Vec::new();
        let at = self.all.len();
        let mut work = vec![(path.to_vec(), items)];
        while let Some((path, items)) = work.pop() {
            let contents = Contents::of(items);
            for inline in contents.inline {
                work.push(([path.as_slice(), &[inline.name]].concat(), inline.items));
            }
            elsewhere.extend(contents.declared.into_iter().map(|module| (path.clone(), module)));
            tests.extend(contents.tests);
            self.all.push(Module {
                path: path.join("::"),
                file: file.to_owned(),
                is_unsafe: false,
                written: contents.paths,
                names: contents.names,
            });
        }
        // The place of unsafe code in a file does not matter, so the first module of the file stands for all
        // of them.
        self.all[at].is_unsafe = has_unsafe(text.parse().expect("tokens"), &tests);
        elsewhere
    }
}

fn parse(text: &str, name: &str) -> syn::File {
    syn::parse_file(text).unwrap_or_else(|error| {
        let line = error.span().start().line;
        panic!("{name}:{line}: {error}")
    })
}

/// Whether `unsafe` stands anywhere outside tests.
fn has_unsafe(tokens: TokenStream, tests: &[RangeInclusive<usize>]) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(ident) => {
            let line = ident.span().start().line;
            ident == "unsafe" && !tests.iter().any(|lines| lines.contains(&line))
        }
        TokenTree::Group(group) => has_unsafe(group.stream(), tests),
        _ => false,
    })
}

/// The files that a module may stand in, each with the folder for the files of its own modules. `folder` is
/// the folder of the file that declares the module, and `children` is the folder for modules that have no
/// `path` attribute.
fn files_of(declared: &Declared<'_>, folder: &Path, children: &Path) -> Vec<(PathBuf, PathBuf)> {
    let attributes = declared.attributes;
    let placed = |path: String| (folder.join(path), folder.to_owned());
    if let Some(path) = attributes.iter().find_map(|attribute| path_of(&attribute.meta)) {
        return vec![placed(path)];
    }
    let below = children.join(&declared.name);
    let alone = below.with_extension("rs");
    let own = if alone.is_file() { alone } else { below.join("mod.rs") };
    let mut files = vec![(own, below)];
    files.extend(attributes.iter().filter_map(path_if_configured).map(placed));
    files
}

/// The path in `path = "…"`.
fn path_of(meta: &Meta) -> Option<String> {
    match meta {
        Meta::NameValue(pair) if pair.path.is_ident("path") => match &pair.value {
            Expr::Lit(ExprLit { lit: Lit::Str(path), .. }) => Some(path.value()),
            _ => None,
        },
        _ => None,
    }
}

/// The path in `#[cfg_attr(…, path = "…")]`.
fn path_if_configured(attribute: &Attribute) -> Option<String> {
    if !attribute.path().is_ident("cfg_attr") {
        return None;
    }
    let parts = attribute.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated).ok()?;
    parts.iter().skip(1).find_map(path_of)
}

/// The import that a path means in the module `own`; `None` if it names nothing of the crate.
fn resolve(
    known: &BTreeSet<&str>,
    own: &[String],
    names: &BTreeMap<String, Vec<String>>,
    written: &Written,
) -> Option<Import> {
    let Written { segments, line, is_use } = written;
    let import = |(path, supers): (Vec<String>, usize)| {
        let module = module_of(known, &path);
        Some(Import { line: *line, module, path: path.join("::"), supers })
    };
    if let Some(absolute) = absolute(known, own, segments, *is_use) {
        return import(absolute);
    }
    // A name that a `use` brought into scope counts once more only if the rest of the path leads to another
    // module.
    let brought = names.get(segments.first()?).filter(|_| !is_use && segments.len() > 1)?;
    let (path, supers) = absolute(known, own, brought, true)?;
    let full = [path.as_slice(), &segments[1..]].concat();
    if module_of(known, &full) == module_of(known, &path) { None } else { import((full, supers)) }
}

/// The path starting at the root, and how many times `super` stood in it.
fn absolute(
    known: &BTreeSet<&str>,
    own: &[String],
    segments: &[String],
    is_use: bool,
) -> Option<(Vec<String>, usize)> {
    let first = segments.first()?;
    let supers = segments
        .iter()
        .skip(usize::from(first == "self"))
        .take_while(|segment| *segment == "super")
        .count();
    let written = match first.as_str() {
        "crate" => return Some((segments[1..].to_vec(), 0)),
        // A single `self` is the value of a method.
        "self" if segments.len() == 1 => return None,
        "self" => &segments[1 + supers..],
        "super" => &segments[supers..],
        _ => {
            let child = [own, &segments[..1]].concat().join("::");
            // A single name is a variable or a type.
            let is_path = is_use || segments.len() > 1;
            let path = [own, segments].concat();
            return (is_path && known.contains(child.as_str())).then_some((path, 0));
        }
    };
    let base = own.get(..own.len().checked_sub(supers)?)?;
    Some(([base, written].concat(), supers))
}

/// The innermost module on a path.
fn module_of(known: &BTreeSet<&str>, path: &[String]) -> String {
    let prefixes = (0..=path.len()).rev().map(|length| path[..length].join("::"));
    prefixes.into_iter().find(|prefix| known.contains(prefix.as_str())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the module `a::b` with the text `text` imports, in a crate that also has the modules `a`, `a::c`,
    /// `d` and `d::e`.
    fn imports(text: &str) -> Vec<(usize, String, String)> {
        let others = [("", ""), ("a", ""), ("a::c", ""), ("d", ""), ("d::e", "")];
        let mut modules = Modules::of_texts(others);
        modules.plant("a::b", text);
        let all = modules.all().iter().filter(|module| module.file == "a/b.rs");
        let imports = all.flat_map(|module| modules.imports(module));
        imports.map(|import| (import.line, import.path, import.module)).collect()
    }

    fn paths(text: &str) -> Vec<String> {
        imports(text).into_iter().map(|(_, path, _)| path).collect()
    }

    #[test]
    fn braces_are_taken_apart_and_each_path_has_its_line() {
        let found =
            imports("use crate::{\n    a::c::{self, X as Y},\n    d::*,\n};\nuse std::fmt;");
        let owned = |(line, path, module): (usize, &str, &str)| (line, path.into(), module.into());
        let wanted = [(2, "a::c", "a::c"), (2, "a::c::X", "a::c"), (3, "d", "d")];
        assert_eq!(found, wanted.map(owned));
    }

    #[test]
    fn paths_in_expressions_types_and_macros_are_imports() {
        assert_eq!(
            paths("fn f(x: crate::d::T) -> super::c::U { crate::d::e::g(x) }"),
            ["d::T", "a::c::U", "d::e::g"]
        );
        assert_eq!(
            paths("fn f() { assert!(matches!(x, crate::d::T { .. } if super::c::g())) }"),
            ["d::T", "a::c::g"]
        );
        assert_eq!(paths("macro_rules! m { ($t:ty) => { $crate::d::f::<$t>() } }"), ["d::f"]);
        assert_eq!(paths("m! { use crate::{d::X, a::c}; }"), ["d::X", "a::c", ""]);
    }

    #[test]
    fn names_that_a_use_brought_lead_on() {
        assert_eq!(paths("use crate::d as x; fn f() { x::e::g(x::h()) }"), ["d", "d::e::g"]);
        assert_eq!(paths("use super::super::d; type T = d::e::T;"), ["d", "d::e::T"]);
        assert_eq!(paths("use super::c::X; fn f() { X::new() }"), ["a::c::X"]);
    }

    #[test]
    fn an_inline_module_is_a_module() {
        let text = "mod inner { use super::X; use super::super::c::Y; } fn f() { inner::g() }";
        let found = imports(text);
        let modules: Vec<&str> = found.iter().map(|(_, _, module)| module.as_str()).collect();
        assert_eq!(modules, ["a::b::inner", "a::b", "a::c"]);
        let text = "mod inner {} fn f(inner: u8) { inner.g(); std::mem::drop(inner) }";
        assert_eq!(paths(text), [""; 0]);
    }

    #[test]
    fn what_is_no_import_is_not_found() {
        let text = "// crate::d\n/// crate::d\npub(crate) fn f(&self) { g(\"crate::d\", ::a::c) }\n\
                    #[cfg(test)]\nmod tests { use crate::d; }\n\
                    #[cfg(all(test, unix))]\nuse crate::d::X;\n\
                    impl T { #[cfg(test)] fn f() { crate::d::g() } pub(in crate::a) fn g() {} }";
        assert_eq!(paths(text), [""; 0]);
    }

    #[test]
    fn unsafe_code_is_found_but_in_tests() {
        let is_unsafe = |text: &str| Modules::of_texts([("a", text)]).all()[0].is_unsafe;
        assert!(is_unsafe("fn f() { g(|| unsafe { h() }) }"));
        assert!(is_unsafe("mod inner { unsafe impl Send for T {} }"));
        assert!(is_unsafe("macro_rules! m { () => { unsafe { f() } } }"));
        assert!(!is_unsafe("// unsafe\n#[allow(unsafe_code)]\nfn f() { \"unsafe\" }"));
        assert!(!is_unsafe("#[cfg(test)]\nmod tests {\n    fn f() { unsafe { g() } }\n}"));
    }
}
