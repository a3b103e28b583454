//! A token cache as JSON for machines and as text for people. What is reported is metadata; tokens are fingerprints.

use std::fmt::Write as _;
use std::time::Duration;

use serde_json::{Value as Json, json};

use crate::model::cache::{
    CacheStorage, CacheView, CachedKind, CachedToken, SilentQuestion, SilentView,
};
use crate::model::{Clean, Moment};
use crate::strings::cache as say;

/// What is left of a token that counts as expired, as MSAL has it.
const MARGIN: Duration = Duration::from_mins(5);

/// The document of `cache --output json`.
pub fn json(
    path: &str,
    storage: &CacheStorage,
    program: Option<&str>,
    question: Option<&SilentQuestion>,
) -> Json {
    let view = match storage {
        CacheStorage::Plain(view) => Some(view.as_ref()),
        CacheStorage::Dpapi | CacheStorage::Sealed | CacheStorage::Empty => None,
    };
    let word = match storage {
        CacheStorage::Plain(_) => "plain",
        CacheStorage::Dpapi => "dpapi",
        CacheStorage::Sealed => "sealed",
        CacheStorage::Empty => "empty",
    };
    let empty = CacheView::default();
    let shown = view.unwrap_or(&empty);
    let accounts = shown.accounts.iter().map(|account| {
        json!({
            "username": account.username, "home_account_id": account.home_account_id,
            "environment": account.environment, "realm": account.realm,
            "authority_type": account.authority_type, "source": account.source,
        })
    });
    let apps = shown.apps.iter().map(|app| {
        json!({
            "client_id": app.client_id, "program": app.program, "environment": app.environment,
            "family_id": app.family_id,
        })
    });
    let others = shown
        .other_sections
        .iter()
        .map(|(name, entries)| json!({ "name": name, "entries": entries }));
    let silent = shown.silent.as_ref().zip(question);
    json!({
        "schema": 1, "path": path, "storage": word, "program": program,
        "accounts": accounts.collect::<Vec<_>>(),
        "tokens": shown.tokens.iter().map(token_json).collect::<Vec<_>>(),
        "clients": apps.collect::<Vec<_>>(),
        "other_sections": others.collect::<Vec<_>>(),
        "unusable": shown.unusable,
        "silent": silent.map(|(silent, question)| silent_json(silent, question)),
    })
}

fn token_json(token: &CachedToken) -> Json {
    let time = |at: Option<Moment>| at.map(Moment::iso);
    json!({
        "kind": token.kind.word(), "client_id": token.client_id, "environment": token.environment,
        "realm": token.realm, "home_account_id": token.home_account_id, "scopes": token.scopes,
        "token_type": token.token_type, "fingerprint": token.fingerprint, "cached_at": time(token.cached_at),
        "expires_on": time(token.expires_on), "refresh_on": time(token.refresh_on),
        "family_id": token.family_id, "bound": token.bound,
    })
}

fn silent_json(silent: &SilentView, question: &SilentQuestion) -> Json {
    let finds = match (&silent.access, &silent.refresh) {
        (Some(_), _) => "access-token",
        (None, Some(_)) => "refresh-token",
        (None, None) => "nothing",
    };
    let misses = silent
        .misses
        .iter()
        .map(|(word, sentence)| json!({ "why": word, "text": sentence }));
    json!({
        "client_id": question.client_id, "environment": silent.environment, "scopes": question.scopes,
        "finds": finds, "account": silent.account, "access_token": silent.access,
        "refresh_token": silent.refresh, "refresh_token_client": silent.refresh_client,
        "misses": misses.collect::<Vec<_>>(),
    })
}

/// The text of `cache`.
pub fn text(
    path: &str,
    storage: &CacheStorage,
    program: Option<&str>,
    question: Option<&SilentQuestion>,
    now: Moment,
) -> String {
    let how = match storage {
        CacheStorage::Plain(_) => say::PLAIN,
        CacheStorage::Dpapi => say::DPAPI,
        CacheStorage::Sealed => say::SEALED,
        CacheStorage::Empty => say::EMPTY,
    };
    let mut text = format!("{}\n  {how}\n", Clean::line(path));
    if let Some(program) = program {
        let _ = writeln!(text, "  {}", say::belongs(program));
    }
    if let CacheStorage::Plain(view) = storage {
        content(&mut text, view, now);
        if let (Some(silent), Some(question)) = (&view.silent, question) {
            answer(&mut text, silent, question);
        }
    }
    text
}

fn content(text: &mut String, view: &CacheView, now: Moment) {
    let accounts = view.accounts.iter().map(|account| {
        let place = format!("{} {}", account.environment, account.realm);
        let kind = format!("{} {}", account.authority_type, account.source);
        let parts = [&account.username, &account.home_account_id, &place, &kind];
        vec![line(parts.map(String::as_str))]
    });
    part(text, say::ACCOUNTS, accounts);
    let tokens = view
        .tokens
        .iter()
        .map(|token| token_lines(view, token, now));
    part(text, say::TOKENS, tokens);
    let apps = view.apps.iter().map(|app| {
        let family = app.family_id.as_deref().map(say::family);
        let parts = [
            app.client_id.as_str(),
            app.program.unwrap_or_default(),
            &app.environment,
            family.as_deref().unwrap_or_default(),
        ];
        vec![line(parts)]
    });
    part(text, say::CLIENTS, apps);
    for (name, entries) in &view.other_sections {
        let _ = writeln!(
            text,
            "\n{}",
            Clean::line(&say::other_section(name, *entries))
        );
    }
    if view.unusable > 0 {
        let _ = writeln!(text, "\n{}", say::unusable(view.unusable));
    }
}

fn part(text: &mut String, head: &str, entries: impl Iterator<Item = Vec<String>>) {
    let _ = writeln!(text, "\n{head}");
    let mut none = true;
    for lines in entries {
        none = false;
        for (nth, line) in lines.iter().enumerate() {
            let margin = if nth == 0 { "  " } else { "      " };
            let _ = writeln!(text, "{margin}{line}");
        }
    }
    if none {
        let _ = writeln!(text, "  {}", say::NONE);
    }
}

/// One line of the parts that are not empty, safe for a terminal.
fn line<const N: usize>(parts: [&str; N]) -> String {
    let parts: Vec<String> = parts
        .into_iter()
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(|part| Clean::line(part).to_string())
        .collect();
    parts.join(" · ")
}

fn token_lines(view: &CacheView, token: &CachedToken, now: Moment) -> Vec<String> {
    let kind = match token.kind {
        CachedKind::Access => say::KINDS[0],
        CachedKind::Refresh => say::KINDS[1],
        CachedKind::Id => say::KINDS[2],
    };
    let account = view
        .accounts
        .iter()
        .find(|account| account.home_account_id == token.home_account_id);
    let whose = match account {
        Some(account) => account.username.as_str(),
        None if token.home_account_id.is_empty() => say::OF_THE_APP,
        None => &token.home_account_id,
    };
    let place = format!("{} {}", token.environment, token.realm);
    let fingerprint = token.fingerprint.as_deref().unwrap_or_default();
    let mut lines = vec![
        line([kind, fingerprint, whose]),
        line([&token.client_id, &place]),
    ];
    if !token.scopes.is_empty() {
        lines.push(line([&token.scopes.join(" ")]));
    }
    let life = token.expires_on.map(|at| {
        let left = at.since(now);
        if at <= now {
            say::over(&at.iso())
        } else if left < MARGIN {
            say::nearly_over(&at.iso())
        } else {
            say::left(left.as_secs() / 60, &at.iso())
        }
    });
    let more = [
        life,
        token.cached_at.map(|at| say::kept(&at.iso())),
        token.refresh_on.map(|at| say::renew(&at.iso())),
        token.family_id.as_deref().map(say::family),
        token.bound.then(|| say::BOUND.to_owned()),
    ];
    let more = line(
        more.each_ref()
            .map(|part| part.as_deref().unwrap_or_default()),
    );
    if !more.is_empty() {
        lines.push(more);
    }
    lines
}

fn answer(text: &mut String, silent: &SilentView, question: &SilentQuestion) {
    let head = say::silent(
        &question.client_id,
        &silent.environment,
        &question.scopes.join(" "),
    );
    let mut lines = Vec::new();
    lines.extend(silent.account.as_deref().map(say::chooses));
    match (&silent.access, &silent.refresh) {
        (Some(token), _) => lines.push(say::finds_access(token)),
        (None, Some(token)) => {
            let client = silent.refresh_client.as_deref().unwrap_or_default();
            lines.push(say::finds_refresh(token, client));
        }
        (None, None) => lines.push(say::FINDS_NOTHING.to_owned()),
    }
    let _ = writeln!(text, "\n{}", Clean::line(&head));
    for line in lines {
        let _ = writeln!(text, "  {}", Clean::line(&line));
    }
    for (_, sentence) in &silent.misses {
        let _ = writeln!(text, "    – {}", Clean::line(sentence));
    }
}
