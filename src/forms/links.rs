//! Which modules of a script each directive touches.
//!
//! In: a script. Out: its modules in groups: two modules are in the same group if one may see what the other
//! does, since it imports from it. What is done to one group is not seen in another, so that a part of a
//! script in whole groups behaves as it does in all of it.

use std::borrow::Cow;
use std::collections::HashMap;
use touchstone_script::{
    Action, Command, Defines, Directive, Instantiation, ModuleIndex, ModuleSource, Script,
    parse_quote,
};
use wasmparser::{Parser, Payload};

/// What a directive has to do with modules.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Links {
    /// The group of the modules that it touches, if there are any.
    pub group: Option<usize>,
    /// The module whose exports it acts on or registers, if that is known.
    pub acts_on: Option<ModuleIndex>,
}

/// The links of each top-level directive.
pub fn links(script: &Script) -> Vec<Links> {
    let mut follower = Follower::new(script);
    let touched: Vec<_> = script.directives.iter().map(|one| follower.follow(one)).collect();
    let grouped = touched
        .into_iter()
        .map(|(node, acts_on)| Links { group: node.map(|node| follower.root(node)), acts_on });
    grouped.collect()
}

/// The bytes of a module: encoded, if its text is given and can be encoded.
pub(super) fn encoded(source: &ModuleSource) -> Option<Cow<'_, [u8]>> {
    match source {
        ModuleSource::Binary(wasm) => Some(Cow::Borrowed(wasm)),
        ModuleSource::Quote(text) => parse_quote(text).ok().map(Cow::Owned),
    }
}

/// Reads a script from its beginning and remembers what names mean.
struct Follower<'a> {
    script: &'a Script,
    /// Each node's parent, which is the node itself where it stands for its group.
    parents: Vec<usize>,
    /// What modules can import from, and threads.
    registered: HashMap<&'a str, usize>,
    threads: HashMap<&'a str, usize>,
    definitions: HashMap<Option<&'a str>, Node>,
    instances: HashMap<Option<&'a str>, Node>,
}

/// A module, or one that a script could not say properly.
#[derive(Clone, Copy)]
struct Node {
    id: usize,
    module: Option<ModuleIndex>,
}

impl<'a> Follower<'a> {
    fn new(script: &'a Script) -> Self {
        Follower {
            script,
            parents: Vec::new(),
            registered: HashMap::new(),
            threads: HashMap::new(),
            definitions: HashMap::new(),
            instances: HashMap::new(),
        }
    }

    fn node(&mut self, module: Option<ModuleIndex>) -> Node {
        self.parents.push(self.parents.len());
        Node { id: self.parents.len() - 1, module }
    }

    fn root(&self, mut node: usize) -> usize {
        while self.parents[node] != node {
            node = self.parents[node];
        }
        node
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.parents[a] = b;
    }

    /// Joins a module with those that it imports from, now that it is instantiated.
    fn instantiate(&mut self, node: Node) {
        let Some(source) = node.module.and_then(|m| self.script.modules.get(m.0 as usize)) else {
            return;
        };
        let Some(wasm) = encoded(source) else { return };
        for payload in Parser::new(0).parse_all(&wasm).map_while(Result::ok) {
            let Payload::ImportSection(section) = payload else { continue };
            for import in section.into_imports().map_while(Result::ok) {
                if let Some(other) = self.registered.get(import.module).copied() {
                    self.join(node.id, other);
                }
            }
        }
    }

    fn define(&mut self, name: Option<&'a str>, node: Node) {
        self.definitions.insert(None, node);
        self.definitions.insert(name, node);
    }

    fn make_current(&mut self, name: Option<&'a str>, node: Node) {
        self.instances.insert(None, node);
        self.instances.insert(name, node);
    }

    fn instance(&self, name: &Option<String>) -> Option<Node> {
        self.instances.get(&name.as_deref()).copied()
    }

    fn definition(&self, name: &Option<String>) -> Option<Node> {
        self.definitions.get(&name.as_deref()).copied()
    }

    /// The node that a directive touches, and the module that it acts on.
    fn follow(&mut self, directive: &'a Directive) -> (Option<usize>, Option<ModuleIndex>) {
        let acted = |node: Option<Node>| (node.map(|n| n.id), node.and_then(|n| n.module));
        match &directive.command {
            Command::Module { name, module } => {
                let node = self.node(Some(*module));
                self.define(name.as_deref(), node);
                self.instantiate(node);
                self.make_current(name.as_deref(), node);
                (Some(node.id), None)
            }
            Command::ModuleDefinition { name, module } => {
                let node = self.node(Some(*module));
                self.define(name.as_deref(), node);
                (Some(node.id), None)
            }
            Command::ModuleInstance { instance, module } => {
                let Some(node) = self.definition(module) else { return (None, None) };
                self.instantiate(node);
                self.make_current(instance.as_deref(), node);
                (Some(node.id), None)
            }
            Command::Register { name, module } => {
                let node = self.instance(module);
                if let Some(node) = node {
                    self.registered.insert(name, node.id);
                }
                acted(node)
            }
            Command::Invoke(invoke) => acted(self.instance(&invoke.module)),
            Command::Get(get) => acted(self.instance(&get.module)),
            Command::AssertReturn { action, .. }
            | Command::AssertTrap { action, .. }
            | Command::AssertExhaustion { action, .. }
            | Command::AssertException { action }
            | Command::AssertSuspension { action, .. } => match action {
                Action::Invoke(invoke) => acted(self.instance(&invoke.module)),
                Action::Get(get) => acted(self.instance(&get.module)),
                Action::Instantiate(what) => (self.instantiated(what), None),
            },
            Command::AssertUnlinkable { instance, .. } => (self.instantiated(instance), None),
            Command::AssertInvalid { .. }
            | Command::AssertMalformed { .. }
            | Command::AssertMalformedCustom { .. }
            | Command::AssertInvalidCustom { .. } => (None, None),
            Command::Thread { name, shared_module, .. } => {
                let node = match shared_module {
                    Some(_) => self.instance(shared_module).map(|node| node.id),
                    None => None,
                };
                let node = node.unwrap_or_else(|| self.node(None).id);
                self.threads.insert(name, node);
                (Some(node), None)
            }
            Command::Wait { thread } => (self.threads.get(thread.as_str()).copied(), None),
            Command::ScriptError { defines, .. } => {
                let Some(defines) = defines else { return (None, None) };
                let node = self.node(None);
                match defines {
                    Defines::Module(name) => {
                        self.define(name.as_deref(), node);
                        self.make_current(name.as_deref(), node);
                    }
                    Defines::Definition(name) => self.define(name.as_deref(), node),
                    Defines::Instance(name) => self.make_current(name.as_deref(), node),
                    Defines::Registration(name) => {
                        self.registered.insert(name, node.id);
                    }
                    Defines::Thread(name) => {
                        self.threads.insert(name, node.id);
                    }
                }
                (Some(node.id), None)
            }
        }
    }

    /// The node of what an assertion instantiates.
    fn instantiated(&mut self, what: &'a Instantiation) -> Option<usize> {
        let node = match what {
            Instantiation::Module(module) => Some(self.node(Some(*module))),
            Instantiation::Definition(name) => self.definition(name),
        };
        if let Some(node) = node {
            self.instantiate(node);
        }
        node.map(|node| node.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The groups of the directives, renumbered by their first directive.
    fn groups(text: &str) -> Vec<Option<usize>> {
        let links = links(&touchstone_script::lower(text).unwrap());
        let first = |group| links.iter().position(|l| l.group == Some(group)).unwrap();
        links.iter().map(|links| links.group.map(first)).collect()
    }

    #[test]
    fn modules_are_joined_by_what_they_import() {
        let script = r#"
            (module $a (memory (export "m") 1))
            (module $b (func (export "f")))
            (register "a" $a)
            (module (import "a" "m" (memory 1)) (func (export "g")))
            (invoke "g")
            (invoke $b "f")
            (assert_invalid (module (func (result i32))) "type mismatch")
            (assert_trap (module (import "a" "m" (memory 1)) (func unreachable) (start 0)) "unreachable")
            (module definition $d (import "a" "m" (memory 1)))
            (module instance $d $d)
        "#;
        let (a, b) = (Some(0), Some(1));
        assert_eq!(groups(script), [a, b, a, a, a, b, None, a, a, a]);
    }

    #[test]
    fn a_module_that_cannot_be_said_is_not_mistaken_for_the_one_before() {
        let script = r#"
            (module (func (export "f")))
            (module (func (unknown)))
            (invoke "f")
        "#;
        assert_eq!(groups(script), [Some(0), Some(1), Some(1)]);
    }
}
