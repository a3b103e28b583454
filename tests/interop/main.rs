//! The built program against software that nobody here wrote: npm `oidc-provider` as the provider, MSAL Python, MSAL
//! Node, npm `openid-client` and `Authlib` as the clients, Chromium as the browser, axe-core as the judge of pages,
//! `PyJWT`, `joserfc` and npm `jose` as the judges of tokens, npm `jsqr` as the phone that reads a QR code.
//! `tests/run` installs them into `.tests/` and runs this.
//!
//! Only the program's own output and what the other side saw are judged here; nothing of the library is used, but for
//! what it predicts, which is held against what the clients do.

mod cache_files;
mod harness;
mod judge;
#[path = "../suite/harness.rs"]
#[expect(dead_code, reason = "the other tests press more keys")]
mod terminal;

mod certificates_of_openssl;
mod code_as_written;
mod lab_checks_proofs;
mod lab_hands_over_by_hand;
mod lab_in_a_browser;
mod lab_is_a_machine;
mod lab_obeys_its_flags;
mod lab_serves_a_page;
mod lab_serves_msal;
mod lab_serves_strangers;
mod matrix;
mod predictions;
mod provider_answers;
mod provider_asks_people;
mod provider_binds_tokens;
mod provider_exchanges;
mod provider_further;
mod provider_knows_certificates;
mod provider_over_http;
mod provider_over_https;
mod provider_signs_out;
mod provider_takes_pushed_requests;
mod provider_takes_signed_requests;
mod qr_is_read;

mod token_verdicts;
