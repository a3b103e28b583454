//! What `guide` says: the verdicts, the steps, the messages that are handed over; [`lint`]: what is wrong with a
//! request before it is sent.

pub mod lint;
