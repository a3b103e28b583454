//! A reply came that is not one of the protocol: a web page, nothing, success without a token.

use super::Rule;
use crate::guide::case::Case;
use crate::guide::draft::{Basis, Draft};
use crate::model::{Actor, Class, Confidence, Cut, Login, Place, Shape};
use crate::strings::guide::odd_reply as says;

/// An answer that does not belong to the question: another issuer, another nonce. It was not used.
pub(super) const MIXED_UP: Rule = Rule {
    id: "odd-reply/mixed-up",
    applies: |case, _| case.own_words().is_some(),
    judge: |case, draft| {
        let words = case.own_words().map_or("", |(_, words)| words);
        let summary = crate::guide::words::sentence(words);
        odd(case, draft, summary);
        draft.class = Class::Config;
        draft.acts = vec![Actor::Developer, Actor::Admin];
        draft.go(&["fix-request", "repeat", "tell-developer"]);
        draft.parameter = Some("authority");
        draft.note(says::MIXED_UP);
    },
};

/// The metadata does not say where tokens are given out.
pub(super) const METADATA: Rule = Rule {
    id: "odd-reply/metadata",
    applies: |case, _| {
        let success = case
            .status()
            .is_some_and(|status| (200..300).contains(&status));
        bare(case) && success && case.place() == Place::Discovery
    },
    judge: |case, draft| {
        odd(case, draft, says::METADATA.to_owned());
        draft.class = Class::Tenant;
        draft.go(&["fix-request", "repeat"]);
        draft.parameter = Some("authority");
    },
};

/// The server sent us elsewhere; with credentials in hand nobody follows.
pub(super) const REDIRECTED: Rule = Rule {
    id: "odd-reply/redirected",
    applies: |case, _| {
        bare(case)
            && case
                .status()
                .is_some_and(|status| (300..400).contains(&status))
    },
    judge: |case, draft| {
        let to = case
            .reply()
            .and_then(|reply| reply.header("location"))
            .unwrap_or_default();
        let host = url::Url::parse(to)
            .ok()
            .and_then(|url| url.host_str().map(str::to_owned));
        odd(case, draft, says::redirected(status(case), host.as_deref()));
        draft.go(&["fix-request", "repeat"]);
        draft.parameter = Some("authority");
    },
};

/// A web page where JSON belongs: a proxy, a captive portal, a gateway, a wrong address.
pub(super) const WEB_PAGE: Rule = Rule {
    id: "odd-reply/web-page",
    applies: |case, _| bare(case) && case.shape() == Shape::Html,
    judge: |case, draft| {
        odd(case, draft, says::web_page(status(case)));
        draft.note(says::WEB_PAGE);
        draft.go(&["fix-request", "repeat"]);
        draft.parameter = Some("proxy");
    },
};

/// Success, and no token in it.
pub(super) const NO_TOKEN: Rule = Rule {
    id: "odd-reply/no-token",
    applies: |case, _| {
        let granted = case
            .status()
            .is_some_and(|status| (200..300).contains(&status));
        bare(case) && granted && case.place() == Place::Token && !case.evidence.reading.has_token()
    },
    judge: |case, draft| {
        odd(case, draft, says::no_token(status(case)));
        draft.acts = vec![Actor::Developer, Actor::Microsoft];
        draft.go(&["repeat", "fix-request"]);
        draft.parameter = Some("authority");
    },
};

/// 404 or 405 without an error: nothing lives at this address.
pub(super) const NOTHING_HERE: Rule = Rule {
    id: "odd-reply/nothing-here",
    applies: |case, _| {
        bare(case)
            && matches!(case.status(), Some(404 | 405 | 410))
            && case.place() != Place::Resource
    },
    judge: |case, draft| {
        odd(case, draft, says::nothing_here(status(case)));
        draft.class = Class::Tenant;
        draft.go(&["fix-request", "repeat"]);
        draft.parameter = Some("authority");
    },
};

/// A reply without a body.
pub(super) const EMPTY: Rule = Rule {
    id: "odd-reply/empty",
    applies: |case, _| bare(case) && case.shape() == Shape::Empty,
    judge: |case, draft| {
        odd(case, draft, says::empty(status(case)));
        draft.go(&["repeat", "tell-microsoft"]);
    },
};

/// A body that does not say what the protocol says.
pub(super) const NOT_PROTOCOL: Rule = Rule {
    id: "odd-reply/not-protocol",
    applies: |case, _| bare(case) && case.place() != Place::Resource,
    judge: |case, draft| {
        odd(case, draft, says::not_protocol(status(case)));
        draft.go(&["repeat", "fix-request"]);
        draft.parameter = Some("authority");
    },
};

/// A reply is in hand, and neither a code nor an error nor claims were read in it.
fn bare(case: &Case<'_>) -> bool {
    case.reply().is_some() && case.is_mute() && case.claims.is_none()
}

fn status(case: &Case<'_>) -> u16 {
    case.status().unwrap_or_default()
}

fn odd(case: &Case<'_>, draft: &mut Draft, summary: String) {
    draft.summary = summary;
    draft.decide(Class::Unknown, &[Actor::User, Actor::Developer], Login::No);
    draft.confidence = Confidence::Observed;
    draft.rest_on(Basis::Status);
    if case.fault().is_some() {
        draft.rest_on(Basis::Fault);
    }
    match case.reply().and_then(|reply| reply.cut) {
        Some(Cut::Limit(bytes)) => draft.note(says::cut_by_limit(bytes)),
        Some(Cut::Connection | Cut::Time) => draft.note(says::CUT_SHORT),
        None => {}
    }
}
