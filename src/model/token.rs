//! A token laid open for looking at: what it is, and what each part of it means. Never the token itself.

use std::time::Duration;

use serde_json::Value as Json;

use super::Moment;

/// What a text is that is meant to be a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A JWT that can be read (RFC 7519), signed or not.
    Jwt,
    /// An encrypted JWT (JWE, RFC 7516): its header can be read.
    Encrypted,
    /// Something that only its issuer and its API can read.
    Opaque,
}

impl Form {
    /// The word in machine output.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Jwt => "jwt",
            Self::Encrypted => "encrypted",
            Self::Opaque => "opaque",
        }
    }
}

/// A claim, or a member of the header, with what it means. Values are as received: not yet safe for a terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimView {
    /// Its name.
    pub name: String,
    /// Its value: a text as it is, a list of texts joined by spaces, anything else as JSON.
    pub value: String,
    /// What such a claim tells, in a sentence; empty where it is not known.
    pub meaning: String,
    /// What this value means: a date, the name of a role, a sentence on each scope.
    pub notes: Vec<String>,
    /// Whether it tells what the token is good for. The others are for those who ask for details.
    pub telling: bool,
}

/// From when to when a token is valid.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lifetime {
    /// `nbf`, else `iat`.
    pub from: Option<Moment>,
    /// `exp`.
    pub until: Option<Moment>,
}

/// Where a moment lies in a lifetime.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Age {
    /// It begins after so long.
    Early(Duration),
    /// It is valid, and so long is left.
    Valid(Duration),
    /// It ended so long ago.
    Over(Duration),
    /// It does not say when it ends.
    Unknown,
}

impl Age {
    /// The word in machine output.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Early(_) => "not-yet-valid",
            Self::Valid(_) => "valid",
            Self::Over(_) => "expired",
            Self::Unknown => "unknown",
        }
    }
}

impl Lifetime {
    /// Reads `nbf`, `iat` and `exp` (RFC 7519 section 4.1: seconds, perhaps with a fraction).
    pub fn of(claims: &Json) -> Self {
        let time = |name: &str| claims.get(name).and_then(numeric_date);
        Self {
            from: time("nbf").or_else(|| time("iat")),
            until: time("exp"),
        }
    }

    /// Where a moment lies in it. A token is valid until the very second of its `exp`, and not in it.
    pub fn age(self, now: Moment) -> Age {
        match (self.from, self.until) {
            (Some(from), _) if now < from => Age::Early(from.since(now)),
            (_, Some(until)) if now >= until => Age::Over(now.since(until)),
            (_, Some(until)) => Age::Valid(until.since(now)),
            (_, None) => Age::Unknown,
        }
    }

    /// The lifetime as a bar of `width` columns or a little more: what has passed, what is left, `▸` now, and `◆` where
    /// the server's clock stands if that is somewhere else. `None` if an end is missing.
    pub fn bar(self, now: Moment, server: Option<Moment>, width: usize) -> Option<String> {
        let (from, until) = (self.from?, self.until?);
        let whole = until.since(from).as_millis();
        let width = width.max(4);
        let place = |at: Moment| {
            let passed = at.since(from).as_millis();
            let cells = passed.saturating_mul(width as u128) / whole.max(1);
            usize::try_from(cells).unwrap_or(width).min(width - 1)
        };
        let inside = |at: Moment| at >= from && at < until;
        let mut cells: Vec<char> = (0..width)
            .map(|cell| {
                let over = now >= until || (inside(now) && cell < place(now));
                if over { '█' } else { '─' }
            })
            .collect();
        let (mut before, mut after) = (String::new(), String::new());
        let marks = [(server, '◆'), (Some(now), '▸')];
        for (at, mark) in marks.into_iter().filter_map(|(at, mark)| Some((at?, mark))) {
            if inside(at) {
                cells[place(at)] = mark;
            } else if at < from {
                before.push(mark);
            } else {
                after.push(mark);
            }
        }
        let cells: String = cells.into_iter().collect();
        let bar = format!("{before} ├{cells}┤ {after}");
        Some(bar.trim().to_owned())
    }
}

/// A `NumericDate` (RFC 7519 section 2). `None`: no number, or one beyond all calendars.
pub fn numeric_date(value: &Json) -> Option<Moment> {
    const FARTHEST: f64 = 253_402_300_799.0;
    if let Some(seconds) = value.as_i64() {
        return Some(Moment::from_seconds(seconds));
    }
    let seconds = value.as_f64().filter(|seconds| seconds.abs() <= FARTHEST)?;
    #[expect(clippy::cast_possible_truncation, reason = "within all calendars")]
    let millis = (seconds * 1000.0) as i64;
    Some(Moment::from_millis(millis))
}

/// A token laid open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenView {
    /// What it is.
    pub form: Form,
    /// The fingerprint that stands for it; empty for what is too short to be a token.
    pub fingerprint: String,
    /// Its header; empty for an opaque one.
    pub header: Vec<ClaimView>,
    /// Its claims, the telling ones first; empty unless it is a JWT.
    pub claims: Vec<ClaimView>,
    /// The moment from which it is looked at.
    pub at: Moment,
    /// From when to when it is valid.
    pub life: Lifetime,
    /// What else is worth saying.
    pub notes: Vec<String>,
    /// The header as it is.
    pub raw_header: Option<Json>,
    /// The claims as they are.
    pub raw_claims: Option<Json>,
}

impl TokenView {
    /// The issuer that it names.
    pub fn issuer(&self) -> Option<&str> {
        self.raw_claims.as_ref()?.get("iss")?.as_str()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn at(seconds: i64) -> Moment {
        Moment::from_seconds(seconds)
    }

    fn life() -> Lifetime {
        Lifetime::of(&json!({ "iat": 50, "nbf": 100, "exp": 200 }))
    }

    #[test]
    fn a_token_is_valid_from_its_nbf_until_its_exp_and_not_in_it() {
        let word = |now| life().age(at(now)).word();
        assert_eq!(word(99), "not-yet-valid");
        assert_eq!((word(100), word(199)), ("valid", "valid"));
        assert_eq!(word(200), "expired");
        assert_eq!(Lifetime::default().age(at(0)), Age::Unknown);
    }

    #[test]
    fn the_bar_shows_what_passed_what_is_left_and_both_clocks() {
        let bar = |now, server: Option<i64>| life().bar(at(now), server.map(at), 10).unwrap();
        assert_eq!(bar(150, None), "├█████▸────┤");
        assert_eq!(bar(150, Some(180)), "├█████▸──◆─┤");
        assert_eq!(bar(90, None), "▸ ├──────────┤");
        assert_eq!(bar(250, Some(190)), "├█████████◆┤ ▸");
        assert_eq!(Lifetime::default().bar(at(0), None, 10), None);
    }

    #[test]
    fn a_time_may_have_a_fraction() {
        assert_eq!(numeric_date(&json!(1.5)), Some(Moment::from_millis(1500)));
        assert_eq!(numeric_date(&json!("1")), None);
        assert_eq!(numeric_date(&json!(1e300)), None);
    }

    proptest! {
        #[test]
        fn no_times_make_it_panic(from in any::<i64>(), until in any::<i64>(), now in any::<i64>(), server in any::<i64>(), width in 0usize..200) {
            let life = Lifetime { from: Some(Moment::from_millis(from)), until: Some(Moment::from_millis(until)) };
            let now = Moment::from_millis(now);
            let _ = life.age(now);
            let bar = life.bar(now, Some(Moment::from_millis(server)), width).unwrap();
            prop_assert!(bar.contains('▸'));
        }
    }
}
