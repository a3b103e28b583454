//! Which door of the lab a path leads to. By the end of the path alone, so that every shape of address (tenant,
//! policy, AD FS) is covered.

use super::ask::Ask;
use super::identity::Machine;
use crate::model::Door;

/// What a path leads to, for forcing, breaking and the request log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entrance {
    /// A door that things can be forced at.
    At(Door),
    /// The keys: broken together with the metadata; nothing can be forced here.
    Keys,
    /// A page of a visit.
    Pages,
    /// The lab's own control API: never broken.
    Control,
    /// Anything else.
    Other,
}

impl Entrance {
    /// Reads a path.
    pub fn of(ask: &Ask, path: &[&str]) -> Self {
        let post = ask.method == "POST";
        match path {
            ["lab", ..] => Self::Control,
            _ if Machine::of_path(path).is_some() => Self::At(Door::ManagedIdentity),
            ["api", ..] | [.., "userinfo"] => Self::At(Door::Api),
            [.., "oauth2", "token"] | [.., "oauth2", "v2.0", "token"] => Self::At(Door::Token),
            [.., "authorize"] => Self::At(Door::Authorize),
            [.., "devicecode"] => Self::At(Door::DeviceCode),
            ["devicelogin"] | [.., "deviceauth"] if post => Self::At(Door::Device),
            [.., "openid-configuration"] | [.., "discovery", "instance"] => {
                Self::At(Door::Discovery)
            }
            [.., "keys"] => Self::Keys,
            [.., "login" | "devicelogin" | "deviceauth" | "logout"] => Self::Pages,
            _ => Self::Other,
        }
    }

    /// Its name in the request log.
    pub const fn word(self) -> &'static str {
        match self {
            Self::At(door) => door.word(),
            Self::Keys => "keys",
            Self::Pages => "page",
            Self::Control => "control",
            Self::Other => "other",
        }
    }

    /// The doors of forced answers that open here.
    pub const fn forces(self, door: Door) -> bool {
        match self {
            Self::At(Door::Authorize) => matches!(door, Door::Authorize | Door::Page),
            Self::At(at) => at as u8 == door as u8,
            Self::Keys | Self::Pages | Self::Control | Self::Other => false,
        }
    }

    /// Whether a fault ordered for this door (`None`: all) happens here.
    pub const fn breaks(self, door: Option<Door>) -> bool {
        match (self, door) {
            (Self::Control, _) => false,
            (_, None) | (Self::Keys, Some(Door::Discovery)) | (Self::Pages, Some(Door::Page)) => {
                true
            }
            (Self::At(at), Some(door)) => at as u8 == door as u8,
            (Self::Keys | Self::Pages | Self::Other, Some(_)) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shape_of_address_is_known_by_its_end() {
        for (method, path, word) in [
            ("POST", "/contoso.example/oauth2/v2.0/token", "token"),
            ("POST", "/common/oauth2/token", "token"),
            (
                "POST",
                "/contoso.example/b2c_1_signin/oauth2/v2.0/token",
                "token",
            ),
            ("GET", "/adfs/oauth2/authorize", "authorize"),
            ("POST", "/x/oauth2/v2.0/devicecode", "device-code"),
            (
                "GET",
                "/x/v2.0/.well-known/openid-configuration",
                "discovery",
            ),
            ("GET", "/x/discovery/v2.0/keys", "keys"),
            ("POST", "/devicelogin", "device"),
            ("GET", "/devicelogin", "page"),
            ("GET", "/api/me", "api"),
            ("GET", "/metadata/identity/oauth2/token", "managed-identity"),
            ("GET", "/msi/token", "managed-identity"),
            ("GET", "//lab/%77orld", "control"),
            ("GET", "/", "other"),
        ] {
            let ask = Ask {
                method: method.into(),
                path: path.into(),
                ..Ask::default()
            };
            let segments = ask.segments();
            let path: Vec<&str> = segments.iter().map(String::as_str).collect();
            assert_eq!(Entrance::of(&ask, &path).word(), word, "{path:?}");
        }
    }
}
