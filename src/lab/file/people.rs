//! Entries of the world file about people, their devices and the places they are at.

use std::net::IpAddr;

use serde::{Deserialize, Deserializer};
use toml::Spanned;

use super::worded::{read_from_word, worded};
use super::{Place, WorldFile};
use crate::model::Problem;
use crate::strings::lab as say;

/// A person.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of its own that any other may stand beside"
)]
pub struct UserEntry {
    /// User principal name.
    pub name: Spanned<String>,
    /// What pages call the person.
    pub display: String,
    /// Object id, a GUID.
    pub id: Spanned<String>,
    /// The simulated password.
    pub password: String,
    /// Whether a second factor is registered.
    #[serde(default)]
    pub mfa: bool,
    /// Whether the person's own setting asks for a second factor: `true`, `false` or `"enforced"`.
    #[serde(default, rename = "per-user-mfa", deserialize_with = "read_own_mfa")]
    pub per_user_mfa: OwnMfa,
    /// Whether the account is switched off.
    #[serde(default)]
    pub disabled: bool,
    /// Whether the password has expired.
    #[serde(default, rename = "password-expired")]
    pub password_expired: bool,
    /// Whether an administrator locked the account.
    #[serde(default)]
    pub locked: bool,
    /// Whether security information has to be registered at the next sign-in.
    #[serde(default, rename = "must-register")]
    pub must_register: bool,
    /// Groups of the person.
    #[serde(default)]
    pub groups: Vec<String>,
    /// Directory roles of the person.
    #[serde(default)]
    pub roles: Vec<String>,
    /// How likely it is that the account is in other hands.
    #[serde(rename = "user-risk")]
    pub user_risk: Option<Risk>,
    /// How likely it is that a sign-in is not the person's own.
    #[serde(rename = "sign-in-risk")]
    pub sign_in_risk: Option<Risk>,
    /// Where the person is: the name of a place.
    pub place: Option<Spanned<String>>,
    /// The address the person comes from; the place follows from it if none is named.
    pub address: Option<IpAddr>,
    /// What the person signs in from: the name of a device.
    pub device: Option<Spanned<String>>,
    /// The domain of the tenant the person belongs to, if not the own one.
    pub home: Option<Spanned<String>>,
    /// Domains of tenants in which the person is a guest.
    #[serde(default, rename = "guest-of")]
    pub guest_of: Vec<Spanned<String>>,
    /// Policies whose terms of use the person has accepted.
    #[serde(default)]
    pub terms: Vec<String>,
}

worded! {
    /// How likely it is that somebody else is at work.
    Risk {
        /// Not at all.
        None => "none",
        /// A little.
        Low => "low",
        /// Considerably.
        Medium => "medium",
        /// Highly.
        High => "high",
    }
}
read_from_word!(Risk: None, Low, Medium, High);

worded! {
    /// What a person's own setting says of a second factor.
    #[derive(Default)]
    OwnMfa {
        /// Nothing.
        #[default]
        Off => "no",
        /// It asks for one, in the words that policies have (50076, 50079).
        On => "yes",
        /// It enforces one, in the older words of this setting (50074, 50072).
        Enforced => "enforced",
    }
}
read_from_word!(OwnMfa: Off, On, Enforced);

/// Reads the setting of a file: yes or no, or the word of a value.
fn read_own_mfa<'de, D: Deserializer<'de>>(from: D) -> Result<OwnMfa, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        Flag(bool),
        Word(OwnMfa),
    }
    Ok(match Written::deserialize(from)? {
        Written::Flag(true) => OwnMfa::On,
        Written::Flag(false) => OwnMfa::Off,
        Written::Word(word) => word,
    })
}

worded! {
    /// How far a device is under management.
    Management {
        /// The directory does not know it.
        Unregistered => "unregistered",
        /// Registered by its owner, not managed.
        Registered => "registered",
        /// Managed, and something about it is not as it must be.
        NonCompliant => "non-compliant",
        /// Managed, and as it must be.
        Compliant => "compliant",
        /// Joined to the organisation's domain, and compliant.
        Joined => "joined",
    }
}
read_from_word!(Management: Unregistered, Registered, NonCompliant, Compliant, Joined);

/// A device.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeviceEntry {
    /// Its name in `set user NAME device DEVICE`.
    pub name: Spanned<String>,
    /// Its id in the directory, a GUID.
    pub id: Spanned<String>,
    /// `windows`, `macos`, `linux`, `ios`, `android` or `other`.
    pub platform: Spanned<String>,
    /// How far it is under management.
    pub state: Management,
}

/// A place that people can be at.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceEntry {
    /// Its name in `set user NAME place PLACE`.
    pub name: Spanned<String>,
    /// Address ranges that belong to it, e.g. `203.0.113.0/24`.
    #[serde(default)]
    pub ranges: Vec<Spanned<String>>,
    /// Whether the organisation trusts it.
    #[serde(default)]
    pub trusted: bool,
    /// The only tenants that its network lets anybody reach; empty: all.
    #[serde(default)]
    pub tenants: Vec<String>,
}

/// The platforms a device can be of.
pub const PLATFORMS: [&str; 6] = ["windows", "macos", "linux", "ios", "android", "other"];

/// An address range such as `203.0.113.0/24`: its first address and how many bits count.
pub fn range(text: &str) -> Option<(IpAddr, u32)> {
    let (address, bits) = text.split_once('/')?;
    let address: IpAddr = address.parse().ok()?;
    let bits: u32 = bits.parse().ok()?;
    let most = if address.is_ipv4() { 32 } else { 128 };
    (bits <= most).then_some((address, bits))
}

/// Checks what the format cannot express.
pub(super) fn check(at: &Place<'_>, world: &WorldFile) -> Result<(), Problem> {
    for device in &world.devices {
        if !PLATFORMS.contains(&device.platform.get_ref().as_str()) {
            return Err(at.wrong(&device.platform, "platform", say::EXPECTED_PLATFORM));
        }
    }
    for place in &world.places {
        if let Some(wrong) = place.ranges.iter().find(|r| range(r.get_ref()).is_none()) {
            return Err(at.wrong(wrong, "ranges", say::EXPECTED_RANGE));
        }
    }
    for user in &world.users {
        let known = |name: &Spanned<String>| {
            world
                .places
                .iter()
                .any(|p| p.name.get_ref() == name.get_ref())
        };
        if let Some(wrong) = user.place.as_ref().filter(|name| !known(name)) {
            return Err(at.wrong(wrong, "place", say::EXPECTED_PLACE));
        }
        let known = |name: &Spanned<String>| {
            world
                .devices
                .iter()
                .any(|d| d.name.get_ref() == name.get_ref())
        };
        if let Some(wrong) = user.device.as_ref().filter(|name| !known(name)) {
            return Err(at.wrong(wrong, "device", say::EXPECTED_DEVICE));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::{BUILT_IN, read};
    use super::OwnMfa;

    #[test]
    fn a_persons_own_mfa_setting_is_a_flag_or_a_word() {
        let put = |value: &str| {
            let from = "display = \"Ada Example\"";
            let to = format!("{from}\nper-user-mfa = {value}");
            read("w.toml", &BUILT_IN.1.replacen(from, &to, 1))
        };
        for (value, meant) in [
            ("true", OwnMfa::On),
            ("false", OwnMfa::Off),
            ("\"enforced\"", OwnMfa::Enforced),
        ] {
            let world = put(value).unwrap();
            assert_eq!(world.users[0].per_user_mfa, meant, "{value}");
        }
        assert!(put("\"sometimes\"").unwrap_err().at.starts_with("w.toml:"));
    }
}
