//! **tokenscope** is an oscilloscope for token acquisition. It runs an OAuth 2.0 / Microsoft identity platform
//! token acquisition, shows the byte-true reply beside what it means, says who can fix it and whether signing in
//! again can help, walks the person through the fix, runs it again and shows what changed. An identity-provider
//! lab is built in, so every error flow can be reproduced, tested and demonstrated offline.
//!
//! # Map of the house
//!
//! Every module may name [`model`] and [`strings`]; beyond these, a module may name only what its arrow lists. The
//! architecture test enforces the exact set.
//!
//! ```text
//! main.rs      parse, make the ports, pick a shell, exit code                          -> cli tui linear session host
//! lib.rs       this map; the module list                                                -> nothing
//! ---- pure core: no tokio, reqwest, ratatui, fs, env, clock, random -----------------------------------
//! model/       the words as plain data: authority, grant, run, exchange, fact, diagnosis, plan, prediction,
//!              event, scenario, world view and change; Secret, Redacted<T>, Clean, Moment
//! strings/     every sentence the program says, once
//! decode/      bytes to facts, a paste to an acquisition; total: bad input is a fact, never a panic
//!                                                                                       -> nothing more
//! redact/      finds secret byte ranges anywhere; the only maker of Redacted<T>         -> decode
//! catalog/     what is known; built from assets at compile time, looked up and searched -> nothing more
//! guide/       facts + catalogue + profile -> diagnosis -> plan; lint/ before sending   -> catalog decode
//! predict/     what each library does with a reply; one library a file                  -> decode
//! compare/     two runs, replies or tokens: what differs and matters                    -> decode
//! grants/      one grant a file: a state machine over Input and Moment                  -> decode
//! ports/       traits: Clock, Entropy, Browser, Clipboard, Env, Keyring                          -> nothing more
//! ---- edges: each owns one kind of outside world ------------------------------------------------------
//! wire/        Transport trait; reqwest behind it; recording, timing, limits, TLS       -> ports
//! keys/        reading PEM, signing client assertions, verifying signatures              -> ports
//! tokens/      token cache (MSAL's unified schema), in memory and in files; JWKS          -> decode wire keys
//! flows/       drives a grant: transport, client authentication, loopback listener      -> grants wire keys tokens ports decode
//! lab/         pure answer(world, request, moment), then a thin server                  -> catalog ports
//! history/     SQLite store of redacted runs                                            -> nothing more
//! settings/    config, data and log paths; profiles; state of this installation         -> ports
//! host/        the real clock, random source, browser, clipboard, environment, keyring  -> ports
//! ---- controller --------------------------------------------------------------------------------------
//! session/     starts and cancels runs and the lab, lints, calls guide, predict, compare; scenarios; history
//!                                                                                       -> core, edges
//! report/      a redacted run as text, JSON or code                                     -> nothing more
//! ---- shells: translate people to session and back; no protocol knowledge -----------------------------
//! explorer/    state, message, update/<noun>, effect, keymap: the explorer without a screen
//!                                                                                       -> session report core settings
//! tui/         screen guard, input filter, loop, theme; view/<noun>.rs; widget/<part>.rs -> explorer
//! linear/      the explorer as numbered menus and plain lines                           -> explorer
//! cli/         clap tree, one file per verb; of the explorer it knows the table of keys alone
//!                                                                                       -> session report core settings explorer
//! ```

pub mod model;
pub mod strings;

pub mod catalog;
pub mod compare;
pub mod decode;
pub mod grants;
pub mod guide;
pub mod ports;
pub mod predict;
pub mod redact;

pub mod flows;
pub mod history;
pub mod host;
pub mod keys;
pub mod lab;
pub mod settings;
pub mod tokens;
pub mod wire;

pub mod report;
pub mod session;

pub mod cli;
pub mod explorer;
pub mod linear;
pub mod tui;
