//! Every code of the catalogue, forced in a running lab, read back by the program's own decoder: it is that code and
//! no other, and the guide finds no contradiction in the reply.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::sync::Arc;

use tokenscope::catalog::Catalog;
use tokenscope::guide::{self, Evidence};
use tokenscope::lab::{self, LabHandle, Options, Walk};
use tokenscope::model::world::Decision;
use tokenscope::model::{
    Door, FactKind, Moment, Place, Purpose, Reading, Reply, UserAct, WorldChange,
};
use tokenscope::ports::MovableClock;
use tokenscope::{decode, host};

const DESKTOP: &str = "3f0a5c1e-94d7-4b62-a0c8-6b1d2e7f48e1";

fn ask(lab: &LabHandle, line: &str, body: &str) -> Reply {
    let authority = lab.http_authority().expect("it serves http");
    let host = authority.split('/').nth(2).expect("a host").to_owned();
    let mut stream = TcpStream::connect(&host).expect("it listens");
    let length = body.len();
    let request = format!(
        "{line} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}"
    );
    stream.write_all(request.as_bytes()).expect("it reads");
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).expect("it answers");
    let end = bytes
        .windows(4)
        .position(|w| w == b"\r\n\r\n")
        .expect("a head");
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let mut lines = head.lines();
    let status = lines
        .next()
        .and_then(|line| line.split(' ').nth(1)?.parse().ok())
        .expect("a status");
    let header = |line: &str| {
        let (name, value) = line.split_once(": ")?;
        Some((name.to_ascii_lowercase(), value.to_owned()))
    };
    Reply {
        status,
        headers: lines.filter_map(header).collect(),
        body: bytes[end + 4..].to_vec(),
        cut: None,
    }
}

/// The address that speaks the numbers of a prefix.
fn root_of(prefix: &str) -> &'static str {
    match prefix {
        "AADB2C" => "/contoso.example/b2c_1_signin",
        _ => "/contoso.example",
    }
}

/// Where a person ends who asks at the authorization endpoint and signs in where that is asked for.
fn walked(lab: &LabHandle, root: &str) -> Walk {
    let authority = lab.http_authority().expect("it serves http");
    let host = authority.split('/').nth(2).expect("a host");
    let url = format!(
        "http://{host}{root}/oauth2/v2.0/authorize?client_id={DESKTOP}&response_type=code&scope=User.Read&state=s&redirect_uri=http%3A%2F%2Flocalhost%3A5000"
    );
    lab.act("ada@contoso.example", &url, UserAct::Completes)
}

/// What a program, or a person who copies the page, reads at a door.
fn read(lab: &LabHandle, door: Door, root: &str) -> (Reading, Place) {
    let form =
        format!("client_id={DESKTOP}&scope=User.Read&grant_type=refresh_token&refresh_token=x");
    let page = |reply: &Reply| {
        let mut readings = decode::paste(&reply.text());
        readings.swap_remove(0)
    };
    match door {
        Door::Token => {
            let reply = ask(lab, &format!("POST {root}/oauth2/v2.0/token"), &form);
            (decode::reply(&reply, Purpose::Token), Place::Token)
        }
        Door::DeviceCode => {
            let reply = ask(lab, &format!("POST {root}/oauth2/v2.0/devicecode"), &form);
            (decode::reply(&reply, Purpose::DeviceStart), Place::Token)
        }
        Door::Authorize => match walked(lab, root) {
            Walk::Redirect(to) => (decode::redirect(&to), Place::Authorize),
            Walk::Page { text, .. } => panic!("it stays on a page: {text}"),
        },
        Door::Page => match walked(lab, root) {
            Walk::Page { text, .. } => (decode::paste(&text).swap_remove(0), Place::Page),
            Walk::Redirect(to) => panic!("it leaves the page: {to}"),
        },
        Door::Device => (
            page(&ask(lab, "POST /devicelogin", "user_code=ABC")),
            Place::DevicePage,
        ),
        Door::Discovery => {
            let line = format!("GET {root}/v2.0/.well-known/openid-configuration");
            (
                decode::reply(&ask(lab, &line, ""), Purpose::Discovery),
                Place::Discovery,
            )
        }
        Door::Api => (
            decode::reply(&ask(lab, "GET /api", ""), Purpose::Api),
            Place::Resource,
        ),
        Door::ManagedIdentity => {
            let line = "GET /metadata/identity/oauth2/token";
            (
                decode::reply(&ask(lab, line, ""), Purpose::Token),
                Place::ManagedIdentity,
            )
        }
    }
}

#[test]
fn every_code_is_read_back_as_itself_and_nothing_speaks_against_it() {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let real = host::ports();
    let options = Options {
        http: Some(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))),
        data_dir: directory.path().to_owned(),
        ..Options::default()
    };
    let clock = Arc::new(MovableClock::new(Arc::clone(&real.clock)));
    let lab = runtime
        .block_on(lab::start(options, clock, real.entropy))
        .expect("it starts");
    let catalog = Catalog::builtin();
    let mut wrong = Vec::new();
    for entry in catalog.codes() {
        let order = |more: &str| {
            let words = format!("force {}{more}", entry.code);
            lab.change(WorldChange::parse(&words).expect("an order"))
        };
        let view = order("")
            .or_else(|_| order(" unrealistic"))
            .expect("it is forced");
        let (reading, place) = read(&lab, view.forced[0].at, root_of(entry.prefix()));
        let codes: Vec<&str> = reading
            .all(FactKind::Code)
            .map(|fact| fact.value.as_str())
            .collect();
        if codes.is_empty() || codes.iter().any(|code| *code != entry.code) {
            wrong.push(format!("{} at {place:?} is read as {codes:?}", entry.code));
        }
        let evidence = Evidence {
            reading: &reading,
            place,
            flow: None,
            client: None,
            spec: None,
            exchange: None,
            now: Moment::default(),
            catalog: &catalog,
        };
        let diagnosis = guide::diagnose(&evidence);
        for contradiction in &diagnosis.contradictions {
            wrong.push(format!("{}: {contradiction}", entry.code));
        }
        let troubles = reading.all(FactKind::Trouble).map(|fact| &fact.value);
        wrong.extend(troubles.map(|trouble| format!("{}: {trouble}", entry.code)));
    }
    assert!(
        wrong.is_empty(),
        "{} troubles:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(all_refusals_are_forced(&lab));
}

/// Whether what was refused was ordered, all of it; pages that ask somebody to sign in come before.
fn all_refusals_are_forced(lab: &LabHandle) -> bool {
    let log = lab.requests();
    let mut told = log.iter().filter(|r| r.decision == Decision::Refused);
    let good = told.all(|record| record.forced && record.correlation.is_some());
    good && log.iter().any(|record| record.forced)
}
