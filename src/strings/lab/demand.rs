//! What the lab says of answers that are forced, of faults, and of its control API.

/// A code that is not in the catalogue.
pub const EXPECTED_CODE: &str =
    "a code of the catalogue (`tokenscope codes`); any other number only with the word unrealistic";
/// An error that is not in the catalogue.
pub const EXPECTED_ERROR: &str =
    "an OAuth error of the catalogue; any other only with the word unrealistic";
/// A suberror that is not in the catalogue.
pub const EXPECTED_SUBERROR: &str =
    "a suberror of the catalogue, or none; any other only with the word unrealistic";
/// A client that is not there.
pub const EXPECTED_CLIENT: &str = "the name or id of a client of this lab: {names}";
/// A place where the code cannot occur.
pub const EXPECTED_DOOR: &str = "at {doors}; anywhere else only with the word unrealistic";
/// A code that no request is ever answered with.
pub const EXPECTED_NO_DOOR: &str = "nothing: it shows in logs alone and no request is answered with it; with the word unrealistic it is";
/// Something is not forced.
pub const EXPECTED_FORCED: &str = "something that is forced: {names}";
/// Nothing is forced.
pub const NOTHING_FORCED: &str = "something that is forced; nothing is";
/// What the lab says for a code that nobody has described.
pub const UNLISTED: &str = "This number is not in the catalogue";

/// Forced, in the request log.
pub const BY_FORCE: &str = "{what} is forced (left: {left})";
/// Forced with an assumed pairing, in the request log.
pub const BY_FORCE_ASSUMED: &str =
    "{what} is forced; what it comes together with is assumed (left: {left})";
/// Nothing is left of an order.
pub const NOT_AGAIN: &str = "none";

/// Something is forced, in the view of the world.
pub const IS_FORCED: &str = "{what} is forced at {at}, left: {left}.";
/// The same for one client.
pub const IS_FORCED_FOR: &str = "{what} is forced at {at} for {client}, left: {left}.";

/// The addresses that speak AADB2C numbers.
pub const AT_B2C: &str = "of a B2C policy";
/// The addresses that speak MSIS numbers.
pub const AT_ADFS: &str = "of AD FS";

/// A fault that is not on.
pub const EXPECTED_FAULT_ON: &str = "a fault that is on ({names})";
/// A fault happened.
pub const BY_FAULT: &str = "fault {fault} was ordered";
/// A fault happened to an answer that had a reason of its own.
pub const BY_FAULT_AND: &str = "fault {fault} was ordered; {why}";
/// The lab's clock is off.
pub const IS_SKEWED: &str = "The lab's clock is {seconds} s off against everybody else's.";
/// A page that something between client and service answers with.
pub const GATEWAY_PAGE: &str = "<!DOCTYPE html>\n<html lang=\"en\">\n<head><title>SIMULATED: {status} from a gateway</title></head>\n<body>\n<h1>{status}</h1>\n<p>SIMULATED by the tokenscope lab: a gateway between client and service answered with a page of its own.</p>\n</body>\n</html>\n";
/// What an API says that was asked too often.
pub const TOO_MANY: &str = "Too many requests were sent (simulated).";
/// A fault is on.
pub const IS_BROKEN: &str = "Below the protocol: {fault}.";

/// The control API was knocked at without its token.
pub const SAID_NO_CONTROL: &str =
    "the control API wants the token that was printed at the start: Authorization: Bearer TOKEN";
/// From which record on.
pub const EXPECTED_SINCE: &str = "the number of a record, as /lab/requests lists it";

/// A PEM file without a certificate.
pub const NO_CERTIFICATE: &str = "the certificate file holds no certificate in PEM form";
/// A PEM file without a key.
pub const NO_CERTIFICATE_KEY: &str = "the key file holds no private key in PEM form";
/// What the authority is called that nobody knows.
pub const STRANGER_CA: &str = "tokenscope lab stranger (simulated, never to be trusted)";

/// What the page about a code takes.
pub const LOOKUP_WANTS: &str =
    "A code is a number such as 50076, or one with its prefix such as AADB2C90118.";
/// What it says of a code it does not know, whose family it knows.
pub const LOOKUP_FAMILY: &str = "{code} is not in the catalogue. Its neighbours: {title}.";
/// What it says of a code without a family.
pub const LOOKUP_NO_FAMILY: &str = "Nothing is known of its neighbours either.";
/// Heads the causes.
pub const LOOKUP_CAUSES: &str = "Usual causes";
/// Heads who acts.
pub const LOOKUP_ACTS: &str = "Who must act";
/// Heads whether signing in helps.
pub const LOOKUP_LOGIN: &str = "Signing in again";
/// Heads the ways out.
pub const LOOKUP_REMEDIES: &str = "Ways out";
/// Heads other meanings.
pub const LOOKUP_VARIANTS: &str = "The same number may also mean";
/// A pairing that nobody is known to have seen.
pub const LOOKUP_ASSUMED: &str = " (assumed)";
