//! A policy says no.

/// A message only.
pub const MESSAGE_ONLY: &str =
    "A policy blocks this; a sign-in page would show a message and nothing more.";
/// Protection.
pub const APP_PROTECTION: &str =
    "The app has to run under a protection policy of the organisation first.";
/// Outside the session.
pub const OUTSIDE_SESSION: &str =
    "Something outside the sign-in has to be done first, such as enrolling this device.";
/// Whether signing in helps.
pub const LOGIN_IN_THE_BROWSER: &str =
    "may help in the browser, if the policy is about device codes or this device; else it does not";
/// Device codes.
pub const DEVICE_FLOW: &str = "A device code carries nothing about the device, and many policies forbid it: the same sign-in in a browser may pass.";
