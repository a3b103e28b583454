//! Signs a person out at the server, in the browser. An ID token goes along in a form of a page that is served once on
//! loopback, never in an address; without one the server's page is opened itself.

use std::sync::PoisonError;
use std::time::Duration;

use tokio::sync::mpsc;
use url::Url;

use super::driver::Driver;
use super::further::{discover, exchanges};
use super::handing::Handing;
use super::listener::{self, Arrival, Guests, Listener};
use super::outcome::claims;
use super::page::Page;
use super::{Context, ids};
use crate::grants::parameters::in_query;
use crate::grants::pkce::Proof;
use crate::grants::{Metadata, logout as asking};
use crate::model::{Exchange, Problem, RunSpec, Secret, SignedOut, TokenFacts};
use crate::strings::logout as say;
use crate::wire::Transport;

/// How long the browser may take.
const PATIENCE: Duration = Duration::from_mins(3);

/// Signs the person of a granted run out and returns the exchanges (discovery, where `known` is not) and what came of
/// it. `tell` gets the address that is opened; it holds no secret and is good once.
///
/// # Errors
/// If the server has no page for it or one that is not trusted, if nobody has signed in, or if nothing can be listened
/// for.
pub async fn logout<T: Transport>(
    (spec, token): (&RunSpec, &TokenFacts),
    known: Option<Metadata>,
    context: Context<T>,
    tell: impl Fn(String),
) -> Result<(Vec<Exchange>, SignedOut), Problem> {
    let (_person, control) = mpsc::unbounded_channel();
    let (report, reports) = mpsc::unbounded_channel();
    let mut driver = Driver::new(spec.clone(), context, control, report);
    let metadata = match known {
        Some(metadata) => Some(metadata),
        None => discover(&mut driver).await?,
    };
    let Some(metadata) = metadata else {
        return Ok((exchanges(reports), SignedOut::default()));
    };
    let page = asking::endpoint(spec, &metadata)?;
    let context = driver.context.clone();
    drop(driver);
    let hint = id_token(spec, token, &context);
    let random = ids::bytes(context.ports.entropy.as_ref());
    let visit = Visit::prepare(spec, token, &page, hint.as_ref(), &Proof::new(&random)).await?;
    let opened = context.open_browser && context.ports.browser.open(&visit.address);
    tell(say::open(&visit.address, opened));
    let came_back = visit.wait().await;
    let signed_out = SignedOut {
        came_back,
        hinted: hint.is_some(),
        said: said(came_back, hint.is_some(), metadata.is_microsoft(), token),
    };
    Ok((exchanges(reports), signed_out))
}

/// The ID token of the run: the one whose claims the run told.
fn id_token<T: Transport>(
    spec: &RunSpec,
    token: &TokenFacts,
    context: &Context<T>,
) -> Option<Secret> {
    let told = token.id_claims.as_ref()?;
    let cache = context.cache.lock().unwrap_or_else(PoisonError::into_inner);
    let mut own = cache
        .id_tokens()
        .filter(|id| id.client_id == spec.client_id);
    let found = own.find(|id| claims(Some(&id.secret)).as_ref() == Some(told));
    found.map(|id| id.secret.clone())
}

/// What the browser is sent to, and where it comes back to.
struct Visit {
    address: String,
    state: String,
    /// Whether the server was asked to send the browser back.
    comes_back: bool,
    /// Whether the page that is opened is served here.
    served_here: bool,
    listener: Listener,
}

impl Visit {
    async fn prepare(
        spec: &RunSpec,
        token: &TokenFacts,
        page: &Url,
        hint: Option<&Secret>,
        proof: &Proof,
    ) -> Result<Self, Problem> {
        let typed = spec.redirect_uri.as_deref().unwrap_or("http://localhost");
        let wrong = |what: String| Problem::new(what, "redirect_uri", say::DOOR_EXPECTED);
        let redirect = Url::parse(typed).map_err(|error| wrong(format!("`{typed}`: {error}")))?;
        let comes_back = listener::is_ours(&redirect);
        let door = if comes_back {
            redirect
        } else {
            Url::parse("http://localhost").map_err(|error| wrong(error.to_string()))?
        };
        let mut listener = Listener::open(door, Guests::none())
            .await
            .map_err(|error| wrong(say::no_door(&error.to_string())))?;
        let back = listener.redirect_uri.clone();
        let back = comes_back.then_some((back.as_str(), proof.state.as_str()));
        let asked = asking::asked(spec, token, hint, back);
        let address = if hint.is_some() {
            // Nobody can guess it: 24 random bytes.
            let path = format!("/leave/{}", proof.nonce);
            let onward = back.map_or("", |(back, _)| back);
            listener.hand_over(Handing::new(path.clone(), page, &asked, onward));
            // A page on the same host as the server's keeps the server's own cookies with the form.
            let host = page
                .host_str()
                .filter(|_| crate::model::authority::is_loopback(page));
            let host = host
                .filter(|host| *host == "127.0.0.1")
                .unwrap_or("localhost");
            format!("http://{host}:{}{path}", listener.port)
        } else {
            in_query(page.clone(), &asked).into()
        };
        Ok(Self {
            address,
            state: proof.state.clone(),
            comes_back,
            served_here: hint.is_some(),
            listener,
        })
    }

    /// Waits for the browser; `None` where it was not asked to come back.
    async fn wait(mut self) -> Option<bool> {
        if !self.comes_back && !self.served_here {
            return None;
        }
        let state = self.state.clone();
        let coming = async {
            loop {
                match self.listener.arrival().await {
                    Arrival::Redirect { url, page } => {
                        let own = asking::is_answer(&url, &state);
                        let _ = page.send(if own { Page::Left } else { Page::NotThisRun });
                        if own {
                            return;
                        }
                    }
                    Arrival::Handed if !self.comes_back => return,
                    Arrival::Handed | Arrival::Stranger(_) => {}
                }
            }
        };
        let came = tokio::time::timeout(PATIENCE, coming).await.is_ok();
        self.comes_back.then_some(came)
    }
}

/// What it means, and what it does not do.
fn said(came_back: Option<bool>, hinted: bool, at_entra: bool, token: &TokenFacts) -> Vec<String> {
    let mut all = vec![match came_back {
        Some(true) => say::CAME_BACK,
        Some(false) => say::NOT_BACK,
        None => say::NO_WAY_BACK,
    }];
    all.push(if hinted { say::HINTED } else { say::NOT_HINTED });
    if hinted && came_back != Some(true) {
        all.push(say::OTHER_SITE);
    }
    all.push(say::ACCESS_LIVES);
    if token.refresh_fingerprint.is_some() {
        all.push(if at_entra {
            say::REFRESH_AT_ENTRA
        } else {
            say::REFRESH_ELSEWHERE
        });
    }
    all.extend([say::OTHER_APPS, say::HELD_HERE]);
    all.into_iter().map(str::to_owned).collect()
}
