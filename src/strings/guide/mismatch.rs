//! Values that are compared character by character, and how two of them differ.

/// The other address is the one of the authorization request.
pub const EARLIER: &str = "the one sent when the code was asked for";
/// The other address is the one of the profile.
pub const PROFILE: &str = "the one in the profile";
/// A trap of redirect URIs.
pub const ENDS_WITH_SLASH: &str = "it ends with a slash";
/// A trap of redirect URIs.
pub const HAS_CAPITALS: &str = "it has capital letters, and after the host case counts";
/// A trap of redirect URIs.
pub const HAS_QUERY: &str = "it has a query after ?";
/// A trap of redirect URIs.
pub const LOOPBACK_ADDRESS: &str =
    "it names a loopback address, which is not the same as localhost";
/// A trap of redirect URIs.
pub const PLAIN_HTTP: &str = "it is http, which is accepted for localhost only";

/// What sets two texts apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A slash at the end.
    Slash,
    /// Upper and lower case.
    LetterCase,
    /// White space at an end.
    Space,
    /// http and https.
    Scheme,
    /// localhost and a loopback address.
    Loopback,
    /// Anything else.
    Other,
}

/// Two values, the difference marked.
pub fn differ(left: &str, right: &str, whose: &str) -> String {
    format!("The server got `{left}`; {whose} is `{right}`: what differs stands between » and «.")
}

/// What the difference is.
pub const fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Slash => "One of them ends with a slash: the comparison is to the last character.",
        Kind::LetterCase => "Only upper and lower case differ, and they count.",
        Kind::Space => "Only white space at an end differs: it was copied along.",
        Kind::Scheme => {
            "One is http and the other https: behind a proxy the application must be told which of them people see."
        }
        Kind::Loopback => {
            "localhost and 127.0.0.1 are two addresses here, though they lead to the same machine."
        }
        Kind::Other => {
            "Use the same address everywhere: in the registration, in the first request and when the code is redeemed."
        }
    }
}

/// A redirect URI of which only one side is known.
pub fn redirect(sent: &str, traps: &[&str]) -> String {
    if traps.is_empty() {
        format!(
            "The server got `{sent}`: compare it with the registration character by character, and look under which type (web, single-page, mobile and desktop) it stands there."
        )
    } else {
        format!(
            "The server got `{sent}`: compare it with the registration character by character; {}.",
            traps.join("; ")
        )
    }
}

/// The subject that matched nothing.
pub fn subject(subject: &str, only_case: bool) -> String {
    if only_case {
        format!(
            "The token's subject is `{subject}`: a federated credential has it with other upper and lower case, which counts. Copy it from here."
        )
    } else {
        format!(
            "The token's subject is `{subject}`: a federated credential of the application must have exactly this, in upper and lower case too."
        )
    }
}

/// What kind of workload a subject stands for.
pub fn subject_shape(subject: &str) -> Option<&'static str> {
    if subject.starts_with("repo:") {
        Some(if subject.contains(":environment:") {
            "It stands for a GitHub job with an environment: a credential made for a branch or tag does not match it."
        } else if subject.ends_with(":pull_request") {
            "It stands for a GitHub pull request: a credential made for a branch does not match it."
        } else if subject.contains(":ref:refs/tags/") {
            "It stands for a tag on GitHub: a credential made for a branch does not match it."
        } else if subject.contains(":ref:") {
            "It stands for a branch on GitHub: a job that names an environment has another subject."
        } else {
            "It stands for a GitHub repository whose subjects were customised."
        })
    } else if subject.starts_with("system:serviceaccount:") {
        Some("It stands for a Kubernetes service account: namespace and name, in this order.")
    } else if subject.starts_with("sc://") {
        Some(
            "It stands for a service connection of Azure DevOps: organisation, project and connection by name.",
        )
    } else {
        None
    }
}

/// The issuer that matched nothing.
pub fn issuer(issuer: &str, slash: bool) -> String {
    if slash {
        format!(
            "The token's issuer is `{issuer}`, with a slash at the end: the credential must have it too."
        )
    } else {
        format!(
            "The token's issuer is `{issuer}`, without a slash at the end: the credential must have none either."
        )
    }
}

/// The audience that matched nothing.
pub fn audience(presented: &str, usual: &str) -> String {
    format!("The token is meant for `{presented}`; the usual audience of an exchange is `{usual}`.")
}
