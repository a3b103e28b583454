//! A redacted run or a diagnosis as JSON for machines, as text for people and as the call of a library. Accepts only what was redacted; knows
//! no terminal and no file.

pub mod code;
pub mod json;
pub mod text;
pub mod token;
