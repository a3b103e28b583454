//! What is said about token caches that are files.

/// Not JSON. What is there instead may be a token, so that it is not quoted.
pub fn not_json(line: usize, column: usize) -> String {
    format!("it is not JSON (line {line}, column {column})")
}

/// Not an object.
pub const NOT_SECTIONS: &str =
    "it is JSON, but not an object of sections (AccessToken, RefreshToken, Account …)";

/// An object of something else.
pub const NOT_A_CACHE: &str = "it is JSON of another kind: none of the sections of a token cache (AccessToken, RefreshToken, Account …) is in it";

/// A section of the wrong shape.
pub fn not_a_section(name: &str) -> String {
    format!("its section {name} is not an object")
}

/// No file.
pub const MISSING: &str = "there is no such file";

/// A link.
pub const LINK: &str =
    "it is a link; name the file that it leads to, since replacing it would cut the link";

/// A directory or such.
pub const NOT_A_FILE: &str = "it is not a plain file";

/// Of another person.
pub const NOT_YOURS: &str = "it belongs to another user of this machine";

/// Too big.
pub const TOO_BIG: &str = "it is bigger than 64 MiB, which no token cache is";

/// Of a program of other people.
pub fn other_program(program: &str) -> String {
    format!(
        "it is a cache of {program}: tokens of other people's programs are looked at (tokenscope cache) and never used"
    )
}

/// Of other clients.
pub fn other_client(clients: &str) -> String {
    format!("it holds tokens of another client ({clients}) and none of this one")
}

/// Held by somebody.
pub const LOCKED: &str = "another program is at it and has not let go for ten seconds; if none is, remove the .lockfile beside it";

/// The lock is taken.
pub const LOCKING: &str = "lock";

/// The file is read.
pub const READING: &str = "read";

/// The file is written.
pub const WRITING: &str = "write";

/// The file system says no.
pub fn io(operation: &str, detail: &str) -> String {
    format!("cannot {operation} it: {detail}")
}

/// What a cache file should be.
pub const EXPECTED_FILE: &str = "a token cache file of this very client, as MSAL Python's SerializableTokenCache or msal-extensions writes it in plain text";

/// A machine's tokens.
pub const NO_MACHINE: &str = "the tokens of a managed identity are not kept in a file";

/// What else.
pub const EXPECTED_NO_MACHINE: &str = "no cache file with this flow";

/// Which file is meant, told in the run's log.
pub fn read(path: &str) -> String {
    format!("the token cache is {path}")
}

/// A file that was not there.
pub fn new_file(path: &str) -> String {
    format!(
        "{path} is a new token cache: it holds tokens in the clear, and whoever can read the file can use them"
    )
}

/// A file others may read.
pub fn readable(path: &str) -> String {
    format!(
        "{path} can be read by other users of this machine, and whoever can read it can use the tokens in it (chmod 600)"
    )
}

/// It was written.
pub fn stored(path: &str) -> String {
    format!("what came is kept in {path}")
}

/// It was not written.
pub fn not_stored(path: &str, why: &str) -> String {
    format!("what came is NOT kept in {path}: {why}")
}

/// What can be looked at.
pub const EXPECTED_ANY: &str = "a token cache file in MSAL's format";

/// Encrypted here.
pub const SEALED: &str = "encrypted by this program, with a key in the keyring of whoever wrote it (--encrypt-cache); only metadata of plain files is shown";

/// A sealed file without its key.
pub fn no_key(name: &str) -> String {
    format!(
        "it is encrypted, and its key ({name}) is not in this keyring: it was written by another person or on another machine, or the key was removed; nothing of it was changed"
    )
}

/// A sealed file that the key does not open.
pub const SEAL_BROKEN: &str = "it is encrypted, and its key does not open it: it was changed or cut off; nothing of it was changed now";

/// Nothing to seal with.
pub const NO_SEAL: &str = "it cannot be encrypted: what the keyring keeps is no key";

/// A new file that is sealed.
pub fn new_sealed(path: &str, name: &str) -> String {
    format!("{path} is a new token cache, encrypted with a key that the keyring keeps as {name}")
}

/// A plain file that is sealed from now on.
pub fn sealed_from_now(path: &str) -> String {
    format!(
        "{path} is plain by now; with the next token it is encrypted, and no other program will read it"
    )
}

/// Encryption without a file.
pub const SEAL_WITHOUT_FILE: &str = "there is no cache file to encrypt";

/// In plain text.
pub const PLAIN: &str = "in plain text: whoever can read the file can use the tokens";

/// Encrypted by Windows.
pub const DPAPI: &str =
    "encrypted by Windows (DPAPI) for one user of one machine; it is not decrypted here";

/// Empty.
pub const EMPTY: &str = "the file is empty: nothing is held, or the tokens are in the Keychain (macOS) or the Secret Service (libsecret) and the file only signals that they changed; those are not opened here";

/// Of a program.
pub fn belongs(program: &str) -> String {
    format!("It is a cache of {program}. It is only looked at; its tokens are never used here.")
}

/// Heads of the parts.
pub const ACCOUNTS: &str = "Accounts";
/// As above.
pub const TOKENS: &str = "Tokens";
/// As above.
pub const CLIENTS: &str = "Clients";
/// Nothing in a part.
pub const NONE: &str = "none";

/// What a token is.
pub const KINDS: [&str; 3] = ["access token", "refresh token", "ID token"];

/// Whose an application's own token is.
pub const OF_THE_APP: &str = "the application itself";

/// How long a token works.
pub fn left(minutes: u64, until: &str) -> String {
    format!("works for {minutes} min, until {until}")
}

/// A token that is over.
pub fn over(since: &str) -> String {
    format!("expired at {since}")
}

/// A token that ends within MSAL's margin.
pub fn nearly_over(until: &str) -> String {
    format!("counts as expired: less than five minutes, until {until}")
}

/// When it was kept.
pub fn kept(at: &str) -> String {
    format!("kept at {at}")
}

/// When it should be renewed.
pub fn renew(at: &str) -> String {
    format!("to be renewed from {at}")
}

/// In a family.
pub fn family(id: &str) -> String {
    format!("family {id}")
}

/// Bound to more than its scopes.
pub const BOUND: &str = "bound to a key or further parameters";

/// Sections of no schema.
pub fn other_section(name: &str, entries: usize) -> String {
    format!("The section {name} is not of the schema: {entries} entries, left as they are")
}

/// Entries nobody can use.
pub fn unusable(entries: usize) -> String {
    format!("{entries} entries lack what makes them usable")
}

/// What a silent call would look for.
pub fn silent(client: &str, environment: &str, scopes: &str) -> String {
    let scopes = if scopes.is_empty() {
        "no scope"
    } else {
        scopes
    };
    format!("A silent call of client {client} at {environment} for {scopes}")
}

/// Whose account.
pub fn chooses(account: &str) -> String {
    format!("chooses the account {account}")
}

/// Finds an access token.
pub fn finds_access(fingerprint: &str) -> String {
    format!("finds an access token that will do ({fingerprint}) and sends nothing")
}

/// Finds a refresh token.
pub fn finds_refresh(fingerprint: &str, client: &str) -> String {
    format!("would redeem the refresh token ({fingerprint}) that was given to {client}")
}

/// Finds nothing.
pub const FINDS_NOTHING: &str = "finds nothing to be silent with";

/// `--client-id` is missing.
pub const NEEDS_CLIENT: &str = "what a silent call finds depends on the client";
