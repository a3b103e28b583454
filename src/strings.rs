//! Every sentence the program says, once, one file per module that says it. Plain words for a tired person.
//! Knows nothing but words; whoever formats passes the values in.

pub mod api;
pub mod asking;
pub mod cache;
pub mod catalog;
pub mod claims;
pub mod cli;
pub mod code;
pub mod codes;
pub mod compare;
pub mod consent;
pub mod decode;
pub mod explorer;
pub mod export;
pub mod federated;
pub mod flows;
pub mod grants;
pub mod guide;
pub mod history;
pub mod keymap;
pub mod keyring;
pub mod keys;
pub mod lab;
pub mod linear;
pub mod logout;
pub mod mutual_tls;
pub mod predict;
pub mod report;
pub mod session;
pub mod settings;
pub mod sketch;
pub mod token;
pub mod tui;
pub mod wire;
pub mod words;
