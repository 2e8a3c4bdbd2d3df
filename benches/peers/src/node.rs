//! V8, in a process of node that runs programs when it is told to.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

/// A process that runs any number of programs.
pub struct Node {
    child: Child,
    requests: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Node {
    /// Starts node with a script that reads the path of a module from each line of its input, runs it, and answers with a
    /// line: the processor time of the whole process in microseconds, and what the program wrote, in Base64.
    ///
    /// # Panics
    /// Panics if node does not start.
    pub fn new(node: &Path, script: &Path) -> Self {
        let mut command = Command::new(node);
        let command = command.arg(script).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().expect("node starts");
        let requests = child.stdin.take();
        let answers = BufReader::new(child.stdout.take().expect("it is piped"));
        Node { child, requests, answers }
    }

    /// Runs the program in this file. Returns how long it took, and what it wrote, in Base64.
    ///
    /// # Panics
    /// Panics if node does not answer in its way.
    pub fn run(&mut self, file: &Path) -> (Duration, Vec<u8>) {
        let requests = self.requests.as_mut().expect("they are open");
        writeln!(requests, "{}", file.display()).expect("node listens");
        let mut line = String::new();
        self.answers.read_line(&mut line).expect("node answers");
        let (micros, output) = line.trim().split_once(' ').expect("time and output");
        let took = Duration::from_micros(micros.parse().expect("microseconds"));
        (took, output.as_bytes().to_vec())
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        // It ends at the end of its input.
        self.requests = None;
        let _ = self.child.wait();
    }
}

/// Bytes in Base64, as node writes them.
pub fn base64(bytes: &[u8]) -> Vec<u8> {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = Vec::new();
    for three in bytes.chunks(3) {
        let byte = |i: usize| u32::from(three.get(i).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        let digit = |i: u32| DIGITS[(bits >> (18 - 6 * i)) as usize & 63];
        let digits = (0..4).map(|i| if i <= three.len() as u32 { digit(i) } else { b'=' });
        text.extend(digits);
    }
    text
}
