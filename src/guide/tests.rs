//! Situations end to end: bytes through `decode`, the built-in catalogue, the verdict and the plan.

mod checks;
mod demand;
mod handover;
mod links;
mod logs;
mod mismatch;
mod properties;
mod remarks;
mod situations;
mod steps;
mod table;
mod variants;
