//! Chains of credentials (`DefaultAzureCredential`, `ChainedTokenCredential`).

/// None had a token.
pub fn none(count: usize) -> String {
    format!("None of the {count} credentials that the program tried had a token.")
}

/// One of them: what it said and what it would need.
pub fn attempt(name: &str, said: &str, need: &str) -> String {
    let said = said.trim_end_matches('.');
    format!("{name} ({said}): {need}")
}

/// One got as far as a refusal.
pub fn refused(name: &str) -> String {
    format!(
        "{name} was set up and was refused; the others had nothing to try. Begin with what it says."
    )
}

/// The Azure CLI is there and nobody is signed in.
pub const CLI_IS_THERE: &str = "On this machine the Azure CLI is installed and signed in to nothing that fits: az login (with --tenant) is the shortest way while developing.";
/// The machine has an endpoint and no identity.
pub const MACHINE_IS_THERE: &str = "The program runs on an Azure machine that has no such identity: assigning one is the way there.";
/// Nothing tells where it runs.
pub const WHERE_IT_RUNS: &str = "Which one is worth it depends on where the program runs: on a developer's machine the Azure CLI (az login), on Azure a managed identity, in Kubernetes a workload identity, anywhere else the variables of EnvironmentCredential.";

/// What variables need.
pub const ENVIRONMENT: &str = "needs AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET (or AZURE_CLIENT_CERTIFICATE_PATH) in the process's environment.";
/// What a workload identity needs.
pub const WORKLOAD: &str = "needs AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_FEDERATED_TOKEN_FILE, which the Kubernetes webhook sets for pods whose label and service account ask for it.";
/// What a managed identity needs.
pub const MACHINE: &str = "needs an Azure machine or service with an identity, and an open way to its endpoint (169.254.169.254 must not go through a proxy).";
/// The machine answers and has no such identity.
pub const NO_IDENTITY: &str = "the machine answers and has no such identity: assign it, or correct the client id of the user-assigned one.";
/// What the shared cache needs.
pub const SHARED_CACHE: &str =
    "needs an account that an older Visual Studio left in the cache of this machine's user.";
/// What Visual Studio needs.
pub const VISUAL_STUDIO: &str =
    "needs Visual Studio on this machine, signed in under its Azure account settings.";
/// What Visual Studio Code needs.
pub const VISUAL_STUDIO_CODE: &str =
    "needs Visual Studio Code with its Azure extension, signed in.";
/// What the Azure CLI needs.
pub const CLI: &str =
    "needs az login as the same user of the system, to a tenant that has the resource.";
/// The Azure CLI is not there.
pub const CLI_MISSING: &str = "needs the Azure CLI, in the PATH of the process, and az login.";
/// What Azure PowerShell needs.
pub const POWERSHELL: &str = "needs Connect-AzAccount as the same user of the system.";
/// Azure PowerShell is not there.
pub const POWERSHELL_MISSING: &str =
    "needs PowerShell with the Az.Accounts module, and Connect-AzAccount.";
/// What the Azure Developer CLI needs.
pub const DEVELOPER_CLI: &str = "needs azd auth login as the same user of the system.";
/// The Azure Developer CLI is not there.
pub const DEVELOPER_CLI_MISSING: &str =
    "needs the Azure Developer CLI, in the PATH of the process, and azd auth login.";
/// What a browser or broker needs.
pub const BROWSER: &str =
    "needs a person at the screen, and is left out of the chain unless the program includes it.";
/// It was set up and refused.
pub const SET_UP: &str = "was set up and was refused: what it says is the reason.";
/// What any other needs.
pub const OTHER: &str = "needs what its constructor was given.";
