//! How long access tokens live: 60 to 90 minutes, drawn anew for each; up to 28 hours for a client that hears of what
//! happens meanwhile (`cp1`, continuous access evaluation), because its token can be taken back before its end.

use super::kit::Kit;
use super::mint::LIFETIME;

/// What a client says of itself that can be told by an API that its token counts no more.
pub const ABLE: &str = "cp1";

/// The seconds between the shortest and the longest ordinary life: half an hour.
const SPREAD: i64 = 1_800;
/// The shortest life of a token that can be taken back, in seconds: 20 hours.
const LONG: i64 = 72_000;
/// The seconds between it and the longest, 28 hours.
const LONG_SPREAD: i64 = 28_800;

/// The life of the next access token, in seconds. Outside Entra it is always the same.
pub fn draw(kit: &Kit<'_>, capabilities: &[String]) -> i64 {
    if !kit.voice.dialect.is_entra() {
        return LIFETIME;
    }
    let able = capabilities
        .iter()
        .any(|one| one.eq_ignore_ascii_case(ABLE));
    let (least, spread) = if able {
        (LONG, LONG_SPREAD)
    } else {
        (LIFETIME, SPREAD)
    };
    least + i64::from(u16::from_be_bytes(kit.bytes())) % (spread + 1)
}

#[cfg(test)]
mod tests {
    use super::super::dialect::Dialect;
    use super::super::testing::{Counting, signer};
    use super::*;

    #[test]
    fn a_life_is_drawn_within_its_bounds_and_differs_from_token_to_token() {
        let entropy = Counting::default();
        let mut kit = Kit::new(&entropy, signer());
        let many = |capabilities: &[String]| -> Vec<i64> {
            (0..200).map(|_| draw(&kit, capabilities)).collect()
        };
        let ordinary = many(&[]);
        assert!(ordinary.iter().all(|life| (3_599..=5_399).contains(life)));
        let able = many(&["CP1".into()]);
        assert!(able.iter().all(|life| (72_000..=100_800).contains(life)));
        for lives in [&ordinary, &able] {
            assert!(lives.iter().any(|life| *life != lives[0]), "{lives:?}");
        }
        kit.voice.dialect = Dialect::Oidc;
        assert_eq!(draw(&kit, &["cp1".into()]), LIFETIME);
    }
}
