//! What a library would see of a reply, distilled from the facts.

use super::Context;
use crate::model::{ClientKind, FactKind, FaultKind, Flow, Moment, Place, Reading, Shape, Spot};
use crate::strings::{decode, predict as say};

/// What the body is to a JSON parser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Body {
    /// An object (or not known otherwise).
    Object,
    /// An array.
    Array,
    /// A number, a string, `true` or `false`; which is not known.
    Scalar,
    /// The word `null`.
    Null,
    /// JSON that is no object; which is not known.
    Odd,
    /// A web page or text.
    NotJson,
    /// JSON that is cut or broken.
    CutJson,
    /// Nothing at all.
    Empty,
    /// No reply came.
    Nothing,
}

/// What is odd about a reply whose status says success and that holds no error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Grant {
    /// Nothing, or nothing that is known.
    Plain,
    /// The token is an empty string.
    EmptyToken,
    /// `expires_in` is not there.
    NoExpiry,
    /// `expires_in` is no whole number, nor a string of one.
    OddExpiry,
    /// `token_type` is not there.
    NoType,
    /// Metadata without an endpoint that is needed.
    NoEndpoint,
}

/// Where a redirect leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Leads {
    /// It is none, or does not say.
    Nowhere,
    /// To an address that gets the form too (307 and 308).
    WithForm,
    /// To an address that is asked without the form.
    Bare,
}

/// The machine whose token endpoint answers so, by the shape of the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Machine {
    /// `error` and `error_description`: a virtual machine (IMDS) or an Azure Arc machine.
    Virtual,
    /// `statusCode` and `message`: App Service, or Machine Learning.
    AppService,
    /// An error object with `code` and `message`: Service Fabric.
    ServiceFabric,
}

/// The `Retry-After` header (RFC 9110 section 10.2.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RetryAfter {
    /// Not there.
    Absent,
    /// Whole seconds.
    Seconds(u32),
    /// A date; the seconds until then if the reply's own time is known.
    Date(Option<u32>),
}

/// One reply as the libraries see it.
#[derive(Clone, Debug)]
pub(super) struct Case<'a> {
    /// The OAuth error; for a guess, the one that is guessed.
    pub error: Option<&'a str>,
    /// Whether the error is guessed.
    pub error_guessed: bool,
    /// The suberror; for a guess, the one that is guessed.
    pub suberror: Option<&'a str>,
    /// The description; empty where there is none.
    pub description: &'a str,
    /// The codes, most specific first.
    pub codes: Vec<&'a str>,
    /// `error_subcode` of a redirect.
    pub subcode: Option<&'a str>,
    /// Whether a claims challenge came.
    pub claims: bool,
    /// The HTTP status; for a guess, the one that is guessed.
    pub status: Option<u16>,
    /// The wait the server asks for.
    pub retry_after: RetryAfter,
    /// What the body is.
    pub body: Body,
    /// Whether a token came, beside an error or not.
    pub token: bool,
    /// What is odd about a success.
    pub grant: Grant,
    /// Where a redirect leads.
    pub leads: Leads,
    /// Why no (whole) reply came.
    pub fault: Option<FaultKind>,
    /// The flow.
    pub flow: Option<Flow>,
    /// The kind of client.
    pub client: Option<ClientKind>,
    /// Where it surfaced.
    pub place: Place,
    /// Which machine answers so.
    pub machine: Machine,
}

/// A code and the suberror that comes with it.
struct Companion {
    code: &'static str,
    suberror: &'static str,
    when: &'static str,
    /// Whether the v1 endpoint says `interaction_required` instead.
    v1: bool,
}

const fn companion(
    code: &'static str,
    suberror: &'static str,
    when: &'static str,
    v1: bool,
) -> Companion {
    Companion {
        code,
        suberror,
        when,
        v1,
    }
}

/// Suberrors that replies with these codes carry today (protocol page, sections E and H); older replies and pastes
/// lack them.
const COMPANIONS: &[Companion] = &[
    companion("AADSTS50076", "basic_action", say::IF_BASIC_ACTION, true),
    companion("AADSTS50079", "basic_action", say::IF_BASIC_ACTION, true),
    companion("AADSTS53003", "message_only", say::IF_MESSAGE_ONLY, false),
    companion(
        "AADSTS65001",
        "consent_required",
        say::IF_CONSENT_REQUIRED,
        false,
    ),
    companion(
        "AADSTS50055",
        "user_password_expired",
        say::IF_PASSWORD_EXPIRED,
        false,
    ),
    companion("AADSTS50173", "bad_token", say::IF_BAD_TOKEN, false),
    companion("AADSTS50034", "bad_token", say::IF_BAD_TOKEN, false),
    companion("AADSTS70008", "bad_token", say::IF_BAD_TOKEN, false),
    companion("AADSTS700082", "bad_token", say::IF_BAD_TOKEN, false),
    companion("AADSTS70043", "token_expired", say::IF_TOKEN_EXPIRED, true),
    companion(
        "AADSTS53005",
        "protection_policy_required",
        say::IF_PROTECTION_POLICY,
        false,
    ),
];

impl<'a> Case<'a> {
    /// The case, if there is anything to predict.
    pub fn of(reading: &'a Reading, context: Context) -> Option<Self> {
        let case = Self {
            error: reading.error(),
            error_guessed: false,
            suberror: reading.suberror(),
            description: reading
                .value(FactKind::Description)
                .or_else(|| reading.value(FactKind::Message))
                .unwrap_or(""),
            codes: reading.codes(),
            subcode: reading.value(FactKind::ErrorSubcode),
            claims: reading.first(FactKind::Claims).is_some(),
            status: context.status,
            retry_after: retry_after(reading),
            body: body(reading, context),
            token: reading.has_token(),
            grant: grant(reading),
            leads: leads(reading, context),
            fault: context.fault,
            flow: context.flow,
            client: context.client,
            place: context.place,
            machine: machine(reading),
        };
        let odd_grant = case.grant != Grant::Plain;
        let troubled = reading.first(FactKind::Trouble).is_some() && (!case.token || odd_grant);
        let worth_it = troubled || case.is_worth_it();
        (case.fault != Some(FaultKind::Cancelled) && worth_it).then_some(case)
    }

    /// An error, a fault, an odd reply; not a granted token and not an empty paste.
    fn is_worth_it(&self) -> bool {
        let failed = self
            .status
            .is_some_and(|status| !(200..300).contains(&status));
        let no_token = self.status.is_some() && !self.token && self.place == Place::Token;
        let odd = !matches!(self.body, Body::Object | Body::Nothing);
        self.error.is_some()
            || !self.codes.is_empty()
            || self.fault.is_some()
            || failed
            || no_token
            || odd
    }

    /// Every possibility, with the condition it stands under. One, if the input says enough.
    pub fn guesses(&self) -> Vec<(&'static str, Self)> {
        let with = |change: &dyn Fn(&mut Self)| {
            let mut case = self.clone();
            change(&mut case);
            case
        };
        if self.body == Body::Odd {
            return vec![
                (say::IF_NULL, with(&|case| case.body = Body::Null)),
                (say::IF_ARRAY, with(&|case| case.body = Body::Array)),
                (say::IF_SCALAR, with(&|case| case.body = Body::Scalar)),
            ];
        }
        let told = self.status.is_some() || self.fault.is_some();
        if told || self.place != Place::Token || self.body != Body::Object {
            return vec![("", self.clone())];
        }
        if matches!(self.error, Some("temporarily_unavailable" | "server_error")) {
            return vec![
                (say::IF_5XX, with(&|case| case.status = Some(503))),
                (say::IF_BELOW_500, with(&|case| case.status = Some(400))),
            ];
        }
        self.guesses_of_error()
    }

    /// Possibilities where the error, its suberror or both are missing.
    fn guesses_of_error(&self) -> Vec<(&'static str, Self)> {
        let guess = |error: &'static str, suberror: Option<&'static str>| {
            let mut case = self.clone();
            case.suberror = case.suberror.or(suberror);
            if case.error.is_none() {
                case.error = Some(error);
                case.error_guessed = true;
            }
            case
        };
        let first = self.codes.first().copied().unwrap_or_default();
        let companion = COMPANIONS
            .iter()
            .find(|row| row.code == first && self.suberror.is_none());
        let mut guesses = Vec::new();
        if let Some(row) =
            companion.filter(|_| self.error.is_none_or(|error| error == "invalid_grant"))
        {
            guesses.push((row.when, guess("invalid_grant", Some(row.suberror))));
            guesses.push((say::IF_NO_SUBERROR, guess("invalid_grant", None)));
        } else {
            guesses.push((say::IF_INVALID_GRANT, guess("invalid_grant", None)));
        }
        if self.error.is_none() {
            if companion.is_some_and(|row| row.v1) {
                guesses.push((
                    say::IF_INTERACTION_REQUIRED,
                    guess("interaction_required", None),
                ));
            }
            guesses.push((say::IF_OTHER_ERROR, guess("invalid_request", None)));
        }
        guesses
    }

    /// Whether the status is in this hundred.
    pub fn hundred(&self, hundred: u16) -> bool {
        self.status.is_some_and(|status| status / 100 == hundred)
    }

    /// 429, told by the status.
    pub fn is_throttled(&self) -> bool {
        self.status == Some(429)
    }

    /// One of these errors, without regard to case.
    pub fn error_is(&self, errors: &[&str]) -> bool {
        self.error
            .is_some_and(|error| errors.iter().any(|e| e.eq_ignore_ascii_case(error)))
    }

    /// One of these suberrors, without regard to case.
    pub fn suberror_is(&self, suberrors: &[&str]) -> bool {
        self.suberror
            .is_some_and(|suberror| suberrors.iter().any(|s| s.eq_ignore_ascii_case(suberror)))
    }

    /// Whether the reply carries an `error` member.
    pub fn is_oauth_error(&self) -> bool {
        self.body == Body::Object && (self.error.is_some() || !self.codes.is_empty())
    }

    /// An answer of this kind of machine's token endpoint.
    pub fn at_machine(&self, machine: Machine) -> bool {
        self.place == Place::ManagedIdentity && self.machine == machine
    }

    /// In this flow, at the token endpoint.
    pub fn at_token(&self, flow: Flow) -> bool {
        self.place == Place::Token && self.flow == Some(flow)
    }

    /// Whether a refresh token of the library's own cache is (or, in a paste, may be) what was presented.
    pub fn involves_refresh_token(&self) -> bool {
        let may = self.flow.is_none() && self.error_is(&["invalid_grant"]) && !self.error_guessed;
        self.place == Place::Token && (self.flow == Some(Flow::Silent) || may)
    }

    /// Whether the client is public; `None` where it is not known.
    pub fn is_public(&self) -> Option<bool> {
        let by_flow = match self.flow {
            Some(
                Flow::ClientCredentials | Flow::OnBehalfOf | Flow::UserFic | Flow::ManagedIdentity,
            ) => Some(false),
            Some(Flow::DeviceCode) => Some(true),
            Some(
                Flow::Silent
                | Flow::Interactive
                | Flow::Password
                | Flow::RefreshToken
                | Flow::Ciba
                | Flow::TokenExchange
                | Flow::JwtBearer
                | Flow::SamlBearer
                | Flow::AdminConsent,
            )
            | None => None,
        };
        let by_client = self.client.map(|client| match client {
            ClientKind::Desktop | ClientKind::Spa => true,
            ClientKind::Web | ClientKind::Daemon | ClientKind::Api => false,
        });
        by_client.or(by_flow)
    }

    /// Whole seconds of `Retry-After`, where it is written as such.
    pub const fn seconds(&self) -> Option<u32> {
        match self.retry_after {
            RetryAfter::Seconds(seconds) => Some(seconds),
            RetryAfter::Absent | RetryAfter::Date(_) => None,
        }
    }
}

/// The machine that answers in this shape.
fn machine(reading: &Reading) -> Machine {
    let at = |pointer: &str| {
        let mut facts = reading.facts.iter();
        facts.any(|fact| matches!(&fact.from, Spot::Pointer(from) if from == pointer))
    };
    if at("/error/code") {
        Machine::ServiceFabric
    } else if at("/message") && reading.error().is_none() {
        Machine::AppService
    } else {
        Machine::Virtual
    }
}

/// Whether the answer did not come in time.
pub(super) fn is_late(case: &Case<'_>) -> bool {
    let late = matches!(
        case.fault,
        Some(FaultKind::FirstByteTimeout | FaultKind::WholeTimeout)
    );
    late && case.status.is_none()
}

/// Whether, for all that is known, the call may have been a silent one of the library's own.
pub(super) fn may_be_silent(case: &Case<'_>) -> bool {
    const ERRORS: &[&str] = &[
        "invalid_grant",
        "interaction_required",
        "consent_required",
        "login_required",
    ];
    let in_question = case.flow.is_none() && !case.error_guessed && case.error_is(ERRORS);
    in_question && case.place == Place::Token && case.body == Body::Object
}

/// Whether a JSON parser fails on the body.
pub(super) fn is_unparsable(case: &Case<'_>) -> bool {
    matches!(case.body, Body::NotJson | Body::CutJson | Body::Empty)
}

fn retry_after(reading: &Reading) -> RetryAfter {
    let Some(value) = reading.value(FactKind::RetryAfter).map(str::trim) else {
        return RetryAfter::Absent;
    };
    if let Ok(seconds) = value.parse() {
        return RetryAfter::Seconds(seconds);
    }
    let until = Moment::parse_http_date(value).or_else(|| Moment::parse(value));
    let left = until
        .zip(reading.timestamp())
        .map(|(until, now)| until.since(now).as_secs());
    RetryAfter::Date(left.and_then(|seconds| u32::try_from(seconds).ok()))
}

fn leads(reading: &Reading, context: Context) -> Leads {
    let told = reading
        .all(FactKind::Trouble)
        .any(|fact| fact.value == decode::REDIRECTED);
    match context.status {
        Some(307 | 308) if told => Leads::WithForm,
        Some(300..=399) if told => Leads::Bare,
        Some(_) | None => Leads::Nowhere,
    }
}

fn grant(reading: &Reading) -> Grant {
    let mut troubles = reading
        .all(FactKind::Trouble)
        .map(|fact| fact.value.as_str());
    troubles
        .find_map(|trouble| match trouble {
            decode::EMPTY_ACCESS_TOKEN => Some(Grant::EmptyToken),
            decode::NO_EXPIRES_IN => Some(Grant::NoExpiry),
            decode::ODD_EXPIRES_IN => Some(Grant::OddExpiry),
            decode::NO_TOKEN_TYPE => Some(Grant::NoType),
            decode::NO_ENDPOINT => Some(Grant::NoEndpoint),
            _ => None,
        })
        .unwrap_or(Grant::Plain)
}

fn body(reading: &Reading, context: Context) -> Body {
    let mut troubles = reading
        .all(FactKind::Trouble)
        .map(|fact| fact.value.as_str())
        .peekable();
    let untold = troubles.peek().is_none();
    let told = troubles.find_map(|trouble| match trouble {
        decode::NULL_BODY => Some(Body::Null),
        decode::ARRAY_BODY => Some(Body::Array),
        decode::SCALAR_BODY => Some(Body::Scalar),
        decode::CUT_JSON | decode::BROKEN_JSON => Some(Body::CutJson),
        decode::NOT_JSON => Some(Body::NotJson),
        _ => None,
    });
    match reading.shape {
        Shape::Nothing => Body::Nothing,
        _ if context.fault.is_some() && context.status.is_none() => Body::Nothing,
        Shape::Empty => Body::Empty,
        Shape::Html => Body::NotJson,
        Shape::OddJson if untold => Body::Odd,
        Shape::Redirect | Shape::Form | Shape::Challenge => Body::Object,
        // Text that is a body says so; in a paste, text is somebody's words about a reply.
        Shape::Text | Shape::Json | Shape::OddJson => told.unwrap_or(Body::Object),
    }
}
