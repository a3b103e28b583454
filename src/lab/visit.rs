//! A person's visit to the pages, from the first one to the redirect.

/// A visit.
#[derive(Clone, Debug)]
pub struct Visit {}
