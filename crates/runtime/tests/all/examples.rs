//! The example programs do what they say.

use touchstone_runtime::Error;

macro_rules! examples {
    ($($name:ident = $path:literal),*) => {$(
        #[path = $path]
        mod $name;

        #[test]
        fn $name() -> Result<(), Error> {
            $name::main()
        }
    )*};
}

examples! {
    host_functions = "../../examples/host_functions.rs",
    references = "../../examples/references.rs",
    objects = "../../examples/objects.rs",
    limits = "../../examples/limits.rs",
    exceptions = "../../examples/exceptions.rs",
    threads = "../../examples/threads.rs"
}
