//! A redacted run or a diagnosis as JSON for machines and as text for people. Accepts only what was redacted; knows
//! no terminal and no file.

pub mod json;
pub mod text;
