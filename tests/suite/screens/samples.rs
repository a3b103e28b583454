//! Runs, diagnoses and notices made by hand, so that screens can be tested without a session.

use std::time::Duration;

use serde_json::json;
use tokenscope::compare::Difference;
use tokenscope::model::run::Question;
use tokenscope::model::world::{
    Decision, LabClient, LabUserInfo, PolicyView, SettingView, Thing, ThingView,
};
use tokenscope::model::*;
use tokenscope::session::Notice;
use tokenscope::session::protocol::{Habits, PastRun, ScenarioView};

/// 2026-11-22T14:02:11Z.
pub const NOW: Moment = Moment::from_seconds(1_795_356_131);

pub const BODY: &str = r#"{"error":"invalid_grant","error_description":"AADSTS50076: A second factor is needed before a token for 'https://graph.microsoft.com' can be issued. Trace ID: 7c2e1f00-1111-4222-8333-944444444444 Correlation ID: 3f1c2b00-5555-4666-8777-988888888888 Timestamp: 2026-11-22 14:02:11Z","error_codes":[50076],"timestamp":"2026-11-22 14:02:11Z","trace_id":"7c2e1f00-1111-4222-8333-944444444444","correlation_id":"3f1c2b00-5555-4666-8777-988888888888","error_uri":"http://127.0.0.1:7001/error?code=50076","suberror":"basic_action","claims":"{\"access_token\":{\"acrs\":{\"essential\":true,\"value\":\"c1\"}}}"}"#;

pub fn spec(flow: Flow) -> RunSpec {
    RunSpec {
        profile: Some("contoso-desktop".into()),
        scopes: vec!["User.Read".into()],
        username: Some("ada@contoso.example".into()),
        ..RunSpec::new(
            Authority::parse("http://127.0.0.1:7001/contoso.example/v2.0")
                .expect("the address is well formed"),
            "3f0a1b2c-0000-4000-8000-0000000000e1",
            flow,
        )
    }
}

pub fn run(id: u64, flow: Flow, stage: Stage) -> Run {
    Run {
        id: RunId(id),
        spec: spec(flow),
        started: NOW,
        stage,
        exchanges: Vec::new(),
        events: vec![Event::about(
            NOW,
            "Asked the authority for its metadata",
            "ada@contoso.example",
        )],
        simulated: true,
        from_history: false,
    }
}

pub fn running(id: u64, flow: Flow, activity: Activity) -> Run {
    run(id, flow, Stage::Running(activity))
}

fn phases(wait: u64) -> Phases {
    Phases {
        dns: None,
        tcp: Some(Duration::from_millis(1)),
        tls: None,
        wait: Some(Duration::from_millis(wait)),
        body: Some(Duration::from_millis(1)),
    }
}

pub fn exchange(url: &str, status: u16, body: &str, at_ms: i64, wait: u64) -> Exchange {
    let form = vec![
        Field::new("grant_type", "refresh_token"),
        Field::new(
            "refresh_token",
            Secret::new(SecretKind::RefreshToken, "0.AAAA-not-a-real-one"),
        ),
    ];
    let request = if body.contains("issuer") {
        Request::get(url, Purpose::Discovery)
    } else {
        Request::post(url, form, Purpose::Token)
    };
    Exchange {
        started: Moment::from_millis(NOW.millis() + at_ms),
        request,
        reply: Some(Reply {
            status,
            headers: vec![
                ("content-type".into(), "application/json".into()),
                (
                    "x-ms-request-id".into(),
                    "7c2e1f00-1111-4222-8333-944444444444".into(),
                ),
            ],
            body: body.as_bytes().to_vec(),
            cut: None,
        }),
        fault: None,
        phases: phases(wait),
    }
}

fn facts() -> Vec<Fact> {
    let fact = |kind, value: &str, pointer: &str| Fact {
        kind,
        value: value.into(),
        from: Spot::Pointer(pointer.to_owned().into()),
    };
    vec![
        fact(FactKind::Error, "invalid_grant", "/error"),
        fact(FactKind::Code, "AADSTS50076", "/error_codes/0"),
        fact(FactKind::SubError, "basic_action", "/suberror"),
        fact(FactKind::Claims, "{}", "/claims"),
        fact(
            FactKind::CorrelationId,
            "3f1c2b00-5555-4666-8777-988888888888",
            "/correlation_id",
        ),
    ]
}

pub fn step(id: &str, title: &str, doing: Doing) -> Step {
    let by = match doing {
        Doing::HandOver { .. } => By::Person,
        _ => By::Program,
    };
    Step {
        id: id.into(),
        title: title.into(),
        why: String::new(),
        by,
        doing,
        ways: Vec::new(),
    }
}

fn plan() -> Plan {
    let mut sign_in = step(
        "sign-in-with-claims",
        "Sign in in the browser, passing the claims the server asked for",
        Doing::SignIn {
            claims: Some("{}".into()),
            prompt: None,
        },
    );
    sign_in.why = "The server named what it wants; signing in without it is refused again.".into();
    sign_in.ways = vec![
        Way {
            id: "browser".into(),
            title: "in the browser".into(),
            barred: None,
        },
        Way {
            id: "device-code".into(),
            title: "on another device".into(),
            barred: Some("a device code cannot carry device state".into()),
        },
    ];
    Plan {
        steps: vec![
            sign_in,
            step(
                "repeat-silent",
                "Repeat silently, forcing a refresh, so that the new refresh token is proved",
                Doing::Silent {
                    force_refresh: true,
                    claims: None,
                },
            ),
            step("compare", "Compare with the failed run", Doing::Compare),
        ],
        check: Some(Check {
            run: "Run the silent flow again, without a cached access token.".into(),
            command: Some("tokenscope acquire --profile contoso-desktop --flow silent".into()),
            expect: "A token, and no AADSTS50076.".into(),
        }),
        variants: Vec::new(),
    }
}

fn prediction(library: &str, kind: &str, prompts: bool) -> Prediction {
    Prediction {
        library: library.into(),
        version: "4.6".into(),
        your_version: None,
        basis: "measured".into(),
        source: None,
        outcome: "raised".into(),
        kind: kind.into(),
        prompts,
        requests: 1,
        waits_s: 0,
        keeps_refresh_token: Some(true),
        claims: "kept".into(),
        when: None,
        options: "defaults".into(),
        look_at: "exception.Claims".into(),
        why: "It keeps the refresh token and asks the program to sign in.".into(),
    }
}

fn sign_in_log() -> LogHint {
    let id = "3f1c2b00-5555-4666-8777-988888888888";
    LogHint {
        logs: vec![SignInLog::NonInteractive],
        words: "Non-interactive user sign-ins: a program asked on the user's behalf.".into(),
        filters: vec![LogFilter {
            field: "Correlation ID".into(),
            value: id.into(),
        }],
        graph: Some(format!(
            "https://graph.microsoft.com/beta/auditLogs/signIns?$filter=correlationId%20eq%20'{id}'"
        )),
        kql: Some(format!(
            "AADNonInteractiveUserSignInLogs | where CorrelationId == \"{id}\""
        )),
        appears: "It appears after a few minutes.".into(),
    }
}

pub fn diagnosis() -> Diagnosis {
    Diagnosis {
        summary: "Multifactor authentication is required.".into(),
        do_now: "Sign in, passing the claims.".into(),
        login_words: "helps, if the claims go along".into(),
        codes: vec![CodeView {
            code: "AADSTS50076".into(),
            known: true,
            name: "UserStrongAuthClientAuthNRequired".into(),
            title: "Multifactor authentication is required".into(),
            confidence: Confidence::Published,
            pairing_seen: Some(true),
            from: Spot::Pointer("/error_codes/0".into()),
        }],
        error: Some("invalid_grant".into()),
        suberror: Some("basic_action".into()),
        description: Some("AADSTS50076: A second factor is needed before a token for 'https://graph.microsoft.com' can be issued.".into()),
        claims: Some(json!({"access_token": {"acrs": {"essential": true, "value": "c1"}}})),
        place: Place::Token,
        class: Class::Interaction,
        acts: vec![Actor::User],
        login: Login::WithClaims,
        because: vec!["claims".into(), "suberror".into(), "code".into()],
        confidence: Confidence::Published,
        contradictions: Vec::new(),
        notes: Vec::new(),
        correlation_id: Some("3f1c2b00-5555-4666-8777-988888888888".into()),
        trace_id: Some("7c2e1f00-1111-4222-8333-944444444444".into()),
        timestamp: Some(NOW),
        predictions: vec![
            prediction("msal-dotnet", "MsalUiRequiredException", false),
            prediction("msal-js", "InteractionRequiredAuthError", false),
        ],
        plan: plan(),
        links: vec![Link {
            kind: LinkKind::Lookup,
            url: "https://login.microsoftonline.com/error?code=50076".into(),
        }],
        sign_in_log: Some(sign_in_log()),
        facts: facts(),
    }
}

pub fn refused() -> Ending {
    Ending {
        diagnosis: Some(Box::new(diagnosis())),
        ..Ending::new(Outcome::Refused, NOW)
    }
}

pub fn granted() -> Ending {
    Ending {
        token: Some(TokenFacts {
            token_type: "Bearer".into(),
            issued_type: None,
            details: None,
            expires: Some(NOW.plus(Duration::from_secs(3599))),
            scopes: vec!["User.Read".into(), "openid".into()],
            fingerprint: "‹access token 5f2a91c0›".into(),
            refresh_fingerprint: Some("‹refresh token 77aa01b2›".into()),
            access_claims: Some(
                json!({"aud": "https://graph.microsoft.com", "scp": "User.Read", "amr": ["pwd", "mfa"], "exp": 1_795_359_730}),
            ),
            id_claims: None,
            from_cache: false,
            account: Some("ada@contoso.example".into()),
        }),
        ..Ending::new(Outcome::Granted, NOW)
    }
}

pub fn refused_run(id: u64) -> Vec<Notice> {
    let base = "http://127.0.0.1:7001/contoso.example";
    let metadata = format!("{base}/v2.0/.well-known/openid-configuration");
    vec![
        Notice::Began(Box::new(running(
            id,
            Flow::Silent,
            Activity::Sending("a token".into()),
        ))),
        Notice::Exchanged(
            RunId(id),
            Box::new(exchange(&metadata, 200, r#"{"issuer":"x"}"#, 0, 12)),
        ),
        Notice::Exchanged(
            RunId(id),
            Box::new(exchange(
                &format!("{base}/oauth2/v2.0/token"),
                400,
                BODY,
                14,
                85,
            )),
        ),
        Notice::Ended(RunId(id), Box::new(refused())),
    ]
}

pub fn granted_run(id: u64, flow: Flow) -> Vec<Notice> {
    let url = "http://127.0.0.1:7001/contoso.example/oauth2/v2.0/token";
    let body = r#"{"token_type":"Bearer","scope":"User.Read openid","expires_in":3599}"#;
    vec![
        Notice::Began(Box::new(running(
            id,
            flow,
            Activity::Sending("a token".into()),
        ))),
        Notice::Exchanged(RunId(id), Box::new(exchange(url, 200, body, 0, 40))),
        Notice::Ended(RunId(id), Box::new(granted())),
    ]
}

pub fn device() -> Activity {
    Activity::Device {
        page: "http://127.0.0.1:7001/device".into(),
        complete: None,
        user_code: "BCDF-GHJK".into(),
        next_poll: NOW.plus(Duration::from_secs(5)),
        expires: NOW.plus(Duration::from_mins(15)),
    }
}

pub fn browsing(opened: bool) -> Activity {
    Activity::Browsing {
        url: "http://127.0.0.1:7001/contoso.example/oauth2/v2.0/authorize?client_id=3f0a1b2c-0000-4000-8000-0000000000e1&response_type=code&redirect_uri=http%3A%2F%2Flocalhost%3A49152&scope=User.Read&state=abc".into(),
        opened,
        until: NOW.plus(Duration::from_mins(5)),
    }
}

pub const fn asking() -> Activity {
    Activity::Asking(Question::Password)
}

pub fn scenarios() -> Notice {
    let view = |name: &str,
                group: &str,
                title: &str,
                teaches: &str,
                steps: &[&str],
                basis: Option<&str>| ScenarioView {
        name: name.into(),
        group: group.into(),
        title: title.into(),
        teaches: teaches.into(),
        given: Vec::new(),
        steps: steps.iter().map(|step| (*step).to_owned()).collect(),
        deeds: Vec::new(),
        basis: basis.map(str::to_owned),
        codes: vec!["AADSTS50076".into(), "invalid_grant".into()],
        classes: vec!["interaction".into()],
        cured_here: true,
    };
    Notice::Scenarios(vec![
        view(
            "mfa-on-silent",
            "A person must act",
            "MFA demanded while refreshing silently",
            "Why a silent call can fail although a refresh token exists.",
            &[
                "ask silently",
                "do step 1 of the plan",
                "ask silently, forcing a refresh",
            ],
            None,
        ),
        view(
            "device-code-expired",
            "Device code",
            "A device code that ran out",
            "A device code lives a quarter of an hour; then only a new one helps.",
            &["start a device sign-in"],
            Some("RFC 8628"),
        ),
        view(
            "wrong-secret",
            "Credentials of the application",
            "The secret's id was sent instead of its value",
            "A secret has an id and a value; only the value works.",
            &["ask with the application's credential"],
            None,
        ),
    ])
}

pub fn scenario_ready() -> Notice {
    Notice::ScenarioReady {
        name: "mfa-on-silent".into(),
        spec: Box::new(spec(Flow::Silent)),
        next: 0,
        habits: Habits::default(),
    }
}

pub fn lab_ready() -> Notice {
    Notice::LabReady(Box::new(LabInfo {
        schema: 1,
        authority: "http://127.0.0.1:7001/contoso.example".into(),
        issuer: "http://127.0.0.1:7001/contoso.example/v2.0".into(),
        http: None,
        ca: String::new(),
        tenant: "11111111-2222-4333-8444-555555555555".into(),
        clients: vec![LabClient {
            id: "3f0a1b2c-0000-4000-8000-0000000000e1".into(),
            name: "contoso-desktop".into(),
            kind: "desktop".into(),
            public: true,
            secret: None,
        }],
        users: vec![LabUserInfo {
            name: "ada@contoso.example".into(),
            password: "Simulated-1".into(),
        }],
        api: "http://127.0.0.1:7001/api".into(),
        control: None,
    }))
}

pub fn world() -> Notice {
    Notice::World(Box::new(WorldView {
        now: NOW,
        policies: vec![
            PolicyView {
                name: "require-mfa".into(),
                does: "Every sign-in needs a second factor.".into(),
                on: true,
            },
            PolicyView {
                name: "block".into(),
                does: "Everything is blocked.".into(),
                on: false,
            },
        ],
        switches: vec![PolicyView {
            name: "outage".into(),
            does: "The token endpoint is out of service.".into(),
            on: false,
        }],
        things: vec![
            thing(Thing::User, "ada@contoso.example", "Ada Example"),
            thing(Thing::App, "contoso-daemon", "daemon"),
        ],
        changed: vec!["ada@contoso.example is locked.".into()],
        moved: Duration::from_mins(61),
        forced: Vec::new(),
        faults: Vec::new(),
    }))
}

/// What reached the lab in the refused run: its metadata was asked for, then the token.
pub fn requests() -> Notice {
    let metadata = LabRequestRecord {
        id: 1,
        at: NOW.minus(Duration::from_secs(1)),
        what: "GET /contoso.example/v2.0/.well-known/openid-configuration".into(),
        endpoint: "discovery".into(),
        status: 200,
        because: "metadata".into(),
        ..LabRequestRecord::default()
    };
    let token = LabRequestRecord {
        id: 2,
        at: NOW,
        what: "POST /contoso.example/oauth2/v2.0/token".into(),
        endpoint: "token".into(),
        client: Some("contoso-desktop".into()),
        program: Some("tokenscope/0.1.0".into()),
        status: 400,
        decision: Decision::Refused,
        code: Some("AADSTS50076".into()),
        because: "policy require-mfa applied".into(),
        correlation: Some("3f1c2b00-5555-4666-8777-988888888888".into()),
        trace: Some("7c2e1f00-1111-4222-8333-944444444444".into()),
        asked: vec![
            ("grant_type".into(), "refresh_token".into()),
            ("refresh_token".into(), "‹kept back›".into()),
        ],
        reply: Some(BODY.into()),
        ..LabRequestRecord::default()
    };
    Notice::LabRequests(vec![metadata, token])
}

/// So many more, from this number on.
pub fn more_requests(from: u64, count: u64) -> Notice {
    let one = |id| LabRequestRecord {
        id,
        at: NOW,
        endpoint: "token".into(),
        client: Some("contoso-daemon".into()),
        status: 200,
        decision: Decision::Granted,
        because: "token issued to contoso-daemon".into(),
        ..LabRequestRecord::default()
    };
    Notice::LabRequests((from..from + count).map(one).collect())
}

fn thing(kind: Thing, name: &str, about: &str) -> ThingView {
    let setting = |key: &str, value: &str, allowed: &[&str], changed| SettingView {
        key: key.into(),
        value: value.into(),
        allowed: allowed.iter().map(|one| (*one).to_owned()).collect(),
        expected: "as it says".into(),
        changed,
    };
    ThingView {
        kind,
        name: name.into(),
        about: about.into(),
        settings: vec![
            setting("locked", "yes", &["yes", "no"], true),
            setting("display", about, &[], false),
        ],
    }
}

pub fn clue() -> Vec<String> {
    vec![tokenscope::strings::compare::only("flow")]
}

pub fn differences() -> Vec<Difference> {
    let one =
        |what: &str, left: Option<&str>, right: Option<&str>, matters, why: &str| Difference {
            what: what.into(),
            left: left.map(str::to_owned),
            right: right.map(str::to_owned),
            matters,
            why: why.into(),
        };
    vec![
        one("outcome", Some("refused"), Some("granted"), true, ""),
        one(
            "claim amr",
            None,
            Some("pwd mfa"),
            true,
            "A second factor was used this time.",
        ),
        one(
            "request parameter claims",
            None,
            Some("{\"access_token\":…}"),
            true,
            "The claims went along.",
        ),
        one("trace id", Some("7c2e"), Some("8d3f"), false, ""),
    ]
}

pub fn past() -> Notice {
    Notice::History(vec![PastRun {
        key: 7,
        started: "2026-11-22T14:02:11Z".into(),
        profile: "contoso-desktop".into(),
        flow: "silent".into(),
        outcome: "refused".into(),
        error: "invalid_grant AADSTS50076".into(),
        correlation_id: "3f1c2b00-5555-4666-8777-988888888888".into(),
        simulated: true,
    }])
}

/// A token of the right shape, which no server made.
pub fn bearer() -> String {
    let body = "eyJhdWQiOiJodHRwczovL2dyYXBoLm1pY3Jvc29mdC5jb20iLCJzdWIiOiJhZGEifQ";
    format!("eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.{body}.c2lnbmF0dXJlLW9mLW5vYm9keS1hdC1hbGw")
}
