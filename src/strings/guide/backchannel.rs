//! A person who is asked on a device of their own.

/// Declined.
pub const DECLINED: &str = "The person said no on their device.";
/// Ask again on purpose.
pub const LOGIN_DELIBERATE: &str =
    "helps with a new request, if the person wants it: nobody is asked again by itself";
/// Only if it was wanted.
pub const ONLY_IF_YOU: &str = "Ask again only if that person wants this sign-in: an unexpected question on a device is what attacks look like.";
/// Expired.
pub const EXPIRED: &str = "The request ran out before the person answered on their device.";
/// What to see to.
pub const HAVE_THE_DEVICE_AT_HAND: &str =
    "The person needs the device at hand, and signed in to the app that asks.";
