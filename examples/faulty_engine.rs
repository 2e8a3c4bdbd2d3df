//! An adapter of our own engine with a fault that is planted: `faulty_engine FAULT`.
//!
//! Tests of `touchstone reduce` make what it fails as small as can be. Most faults are in code: an operator is
//! compiled as another one, or has no effect. The bytes of an operator are replaced by as many, so that nothing
//! else changes. The other faults are in what is answered, for modules that have a certain operator.
//! `faulty_engine list` names all faults.
#![forbid(unsafe_code)]

use std::collections::{HashMap, HashSet};
use std::io;
use std::time::Duration;
use touchstone::engine::touchstone::default_engine;
use touchstone::serve::ServedEngine;
use touchstone_adapter::{Adapter, Class, Failure, Hello, Value, serve};
use wasmparser::{Parser, Payload};

/// What a fault does where there is an operator.
#[derive(Clone, Copy)]
enum Fault {
    /// The operator is compiled as these bytes, and then as many no-ops as it was longer.
    Code(&'static [u8]),
    /// Traps of functions of the module are said to be this one.
    Trap(&'static str),
    /// At the end of the script, something is still alive.
    Leak,
    /// After a call the heap is broken.
    Heap,
    /// The process ends while the module is compiled.
    Abort,
    /// The process ends when a function of the module is called.
    Exit,
    /// Calls of functions of the module do not end.
    Hang,
}

const DROP: u8 = 0x1a;
const NOP: u8 = 0x01;

/// A fault, the operator that it is about as `wasmparser` names it, and what it does.
#[rustfmt::skip]
const FAULTS: [(&str, &str, Fault); 20] = [
    // Miscompiled operators.
    ("clz",       "I32Clz",          Fault::Code(&[0x68])),                   // as ctz
    ("rotl",      "I32Rotl",         Fault::Code(&[0x78])),                   // as rotr
    ("shr",       "I64ShrS",         Fault::Code(&[0x88])),                   // as shr_u
    ("lt",        "I32LtU",          Fault::Code(&[0x48])),                   // as lt_s
    ("nearest",   "F32Nearest",      Fault::Code(&[0x8f])),                   // as trunc
    ("extend",    "I64ExtendI32U",   Fault::Code(&[0xac])),                   // as extend_i32_s
    ("saturate",  "I8x16AddSatS",    Fault::Code(&[0xfd, 0x6e])),             // as add
    // Wrong traps.
    ("overflow",  "I32DivS",         Fault::Trap("integer divide by zero")),
    ("throw",     "Throw",           Fault::Code(&[0x00])),                   // as unreachable
    ("no-trap",   "I32RemU",         Fault::Code(&[0x71])),                   // as and
    // Lost effects.
    ("store",     "I32Store16",      Fault::Code(&[DROP, DROP])),
    ("fill",      "MemoryFill",      Fault::Code(&[DROP, DROP, DROP])),
    ("global",    "GlobalSet",       Fault::Code(&[DROP])),
    ("table",     "TableSet",        Fault::Code(&[DROP, DROP])),
    ("segment",   "DataDrop",        Fault::Code(&[])),
    // Leaks.
    ("leak",      "TableGrow",       Fault::Leak),
    ("heap",      "RefIsNull",       Fault::Heap),
    // Crashes.
    ("abort",     "I64Popcnt",       Fault::Abort),
    ("exit",      "MemoryCopy",      Fault::Exit),
    ("hang",      "F64Sqrt",         Fault::Hang),
];

struct FaultyEngine<A: Adapter + ?Sized> {
    engine: Box<A>,
    operator: &'static str,
    fault: Fault,
    /// Modules and instances that the fault is about.
    modules: HashSet<u32>,
    instances: HashMap<u32, bool>,
    /// Whether the script has such a module, and whether one was called.
    is_there: bool,
    was_called: bool,
}

/// Where in a module an operator is, and how long it is.
fn places(wasm: &[u8], wanted: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for payload in Parser::new(0).parse_all(wasm).map_while(Result::ok) {
        let Payload::CodeSectionEntry(body) = payload else { continue };
        let Ok(reader) = body.get_operators_reader() else { continue };
        let operators = reader.into_iter_with_offsets().map_while(Result::ok);
        let operators: Vec<(bool, usize)> = operators
            .map(|(operator, at)| {
                let name = format!("{operator:?}");
                let name = name.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
                (name == wanted, at as usize)
            })
            .collect();
        for pair in operators.windows(2).filter(|pair| pair[0].0) {
            found.push((pair[0].1, pair[1].1 - pair[0].1));
        }
    }
    found
}

impl<A: Adapter + ?Sized> Adapter for FaultyEngine<A> {
    fn hello(&self) -> Hello {
        let hello = self.engine.hello();
        Hello { engine: "faulty".into(), ..hello }
    }

    fn begin(&mut self, features: &[String]) {
        self.modules.clear();
        self.instances.clear();
        (self.is_there, self.was_called) = (false, false);
        self.engine.begin(features);
    }

    fn compile(&mut self, module: u32, wasm: &[u8]) -> Result<(), Failure> {
        let (places, mut faulty) = (places(wasm, self.operator), wasm.to_vec());
        if !places.is_empty() {
            self.modules.insert(module);
            self.is_there = true;
        }
        for (at, length) in places {
            match self.fault {
                Fault::Code(bytes) => {
                    faulty[at..at + length].fill(NOP);
                    faulty[at..at + bytes.len()].copy_from_slice(bytes);
                }
                Fault::Abort => std::process::abort(),
                _ => {}
            }
        }
        self.engine.compile(module, &faulty)
    }

    fn check_custom(&mut self, wasm: &[u8]) -> Result<(), Failure> {
        self.engine.check_custom(wasm)
    }

    fn instantiate(&mut self, module: u32, instance: u32) -> Result<(), Failure> {
        self.instances.insert(instance, self.modules.contains(&module));
        self.engine.instantiate(module, instance)
    }

    fn register(&mut self, name: &str, instance: Option<u32>, add: bool) {
        self.engine.register(name, instance, add);
    }

    fn invoke(
        &mut self,
        instance: u32,
        export: &str,
        args: &[Value],
    ) -> Result<Vec<Value>, Failure> {
        let is_faulty = self.instances.get(&instance) == Some(&true);
        self.was_called |= is_faulty;
        match self.fault {
            Fault::Exit if is_faulty => {
                eprintln!("the faulty engine exits");
                std::process::exit(3);
            }
            Fault::Hang if is_faulty => loop {
                std::thread::sleep(Duration::from_secs(1));
            },
            _ => {}
        }
        let came = self.engine.invoke(instance, export, args);
        match (self.fault, came) {
            (Fault::Trap(text), Err(failure)) if is_faulty && failure.class == Class::Trap => {
                Err(Failure::trap(text, text))
            }
            (_, came) => came,
        }
    }

    fn get(&mut self, instance: u32, export: &str) -> Result<Value, Failure> {
        self.engine.get(instance, export)
    }

    fn check(&mut self) -> Result<(), Failure> {
        match self.fault {
            Fault::Heap if self.was_called => {
                Err(Failure::new(Class::Error, "a reference is counted twice"))
            }
            _ => self.engine.check(),
        }
    }

    fn finish(&mut self) -> Result<(), Failure> {
        self.engine.finish()?;
        match self.fault {
            Fault::Leak if self.is_there => {
                Err(Failure::new(Class::Error, "1 reference is still alive"))
            }
            _ => Ok(()),
        }
    }

    fn thread(&mut self, shared: Option<(u32, u32)>) -> Result<Box<dyn Adapter + Send>, Failure> {
        self.engine.thread(shared)
    }
}

fn main() -> io::Result<()> {
    let name = std::env::args().nth(1).unwrap_or_default();
    let Some((_, operator, fault)) = FAULTS.iter().find(|(known, ..)| *known == name) else {
        FAULTS.iter().for_each(|(name, operator, _)| println!("{name} {operator}"));
        return Ok(());
    };
    let engine = default_engine();
    let engine = ServedEngine::new(&*engine, &["spectest", "touchstone"]);
    serve(&mut FaultyEngine {
        engine: Box::new(engine),
        operator,
        fault: *fault,
        modules: HashSet::new(),
        instances: HashMap::new(),
        is_there: false,
        was_called: false,
    })
}
