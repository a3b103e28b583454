//! Changes of the world that concern the lab's other surfaces: its keys, its generic issuer, machines' identities.

/// Such a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SurfaceChange {
    /// `use-refresh-tokens`: somebody else uses every refresh token first, where one works only once.
    UseRefreshTokens,
    /// `rotate-keys`: tokens are signed with a new key; the one before stays published for a day.
    RotateKeys,
    /// `identity-fault 410 3`: the managed-identity endpoints answer so to the next requests; `identity-fault off`.
    IdentityFault(Option<(u16, u32)>),
}

impl SurfaceChange {
    /// Reads its words.
    pub fn parse(words: &[&str]) -> Option<Self> {
        Some(match words {
            ["use-refresh-tokens"] => Self::UseRefreshTokens,
            ["rotate-keys"] => Self::RotateKeys,
            ["identity-fault", "off"] => Self::IdentityFault(None),
            ["identity-fault", status, times] => Self::IdentityFault(Some((
                status.parse().ok().filter(|s| (400..600).contains(s))?,
                times.parse().ok().filter(|n| *n > 0)?,
            ))),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_can_happen_is_read() {
        let read = |text: &str| SurfaceChange::parse(&text.split(' ').collect::<Vec<_>>());
        assert_eq!(read("rotate-keys"), Some(SurfaceChange::RotateKeys));
        assert_eq!(
            read("identity-fault 410 3"),
            Some(SurfaceChange::IdentityFault(Some((410, 3))))
        );
        for wrong in [
            "identity-fault 200 3",
            "identity-fault 410 0",
            "identity-fault",
            "dance",
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
