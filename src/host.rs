//! The real outside world behind the traits of `ports`: the system's clock and random source, the desktop's browser
//! and clipboard, the process's environment, the person's keyring. Knows nothing of tokens.

mod keyring;

use std::cell::RefCell;
use std::io::Write as _;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use zeroize::Zeroize as _;

use crate::model::{Moment, Redacted};
use crate::ports::{Browser, Clipboard, Clock, Entropy, Env, Ports};

pub use keyring::SystemKeyring;

/// The system's clock.
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Moment {
        let since = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        Moment::from_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }
}

/// The system's random source. Small pieces are cut from a larger one, so that not each of them is a call of the
/// system; what was given away is wiped.
pub struct SystemEntropy;

/// How much is asked for at once, in bytes.
const POOL: usize = 512;

/// Random bytes of one thread that nobody has had, from `next` on.
struct Pool {
    bytes: [u8; POOL],
    next: usize,
}

thread_local! {
    static POOLED: RefCell<Pool> = const {
        RefCell::new(Pool {
            bytes: [0; POOL],
            next: POOL,
        })
    };
}

impl Pool {
    fn give(&mut self, buffer: &mut [u8]) {
        if POOL - self.next < buffer.len() {
            from_system(&mut self.bytes);
            self.next = 0;
        }
        let given = &mut self.bytes[self.next..self.next + buffer.len()];
        buffer.copy_from_slice(given);
        given.zeroize();
        self.next += buffer.len();
    }
}

impl Entropy for SystemEntropy {
    fn fill(&self, buffer: &mut [u8]) {
        if buffer.len() > POOL / 8 {
            from_system(buffer);
        } else {
            POOLED.with_borrow_mut(|pool| pool.give(buffer));
        }
    }
}

fn from_system(buffer: &mut [u8]) {
    if let Err(error) = getrandom::fill(buffer) {
        // Without random bytes no state, nonce or key is safe: better no program than a weak one.
        unreachable!("the operating system gave no random bytes: {error}");
    }
}

/// The process's environment.
pub struct ProcessEnv;

impl Env for ProcessEnv {
    fn var(&self, name: &str) -> Option<String> {
        std::env::var(name).ok()
    }
}

/// The desktop's browser, where there is a desktop.
pub struct SystemBrowser;

impl Browser for SystemBrowser {
    fn open(&self, url: &str) -> bool {
        let is_page = url.starts_with("https://") || url.starts_with("http://");
        is_page && has_desktop(&ProcessEnv) && open::that_detached(url).is_ok()
    }
}

/// Whether a browser opened here would be seen by the person: not over SSH, and on Linux only with a display.
fn has_desktop(env: &dyn Env) -> bool {
    let set = |name: &str| env.var(name).is_some_and(|value| !value.is_empty());
    set("BROWSER") || has_display(env)
}

/// Whether what is shown or copied here is before the person: not over SSH, and on Linux only with a display.
fn has_display(env: &dyn Env) -> bool {
    let set = |name: &str| env.var(name).is_some_and(|value| !value.is_empty());
    if is_remote(env) {
        return false;
    }
    if cfg!(any(target_os = "macos", windows)) {
        true
    } else {
        set("DISPLAY") || set("WAYLAND_DISPLAY")
    }
}

/// Whether the person is at another machine.
fn is_remote(env: &dyn Env) -> bool {
    let set = |name: &str| env.var(name).is_some_and(|value| !value.is_empty());
    set("SSH_CONNECTION") || set("SSH_TTY")
}

/// The desktop's clipboard through the usual helper programs. Over SSH it declines, so that the shell uses OSC 52:
/// there a helper would fill the clipboard of the wrong machine.
pub struct SystemClipboard;

/// Helper programs that read the text from standard input: name, arguments, variable that must be set.
const COPIERS: &[(&str, &[&str], &str)] = &[
    ("pbcopy", &[], ""),
    ("clip.exe", &[], "WSL_DISTRO_NAME"),
    ("wl-copy", &[], "WAYLAND_DISPLAY"),
    ("xclip", &["-selection", "clipboard"], "DISPLAY"),
    ("xsel", &["--clipboard", "--input"], "DISPLAY"),
];

impl Clipboard for SystemClipboard {
    fn put(&self, text: &Redacted<String>) -> bool {
        let env = ProcessEnv;
        // A Linux under Windows (WSL) has the clipboard without a display.
        let windows = env.var("WSL_DISTRO_NAME").is_some();
        if is_remote(&env) || !has_display(&env) && !windows {
            return false;
        }
        COPIERS
            .iter()
            .filter(|(name, _, needs)| {
                if needs.is_empty() {
                    cfg!(target_os = "macos") || *name != "pbcopy"
                } else {
                    env.var(needs).is_some()
                }
            })
            .any(|(name, arguments, _)| feed(name, arguments, text.get()).is_some())
    }
}

fn feed(program: &str, arguments: &[&str], text: &str) -> Option<()> {
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    child.stdin.take()?.write_all(text.as_bytes()).ok()?;
    child.wait().ok()?.success().then_some(())
}

/// The ports of a real process.
pub fn ports() -> Ports {
    Ports {
        clock: Arc::new(SystemClock),
        entropy: Arc::new(SystemEntropy),
        browser: Arc::new(SystemBrowser),
        clipboard: Arc::new(SystemClipboard),
        env: Arc::new(ProcessEnv),
        keyring: Arc::new(SystemKeyring),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    struct Fixed(HashMap<&'static str, &'static str>);

    impl Env for Fixed {
        fn var(&self, name: &str) -> Option<String> {
            self.0.get(name).map(|value| (*value).to_owned())
        }
    }

    #[test]
    fn over_ssh_no_browser_is_opened_unless_one_is_named() {
        assert!(!has_desktop(&Fixed(HashMap::from([
            ("SSH_TTY", "/dev/pts/1"),
            ("DISPLAY", ":0")
        ]))));
        assert!(has_desktop(&Fixed(HashMap::from([
            ("SSH_TTY", "/dev/pts/1"),
            ("BROWSER", "w3m")
        ]))));
    }

    #[test]
    fn a_browser_that_is_named_makes_no_clipboard_of_the_wrong_machine() {
        let there = Fixed(HashMap::from([
            ("SSH_TTY", "/dev/pts/1"),
            ("BROWSER", "w3m"),
            ("DISPLAY", ":0"),
        ]));
        assert!(!has_display(&there));
    }

    #[test]
    fn two_draws_of_random_bytes_differ() {
        let (mut first, mut second) = ([0_u8; 16], [0_u8; 16]);
        SystemEntropy.fill(&mut first);
        SystemEntropy.fill(&mut second);
        assert_ne!(first, second);
    }
}
