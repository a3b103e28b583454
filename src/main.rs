//! The `tokenscope` program: parse, make the ports, pick a shell, exit code.

use std::process::ExitCode;

use tokenscope::cli::{self, Next};
use tokenscope::host;

fn main() -> ExitCode {
    let ports = host::ports();
    match cli::run(&ports) {
        Next::Exit(code) => ExitCode::from(code),
        Next::Screen(_) => ExitCode::FAILURE,
    }
}
