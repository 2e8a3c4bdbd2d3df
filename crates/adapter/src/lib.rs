//! The line protocol by which the harness judges an engine, and the loop that serves it.
//!
//! In: an engine behind the trait [`Adapter`]. Out: answers to the harness's requests, one line of JSON
//! each, over standard input and output. An adapter knows nothing of scripts, expectations or verdicts:
//! it does what it is asked and says what happened.
//!
//! ```no_run
//! # struct MyEngine;
//! # use touchstone_adapter::*;
//! # impl Adapter for MyEngine {
//! #     fn hello(&self) -> Hello { Hello::new("mine", "1.0") }
//! #     fn begin(&mut self, _: &[String]) {}
//! #     fn compile(&mut self, _: u32, _: &[u8]) -> Result<(), Failure> { Ok(()) }
//! #     fn instantiate(&mut self, _: u32, _: u32) -> Result<(), Failure> { Ok(()) }
//! #     fn register(&mut self, _: &str, _: Option<u32>, _: bool) {}
//! #     fn invoke(&mut self, _: u32, _: &str, _: &[Value]) -> Result<Vec<Value>, Failure> { Ok(vec![]) }
//! #     fn get(&mut self, _: u32, _: &str) -> Result<Value, Failure> { Ok(Value::I32(0)) }
//! # }
//! touchstone_adapter::serve(&mut MyEngine)?;
//! # Ok::<(), std::io::Error>(())
//! ```
#![forbid(unsafe_code)]

mod message;
mod registry;
mod serve;
mod text;
mod value;

pub use message::{Answer, Class, Failure, Hello, Limit, PROTOCOL, Request, Verb};
pub use registry::Registry;
pub use serve::{Adapter, Threads, answer, encode_wasm, serve, serve_on};
pub use value::Value;
