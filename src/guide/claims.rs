//! A claims request explained member by member, and written as each library and tool takes it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value as Json;
use url::form_urlencoded::byte_serialize;

use super::plan::check::quoted;
use crate::model::Moment;
use crate::model::claims_view::{AskedClaim, ClaimsForm, ClaimsView};
use crate::strings::claims as says;

/// The most claims of one part, and values of one claim, that are told.
const MOST: usize = 50;

/// Lays a claims request open. `merged` is the same with the client's capabilities.
pub fn lay_open(claims: &Json, merged: &Json) -> ClaimsView {
    ClaimsView {
        claims: claims.clone(),
        merged: merged.clone(),
        asked: asked(claims),
        forms: forms(merged),
    }
}

/// What is asked for, in the order in which it stands.
pub fn asked(claims: &Json) -> Vec<AskedClaim> {
    let Json::Object(parts) = claims else {
        return Vec::new();
    };
    let members = parts.iter().filter_map(|(part, all)| {
        let all = all.as_object()?;
        Some(
            all.iter()
                .take(MOST)
                .map(move |(name, asks)| (part, name, asks)),
        )
    });
    members
        .flatten()
        .map(|(part, name, asks)| AskedClaim {
            part: part.clone(),
            name: name.clone(),
            essential: asks["essential"] == true,
            values: values(name, asks),
            meaning: says::meaning(name).to_owned(),
        })
        .collect()
}

fn values(name: &str, asks: &Json) -> Vec<String> {
    let several = asks["values"].as_array().into_iter().flatten();
    let one = asks.get("value");
    let text = |value: &Json| {
        let text = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        let time = matches!(name, "nbf" | "auth_time").then(|| text.parse::<i64>().ok());
        match time.flatten() {
            Some(seconds) => says::moment(&text, &Moment::from_seconds(seconds).iso()),
            None => text,
        }
    };
    several.chain(one).take(MOST).map(text).collect()
}

/// Ready to paste. Libraries take JSON; the command lines take base64, which no shell reads anything into.
fn forms(merged: &Json) -> Vec<ClaimsForm> {
    let json = merged.to_string();
    let encoded = STANDARD.encode(&json);
    let single = format!("'{}'", json.replace('\\', "\\\\").replace('\'', "\\'"));
    let double = format!("\"{}\"", json.replace('\\', "\\\\").replace('"', "\\\""));
    let escaped: String = byte_serialize(json.as_bytes()).collect();
    [
        ("msal-python", says::PYTHON, format!("claims_challenge={single}")),
        ("msal-dotnet", says::DOTNET, format!(".WithClaims({double})")),
        ("msal-js", says::JS, format!("claims: {single}")),
        (
            "azure-cli",
            says::AZ,
            format!("az login --claims-challenge {}", quoted(&encoded)),
        ),
        (
            "azure-powershell",
            says::POWERSHELL,
            format!("Connect-AzAccount -ClaimsChallenge '{encoded}'"),
        ),
        (
            "tokenscope",
            says::OWN,
            format!("tokenscope acquire --claims {}", quoted(&json)),
        ),
        ("parameter", says::PARAMETER, format!("claims={escaped}")),
        (
            "www-authenticate",
            says::HEADER,
            format!(
                "WWW-Authenticate: Bearer realm=\"\", authorization_uri=\"https://login.microsoftonline.com/common/oauth2/authorize\", error=\"insufficient_claims\", claims=\"{encoded}\""
            ),
        ),
    ]
    .map(|(of, title, text)| ClaimsForm {
        of: of.to_owned(),
        title: title.to_owned(),
        text,
    })
    .to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn form(view: &ClaimsView, of: &str) -> String {
        let mut all = view.forms.iter();
        all.find(|form| form.of == of).unwrap().text.clone()
    }

    #[test]
    fn each_member_is_told_with_its_values_and_a_moment_as_a_date() {
        let claims = json!({"access_token": {
            "nbf": {"essential": true, "value": "1795356131"},
            "acrs": {"essential": true, "values": ["c1", "c2"]},
            "odd": null
        }});
        let view = lay_open(&claims, &claims);
        let mut named = view.asked.iter();
        let nbf = named.find(|one| one.name == "nbf").unwrap();
        assert_eq!(nbf.values, ["1795356131 (2026-11-22T14:02:11Z)"]);
        assert!(nbf.essential && nbf.part == "access_token");
        let mut named = view.asked.iter();
        let acrs = named.find(|one| one.name == "acrs").unwrap();
        assert_eq!(acrs.values, ["c1", "c2"]);
        assert_eq!(view.asked.len(), 3);
    }

    #[test]
    fn libraries_get_json_that_stays_one_string_and_command_lines_get_base64() {
        let claims = json!({"id_token": {"it's": {"value": "a\"b\\c"}}});
        let view = lay_open(&claims, &claims);
        let python = form(&view, "msal-python");
        assert_eq!(
            python,
            r#"claims_challenge='{"id_token":{"it\'s":{"value":"a\\"b\\\\c"}}}'"#
        );
        let dotnet = form(&view, "msal-dotnet");
        assert!(
            dotnet.starts_with(r#".WithClaims("{\"id_token\""#),
            "{dotnet}"
        );
        for of in ["azure-cli", "azure-powershell"] {
            let line = form(&view, of);
            let last = line.rsplit(' ').next().unwrap().trim_matches('\'');
            let back = STANDARD.decode(last).unwrap();
            assert_eq!(serde_json::from_slice::<Json>(&back).unwrap(), claims);
        }
    }

    proptest! {
        #[test]
        fn no_claims_make_it_panic(name in "\\PC*", value in "\\PC*", seconds in any::<i64>()) {
            let claims = json!({"access_token": {name.clone(): {"value": value}, "nbf": {"value": seconds}}, name: 1});
            let _ = lay_open(&claims, &claims);
        }
    }
}
