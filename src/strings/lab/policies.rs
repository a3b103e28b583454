//! What the lab says of people, devices, places and the policies about them.

// ---------------------------------------------------------------- the world file

/// What a platform must be.
pub const EXPECTED_PLATFORM: &str = "windows, macos, linux, ios, android or other";
/// What a range of addresses looks like.
pub const EXPECTED_RANGE: &str = "a range of addresses such as 203.0.113.0/24 or 2001:db8::/32";
/// Names of applications.
pub const EXPECTED_APPS: &str = "names of apps with commas between them, or none";
/// How many wrong passwords lock an account.
pub const EXPECTED_LOCK_AFTER: &str = "a number of wrong passwords in a row, at least 1";
/// For how long.
pub const EXPECTED_LOCK_SECONDS: &str = "a number of seconds from 1 to 86400";
/// A reference to a place.
pub const EXPECTED_PLACE: &str = "the name of a [[place]]";
/// A reference to a device.
pub const EXPECTED_DEVICE: &str = "the name of a [[device]]";
/// What the state of a device must be.
pub const EXPECTED_DEVICE_STATE: &str =
    "unregistered, registered, non-compliant, compliant or joined";
/// A policy says either in short or at length what it wants.
pub const EXPECTED_CONTROLS: &str =
    "controls = [\"mfa\"] or another list of what is wanted, or else a kind, not both";
/// What an address must be.
pub const EXPECTED_ADDRESS: &str = "an address such as 203.0.113.7, or none";
/// Names that can be empty.
pub const EXPECTED_NAMES: &str = "names with commas between them, or none";

// ---------------------------------------------------------------- the request log

/// A policy and what came of it.
pub const BY_POLICY: &str = "policy {name} {what}";
/// It applied and wants more.
pub const APPLIED: &str = "applied because of this: {why}";
/// It applied and has what it wants.
pub const APPLIED_MET: &str = "applied ({why}) and is satisfied";
/// It did not apply.
pub const NOT_APPLIED: &str = "did not apply: {why}";
/// No condition was named.
pub const FOR_EVERYTHING: &str = "it is for everybody and everything";
/// An application without a person.
pub const A_WORKLOAD: &str = "the application asks for itself";
/// A person registers a second factor.
pub const A_REGISTRATION: &str = "a second factor would have to be registered";
/// A number whose company is not known.
pub const PAIRING_ASSUMED: &str = "what the number comes together with is assumed";
/// There is nothing to name.
pub const NO_FACT: &str = "none";
/// A person is excluded.
pub const EXCLUDED: &str = "{what} is excluded";
/// A person is not meant.
pub const NOT_INCLUDED: &str = "it is not for {user}";
/// A person.
pub const USER: &str = "user";
/// A group.
pub const GROUP: &str = "group";
/// A role.
pub const ROLE: &str = "role";
/// A program.
pub const APP: &str = "app";
/// An API.
pub const RESOURCE: &str = "resource";
/// A kind of client.
pub const CLIENT: &str = "client";
/// A flow.
pub const FLOW: &str = "flow";
/// A place.
pub const PLACE: &str = "place";
/// A platform.
pub const PLATFORM: &str = "platform";
/// A device.
pub const DEVICE: &str = "device";
/// The risk of an account.
pub const USER_RISK: &str = "user risk {level}";
/// The risk of a sign-in.
pub const SIGN_IN_RISK: &str = "sign-in risk {level}";
/// A context was asked for.
pub const CONTEXT_ASKED: &str = "authentication context {context} was asked for";
/// No context was asked for.
pub const NO_CONTEXT: &str = "none of its authentication contexts was asked for";
/// The person's own setting decided.
pub const BY_USER_SETTING: &str = "per-user MFA is on";

// ---------------------------------------------------------------- refusals

/// 50057.
pub const USER_DISABLED: &str = "The account '{user}' is switched off in '{tenant}'.";
/// 50053, its other meaning.
pub const ADDRESS_BLOCKED: &str = "The sign-in of '{user}' comes from an address with malicious activity; the account itself is not locked.";
/// 50078.
pub const MFA_TOO_OLD: &str =
    "The second factor given earlier is no longer recent enough for '{resource}'.";
/// 530032.
pub const SECURITY_BLOCKED: &str =
    "A security policy of '{tenant}' blocks this request for '{resource}'.";
/// 530035.
pub const DEFAULTS_BLOCKED: &str =
    "The security defaults of '{tenant}' do not allow this kind of sign-in.";
/// 530084.
pub const TOKEN_UNBOUND: &str =
    "'{resource}' accepts only sign-in sessions that are bound to a device of '{tenant}'.";
/// 53002.
pub const APP_NOT_APPROVED: &str = "'{app}' is not an approved app for '{resource}' in '{tenant}'.";
/// 53005.
pub const APP_UNPROTECTED: &str =
    "'{app}' must be under an app protection policy before it can reach '{resource}'.";
/// 50127.
pub const BROKER_NEEDED: &str =
    "A broker app must be installed before '{app}' can be used with '{tenant}'.";
/// 53000.
pub const DEVICE_NOT_COMPLIANT: &str =
    "'{resource}' may be reached only from a compliant device, and this one is not.";
/// 53001.
pub const DEVICE_NOT_JOINED: &str =
    "'{resource}' may be reached only from a device joined to '{tenant}'.";
/// 530003.
pub const DEVICE_UNMANAGED: &str = "Only a managed device may get a token for '{resource}'.";
/// 50097.
pub const DEVICE_UNPROVEN: &str =
    "Before '{resource}' can be reached, the device has to prove its identity.";
/// 50005.
pub const PLATFORM_UNSUPPORTED: &str =
    "'{resource}' cannot be reached from this kind of device under the policy of '{tenant}'.";
/// 530033.
pub const DEVICE_FLOW_UNPROVEN: &str =
    "'{resource}' wants a known device, which a device sign-in cannot show.";
/// 530036.
pub const DEVICE_SIGN_IN_BARRED: &str =
    "The refresh token comes from a device sign-in, which '{tenant}' no longer allows.";
/// 53004.
pub const REGISTRATION_RISKY: &str =
    "'{user}' may not register a second factor now because the sign-in looks risky.";
/// 50074.
pub const STRONG_FACTOR_NEEDED: &str = "The account '{user}' has to give a second factor at every sign-in, and none was given for '{resource}'.";
/// 50072.
pub const ENROLMENT_NEEDED: &str = "The account '{user}' has to give a second factor at every sign-in and has none yet; it is set up in a sign-in on a page.";
/// 53010.
pub const REGISTRATION_BARRED: &str =
    "'{user}' may set up sign-in methods only from a place or device that '{tenant}' trusts.";
/// 530002.
pub const API_NEEDS_COMPLIANCE: &str =
    "Only a compliant device may get a token for '{resource}', and this one is not.";
/// 90008.
pub const SIGN_IN_PERMISSION_MISSING: &str = "'{app}' asks for a token to itself and needs at least the permission to sign users in and read their profile.";
/// 50142.
pub const PASSWORD_CHANGE_NEEDED: &str =
    "A policy of '{tenant}' asks '{user}' to change the password first.";
/// 50158.
pub const EXTERNAL_NEEDED: &str =
    "A further check by another service is needed before '{user}' can reach '{resource}'.";
/// 50158, for terms of use.
pub const TERMS_NEEDED: &str =
    "'{user}' must accept the terms of use of '{tenant}' before '{resource}' can be reached.";

// ---------------------------------------------------------------- state of the world

/// What a policy with controls of its own does.
pub const DOES_RULES: &str = "Wants {controls}.";
/// What a policy does that lets nobody in.
pub const DOES_REFUSE: &str = "Refuses {controls}.";
/// Whom it is for, where it is not for everybody.
pub const DOES_ONLY: &str = "Applies to: {whom}.";
/// One condition: values that it is for.
pub const WHOM_IN: &str = "{name} {include}";
/// Values that it is not for.
pub const WHOM_OUT: &str = "{name} other than {exclude}";
/// Both.
pub const WHOM_IN_BUT: &str = "{name} {include}, other than {exclude}";
/// Registering a second factor.
pub const WHEN_REGISTERING: &str = "registering a second factor, and no sign-in";
/// Between the last two, where all are wanted.
pub const AND: &str = "and";
/// Between the last two, where one is enough.
pub const OR: &str = "or";
/// `block`.
pub const WANTS_NOTHING: &str = "tokens";
/// `security-block`.
pub const WANTS_SECURITY: &str = "tokens, as a security policy of the tenant";
/// `security-defaults`.
pub const WANTS_DEFAULTS: &str = "tokens, as the security defaults do";
/// `token-protection`.
pub const WANTS_BOUND: &str = "a session bound to the device";
/// `approved-app`.
pub const WANTS_APPROVED: &str = "an approved app";
/// `app-protection`.
pub const WANTS_PROTECTED: &str = "an app under a protection policy";
/// `managed-device`.
pub const WANTS_MANAGED: &str = "a device that the directory knows";
/// `compliant-device`.
pub const WANTS_COMPLIANT: &str = "a compliant device";
/// `joined-device`.
pub const WANTS_JOINED: &str = "a device joined to the domain";
/// `sign-in-frequency`.
pub const WANTS_RECENT: &str = "a sign-in not older than {hours} h";
/// `mfa`.
pub const WANTS_MFA: &str = "a second factor";
/// `mfa`, with hours.
pub const WANTS_RECENT_MFA: &str = "a second factor not older than {hours} h";
/// `password-change`.
pub const WANTS_PASSWORD: &str = "a new password";
/// `external-check`.
pub const WANTS_EXTERNAL: &str = "a check by another service";
/// `terms-of-use`.
pub const WANTS_TERMS: &str = "accepted terms of use";
/// Where a policy of another tenant holds.
pub const DOES_THERE: &str = "It is a policy of {tenant}.";
/// A person's own MFA setting.
pub const IS_USERS_MFA: &str = "The setting of {user} asks for a second factor.";
/// A person's own MFA setting, enforced.
pub const IS_USERS_MFA_ENFORCED: &str = "The setting of {user} enforces a second factor.";
/// A disabled account.
pub const IS_DISABLED: &str = "{user} is switched off.";
/// A person at risk.
pub const IS_AT_RISK: &str = "Risk: {user}, account {level}, sign-in {other}.";
/// Where a person is.
pub const IS_AT: &str = "{user} is at {place}.";
/// What a person uses.
pub const IS_FROM: &str = "{user} signs in from {device}.";
/// A device's state.
pub const IS_MANAGED: &str = "{device} is {state}.";
/// An address with a bad name.
pub const IS_BAD_ADDRESS: &str = "{user} comes from an address with malicious activity.";
/// A factor was registered or removed.
pub const IS_FACTOR: &str = "{user} has a second factor: {state}.";

// ---------------------------------------------------------------- pages

/// Title of the page with terms of use.
pub const TERMS_TITLE: &str = "Terms of use";
/// What it says.
pub const TERMS_SAYS: &str =
    "{tenant} wants {user} to accept its simulated terms before {app} can be used.";
/// The terms.
pub const TERMS_TEXT: &str = "Nothing here is real, and nothing is agreed to.";
/// Accept.
pub const TERMS_ACCEPT: &str = "Accept the terms";
/// Decline.
pub const TERMS_DECLINE: &str = "Decline";
/// What is said after declining.
pub const TERMS_DECLINED: &str = "The terms have to be accepted before you can go on.";
/// Title of the page of another service.
pub const EXTERNAL_TITLE: &str = "A further check";
/// What it says.
pub const EXTERNAL_SAYS: &str = "A simulated service outside {tenant} checks that it is {user}.";
/// Pass it.
pub const EXTERNAL_DO: &str = "Pass the check";
/// Title of the page that changes a password because of risk.
pub const RISK_TITLE: &str = "The account is at risk";
/// What it says.
pub const RISK_SAYS: &str =
    "Somebody else may know the password of {user}. Choose a new simulated one to go on.";
/// Title of the page when the device does not do.
pub const DEVICE_BAD_TITLE: &str = "This device is not accepted";
/// Title of the page when an account is switched off.
pub const DISABLED_TITLE: &str = "The account is switched off";
/// Title of the page where an administrator is asked for approval.
pub const REQUEST_TITLE: &str = "Ask for approval";
/// What it says.
pub const REQUEST_SAYS: &str = "{app} needs an administrator of {tenant} to approve this:";
/// Label of the reason.
pub const REQUEST_LABEL: &str = "Why you need it";
/// Ask.
pub const REQUEST_DO: &str = "Ask for it";
/// Title when it was asked for.
pub const REQUESTED_TITLE: &str = "The request was sent";
/// What it says.
pub const REQUESTED_SAYS: &str = "An administrator will see it. Sign in again once it is approved.";
/// Goes back to the program.
pub const GO_BACK: &str = "Go back without it";
/// 90095.
pub const CONSENT_REQUESTABLE: &str =
    "'{user}' may ask the administrators of '{tenant}' to approve '{app}'.";
/// 90094, where users may not consent at all.
pub const CONSENT_OFF: &str =
    "Only an administrator of '{tenant}' can grant '{app}' what it asks for.";
/// 650056.
pub const PERMISSIONS_GONE: &str =
    "The permissions of '{app}' for '{resource}' are not set up correctly.";
/// 650057.
pub const RESOURCE_UNLISTED: &str = "'{resource}' is not listed among the permissions of '{app}'.";
/// What permissions of a registration look like.
pub const EXPECTED_PERMISSIONS: &str =
    "scopes with their API and commas between them, e.g. api://contoso-api/access_as_user, or none";
/// Users may not consent.
pub const IS_NO_USER_CONSENT: &str = "Users may not consent.";
/// Users may consent.
pub const IS_USER_CONSENT: &str = "Users may consent.";
/// What the switch `consent-requests` does.
pub const DOES_CONSENT_REQUESTS: &str = "Users may ask an administrator for consent on the page.";
/// Requests wait.
pub const IS_ASKED: &str = "Requests for approval that wait for an administrator: {number}.";
/// Yes.
pub const YES: &str = "yes";
/// No.
pub const NO: &str = "no";
/// What the lab's user gives as a reason.
pub const WALK_REASON: &str = "for my work (simulated)";

// ---------------------------------------------------------------- borders between tenants

/// A reference to a tenant.
pub const EXPECTED_TENANT: &str = "the domain of the [tenant] or of a [[neighbour]]";
/// 50020.
pub const ACCOUNT_FOREIGN: &str = "'{user}' comes from another provider and is not a member or guest of '{tenant}', so '{app}' cannot be used.";
/// 90072.
pub const ACCOUNT_UNKNOWN_HERE: &str =
    "'{user}' from another provider does not exist in '{tenant}' and cannot use '{app}'.";
/// 16000.
pub const ACCOUNT_NOT_HERE: &str =
    "The account '{user}' is not part of the tenant '{tenant}' and cannot be used with '{app}'.";
/// 500212.
pub const HOME_BARS: &str = "The organisation of '{user}' does not allow access to '{tenant}'.";
/// 500213.
pub const HOST_BARS: &str = "'{tenant}' does not admit '{user}' under its cross-tenant settings.";
/// 500021.
pub const NETWORK_BARS: &str = "Access to '{tenant}' is not allowed from this network.";
/// 500022.
pub const RESTRICTION_BARS: &str = "Access to '{tenant}' is denied by a tenant restriction.";
/// 530004.
pub const FOREIGN_COMPLIANCE: &str = "'{tenant}' asks '{user}' for a compliant device but does not accept compliance from other organisations.";
/// 53011.
pub const HOME_RISK: &str =
    "'{user}' is held to be at risk by their own organisation and cannot reach '{resource}'.";
