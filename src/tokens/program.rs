//! Caches that belong to programs of other people: told by where they are and by whose client id they are for. They may
//! be looked at and are never used.

use std::path::Path;

/// Programs of Microsoft that keep a cache in the unified schema, by client id
/// (learn.microsoft.com: "Verify first-party Microsoft applications in sign-in reports").
const CLIENTS: [(&str, &str); 5] = [
    ("04b07795-8ddb-461a-bbee-02f9e1bf7b46", "Azure CLI"),
    ("1950a258-227b-4e31-a9cf-717495945fc2", "Azure PowerShell"),
    ("aebc6443-996d-45c2-90f0-388ff96faa56", "Visual Studio Code"),
    ("04f0c124-f2bc-4f59-8241-bf6df9866bbd", "Visual Studio"),
    ("872cd9fa-d31f-45e0-9eab-6e460a02d1f1", "Visual Studio"),
];

/// The folders in which such programs keep their caches, in lower case.
const FOLDERS: [(&str, &str); 3] = [
    (".azure", "Azure CLI or Azure PowerShell"),
    (".identityservice", "Visual Studio or Azure PowerShell"),
    (".azd", "Azure Developer CLI"),
];

/// The program that a client id is known to be of.
pub fn of_client(client_id: &str) -> Option<&'static str> {
    CLIENTS
        .iter()
        .find(|(id, _)| id.eq_ignore_ascii_case(client_id))
        .map(|(_, name)| *name)
}

/// The program that keeps its cache where this file is.
pub fn of_place(path: &Path) -> Option<&'static str> {
    let whole = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let mut folders = whole.parent()?.components().rev();
    folders.find_map(|part| {
        let name = part.as_os_str().to_str()?.to_lowercase();
        let known = FOLDERS.iter().find(|(folder, _)| *folder == name);
        known.map(|(_, program)| *program)
    })
}
