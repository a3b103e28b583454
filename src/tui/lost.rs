//! Notices that the terminal is gone, also when nobody says so (no hang-up signal, nothing to draw).

use tokio::sync::oneshot;

/// Told when the terminal is gone; closed untold where that cannot be known.
#[cfg(unix)]
pub fn lost() -> oneshot::Receiver<()> {
    use rustix::event::{PollFd, PollFlags, poll};

    let (tell, told) = oneshot::channel();
    // The thread sleeps until the terminal hangs up, and ends with the program.
    std::thread::spawn(move || {
        let out = std::io::stdout();
        let mut watched = [PollFd::new(&out, PollFlags::empty())];
        loop {
            match poll(&mut watched, None) {
                Err(rustix::io::Errno::INTR) => {}
                Ok(_) if watched[0].revents().contains(PollFlags::HUP) => break,
                // It cannot be watched: drawing will find out.
                Ok(_) | Err(_) => return,
            }
        }
        let _ = tell.send(());
    });
    told
}

/// Told when the terminal is gone; closed untold where that cannot be known.
#[cfg(not(unix))]
pub fn lost() -> oneshot::Receiver<()> {
    oneshot::channel().1
}
