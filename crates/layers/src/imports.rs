//! The paths in a module's items.
//!
//! In: the items of one module. Out: every path that may name another module, as it is written, with its
//! line; and, separately, the modules inside it. Nothing here knows which modules there are.

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use syn::parse::Parser as _;
use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};
use syn::{Attribute, Item, Meta, Token, UseTree};

/// A path as it is written.
#[derive(Clone, Debug)]
pub(crate) struct Written {
    pub(crate) segments: Vec<String>,
    pub(crate) line: usize,
    /// Whether it stands in a `use`, where even a single segment is a path.
    pub(crate) is_use: bool,
}

/// An inline module. Its paths are not among those of the module around it.
pub(crate) struct Inline<'a> {
    pub(crate) name: String,
    pub(crate) items: &'a [Item],
}

/// A module that is in a file of its own.
pub(crate) struct Declared<'a> {
    pub(crate) name: String,
    pub(crate) attributes: &'a [Attribute],
}

/// What a module consists of.
#[derive(Default)]
pub(crate) struct Contents<'a> {
    pub(crate) paths: Vec<Written>,
    /// For each name that a `use` brings into scope, the path that it stands for.
    pub(crate) names: BTreeMap<String, Vec<String>>,
    pub(crate) inline: Vec<Inline<'a>>,
    pub(crate) declared: Vec<Declared<'a>>,
    /// The lines of what is compiled for tests alone.
    pub(crate) tests: Vec<RangeInclusive<usize>>,
}

impl<'a> Contents<'a> {
    pub(crate) fn of(items: &'a [Item]) -> Self {
        let mut contents = Contents::default();
        items.iter().for_each(|item| contents.visit_item(item));
        contents
    }

    fn add(&mut self, segments: Vec<String>, line: usize, is_use: bool) {
        self.paths.push(Written { segments, line, is_use });
    }

    /// Whether an item is compiled for tests alone. If so, its lines are recorded.
    fn is_test(&mut self, attributes: &[Attribute], spanned: &impl syn::spanned::Spanned) -> bool {
        let is_test = attributes.iter().any(is_for_tests);
        if is_test {
            let span = spanned.span();
            self.tests.push(span.start().line..=span.end().line);
        }
        is_test
    }

    /// Adds the paths of a `use`, each with its prefix.
    fn tree(&mut self, tree: &UseTree, prefix: &[String], line: Option<usize>) {
        let with = |ident: &Ident| [prefix, &[ident.to_string()]].concat();
        let line_of = |ident: &Ident| line.unwrap_or(ident.span().start().line);
        match tree {
            UseTree::Path(path) => self.tree(&path.tree, &with(&path.ident), line),
            UseTree::Name(name) => {
                let path = if name.ident == "self" { prefix.to_vec() } else { with(&name.ident) };
                self.brings(path.last().cloned(), path, line_of(&name.ident));
            }
            UseTree::Rename(rename) => {
                let is_self = rename.ident == "self";
                let path = if is_self { prefix.to_vec() } else { with(&rename.ident) };
                self.brings(Some(rename.rename.to_string()), path, line_of(&rename.ident));
            }
            UseTree::Glob(glob) => {
                let at = line.unwrap_or(glob.star_token.spans[0].start().line);
                self.add(prefix.to_vec(), at, true);
            }
            UseTree::Group(group) => {
                group.items.iter().for_each(|tree| self.tree(tree, prefix, line));
            }
        }
    }

    fn brings(&mut self, name: Option<String>, path: Vec<String>, line: usize) {
        self.names.extend(name.map(|name| (name, path.clone())));
        self.add(path, line, true);
    }

    /// Adds the paths in the tokens of macros, which are not parsed as syntax.
    fn tokens(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let is = |at: usize, wanted: char| match tokens.get(at) {
            Some(TokenTree::Punct(punct)) => punct.as_char() == wanted,
            _ => false,
        };
        let is_separator = |at: usize| is(at, ':') && is(at + 1, ':');
        let mut at = 0;
        while at < tokens.len() {
            let first = match &tokens[at] {
                TokenTree::Group(group) => {
                    self.tokens(group.stream());
                    at += 1;
                    continue;
                }
                TokenTree::Ident(first) if is_separator(at + 1) => first,
                _ => {
                    at += 1;
                    continue;
                }
            };
            // A variable of the macro is not a name, so a path that begins with one is left out.
            let is_variable = at > 0 && is(at - 1, '$') && first != "crate";
            let mut path = vec![first.to_string()];
            let line = first.span().start().line;
            at += 1;
            while is_separator(at) {
                match tokens.get(at + 2) {
                    Some(TokenTree::Ident(next)) => path.push(next.to_string()),
                    Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                        let trees = Punctuated::<UseTree, Token![,]>::parse_terminated;
                        for tree in trees.parse2(group.stream()).into_iter().flatten() {
                            self.tree(&tree, &path, None);
                        }
                        at += 2;
                        break;
                    }
                    _ => {
                        at += 2;
                        break;
                    }
                }
                at += 3;
            }
            if !is_variable {
                self.add(path, line, false);
            }
        }
    }
}

/// Whether an attribute is `#[cfg(test)]` or `#[cfg(all(test, …))]`.
fn is_for_tests(attribute: &Attribute) -> bool {
    fn needs_test(meta: &Meta) -> bool {
        match meta {
            Meta::Path(path) => path.is_ident("test"),
            Meta::List(list) if list.path.is_ident("all") || list.path.is_ident("cfg") => list
                .parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated)
                .is_ok_and(|all| all.iter().any(needs_test)),
            _ => false,
        }
    }
    attribute.path().is_ident("cfg") && needs_test(&attribute.meta)
}

/// Matches on a syntax tree and gives the attributes of the structure in it, for each of the listed variants.
macro_rules! attributes {
    ($of:expr; $kind:ident: $($variant:ident)*) => {
        match $of {
            $( syn::$kind::$variant(item) => item.attrs.as_slice(), )*
            _ => &[],
        }
    };
}

impl<'a> Visit<'a> for Contents<'a> {
    fn visit_item(&mut self, item: &'a Item) {
        let attributes = attributes!(item; Item: Const Enum ExternCrate Fn ForeignMod Impl Macro Mod
            Static Struct Trait TraitAlias Type Union Use);
        if self.is_test(attributes, item) {
            return;
        }
        match item {
            Item::Mod(module) => {
                let name = module.ident.to_string();
                match &module.content {
                    Some((_, items)) => self.inline.push(Inline { name, items }),
                    None => self.declared.push(Declared { name, attributes }),
                }
            }
            Item::Use(item) => self.tree(&item.tree, &[], None),
            Item::Verbatim(tokens) => self.tokens(tokens.clone()),
            _ => visit::visit_item(self, item),
        }
    }

    fn visit_impl_item(&mut self, item: &'a syn::ImplItem) {
        if !self.is_test(attributes!(item; ImplItem: Const Fn Type Macro), item) {
            visit::visit_impl_item(self, item);
        }
    }

    fn visit_trait_item(&mut self, item: &'a syn::TraitItem) {
        if !self.is_test(attributes!(item; TraitItem: Const Fn Type Macro), item) {
            visit::visit_trait_item(self, item);
        }
    }

    fn visit_field(&mut self, field: &'a syn::Field) {
        if !self.is_test(&field.attrs, field) {
            visit::visit_field(self, field);
        }
    }

    fn visit_local(&mut self, local: &'a syn::Local) {
        if !self.is_test(&local.attrs, local) {
            visit::visit_local(self, local);
        }
    }

    fn visit_expr(&mut self, expr: &'a syn::Expr) {
        match expr {
            syn::Expr::Verbatim(tokens) => self.tokens(tokens.clone()),
            _ => visit::visit_expr(self, expr),
        }
    }

    fn visit_path(&mut self, path: &'a syn::Path) {
        if path.leading_colon.is_none() {
            let segments = path.segments.iter().map(|segment| segment.ident.to_string());
            let line = path.segments.first().map_or(0, |first| first.ident.span().start().line);
            self.add(segments.collect(), line, false);
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, called: &'a syn::Macro) {
        self.visit_path(&called.path);
        self.tokens(called.tokens.clone());
    }

    fn visit_attribute(&mut self, attribute: &'a Attribute) {
        if let Meta::List(list) = &attribute.meta {
            self.tokens(list.tokens.clone());
        }
    }

    /// A restricted visibility such as `pub(in path)` is not an import, so it is not visited.
    fn visit_visibility(&mut self, _: &'a syn::Visibility) {}
}
