//! Which library wrote the text, and its version where that stands beside it.

use std::ops::Range;

use super::begin::Begin;
use super::mark::Form;
use super::scan::Scan;
use super::value::{Named, start};
use crate::model::FactKind;

/// What introduces a library, what it is called, and whether its version follows at once. What is longer stands
/// before what it begins with.
const NAMES: [(&str, &str, bool); 41] = [
    ("MSAL.NetCore.", "msal-dotnet", true),
    ("MSAL.CoreCLR.", "msal-dotnet", true),
    ("MSAL.Desktop.", "msal-dotnet", true),
    ("MSAL.NetCore", "msal-dotnet", false),
    ("MSAL.Desktop", "msal-dotnet", false),
    ("MSAL.CoreCLR", "msal-dotnet", false),
    ("MSAL.Xamarin", "msal-dotnet", false),
    ("MSAL.Python ", "msal-python", true),
    ("MSAL.Go", "msal-go", false),
    ("MSAL ", "msal-dotnet", true),
    (
        "Microsoft.IdentityModel.Clients.ActiveDirectory",
        "adal-dotnet",
        false,
    ),
    ("Microsoft.Identity.Client", "msal-dotnet", false),
    ("com.microsoft.aad.msal4j", "msal-java", false),
    ("com.microsoft.aad.adal4j", "adal-java", false),
    ("com.microsoft.identity.client", "msal-android", false),
    ("com.azure.identity", "azure-identity-java", false),
    ("azsdk-python-identity/", "azure-identity-python", true),
    ("azsdk-net-Identity/", "azure-identity-dotnet", true),
    ("azsdk-js-identity/", "azure-identity-js", true),
    ("azsdk-java-azure-identity/", "azure-identity-java", true),
    ("azsdk-go-azidentity/v", "azure-identity-go", true),
    ("azsdk-go-azidentity/", "azure-identity-go", true),
    ("azure/msal-node@", "msal-node", true),
    ("azure/msal-browser@", "msal-browser", true),
    ("azure/msal-common@", "msal-common", true),
    ("azure/msal-react@", "msal-react", true),
    ("azure/msal-angular@", "msal-angular", true),
    ("azure/msal-node", "msal-node", false),
    ("azure/msal-browser", "msal-browser", false),
    ("azure/identity", "azure-identity-js", false),
    ("azure/identity/_", "azure-identity-python", false),
    ("azure.identity", "azure-identity-python", false),
    ("Azure.Identity", "azure-identity-dotnet", false),
    ("azidentity", "azure-identity-go", false),
    ("microsoft-authentication-library-for-go", "msal-go", false),
    ("site-packages/msal/", "msal-python", false),
    ("site-packages\\msal\\", "msal-python", false),
    ("site-packages/adal/", "adal-python", false),
    ("adal.adal_error", "adal-python", false),
    ("msal/", "msal-python", true),
    ("msal==", "msal-python", true),
];

static BEGIN: Begin = {
    let mut begin = Begin::NONE;
    let mut next = 0;
    while next < NAMES.len() {
        begin = begin.with(NAMES[next].0);
        next += 1;
    }
    begin
};

/// Whether the name of a library may begin at `at`.
pub(super) fn may_begin(bytes: &[u8], at: usize) -> bool {
    BEGIN.at(bytes, at)
}

/// The library that is named at `at`; returns where to go on.
pub(super) fn read(scan: &mut Scan<'_>, at: usize) -> Option<usize> {
    let rest = scan.text.get(at..)?;
    let (name, library, versioned) = NAMES.iter().find(|(name, _, versioned)| {
        rest.starts_with(name)
            && (!versioned
                || rest
                    .as_bytes()
                    .get(name.len())
                    .is_some_and(u8::is_ascii_digit))
    })?;
    let end = at + name.len();
    if !versioned {
        scan.push(FactKind::Library, Form::Prose, *library, at..end);
        return Some(end);
    }
    let version = version(scan, end);
    let (value, end) = (
        format!("{library} {}", &scan.text[version.clone()]),
        version.end,
    );
    scan.push(FactKind::Library, Form::Member, value, at..end);
    Some(end)
}

/// Digits and dots, no dot at the end.
fn version(scan: &Scan<'_>, at: usize) -> Range<usize> {
    let length = scan.bytes[at..]
        .iter()
        .take(24)
        .take_while(|b| b.is_ascii_digit() || **b == b'.')
        .count();
    let text = scan.text[at..at + length].trim_end_matches('.');
    at..at + text.len()
}

/// `x-client-SKU`: the library by the name that it gives itself.
pub(super) fn sku(scan: &mut Scan<'_>, named: &Named) -> usize {
    let at = start(scan, named.value);
    let length = scan.bytes[at..]
        .iter()
        .take(40)
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_'))
        .count();
    let word = &scan.text[at..at + length];
    let library = match word {
        "MSAL.Python" => "msal-python",
        "MSAL.Go" => "msal-go",
        "MSAL.Java" | "MSAL.java" => "msal-java",
        "msal.js.node" => "msal-node",
        "msal.js.browser" => "msal-browser",
        "msal.js.common" => "msal-common",
        "Python" => "adal-python",
        _ if word.starts_with("MSAL.") => "msal-dotnet",
        _ if word.starts_with("PCL.") => "adal-dotnet",
        _ => return named.value,
    };
    scan.push(FactKind::Library, Form::Member, library, at..at + length);
    at + length
}

/// `x-client-Ver`: the version of the library that was named last.
pub(super) fn ver(scan: &mut Scan<'_>, named: &Named) -> usize {
    let at = version(scan, start(scan, named.value));
    let text = scan.text[at.clone()].to_owned();
    let last = scan
        .marks
        .iter_mut()
        .rev()
        .take(4)
        .find(|mark| mark.is(FactKind::Library));
    if let Some(mark) = last.filter(|mark| !text.is_empty() && !mark.value.contains(' ')) {
        mark.value = format!("{} {text}", mark.value);
        mark.at.end = at.end;
    }
    at.end
}
