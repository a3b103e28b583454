//! The table of everything the lab says no to: `error`, code, suberror and status of one row never contradict each
//! other.

use crate::strings::lab as say;
use crate::strings::lab::surfaces;

/// What a refusal looks like on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// HTTP status at an endpoint that answers JSON.
    pub status: u16,
    /// `error`, at the v2.0 endpoint.
    pub error: &'static str,
    /// `error`, at the v1 endpoint.
    pub error_v1: &'static str,
    /// The number; `None` where no reply with one is known.
    pub code: Option<u32>,
    /// `suberror`.
    pub suberror: Option<&'static str>,
    /// The sentence after the code, with `{name}`s to fill in.
    pub text: &'static str,
    /// Nobody is known to have seen the number together with this `error`.
    pub assumed: bool,
}

const fn row(
    status: u16,
    error: &'static str,
    code: u32,
    suberror: &'static str,
    text: &'static str,
) -> Row {
    Row {
        status,
        error,
        error_v1: error,
        code: if code == 0 { None } else { Some(code) },
        suberror: if suberror.is_empty() {
            None
        } else {
            Some(suberror)
        },
        text,
        assumed: false,
    }
}

const fn assumed(mut row: Row) -> Row {
    row.assumed = true;
    row
}

const fn interaction(code: u32, suberror: &'static str, text: &'static str) -> Row {
    let mut row = row(400, "invalid_grant", code, suberror, text);
    row.error_v1 = "interaction_required";
    row
}

/// Makes the enumeration of causes and their rows from one list, so that they cannot differ.
macro_rules! causes {
    ($($name:ident => $row:expr),+ $(,)?) => {
        /// Why a request is refused.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Cause { $($name),+ }

        impl Cause {
            /// Every cause, for tests that leave none out.
            #[cfg(test)]
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            const ROWS: &'static [Row] = &[$($row),+];

            /// Its row.
            pub const fn row(self) -> Row {
                Self::ROWS[self as usize]
            }
        }
    };
}

causes! {
    TenantUnknownAtDiscovery => row(400, "invalid_tenant", 90002, "", say::TENANT_UNKNOWN),
    InstanceUnknown => row(400, "invalid_instance", 50049, "", say::INSTANCE_UNKNOWN),
    TenantUnknown => row(400, "invalid_request", 90002, "", say::TENANT_UNKNOWN),
    ParameterMissing => row(400, "invalid_request", 900_144, "", say::PARAMETER_MISSING),
    CredentialPartMissing => row(400, "invalid_request", 90014, "", say::CREDENTIAL_PART_MISSING),
    BadRequest => row(400, "invalid_request", 90023, "", say::BAD_REQUEST),
    ClientUnknown => row(400, "unauthorized_client", 700_016, "", say::CLIENT_UNKNOWN),
    GrantUnsupported => row(400, "unsupported_grant_type", 70003, "", say::GRANT_UNSUPPORTED),
    ResponseTypeUnsupported => row(400, "unsupported_response_type", 70005, "", say::RESPONSE_TYPE_UNSUPPORTED),
    ImplicitOff => row(400, "unsupported_response_type", 700_054, "", say::IMPLICIT_OFF),
    RedirectUnknown => row(401, "invalid_client", 50011, "", say::REDIRECT_UNKNOWN),
    ScopeUnknown => row(400, "invalid_scope", 70011, "", say::SCOPE_UNKNOWN),
    ScopeMixed => row(400, "invalid_scope", 70011, "", say::SCOPE_MIXED),
    ScopeNotDefault => row(400, "invalid_scope", 1_002_012, "", say::SCOPE_NOT_DEFAULT),
    ResourceUnknown => row(400, "invalid_resource", 500_011, "", say::RESOURCE_UNKNOWN),
    SecretMissing => row(401, "invalid_client", 7_000_218, "", say::SECRET_MISSING),
    AppSecretMissing => row(401, "invalid_client", 7_000_216, "", say::APP_SECRET_MISSING),
    SecretWrong => row(401, "invalid_client", 7_000_215, "", say::SECRET_WRONG),
    SecretExpired => row(401, "invalid_client", 7_000_222, "", say::SECRET_EXPIRED),
    SecretOnPublic => row(401, "invalid_client", 700_025, "", say::SECRET_ON_PUBLIC),
    AssertionUnknown => row(401, "invalid_client", 700_027, "", say::apps::ASSERTION_UNKNOWN),
    AssertionMalformed => row(400, "invalid_request", 50027, "", say::apps::ASSERTION_MALFORMED),
    AssertionAlgorithm => row(401, "invalid_client", 5_002_738, "", say::apps::ASSERTION_ALGORITHM),
    AssertionKeyless => row(401, "invalid_client", 5_002_723, "", say::apps::ASSERTION_KEYLESS),
    AssertionSignature => row(401, "invalid_client", 7_000_274, "", say::apps::ASSERTION_SIGNATURE),
    AssertionTime => row(401, "invalid_client", 700_024, "", say::apps::ASSERTION_TIME),
    AssertionClient => row(401, "invalid_client", 700_021, "", say::apps::ASSERTION_CLIENT),
    AssertionParties => row(401, "invalid_client", 50048, "", say::apps::ASSERTION_PARTIES),
    AssertionAudience => row(401, "invalid_client", 700_023, "", say::apps::ASSERTION_AUDIENCE),
    AssertionAudiences => row(401, "invalid_client", 5_002_741, "", say::apps::ASSERTION_AUDIENCES),
    CertificateOver => row(401, "invalid_client", 1_000_502, "", say::apps::CERTIFICATE_OVER),
    CertificateSubject => row(401, "invalid_client", 700_030, "", say::apps::CERTIFICATE_SUBJECT),
    FederatedNone => row(400, "invalid_request", 70021, "", say::apps::FEDERATED_NONE),
    FederatedIssuer => row(401, "invalid_client", 700_211, "", say::apps::FEDERATED_ISSUER),
    FederatedSubject => row(401, "invalid_client", 700_213, "", say::apps::FEDERATED_SUBJECT),
    FederatedSubjectCase => row(401, "invalid_client", 7_002_138, "", say::apps::FEDERATED_SUBJECT_CASE),
    FederatedAudience => row(401, "invalid_client", 700_212, "", say::apps::FEDERATED_AUDIENCE),
    FederatedOwn => row(401, "invalid_client", 700_222, "", say::apps::FEDERATED_OWN),
    FederatedKeyless => row(401, "invalid_client", 7_000_272, "", say::apps::FEDERATED_KEYLESS),
    AssertionRejected => row(400, "invalid_grant", 50013, "", say::apps::ASSERTION_REJECTED),
    BehalfAudience => row(400, "invalid_grant", 500_131, "", say::apps::BEHALF_AUDIENCE),
    BehalfTime => row(400, "invalid_grant", 500_133, "", say::apps::BEHALF_TIME),
    BehalfAppOnly => row(400, "invalid_grant", 7_000_114, "", say::apps::BEHALF_APP_ONLY),
    BehalfNotAllowed => row(400, "invalid_grant", 7_000_114, "", say::apps::BEHALF_NOT_ALLOWED),
    BehalfIdToken => row(400, "invalid_request", 240_002, "", say::apps::BEHALF_ID_TOKEN),
    FederationUnknown => row(400, "invalid_grant", 50008, "", say::apps::FEDERATION_UNKNOWN),
    ClientDisabled => row(400, "unauthorized_client", 7_000_112, "", say::apps::CLIENT_DISABLED),
    SingleTenant => row(400, "invalid_request", 50194, "", say::apps::SINGLE_TENANT),
    NotAssigned => interaction(50105, "", say::apps::NOT_ASSIGNED),
    CallerWithoutRole => row(400, "invalid_grant", 501_051, "", say::apps::CALLER_WITHOUT_ROLE),
    OriginNeeded => row(400, "invalid_request", 9_002_327, "", say::apps::ORIGIN_NEEDED),
    OriginUnwanted => row(400, "invalid_request", 9_002_326, "", say::apps::ORIGIN_UNWANTED),
    BrowserTokenOver => row(400, "invalid_grant", 700_084, "", say::apps::BROWSER_TOKEN_OVER),
    FamilyMismatch => row(400, "invalid_grant", 70000, "client_mismatch", say::apps::FAMILY_MISMATCH),
    LoopDetected => row(400, "invalid_grant", 50196, "", say::apps::LOOP_DETECTED),
    WorkAppAtConsumers => row(400, "invalid_request", 9_002_332, "", surfaces::WORK_APP_AT_CONSUMERS),
    PersonalAppAtTenant => row(400, "invalid_request", 9_002_346, "", surfaces::PERSONAL_APP_AT_TENANT),
    PersonalAppElsewhere => row(400, "invalid_request", 9_002_331, "", surfaces::PERSONAL_APP_ELSEWHERE),
    PersonalAtV1 => row(400, "invalid_request", 90027, "", surfaces::PERSONAL_AT_V1),
    DeviceCodeAtConsumers => row(400, "invalid_request", 90133, "", surfaces::DEVICE_CODE_AT_CONSUMERS),
    TenantTooBroad => row(400, "invalid_request", 9_001_023, "", say::TENANT_TOO_BROAD),
    UserUnknown => row(400, "invalid_grant", 50034, "bad_token", say::USER_UNKNOWN),
    PasswordWrong => row(400, "invalid_grant", 50126, "", say::PASSWORD_WRONG),
    PasswordExpired => row(400, "invalid_grant", 50055, "user_password_expired", say::PASSWORD_EXPIRED),
    AccountLocked => row(400, "invalid_grant", 50053, "", say::ACCOUNT_LOCKED),
    MfaNeeded => interaction(50076, "basic_action", say::MFA_NEEDED),
    MfaNotRegistered => interaction(50079, "basic_action", say::MFA_NOT_REGISTERED),
    StrongFactorNeeded => assumed(interaction(50074, "basic_action", say::STRONG_FACTOR_NEEDED)),
    EnrolmentNeeded => assumed(interaction(50072, "basic_action", say::ENROLMENT_NEEDED)),
    RegistrationBarred => assumed(interaction(53010, "", say::REGISTRATION_BARRED)),
    ApiNeedsCompliance => assumed(interaction(530_002, "", say::API_NEEDS_COMPLIANCE)),
    SignInPermissionMissing => assumed(interaction(90008, "", say::SIGN_IN_PERMISSION_MISSING)),
    MfaDeclined => row(400, "invalid_grant", 500_121, "", say::MFA_DECLINED),
    ConsentMissing => row(400, "invalid_grant", 65001, "consent_required", say::CONSENT_MISSING),
    ConsentSilent => row(400, "interaction_required", 65001, "", say::CONSENT_MISSING),
    ConsentDeclined => row(400, "access_denied", 65004, "", say::CONSENT_DECLINED),
    ConsentNeedsAdmin => row(400, "access_denied", 90094, "", say::CONSENT_NEEDS_ADMIN),
    Blocked => row(400, "invalid_grant", 53003, "message_only", say::BLOCKED),
    BlockedSilently => row(400, "access_denied", 53003, "", say::BLOCKED),
    TooLongAgo => interaction(70043, "token_expired", say::TOO_LONG_AGO),
    SessionTooOld => assumed(row(400, "interaction_required", 70044, "", say::SESSION_TOO_OLD)),
    NotSignedIn => row(400, "login_required", 50058, "", say::NOT_SIGNED_IN),
    GrantRevoked => row(400, "invalid_grant", 50173, "bad_token", say::GRANT_REVOKED),
    TokenInactive => row(400, "invalid_grant", 700_082, "bad_token", say::TOKEN_INACTIVE),
    TokenMalformed => row(400, "invalid_grant", 9_002_313, "", say::TOKEN_MALFORMED),
    GrantUnknown => row(400, "invalid_grant", 70000, "", say::GRANT_UNKNOWN),
    GrantElsewhere => row(400, "invalid_grant", 70000, "", say::GRANT_ELSEWHERE),
    CodeExpired => row(400, "invalid_grant", 70008, "", say::CODE_EXPIRED),
    RedirectDiffers => row(401, "invalid_client", 500_112, "", say::REDIRECT_DIFFERS),
    CodeSpent => row(400, "invalid_grant", 54005, "", say::CODE_SPENT),
    VerifierWrong => row(400, "invalid_grant", 501_481, "", say::VERIFIER_WRONG),
    DevicePending => row(400, "authorization_pending", 70016, "", say::DEVICE_PENDING),
    DeviceDeclined => row(400, "authorization_declined", 0, "", say::DEVICE_DECLINED),
    DeviceExpired => row(400, "expired_token", 70020, "", say::DEVICE_EXPIRED),
    DeviceUnknown => row(400, "bad_verification_code", 70018, "", say::DEVICE_UNKNOWN),
    DeviceSlowDown => row(400, "slow_down", 0, "", say::DEVICE_SLOW_DOWN),
    UserCodeUnknown => row(400, "invalid_request", 70018, "", say::DEVICE_UNKNOWN),
    VisitOver => row(400, "invalid_request", 50089, "", say::VISIT_OVER),
    ConsentRequestable => row(400, "access_denied", 90095, "", say::CONSENT_REQUESTABLE),
    ConsentOff => row(400, "access_denied", 90094, "", say::CONSENT_OFF),
    // Only a page says so: no reply with this number is known.
    PermissionsGone => row(400, "access_denied", 650_056, "", say::PERMISSIONS_GONE),
    ResourceUnlisted => row(400, "invalid_resource", 650_057, "", say::RESOURCE_UNLISTED),
    AccountForeign => row(400, "invalid_grant", 50020, "", say::ACCOUNT_FOREIGN),
    AccountUnknownHere => interaction(90072, "", say::ACCOUNT_UNKNOWN_HERE),
    AccountNotHere => row(400, "interaction_required", 16000, "", say::ACCOUNT_NOT_HERE),
    HomeBars => interaction(500_212, "", say::HOME_BARS),
    HostBars => interaction(500_213, "", say::HOST_BARS),
    NetworkBars => interaction(500_021, "", say::NETWORK_BARS),
    RestrictionBars => interaction(500_022, "", say::RESTRICTION_BARS),
    ForeignCompliance => interaction(530_004, "", say::FOREIGN_COMPLIANCE),
    HomeRisk => interaction(53011, "", say::HOME_RISK),
    UserDisabled => row(400, "invalid_grant", 50057, "", say::USER_DISABLED),
    AddressBlocked => row(400, "invalid_grant", 50053, "", say::ADDRESS_BLOCKED),
    MfaTooOld => interaction(50078, "", say::MFA_TOO_OLD),
    SecurityBlocked => interaction(530_032, "", say::SECURITY_BLOCKED),
    DefaultsBlocked => interaction(530_035, "", say::DEFAULTS_BLOCKED),
    TokenUnbound => row(400, "invalid_grant", 530_084, "", say::TOKEN_UNBOUND),
    AppNotApproved => interaction(53002, "", say::APP_NOT_APPROVED),
    AppUnprotected => row(400, "unauthorized_client", 53005, "protection_policy_required", say::APP_UNPROTECTED),
    BrokerNeeded => interaction(50127, "", say::BROKER_NEEDED),
    DeviceNotCompliant => interaction(53000, "", say::DEVICE_NOT_COMPLIANT),
    DeviceNotJoined => interaction(53001, "", say::DEVICE_NOT_JOINED),
    DeviceUnmanaged => interaction(530_003, "", say::DEVICE_UNMANAGED),
    DeviceUnproven => interaction(50097, "", say::DEVICE_UNPROVEN),
    PlatformUnsupported => interaction(50005, "", say::PLATFORM_UNSUPPORTED),
    DeviceFlowUnproven => interaction(530_033, "", say::DEVICE_FLOW_UNPROVEN),
    DeviceSignInBarred => interaction(530_036, "", say::DEVICE_SIGN_IN_BARRED),
    RegistrationRisky => interaction(53004, "", say::REGISTRATION_RISKY),
    PasswordChangeNeeded => interaction(50142, "", say::PASSWORD_CHANGE_NEEDED),
    ExternalNeeded => interaction(50158, "", say::EXTERNAL_NEEDED),
    TermsNeeded => interaction(50158, "", say::TERMS_NEEDED),
    Throttled => row(429, "temporarily_unavailable", 90055, "", say::THROTTLED),
    AccessTokenOff => row(400, "unsupported_response_type", 700_051, "", surfaces::ACCESS_TOKEN_OFF),
    QueryForTokens => row(400, "invalid_request", 70007, "", surfaces::QUERY_FOR_TOKENS),
    CloudConfidential => row(400, "invalid_request", 900_382, "", surfaces::CLOUD_CONFIDENTIAL),
    CloudConfidentialPage => row(400, "invalid_request", 900_432, "", surfaces::CLOUD_CONFIDENTIAL_PAGE),
    CloudPublic => row(400, "invalid_request", 900_439, "", surfaces::CLOUD_PUBLIC),
    NotAdministrator => row(400, "access_denied", 90093, "", surfaces::NOT_ADMINISTRATOR),
    PasswordForgotten => row(400, "access_denied", 0, "", surfaces::PASSWORD_FORGOTTEN),
    Cancelled => row(400, "access_denied", 0, "", surfaces::CANCELLED),
    UserFlowUnknown => row(400, "invalid_request", 0, "", surfaces::USER_FLOW_UNKNOWN),
    FamilyRevoked => row(400, "invalid_grant", 0, "", surfaces::FAMILY_REVOKED),
    Outage => row(503, "temporarily_unavailable", 90033, "", say::OUTAGE),
}
