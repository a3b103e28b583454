//! Signing the lab's users in before they are needed: the real flow against the real lab, walked by the lab's user,
//! without a run that anybody sees. What is held afterwards is what a run would have left.

use std::sync::Arc;

use tokio::sync::mpsc;

use super::core::Core;
use super::{Notice, lab_side, script};
use crate::flows::{self, Control, End, Report};
use crate::lab::{LabHandle, Walk};
use crate::model::{Activity, Flow, Purpose, Request, RunSpec, UserAct};
use crate::strings::session as say;
use crate::wire::Transport as _;

/// Signs every user of the lab in.
pub(super) fn sign_in(core: &Arc<Core>) {
    let core = Arc::clone(core);
    tokio::spawn(async move {
        match sign_all_in(&core).await {
            Ok(sentence) => core.tell(Notice::Said(sentence)),
            Err(why) => core.trouble(why),
        }
    });
}

async fn sign_all_in(core: &Arc<Core>) -> Result<String, String> {
    let lab = lab_side::ready(core).await?;
    let spec = script::spec_for_users(core, &lab)?;
    let (mut held, mut refused) = (Vec::new(), Vec::new());
    for user in lab.info().users {
        let spec = RunSpec {
            flow: Flow::Interactive,
            username: Some(user.name.clone()),
            ..spec.clone()
        };
        if one(core, &lab, spec).await {
            held.push(user.name);
        } else {
            refused.push(user.name);
        }
    }
    let app = spec.profile.unwrap_or(spec.client_id);
    Ok(say::signed_in_beforehand(&app, &held, &refused))
}

/// Signs one user in; whether that was granted.
pub(super) async fn one(core: &Arc<Core>, lab: &Arc<LabHandle>, spec: RunSpec) -> bool {
    let Ok(mut context) = core.context(&spec) else {
        return false;
    };
    context.open_browser = false;
    let transport = Arc::clone(&context.transport);
    let (user, options) = (
        spec.username.clone().unwrap_or_default(),
        spec.options.clone(),
    );
    let (control, controls) = mpsc::unbounded_channel();
    let (report, mut reports) = mpsc::unbounded_channel();
    let flow = flows::run(spec, context, controls, report);
    tokio::pin!(flow);
    loop {
        let report = tokio::select! {
            end = &mut flow => return matches!(end, End::Granted(_)),
            Some(report) = reports.recv() => report,
        };
        let Report::Doing(Activity::Browsing { url, .. }) = report else {
            continue;
        };
        let (lab, user) = (Arc::clone(lab), user.clone());
        let walk = move || lab.act(&user, &url, UserAct::Completes);
        let walked = tokio::task::spawn_blocking(walk).await;
        if let Ok(Walk::Redirect(url)) = walked {
            let (transport, options) = (Arc::clone(&transport), options.clone());
            tokio::spawn(async move {
                // What the listener answers is a page for a person; what matters reaches the flow by itself.
                let request = Request::get(url, Purpose::Discovery);
                let _ = transport.send(request, &options).await;
            });
        } else {
            let _ = control.send(Control::Cancel);
        }
    }
}
