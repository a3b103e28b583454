//! What is said where a profile is written as the settings of another program.

/// Settings for Microsoft's authorities.
pub const ENTRA_ALONE: &str =
    "such settings name a tenant of Microsoft Entra ID; this authority is none";
/// A machine's own identity.
pub const MACHINE_NEEDS_NONE: &str =
    "a program on the machine needs no settings to use the machine's own identity";
/// A thumbprint alone.
pub const CERTIFICATE_NEEDED: &str =
    "such settings name the file of a certificate; this profile has its thumbprint alone";
/// A token in a variable.
pub const FILE_NEEDED: &str =
    "such settings name the file of the federated token; this profile has it in a variable";
/// A token that GitHub is asked for.
pub const JOB_ALONE: &str = "such settings name the file of the federated token; this profile asks GitHub for it in a job (azure/login does there)";
/// A B2C authority without a policy.
pub const POLICY_NEEDED: &str = "the authority names no user flow";
/// What stands for a secret.
pub const FILL_IN: &str = "<fill in>";
/// What `--as` wants.
pub const EXPECTED_AS: &str = "the form of the settings";
/// Another form.
pub const EXPECTED_OTHER: &str = "another form (--as), or another profile";

/// No profile of that name.
pub fn expected_name(known: &str) -> String {
    if known.is_empty() {
        "the name of a profile; there are none yet".to_owned()
    } else {
        format!("one of {known}")
    }
}

/// Mutual TLS has no settings there.
pub const NO_MUTUAL_TLS: &str =
    "These settings have no word for a certificate that is shown in the TLS handshake (RFC 8705).";
