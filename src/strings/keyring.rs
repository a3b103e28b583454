//! What is said of the system's keyring.

/// Where there is none.
pub fn none_here(why: &str) -> String {
    format!("there is no keyring to be reached here ({why})")
}

/// Nothing of that name.
pub const NOT_THERE: &str = "the keyring keeps nothing under this name";

/// The keyring says no.
pub fn refused(why: &str) -> String {
    format!("the keyring refused ({why})")
}

/// A keyring that does not answer.
pub const SILENT: &str = "it did not answer within a minute; it may be locked";

/// On a system without any.
pub const NOT_ON_THIS_SYSTEM: &str = "none is known on this system";

/// What to do instead.
pub const EXPECTED_OTHER_WAY: &str = "a desktop session with a keyring (Secret Service on Linux, Keychain, Windows Credential Manager); or an environment variable (…-env NAME), a file (…-file PATH) or the prompt";

/// How something gets there.
pub const EXPECTED_KEPT: &str =
    "a name that `tokenscope keyring set NAME` was given; `tokenscope keyring list` shows them";

/// A name that is none.
pub const NOT_A_NAME: &str = "this is no name for something in the keyring";

/// What a name is.
pub const EXPECTED_NAME: &str = "a name of 1 to 100 letters, digits and the signs . _ - @ /; if it is the secret itself, it does not belong here";

/// A keyring that does not list.
pub const CANNOT_LIST: &str = "this keyring does not tell what it keeps";

/// Asks for what is kept.
pub fn ask(name: &str) -> String {
    format!("Secret to keep as {name}")
}

/// Nothing was given.
pub const NOTHING_GIVEN: &str = "nothing was given to keep";

/// Where it is read.
pub const EXPECTED_INPUT: &str = "the secret at the prompt, or on standard input";

/// It is kept.
pub fn kept(name: &str) -> String {
    format!("Kept as {name}.")
}

/// It is gone.
pub fn removed(name: &str) -> String {
    format!("{name} is no longer in the keyring.")
}

/// Nothing is kept.
pub const EMPTY: &str = "The keyring keeps nothing for this program.";
