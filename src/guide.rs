//! Facts, catalogue and profile in; what they mean and the way out comes back. [`lint`] looks at a request before it
//! is sent. Pure: knows no clock (the moment is part of the evidence), no network and no screen, and makes up
//! nothing: what the catalogue does not know is said as unknown, what was concluded from less is said as assumed.

pub mod lint;

#[cfg(test)]
mod samples;
