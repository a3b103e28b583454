//! What a step of a scenario does, and the words it is written in.

use std::fmt;

use serde::Deserialize;

use super::super::{Flow, Further, Prompt, WorldChange};

/// What the lab's user does on the next page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UserAct {
    /// `completes mfa`: does everything the pages ask for, rightly. Also the default.
    Completes,
    /// `declines consent`.
    DeclinesConsent,
    /// `mistypes password`: once; rightly afterwards.
    MistypesPassword,
    /// `declines mfa`.
    DeclinesMfa,
    /// `declines terms`: of use.
    DeclinesTerms,
    /// `asks for approval`: of an administrator, where only one can consent.
    AsksForApproval,
    /// `returns to the program`: goes back where a page offers it.
    ReturnsToProgram,
    /// `approves device`: enters the shown code on the device page and signs in.
    ApprovesDevice,
    /// `declines device`: enters the code and declines.
    DeclinesDevice,
    /// `closes the browser`: nothing comes back.
    ClosesBrowser,
    /// `user cancels`: leaves a page that offers it.
    CancelsSignIn,
    /// `user forgot password`: presses that link of a page that offers it.
    ForgotPassword,
}

/// One thing that is done: by the explorer, by the lab's user, or to the world.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// `sign-in`: a completed interactive run, so that a refresh token is held.
    SignIn,
    /// A flow: `silent`, `silent force-refresh`, `interactive`, `device-code` …
    Run {
        /// The flow.
        flow: Flow,
        /// Silent: skip the cached access token.
        force_refresh: bool,
        /// Interactive: `interactive prompt=none` …
        prompt: Option<Prompt>,
    },
    /// `faulty redeems-twice` …: a sign-in in the browser by a program that makes a mistake. Only at the lab.
    Faulty(Mistake),
    /// `turn-to b2c_1_edit`: the program asks that user flow from now on, with what it holds.
    TurnTo(String),
    /// `call-api`: call the API with the newest token.
    CallApi,
    /// `introspect`, `userinfo`, `revoke`, `revoke-refresh`: done with the newest token.
    Further(Further),
    /// `plan N`: the program's own step N (from 1) of the last diagnosis.
    Plan(usize),
    /// `paste-page`: paste what the browser shows into the waiting run.
    PastePage,
    /// `wait-over`: let the wait the run is in pass (the lab's clock moves with it).
    WaitOver,
    /// `user …`: what the lab's user does from now on.
    User(UserAct),
    /// `enter password right|wrong` / `enter secret right|wrong|new`: what is typed at the next prompt.
    Enter {
        /// Whether the right value is typed.
        right: bool,
    },
    /// `prove certificate` / `prove federated`: what the program proves itself with from now on.
    Prove(Proof),
    /// `register certificate`: the owner of the registration adds the program's certificate to it.
    RegisterCertificate,
    /// `called-with SCOPE`: the user calls the API with a token for this scope, which the API then exchanges.
    CalledWith(String),
    /// A change of the world.
    World(WorldChange),
}

/// What a faulty program does wrong with the code of a sign-in. No program of this house does so by itself: a scenario
/// plays one that does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mistake {
    /// `redeems-twice`: redeems the code, drops what came, and redeems it again (RFC 6749 section 4.1.2).
    RedeemsTwice,
    /// `mixes-verifiers`: sends the verifier of another sign-in (RFC 7636 section 4.6).
    MixesVerifiers,
}

impl Mistake {
    /// Reads the word after `faulty`.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "redeems-twice" => Self::RedeemsTwice,
            "mixes-verifiers" => Self::MixesVerifiers,
            _ => return None,
        })
    }
}

/// What a program proves itself with instead of a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// Assertions signed with the key of a certificate.
    Certificate,
    /// A new token of another issuer.
    Federated,
}

impl UserAct {
    /// Reads the words after `user`.
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "completes mfa" | "completes" => Self::Completes,
            "declines consent" => Self::DeclinesConsent,
            "mistypes password" => Self::MistypesPassword,
            "declines mfa" => Self::DeclinesMfa,
            "declines terms" => Self::DeclinesTerms,
            "asks for approval" => Self::AsksForApproval,
            "returns to the program" => Self::ReturnsToProgram,
            "approves device" => Self::ApprovesDevice,
            "declines device" => Self::DeclinesDevice,
            "cancels" => Self::CancelsSignIn,
            "forgot password" => Self::ForgotPassword,
            "closes the browser" => Self::ClosesBrowser,
            _ => return None,
        })
    }
}

impl Deed {
    /// Reads the words of a deed.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some(act) = text.strip_prefix("user ") {
            return UserAct::parse(act.trim()).map(Self::User);
        }
        let words: Vec<&str> = text.split_whitespace().collect();
        Some(match words.as_slice() {
            ["sign-in"] => Self::SignIn,
            ["call-api"] => Self::CallApi,
            [word] if Further::from_word(word).is_some() => {
                Self::Further(Further::from_word(word)?)
            }
            ["paste-page"] => Self::PastePage,
            ["wait-over"] => Self::WaitOver,
            ["plan", n] => Self::Plan(n.parse().ok().filter(|n| *n > 0)?),
            ["prove", "certificate"] => Self::Prove(Proof::Certificate),
            ["prove", "federated"] => Self::Prove(Proof::Federated),
            ["called-with", scope] => Self::CalledWith((*scope).to_owned()),
            ["register", "certificate"] => Self::RegisterCertificate,
            ["enter", "right"] => Self::Enter { right: true },
            ["enter", "wrong"] => Self::Enter { right: false },
            ["faulty", mistake] => Self::Faulty(Mistake::from_word(mistake)?),
            ["turn-to", user_flow] => Self::TurnTo((*user_flow).to_owned()),
            ["silent", "force-refresh"] => Self::Run {
                flow: Flow::Silent,
                force_refresh: true,
                prompt: None,
            },
            ["interactive", prompt] => Self::Run {
                flow: Flow::Interactive,
                force_refresh: false,
                prompt: Some(Prompt::from_word(prompt.strip_prefix("prompt=")?)?),
            },
            [word] if Flow::from_word(word).is_some() => Self::Run {
                flow: Flow::from_word(word)?,
                force_refresh: false,
                prompt: None,
            },
            _ => Self::World(WorldChange::parse(text)?),
        })
    }
}

impl<'de> Deserialize<'de> for Deed {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Words;
        impl serde::de::Visitor<'_> for Words {
            type Value = Deed;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a deed such as \"silent\", \"plan 1\", \"user completes mfa\" or \"policy require-mfa on\"")
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Deed, E> {
                Deed::parse(text)
                    .ok_or_else(|| E::invalid_value(serde::de::Unexpected::Str(text), &self))
            }
        }
        deserializer.deserialize_str(Words)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn every_verb_is_read() {
        assert_eq!(Deed::parse("plan 1"), Some(Deed::Plan(1)));
        assert_eq!(Deed::parse("plan 0"), None);
        assert_eq!(
            Deed::parse("silent force-refresh"),
            Some(Deed::Run {
                flow: Flow::Silent,
                force_refresh: true,
                prompt: None
            })
        );
        assert_eq!(
            Deed::parse("user declines consent"),
            Some(Deed::User(UserAct::DeclinesConsent))
        );
        assert_eq!(
            Deed::parse("advance 61m"),
            Some(Deed::World(WorldChange::Advance(Duration::from_mins(61))))
        );
        assert_eq!(
            Deed::parse("loop-rule on"),
            Some(Deed::World(WorldChange::LoopRule(true)))
        );
        assert_eq!(
            Deed::parse("interactive prompt=none"),
            Some(Deed::Run {
                flow: Flow::Interactive,
                force_refresh: false,
                prompt: Some(Prompt::None)
            })
        );
        assert_eq!(Deed::parse("silent prompt=none"), None);
        assert_eq!(Deed::parse("interactive prompt=sometimes"), None);
        assert_eq!(
            Deed::parse("faulty redeems-twice"),
            Some(Deed::Faulty(Mistake::RedeemsTwice))
        );
        assert_eq!(
            Deed::parse("turn-to b2c_1_edit"),
            Some(Deed::TurnTo("b2c_1_edit".into()))
        );
        assert_eq!(Deed::parse("faulty"), None);
        assert_eq!(Deed::parse("dance"), None);
    }
}
