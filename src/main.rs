//! The `tokenscope` program: parse, make the ports, pick a shell, exit code.

use std::process::ExitCode;
use std::sync::Arc;

use tokenscope::cli::{self, Next, Screen};
use tokenscope::linear::{self, Ears};
use tokenscope::tui::{self, Left};
use tokenscope::{host, session};

fn main() -> ExitCode {
    let ports = host::ports();
    match cli::run(&ports) {
        Next::Exit(code) => ExitCode::from(code),
        Next::Screen(screen) => show(*screen),
    }
}

fn show(screen: Screen) -> ExitCode {
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => return cli::failed(&error),
    };
    let redactor = screen.setup.redactor.as_ref().clone();
    let clock = Arc::clone(&screen.setup.ports.clock);
    let clipboard = Arc::clone(&screen.setup.ports.clipboard);
    let (opening, profiles) = (screen.opening, screen.look.profiles.clone());
    let left = runtime.block_on(async {
        let session = session::start(screen.setup);
        let (asks, told) = (session.commands, session.notices);
        let left = if screen.linear {
            let ears = Ears::new(asks, told, clock, clipboard);
            linear::run(opening, profiles, redactor, ears).await
        } else {
            tui::run(opening, asks, told, screen.look, redactor, clock, clipboard).await
        };
        // The screen has told the session to end; when it has, history is on disk.
        let _ = session.done.await;
        left
    });
    runtime.shutdown_background();
    match left {
        Ok(Left::Asked) => ExitCode::SUCCESS,
        Ok(Left::Signal(number)) => ExitCode::from(u8::try_from(128 + number).unwrap_or(1)),
        Err(error) => cli::failed(&error),
    }
}
