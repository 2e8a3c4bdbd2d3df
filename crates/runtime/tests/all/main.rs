//! All tests of the engine but those that must have a process to themselves (`alone`), and those that
//! Miri can run (`without_code`): one binary, which is linked once.

mod alias;
mod api;
mod bulk;
mod compile;
mod compile_bounds;
mod coroutine;
mod coroutines;
mod embed;
mod examples;
mod exceptions;
mod foreign_types;
mod gc_bounds;
mod gc_destructors;
mod gc_drops;
mod gc_foreign;
mod gc_foreign_refs;
mod gc_handles;
mod gc_nesting;
mod gc_panics;
mod gc_stores;
mod gc_support;
mod gc_values;
mod hooks;
mod interrupts;
mod layers;
mod link;
mod messages;
mod mutate;
mod objects;
mod odd;
mod release;
mod serialize;
