//! A redacted run or a diagnosis as JSON for machines, as text for people and as the call of a library. Accepts only
//! what was redacted; knows no terminal and no file. Of a token cache it is given metadata alone.

pub mod cache;
pub mod claims;
pub mod code;
pub mod json;
pub mod qr;
pub mod read;
pub mod settings;
pub mod text;
pub mod token;
