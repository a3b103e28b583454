//! What is said of the token that another issuer gives a workload.

/// Another word.
pub const NO_FEDERATION: &str = "nobody of this name gives workloads their tokens";
/// The words.
pub const EXPECTED_FEDERATION: &str = "azure (AZURE_FEDERATED_TOKEN_FILE), kubernetes (the projected token of a pod) or github (a job of GitHub Actions)";
/// Not in a job.
pub const NO_JOB: &str = "not set: this program does not run in a job of GitHub Actions, which alone can ask for its token";
/// What a job needs.
pub const EXPECTED_JOB: &str = "a job of GitHub Actions with `permissions: id-token: write`; elsewhere name the file or the variable of a token";
/// In a job that may not.
pub const NOT_PERMITTED: &str =
    "not set: this job of GitHub Actions may not ask for a token of its own";
/// The permission.
pub const EXPECTED_PERMISSION: &str = "`permissions: id-token: write` on the workflow or the job (a pull request from a fork never has it; a container needs the variable handed on)";
/// An address that nothing secret goes to.
pub const NO_ADDRESS: &str = "this is no address that a secret can be sent to";
/// What it should be.
pub const EXPECTED_HTTPS: &str = "an https address, as the runner sets it";
/// No projected token.
pub const EXPECTED_PROJECTED: &str = "a pod with the label `azure.workload.identity/use: \"true\"`, a service account with the annotation \
`azure.workload.identity/client-id`, and the webhook of Azure Workload Identity in the cluster; or name the file of another projected volume";
/// The file that the variable names is not there.
pub const EXPECTED_NAMED_FILE: &str =
    "the file that AZURE_FEDERATED_TOKEN_FILE names, as workload identity puts it there";
/// What GitHub should have answered.
pub const EXPECTED_TOKEN: &str = "a token in the member `value`; the exchange shows what came";

/// A token is asked for, for this audience.
pub fn asking(host: &str, audience: &str) -> String {
    format!("GitHub ({host}) is asked for a token of this job for the audience {audience}")
}

/// No token came.
pub fn no_token(status: u16) -> String {
    format!("GitHub answered with status {status} and gave no token")
}

/// No reply came.
pub fn no_reply(why: &str) -> String {
    format!("GitHub could not be asked for a token: {why}")
}
