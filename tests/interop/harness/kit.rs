//! Where things are: what `tests/run` installed, the scripts beside this file, and a command that starts clean.

use std::path::{Path, PathBuf};
use std::process::Command;

/// A file or folder below the repository.
pub fn below_root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Something that `tests/run` installs.
fn installed(path: &str) -> PathBuf {
    let found = below_root(".tests").join(path);
    assert!(
        found.exists(),
        "{} is missing: tests/run installs it",
        found.display()
    );
    found
}

/// A command without this machine's proxies and trust settings, which would decide what a test sees.
pub fn clean_command(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(program);
    for name in [
        "REQUESTS_CA_BUNDLE",
        "CURL_CA_BUNDLE",
        "SSL_CERT_FILE",
        "SSL_CERT_DIR",
        "NODE_EXTRA_CA_CERTS",
        "NODE_OPTIONS",
    ] {
        command.env_remove(name);
    }
    for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"] {
        command.env_remove(name).env_remove(name.to_lowercase());
    }
    command
}

/// The pinned npm packages.
pub fn modules() -> PathBuf {
    installed("npm/node_modules")
}

/// The pinned Node, running one of the scripts in `tests/interop/npm`.
pub fn node(script: &str) -> Command {
    node_at(&below_root("tests/interop/npm").join(script))
}

/// The pinned Node, running a script.
pub fn node_at(script: &Path) -> Command {
    let mut command = clean_command(installed("npm/node"));
    command.env("TEST_MODULES", modules()).arg(script);
    command
}

/// Python with the pinned packages, running one of the scripts in `tests/interop/python`.
pub fn python(script: &str) -> Command {
    python_at(&below_root("tests/interop/python").join(script))
}

/// Python with the pinned packages, running a script.
pub fn python_at(script: &Path) -> Command {
    let mut command = clean_command("python3");
    command
        .env("PYTHONPATH", installed("python"))
        .env("PYTHONUNBUFFERED", "1")
        .env("PYTHONDONTWRITEBYTECODE", "1");
    command.arg(script);
    command
}

/// The program under test, with its files in `home` and nowhere else.
pub fn tokenscope(home: &Path) -> Command {
    let mut command = clean_command(env!("CARGO_BIN_EXE_tokenscope"));
    command
        .env("HOME", home)
        .env_remove("XDG_CONFIG_HOME")
        .env_remove("XDG_DATA_HOME")
        .env_remove("XDG_STATE_HOME");
    command
}

/// The same command in a user and network namespace of its own: loopback alone, every port free, all of it gone
/// when the command ends.
pub fn in_a_network_of_its_own(inner: &Command) -> Command {
    let mut command = clean_command("unshare");
    command.args([
        "--user",
        "--map-root-user",
        "--net",
        "--pid",
        "--fork",
        "--kill-child",
    ]);
    command.args([
        "sh",
        "-c",
        "PATH=$PATH:/sbin:/usr/sbin ip link set lo up && exec \"$@\"",
        "sh",
    ]);
    with(command, inner)
}

/// A command that runs another, with the environment of that one.
fn with(mut command: Command, inner: &Command) -> Command {
    command.arg(inner.get_program()).args(inner.get_args());
    for (name, value) in inner.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    command
}

/// The same command in a user and mount namespace of its own, where `folder` is empty and its own.
pub fn in_a_file_system_of_its_own(inner: &Command, folder: &str) -> Command {
    let mut command = clean_command("unshare");
    command.args(["--user", "--map-root-user", "--mount"]);
    command.args([
        "sh",
        "-c",
        &format!("PATH=$PATH:/sbin:/usr/sbin mount -t tmpfs tmpfs {folder} && exec \"$@\""),
        "sh",
    ]);
    with(command, inner)
}

/// A folder that goes away with the test.
pub fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder can be made")
}
