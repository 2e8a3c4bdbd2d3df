//! Asks an installer for an engine.
//!
//! In: the command of an installer, and the name of an engine. Out: how the engine is started, or why it cannot be had.

use crate::args::EngineChoice;
use std::path::Path;
use std::process::{Command, Stdio};

/// Has the installer install an engine, and takes what it prints: `--engine …`.
pub(crate) fn install(installer: &str, name: &str) -> Result<EngineChoice, String> {
    let words = shlex::split(installer).filter(|words| !words.is_empty());
    let words = words.ok_or_else(|| format!("`installer` is no command: {installer}"))?;
    let done = Command::new(&words[0])
        .args(&words[1..])
        .args(["--flags", name])
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("cannot start `{}`: {error}", words[0]))?;
    let (out, err) = (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    let flags = shlex::split(&out).unwrap_or_default();
    match &flags[..] {
        [flag, spec] if done.status.success() && flag == "--engine" => {
            EngineChoice::parse_in(spec, Path::new("."))
        }
        _ => {
            let last = err.lines().rev().find(|line| !line.trim().is_empty());
            let why = last.map_or_else(|| format!("it printed `{}`", out.trim()), str::to_owned);
            Err(format!("`{installer} --flags {name}` gave no engine ({}): {why}", done.status))
        }
    }
}
