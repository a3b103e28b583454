//! What the lab is told to do without a cause in its world: to answer with a code, or to break below the protocol.
//! The words of `force …`, `fault …` and `skew …`, read and written.

use std::fmt;
use std::time::Duration;

use serde::Serialize;

use super::scenario::parse_duration;

/// A place of the lab where something can be forced or broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Door {
    /// The token endpoint.
    Token,
    /// The authorization endpoint, by redirect to the program.
    Authorize,
    /// The sign-in page: the program is told nothing.
    Page,
    /// The page where the code of a device sign-in is typed.
    Device,
    /// The endpoint where a device sign-in begins.
    DeviceCode,
    /// Metadata and instance discovery.
    Discovery,
    /// The protected API.
    Api,
    /// The endpoint where a machine's programs get tokens (IMDS, App Service, Arc …).
    ManagedIdentity,
}

impl Door {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Token,
        Self::Authorize,
        Self::Page,
        Self::Device,
        Self::DeviceCode,
        Self::Discovery,
        Self::Api,
        Self::ManagedIdentity,
    ];

    /// The word after `at`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Token => "token",
            Self::Authorize => "authorize",
            Self::Page => "page",
            Self::Device => "device",
            Self::DeviceCode => "device-code",
            Self::Discovery => "discovery",
            Self::Api => "api",
            Self::ManagedIdentity => "managed-identity",
        }
    }

    /// Reads the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|door| door.word() == word)
    }
}

/// How often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Share {
    /// So many times.
    Times(u32),
    /// Each time with this probability, in percent.
    Percent(u8),
    /// Each time.
    Always,
}

impl Share {
    /// What is left after one more time; `None`: nothing.
    #[must_use]
    pub const fn after_one(self) -> Option<Self> {
        match self {
            Self::Times(0 | 1) => None,
            Self::Times(n) => Some(Self::Times(n - 1)),
            Self::Percent(_) | Self::Always => Some(self),
        }
    }

    /// Reads the words that begin here, and how many they are.
    fn read(words: &[&str]) -> Option<(Self, usize)> {
        Some(match words {
            ["once", ..] => (Self::Times(1), 1),
            ["always" | "on", ..] => (Self::Always, 1),
            [n, "times" | "time", ..] => (Self::Times(n.parse().ok().filter(|n| *n > 0)?), 2),
            [percent, ..] => {
                let number = percent.strip_suffix('%')?.parse().ok();
                (Self::Percent(number.filter(|n| (1..=100).contains(n))?), 1)
            }
            [] => return None,
        })
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Times(1) => f.write_str("once"),
            Self::Times(n) => write!(f, "{n} times"),
            Self::Percent(n) => write!(f, "{n}%"),
            Self::Always => f.write_str("always"),
        }
    }
}

/// An answer that is forced: `force CODE|error NAME [suberror NAME] [claims] [once|N times|N%|always] [for CLIENT]
/// [at DOOR] [unrealistic]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Force {
    /// The code with its prefix, `AADSTS50076`; `None`: an error without a number.
    pub code: Option<String>,
    /// The OAuth error, where it is named.
    pub error: Option<String>,
    /// The suberror, where it is named; the word `none`: no suberror.
    pub suberror: Option<String>,
    /// Whether claims go along.
    pub claims: bool,
    /// How often.
    pub share: Share,
    /// For this client alone, by name or id.
    pub client: Option<String>,
    /// Where; `None`: where the code comes first.
    pub door: Option<Door>,
    /// Also where the code cannot occur.
    pub unrealistic: bool,
}

impl Force {
    /// Reads the words after `force`.
    pub fn parse(words: &[&str]) -> Option<Self> {
        let mut force = Self {
            code: None,
            error: None,
            suberror: None,
            claims: false,
            share: Share::Times(1),
            client: None,
            door: None,
            unrealistic: false,
        };
        let mut rest = words;
        if let [first, tail @ ..] = words
            && *first != "error"
        {
            force.code = Some(code(first)?);
            rest = tail;
        }
        while !rest.is_empty() {
            let used = match rest {
                ["error", name, ..] => named(&mut force.error, name),
                ["suberror", name, ..] => named(&mut force.suberror, name),
                ["for", name, ..] => named(&mut force.client, name),
                ["at", door, ..] => {
                    force.door = Some(Door::from_word(door)?);
                    2
                }
                ["claims", ..] => {
                    force.claims = true;
                    1
                }
                ["unrealistic", ..] => {
                    force.unrealistic = true;
                    1
                }
                _ => {
                    let (share, used) = Share::read(rest)?;
                    force.share = share;
                    used
                }
            };
            rest = &rest[used..];
        }
        (force.code.is_some() || force.error.is_some()).then_some(force)
    }

    /// What is forced: the code, or the error.
    pub fn what(&self) -> &str {
        let what = self.code.as_deref().or(self.error.as_deref());
        what.unwrap_or_default()
    }
}

fn named(into: &mut Option<String>, name: &str) -> usize {
    *into = Some(name.to_owned());
    2
}

/// A code with its prefix; a bare number is one of the sign-in service's.
fn code(word: &str) -> Option<String> {
    let word = word.to_ascii_uppercase();
    let digits = word.trim_start_matches(|c: char| c.is_ascii_uppercase());
    let number = digits
        .strip_prefix("2C")
        .filter(|_| word.starts_with("AADB2C"));
    let number = number.unwrap_or(digits);
    let good = (1..=10).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    if !good {
        return None;
    }
    match word.strip_suffix(number)? {
        "" => Some(format!("AADSTS{number}")),
        "AADSTS" | "AADB2C" | "MSIS" => Some(word),
        _ => None,
    }
}

impl fmt::Display for Force {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("force")?;
        if let Some(code) = &self.code {
            write!(f, " {code}")?;
        }
        for (word, value) in [("error", &self.error), ("suberror", &self.suberror)] {
            if let Some(value) = value {
                write!(f, " {word} {value}")?;
            }
        }
        if self.claims {
            f.write_str(" claims")?;
        }
        write!(f, " {}", self.share)?;
        if let Some(client) = &self.client {
            write!(f, " for {client}")?;
        }
        if let Some(door) = self.door {
            write!(f, " at {}", door.word())?;
        }
        if self.unrealistic {
            f.write_str(" unrealistic")?;
        }
        Ok(())
    }
}

/// What a refused request is told about waiting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetryAfter {
    /// Nothing.
    Silent,
    /// Seconds.
    Seconds(u64),
    /// A date so many seconds away.
    Date(u64),
}

/// What is wrong with the certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TlsFault {
    /// It has expired.
    Expired,
    /// It is for another name.
    WrongName,
    /// It is signed by an authority that nobody knows.
    Untrusted,
}

impl TlsFault {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Expired, Self::WrongName, Self::Untrusted];

    /// The word after `tls`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Expired => "expired",
            Self::WrongName => "wrong-name",
            Self::Untrusted => "untrusted",
        }
    }
}

/// What goes wrong below the protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LabFault {
    /// `latency 3s`: the answer comes late.
    Latency(Duration),
    /// `slow-drip 5s`: the body comes bit by bit, over this long.
    Drip(Duration),
    /// `cut-body`: the connection ends in the middle of the body.
    CutBody,
    /// `length-too-long`: Content-Length says more than is sent.
    LengthTooLong,
    /// `length-too-short`: Content-Length says less than is sent.
    LengthTooShort,
    /// `empty-body`.
    EmptyBody,
    /// `html 503`: a page of something on the way, with this status.
    Html(u16),
    /// `invalid-json`.
    InvalidJson,
    /// `wrong-charset`: UTF-16 that says it is UTF-8.
    WrongCharset,
    /// `wrong-type`: the same bytes, called text/plain.
    WrongType,
    /// `redirect 307 PORT`: to another port of this machine.
    Redirect {
        /// 301, 302, 303, 307 or 308.
        status: u16,
        /// The port.
        port: u16,
    },
    /// `reset`: the connection is reset before an answer.
    Reset,
    /// `429`, `429 30s`, `429 date 30s`.
    TooMany(RetryAfter),
    /// `500`, `502`, `503`, `504`: without a body.
    Status(u16),
    /// `tls expired|wrong-name|untrusted`: at the handshake, so at every place.
    Tls(TlsFault),
}

impl LabFault {
    /// Reads the words that begin here, and how many they are.
    fn read(words: &[&str]) -> Option<(Self, usize)> {
        let long = |word: &str| parse_duration(word).filter(|d| *d <= Duration::from_mins(10));
        let seconds = |word: &str| parse_duration(word).map(|d| d.as_secs());
        Some(match words {
            ["latency", time, ..] => (Self::Latency(long(time)?), 2),
            ["slow-drip", time, ..] => (Self::Drip(long(time)?), 2),
            ["cut-body", ..] => (Self::CutBody, 1),
            ["length-too-long", ..] => (Self::LengthTooLong, 1),
            ["length-too-short", ..] => (Self::LengthTooShort, 1),
            ["empty-body", ..] => (Self::EmptyBody, 1),
            ["html", status, ..] => {
                let status = status.parse().ok();
                (Self::Html(status.filter(|s| (200..600).contains(s))?), 2)
            }
            ["invalid-json", ..] => (Self::InvalidJson, 1),
            ["wrong-charset", ..] => (Self::WrongCharset, 1),
            ["wrong-type", ..] => (Self::WrongType, 1),
            [
                "redirect",
                status @ ("301" | "302" | "303" | "307" | "308"),
                port,
                ..,
            ] => {
                let status = status.parse().ok()?;
                let port = port.parse().ok().filter(|p| *p > 0)?;
                (Self::Redirect { status, port }, 3)
            }
            ["reset", ..] => (Self::Reset, 1),
            ["429", "date", time, ..] => (Self::TooMany(RetryAfter::Date(seconds(time)?)), 3),
            ["429", time, ..] if parse_duration(time).is_some() => {
                (Self::TooMany(RetryAfter::Seconds(seconds(time)?)), 2)
            }
            ["429", ..] => (Self::TooMany(RetryAfter::Silent), 1),
            [status @ ("500" | "502" | "503" | "504"), ..] => {
                (Self::Status(status.parse().ok()?), 1)
            }
            ["tls", word, ..] => {
                let mut all = TlsFault::ALL.into_iter();
                (Self::Tls(all.find(|fault| fault.word() == *word)?), 2)
            }
            _ => return None,
        })
    }

    /// The first of its words, by which it is switched off.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Latency(_) => "latency",
            Self::Drip(_) => "slow-drip",
            Self::CutBody => "cut-body",
            Self::LengthTooLong => "length-too-long",
            Self::LengthTooShort => "length-too-short",
            Self::EmptyBody => "empty-body",
            Self::Html(_) => "html",
            Self::InvalidJson => "invalid-json",
            Self::WrongCharset => "wrong-charset",
            Self::WrongType => "wrong-type",
            Self::Redirect { .. } => "redirect",
            Self::Reset => "reset",
            Self::TooMany(_) => "429",
            Self::Status(500) => "500",
            Self::Status(502) => "502",
            Self::Status(504) => "504",
            Self::Status(_) => "503",
            Self::Tls(_) => "tls",
        }
    }
}

impl fmt::Display for LabFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())?;
        match self {
            Self::Latency(time) | Self::Drip(time) => write!(f, " {}s", time.as_secs()),
            Self::Html(status) => write!(f, " {status}"),
            Self::Redirect { status, port } => write!(f, " {status} {port}"),
            Self::TooMany(RetryAfter::Seconds(n)) => write!(f, " {n}s"),
            Self::TooMany(RetryAfter::Date(n)) => write!(f, " date {n}s"),
            Self::Tls(fault) => write!(f, " {}", fault.word()),
            Self::CutBody
            | Self::LengthTooLong
            | Self::LengthTooShort
            | Self::EmptyBody
            | Self::InvalidJson
            | Self::WrongCharset
            | Self::WrongType
            | Self::Reset
            | Self::TooMany(RetryAfter::Silent)
            | Self::Status(_) => Ok(()),
        }
    }
}

/// A fault that is ordered: `fault NAME [at DOOR|all] [once|N times|on]`. Of a certificate: until switched off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FaultOrder {
    /// What goes wrong.
    pub fault: LabFault,
    /// Where; `None`: everywhere.
    pub door: Option<Door>,
    /// How often.
    pub share: Share,
}

impl FaultOrder {
    /// Reads the words after `fault`.
    pub fn parse(words: &[&str]) -> Option<Self> {
        let (fault, used) = LabFault::read(words)?;
        let lasting = matches!(fault, LabFault::Tls(_));
        let mut order = Self {
            fault,
            door: if lasting { None } else { Some(Door::Token) },
            share: if lasting {
                Share::Always
            } else {
                Share::Times(1)
            },
        };
        let mut rest = &words[used..];
        while !rest.is_empty() {
            let used = match rest {
                ["at", "all", ..] => {
                    order.door = None;
                    2
                }
                ["at", door, ..] if !lasting => {
                    order.door = Some(Door::from_word(door)?);
                    2
                }
                _ => {
                    let (share, used) = Share::read(rest)?;
                    order.share = if lasting { Share::Always } else { share };
                    used
                }
            };
            rest = &rest[used..];
        }
        Some(order)
    }
}

impl fmt::Display for FaultOrder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let door = self.door.map_or("all", Door::word);
        write!(f, "fault {} at {door} {}", self.fault, self.share)
    }
}

/// Reads `10m` and `-10m` as seconds.
pub fn parse_skew(text: &str) -> Option<i64> {
    let (sign, text) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text),
    };
    let seconds = i64::try_from(parse_duration(text)?.as_secs()).ok()?;
    // Ten years either way: what is far beyond any certificate.
    (seconds <= 315_360_000).then_some(sign * seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn force(text: &str) -> Option<Force> {
        Force::parse(&text.split_whitespace().collect::<Vec<_>>())
    }

    fn fault(text: &str) -> Option<FaultOrder> {
        FaultOrder::parse(&text.split_whitespace().collect::<Vec<_>>())
    }

    #[test]
    fn what_is_forced_is_read_as_it_is_written() {
        for (text, canonical) in [
            ("50076", "force AADSTS50076 once"),
            ("aadb2c90118 at page", "force AADB2C90118 once at page"),
            ("AADSTS50076 1 time", "force AADSTS50076 once"),
            (
                "50076 3 times for contoso-desktop at token",
                "force AADSTS50076 3 times for contoso-desktop at token",
            ),
            (
                "50076 unrealistic 50% at api suberror none",
                "force AADSTS50076 suberror none 50% at api unrealistic",
            ),
            ("error slow_down always", "force error slow_down always"),
            (
                "error invalid_grant suberror client_mismatch claims",
                "force error invalid_grant suberror client_mismatch claims once",
            ),
            ("MSIS9605", "force MSIS9605 once"),
        ] {
            let read = force(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(read.to_string(), canonical);
            let again = canonical.strip_prefix("force ").unwrap();
            assert_eq!(force(again).as_ref(), Some(&read), "{text}");
        }
        for nonsense in [
            "",
            "at token",
            "fifty",
            "XYZ50076",
            "50076 0 times",
            "50076 101%",
            "50076 at home",
            "50076 for",
            "error",
            "50076 times",
            "AADB2C",
            "99999999999",
        ] {
            assert_eq!(force(nonsense), None, "{nonsense}");
        }
    }

    #[test]
    fn faults_are_read_as_they_are_written() {
        for (text, canonical) in [
            ("latency 3s", "fault latency 3s at token once"),
            ("slow-drip 5s on at all", "fault slow-drip 5s at all always"),
            (
                "html 503 at discovery 2 times",
                "fault html 503 at discovery 2 times",
            ),
            ("redirect 307 9", "fault redirect 307 9 at token once"),
            ("429", "fault 429 at token once"),
            ("429 2 times", "fault 429 at token 2 times"),
            ("429 30s", "fault 429 30s at token once"),
            ("429 date 1m at api", "fault 429 date 60s at api once"),
            ("504", "fault 504 at token once"),
            ("tls expired", "fault tls expired at all always"),
            ("tls untrusted on", "fault tls untrusted at all always"),
        ] {
            let read = fault(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(read.to_string(), canonical);
            assert_eq!(fault(canonical.strip_prefix("fault ").unwrap()), Some(read));
        }
        for nonsense in [
            "",
            "latency",
            "latency 1d",
            "html 99",
            "redirect 200 9",
            "redirect 302 0",
            "418",
            "tls broken",
            "tls expired at token",
            "reset at home",
        ] {
            assert_eq!(fault(nonsense), None, "{nonsense}");
        }
    }

    #[test]
    fn clocks_differ_either_way() {
        assert_eq!(parse_skew("10m"), Some(600));
        assert_eq!(parse_skew("-10m"), Some(-600));
        assert_eq!(parse_skew("off"), None);
        assert_eq!(parse_skew("99999d"), None);
    }
}
