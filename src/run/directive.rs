//! What is known of a directive before it is executed.
//!
//! In: a command. Out: what it defines, what it acts on, whether it runs code. Nothing here knows of
//! engines or verdicts.

use touchstone_script::{Action, Command, Defines, Get, Invoke};

/// What a directive defines if it passes, or what it was to define if it could not be parsed.
pub(super) fn what_is_defined(command: &Command) -> Option<Defines> {
    Some(match command {
        Command::Module { name, .. } => Defines::Module(name.clone()),
        Command::ModuleDefinition { name, .. } => Defines::Definition(name.clone()),
        Command::ModuleInstance { instance, .. } => Defines::Instance(instance.clone()),
        Command::Register { name, .. } => Defines::Registration(name.clone()),
        Command::Thread { name, .. } => Defines::Thread(name.clone()),
        Command::ScriptError { defines, .. } => return defines.clone(),
        _ => return None,
    })
}

/// The name of the instance that a directive acts on; `Some(None)` stands for the current one.
pub(super) fn acted_on(command: &Command) -> Option<Option<&str>> {
    let of_action = |action| match action {
        &Action::Invoke(Invoke { ref module, .. }) | &Action::Get(Get { ref module, .. }) => {
            Some(module.as_deref())
        }
        Action::Instantiate(_) => None,
    };
    match command {
        Command::Invoke(invoke) => Some(invoke.module.as_deref()),
        Command::Get(get) => Some(get.module.as_deref()),
        Command::AssertReturn { action, .. } | Command::AssertTrap { action, .. } => {
            of_action(action)
        }
        _ => None,
    }
}

/// Whether a directive binds an instance, which later directives act on.
pub(super) fn binds_an_instance(command: &Command) -> bool {
    matches!(command, Command::Module { .. } | Command::ModuleInstance { .. })
}

/// Whether a directive runs code, so that the heap is verified after it.
pub(super) fn runs_code(command: &Command) -> bool {
    !matches!(
        command,
        Command::ModuleDefinition { .. }
            | Command::Register { .. }
            | Command::AssertInvalid { .. }
            | Command::AssertMalformed { .. }
            | Command::AssertMalformedCustom { .. }
            | Command::AssertInvalidCustom { .. }
            | Command::ScriptError { .. }
    )
}
