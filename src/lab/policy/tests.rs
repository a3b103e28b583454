//! Policies by tables: who passes, who does not, and what decided.

use super::*;
use crate::lab::file::{Management, OwnMfa, Risk};
use crate::lab::testing::world;
use crate::lab::world::{By, Marks};

#[test]
fn claims_are_read_in_the_forms_clients_send_them() {
    let read = |text| Demands::read(Some(text));
    let one = read(
        r#"{"access_token":{"acrs":{"essential":true,"value":"c1"},"xms_cc":{"values":["cp1"]}}}"#,
    );
    assert_eq!(
        one.unwrap(),
        Demands {
            contexts: vec!["c1".into()],
            capabilities: vec!["cp1".into()]
        }
    );
    let list = read(r#"{"access_token":{"acrs":[{"essential":true,"value":"c2"}]}}"#).unwrap();
    assert_eq!(list.contexts, ["c2"]);
    assert_eq!(
        read(r#"{"id_token":{"login_hint":null}}"#).unwrap(),
        Demands::default()
    );
    assert_eq!(read("eyJhIjox").unwrap_err().cause, Cause::BadRequest);
}

/// A judge's table: changes to the world, the sign-in, what is lacking.
struct Case {
    policies: &'static [&'static str],
    prepare: fn(&mut World, &mut Proof),
    page: bool,
    lacks: Option<Need>,
}

const fn case(
    policies: &'static [&'static str],
    prepare: fn(&mut World, &mut Proof),
    lacks: Option<Need>,
) -> Case {
    Case {
        policies,
        prepare,
        page: false,
        lacks,
    }
}

fn judged(case: &Case) -> Result<String, Lack> {
    let mut world = world();
    let at = Moment::from_seconds(1_000_000);
    let mut proof = Proof::of_password(&world.users[0], By::Browser, at);
    for policy in &mut world.policies {
        policy.on = case.policies.contains(&policy.name.as_str());
    }
    (case.prepare)(&mut world, &mut proof);
    let demands = Demands::default();
    let attempt = Attempt {
        user: &world.users[0],
        proof: &proof,
        client: &world.clients[0],
        resource: "https://graph.microsoft.com",
        demands: &demands,
        at,
        page: case.page,
    };
    judge(&world, &attempt)
}

const NOTHING: fn(&mut World, &mut Proof) = |_, _| {};
const FACTOR: fn(&mut World, &mut Proof) = |_, proof| proof.mfa = true;

fn on(world: &mut World, proof: &mut Proof, state: Management) {
    world.machines[0].state = state;
    proof.marks.device = Some(world.machines[0].name.clone());
}

const ON_PROOF: &[Case] = &[
    case(&[], NOTHING, None),
    case(&["require-mfa"], NOTHING, Some(Need::Mfa)),
    case(&["require-mfa"], FACTOR, None),
    case(
        &["require-mfa", "block"],
        FACTOR,
        Some(Need::Stop(Cause::Blocked)),
    ),
    case(
        &["block", "compliant-device"],
        NOTHING,
        Some(Need::Stop(Cause::Blocked)),
    ),
    case(&["block-on-page"], NOTHING, None),
    case(&["block-device-code"], NOTHING, None),
    case(
        &["block-device-code"],
        |_, p| p.marks.by = By::DeviceCode,
        Some(Need::Stop(Cause::DeviceSignInBarred)),
    ),
    case(
        &["security-defaults"],
        |_, p| p.marks.by = By::Password,
        Some(Need::Stop(Cause::DefaultsBlocked)),
    ),
    case(&["security-defaults"], NOTHING, None),
    case(
        &["token-protection"],
        NOTHING,
        Some(Need::Stop(Cause::TokenUnbound)),
    ),
    case(
        &["token-protection"],
        |_, p| p.marks.by = By::Password,
        None,
    ),
    case(&["terms-of-use"], NOTHING, Some(Need::Terms)),
    case(&["terms-of-use", "require-mfa"], NOTHING, Some(Need::Mfa)),
    case(
        &["terms-of-use"],
        |w, _| w.users[0].standing.terms = vec!["terms-of-use".into()],
        None,
    ),
    case(&["block-daemons"], NOTHING, None),
];

const ON_DEVICES: &[Case] = &[
    case(
        &["compliant-device"],
        NOTHING,
        Some(Need::Stop(Cause::DeviceUnproven)),
    ),
    case(
        &["compliant-device"],
        |w, p| on(w, p, Management::NonCompliant),
        Some(Need::Stop(Cause::DeviceNotCompliant)),
    ),
    case(
        &["compliant-device"],
        |w, p| on(w, p, Management::Joined),
        None,
    ),
    case(
        &["managed-device"],
        |w, p| on(w, p, Management::Registered),
        None,
    ),
    case(
        &["joined-device"],
        |w, p| on(w, p, Management::Compliant),
        Some(Need::Stop(Cause::DeviceNotJoined)),
    ),
    case(
        &["compliant-device"],
        |_, p| p.marks.by = By::DeviceCode,
        Some(Need::Stop(Cause::DeviceFlowUnproven)),
    ),
];

const ON_PEOPLE: &[Case] = &[
    case(&["risky-user"], NOTHING, None),
    case(
        &["risky-user"],
        |w, _| w.users[0].standing.user_risk = Risk::High,
        Some(Need::Mfa),
    ),
    case(
        &["risky-user"],
        |w, p| {
            w.users[0].standing.user_risk = Risk::High;
            p.mfa = true;
        },
        Some(Need::PasswordChange),
    ),
    case(
        &["risky-user"],
        |w, _| {
            w.users[0].standing.user_risk = Risk::High;
            w.users[0].mfa = false;
        },
        Some(Need::Stop(Cause::RegistrationRisky)),
    ),
    case(
        &["risky-sign-in"],
        |w, _| w.users[0].standing.sign_in_risk = Risk::Medium,
        None,
    ),
    case(
        &["block-abroad"],
        |w, _| w.users[0].standing.address = "198.51.100.7".parse().ok(),
        Some(Need::Stop(Cause::Blocked)),
    ),
    case(
        &["block-abroad"],
        |w, _| w.users[0].standing.place = Some("office".into()),
        None,
    ),
    case(&["mfa-outside-office"], NOTHING, Some(Need::Mfa)),
    case(
        &["mfa-outside-office"],
        |w, p| on(w, p, Management::Compliant),
        None,
    ),
    case(
        &["mfa-outside-office"],
        |w, _| w.users[0].standing.place = Some("office".into()),
        None,
    ),
    case(
        &["mfa-outside-office"],
        |w, _| w.users[0].standing.groups = vec!["emergency".into()],
        None,
    ),
    case(
        &[],
        |w, _| w.users[0].standing.per_user_mfa = OwnMfa::On,
        Some(Need::Mfa),
    ),
    case(
        &[],
        |w, _| w.users[0].standing.per_user_mfa = OwnMfa::Enforced,
        Some(Need::OwnMfa),
    ),
    case(
        &["require-mfa"],
        |w, _| w.users[0].standing.per_user_mfa = OwnMfa::Enforced,
        Some(Need::Mfa),
    ),
    case(
        &[],
        |w, p| {
            w.users[0].standing.per_user_mfa = OwnMfa::Enforced;
            p.mfa = true;
        },
        None,
    ),
];

/// Who may register a second factor, and where.
const ON_REGISTERING: &[Case] = &[
    case(&["register-in-office"], |w, _| w.users[0].mfa = false, None),
    case(
        &["register-in-office", "require-mfa"],
        |w, _| w.users[0].mfa = false,
        Some(Need::Stop(Cause::RegistrationBarred)),
    ),
    case(
        &["register-in-office", "require-mfa"],
        |w, _| {
            w.users[0].mfa = false;
            w.users[0].standing.place = Some("office".into());
        },
        Some(Need::Mfa),
    ),
    case(
        &["register-in-office", "require-mfa"],
        NOTHING,
        Some(Need::Mfa),
    ),
    case(
        &["register-in-office"],
        |w, _| {
            w.users[0].mfa = false;
            w.users[0].standing.per_user_mfa = OwnMfa::Enforced;
        },
        Some(Need::Stop(Cause::RegistrationBarred)),
    ),
    case(
        &["register-in-office", "require-mfa"],
        |w, _| {
            w.users[0].mfa = false;
            let mut policies = w.policies.iter_mut();
            let policy = policies.find(|p| p.name == "register-in-office").unwrap();
            policy.controls = vec![crate::lab::file::Control::Mfa];
        },
        Some(Need::Mfa),
    ),
];

#[test]
fn each_sign_in_lacks_what_the_policies_say_together() {
    let cases = ON_PROOF.iter().chain(ON_DEVICES).chain(ON_PEOPLE);
    let cases = cases.chain(ON_REGISTERING);
    for (number, case) in cases.enumerate() {
        let found = judged(case).err().map(|lack| lack.need);
        assert_eq!(found, case.lacks, "case {number}: {:?}", case.policies);
    }
}

#[test]
fn the_claims_name_every_policy_that_wants_the_same() {
    let both = case(&["require-mfa", "recent-mfa"], NOTHING, None);
    let claims: Json = serde_json::from_str(&judged(&both).unwrap_err().claims.unwrap()).unwrap();
    let ids = claims["access_token"]["capolids"]["values"]
        .as_array()
        .unwrap();
    assert_eq!(ids.len(), 2, "{claims}");
    let own = case(&[], |w, _| w.per_user_mfa = true, None);
    assert_eq!(judged(&own).unwrap_err().claims, None);
}

#[test]
fn the_log_says_which_policy_applied_and_which_did_not() {
    let lack = judged(&case(&["require-mfa", "block-abroad"], NOTHING, None)).unwrap_err();
    for words in [
        "policy require-mfa applied because of this: it is for everybody and everything",
        "policy block-abroad did not apply: place unknown",
    ] {
        assert!(lack.because.contains(words), "{}", lack.because);
    }
    let met = judged(&case(&["require-mfa"], FACTOR, None)).unwrap();
    assert!(met.contains("is satisfied"), "{met}");
}

#[test]
fn a_context_that_no_policy_rules_stands_for_a_second_factor() {
    let mut world = world();
    let at = Moment::from_seconds(1_000_000);
    let demands = Demands::read(Some(r#"{"access_token":{"acrs":{"value":"c2"}}}"#)).unwrap();
    let mut need = |on: bool| {
        let mut policies = world.policies.iter_mut();
        policies.find(|p| p.name == "context-c2").unwrap().on = on;
        let user = world.users[0].clone();
        let proof = Proof {
            marks: Marks::default(),
            ..Proof::of_password(&user, By::Browser, at)
        };
        let attempt = Attempt {
            user: &user,
            proof: &proof,
            client: &world.clients[0],
            resource: "api://contoso-api",
            demands: &demands,
            at,
            page: true,
        };
        judge(&world, &attempt).unwrap_err().need
    };
    assert_eq!(need(false), Need::Mfa);
    assert_eq!(need(true), Need::Stop(Cause::DeviceNotCompliant));
}

#[test]
fn a_device_rule_for_one_api_says_so_and_leaves_the_others_alone() {
    let mut world = world();
    let at = Moment::from_seconds(1_000_000);
    let mut policies = world.policies.iter_mut();
    let policy = policies.find(|p| p.name == "compliant-device-for-api");
    policy.unwrap().on = true;
    let user = world.users[0].clone();
    let mut proof = Proof::of_password(&user, By::Browser, at);
    on(&mut world, &mut proof, Management::NonCompliant);
    let judged = |resource: &str| {
        let demands = Demands::default();
        let attempt = Attempt {
            user: &user,
            proof: &proof,
            client: &world.clients[0],
            resource,
            demands: &demands,
            at,
            page: false,
        };
        judge(&world, &attempt).err().map(|lack| lack.need)
    };
    let needed = Need::Stop(Cause::ApiNeedsCompliance);
    assert_eq!(judged("api://contoso-api"), Some(needed));
    assert_eq!(judged("https://graph.microsoft.com"), None);
}

#[test]
fn whoever_registers_on_the_page_is_told_why_not_here() {
    use crate::lab::handle::Walk;
    use crate::lab::testing::{BASE, Bench};
    use crate::lab::walk::Jar;
    use crate::model::UserAct;

    let mut bench = Bench::new();
    let (id, _) = bench.client("contoso-desktop");
    let url = format!(
        "{BASE}/contoso.example/oauth2/v2.0/authorize?client_id={id}&response_type=code&redirect_uri=http://localhost&scope=User.Read"
    );
    let cy = "cy@contoso.example";
    bench.change("policy register-in-office on");
    bench.change(&format!("set user {cy} must-register yes"));
    let shown = bench.walk(cy, &mut Jar::default(), &url, UserAct::Completes);
    let told = matches!(&shown, Walk::Page { text, .. } if text.contains("AADSTS53010"));
    assert!(told, "{shown:?}");
    bench.change(&format!("set user {cy} place office"));
    let sent = bench.walk(cy, &mut Jar::default(), &url, UserAct::Completes);
    let granted = matches!(&sent, Walk::Redirect(to) if to.contains("code="));
    assert!(granted, "{sent:?}");
}
