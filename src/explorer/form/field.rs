//! The fields of the form, in their order.

use crate::strings::explorer as s;

/// One field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// What to start from: a profile or a client of the lab.
    Start,
    /// Whom to ask.
    Authority,
    /// The application (client) id.
    Client,
    /// The kind of client.
    Kind,
    /// The flow.
    Flow,
    /// Scopes, separated by spaces.
    Scopes,
    /// The user-assigned managed identity.
    Identity,
    /// The user.
    User,
    /// The user by their object id.
    UserId,
    /// What the user's device shows.
    Binding,
    /// The type of the token that is exchanged.
    Subject,
    /// The type of the token of whoever acts for the subject.
    Actor,
    /// The type of token that is wanted.
    Wanted,
    /// For whom the new token is, by name.
    Audience,
    /// For what the new token is, by address.
    Resource,
    /// What the client proves itself with and where that is found.
    Secret,
    /// The variable or file it is found in.
    Reference,
    /// The file of a certificate's private key.
    Key,
    /// Where the password of a PFX or of an encrypted key is.
    Password,
    /// The certificate by its thumbprint.
    Thumbprint,
    /// What a certificate is used for.
    Use,
    /// How assertions are signed.
    Algorithm,
    /// How the secret is used.
    Method,
    /// Whether tokens are bound to a key (DPoP).
    Dpop,
    /// Whether the request is pushed before the browser opens.
    Pushed,
    /// The redirect URI.
    Redirect,
    /// A claims request.
    Claims,
    /// Whether the cached token is passed over.
    Force,
    /// The token cache file.
    Cache,
    /// Whether the cache file is encrypted.
    Sealed,
    /// An API to call.
    Api,
    /// How it is called.
    ApiMethod,
    /// Headers that go along.
    ApiHeaders,
    /// The file that holds the body.
    ApiBody,
    /// What the sign-in page is to do.
    Prompt,
    /// Whether the authorization request is signed.
    Signed,
    /// What comes back from the page.
    Answer,
    /// How the answer comes back.
    Mode,
    /// How the code is bound to the run.
    Pkce,
    /// Further parameters of the authorization request.
    Parameters,
    /// The file of the authorization details.
    Details,
    /// How often a request is repeated.
    Attempts,
    /// The first wait before that.
    RetryBase,
    /// The longest such wait.
    RetryCap,
    /// How long after the first attempt the last may begin.
    RetryBudget,
    /// The statuses worth another attempt.
    RetryStatuses,
    /// Whether a wait that the server names goes before our own.
    RetryAfter,
}

impl Field {
    /// Every field.
    pub const ALL: [Self; 47] = [
        Self::Start,
        Self::Authority,
        Self::Client,
        Self::Kind,
        Self::Flow,
        Self::Scopes,
        Self::Identity,
        Self::User,
        Self::UserId,
        Self::Binding,
        Self::Subject,
        Self::Actor,
        Self::Wanted,
        Self::Audience,
        Self::Resource,
        Self::Secret,
        Self::Reference,
        Self::Key,
        Self::Password,
        Self::Thumbprint,
        Self::Use,
        Self::Algorithm,
        Self::Method,
        Self::Dpop,
        Self::Pushed,
        Self::Redirect,
        Self::Claims,
        Self::Force,
        Self::Cache,
        Self::Sealed,
        Self::Api,
        Self::ApiMethod,
        Self::ApiHeaders,
        Self::ApiBody,
        Self::Prompt,
        Self::Signed,
        Self::Answer,
        Self::Mode,
        Self::Pkce,
        Self::Parameters,
        Self::Details,
        Self::Attempts,
        Self::RetryBase,
        Self::RetryCap,
        Self::RetryBudget,
        Self::RetryStatuses,
        Self::RetryAfter,
    ];

    /// Whether its value is chosen, not typed.
    pub const fn is_choice(self) -> bool {
        matches!(
            self,
            Self::Start
                | Self::Kind
                | Self::Flow
                | Self::Subject
                | Self::Actor
                | Self::Wanted
                | Self::Secret
                | Self::Method
                | Self::Use
                | Self::Algorithm
                | Self::Dpop
                | Self::Pushed
                | Self::Prompt
                | Self::Signed
                | Self::Answer
                | Self::Mode
                | Self::Pkce
                | Self::Force
                | Self::Sealed
                | Self::ApiMethod
                | Self::RetryAfter
        )
    }

    /// What stands before it.
    pub const fn label(self) -> &'static str {
        s::FIELDS[self as usize].0
    }

    /// What helps to fill it in.
    pub const fn hint(self) -> &'static str {
        s::FIELDS[self as usize].1
    }

    /// The field of a request parameter or of a problem's place.
    pub fn of_parameter(name: &str) -> Option<Self> {
        let name = name
            .rsplit(' ')
            .next()
            .unwrap_or(name)
            .trim_start_matches('-');
        Some(match name {
            "authority" | "tenant" | "issuer" => Self::Authority,
            "client_id" | "client-id" => Self::Client,
            "client_kind" | "client-kind" | "kind" => Self::Kind,
            "flow" | "grant_type" => Self::Flow,
            "scope" | "scopes" | "resource" => Self::Scopes,
            "identity" => Self::Identity,
            "audience" => Self::Audience,
            "resource_uri" => Self::Resource,
            "subject_token" | "subject_token_type" => Self::Subject,
            "actor_token" | "actor_token_type" => Self::Actor,
            "requested_token_type" => Self::Wanted,
            "username" | "user" | "login_hint" => Self::User,
            "client_secret" | "client-secret" | "client_assertion" | "credential" | "secret" => {
                Self::Secret
            }
            "user_id" => Self::UserId,
            "binding_message" => Self::Binding,
            "reference" => Self::Reference,
            "thumbprint" => Self::Thumbprint,
            "certificate-method" => Self::Use,
            "redirect_uri" | "redirect-uri" => Self::Redirect,
            "claims" | "capabilities" => Self::Claims,
            "force_refresh" => Self::Force,
            "cache_file" | "cache-file" => Self::Cache,
            "dpop" => Self::Dpop,
            "par" => Self::Pushed,
            "prompt" => Self::Prompt,
            "request" => Self::Signed,
            "response_type" => Self::Answer,
            "response_mode" => Self::Mode,
            "pkce" | "code_challenge" | "code_challenge_method" => Self::Pkce,
            "authorization_details" => Self::Details,
            "extra" | "max_age" | "domain_hint" => Self::Parameters,
            "retry-attempts" => Self::Attempts,
            "retry-base" => Self::RetryBase,
            "retry-cap" => Self::RetryCap,
            "retry-within" => Self::RetryBudget,
            "retry-on" => Self::RetryStatuses,
            "api" => Self::Api,
            "api-method" => Self::ApiMethod,
            "api-header" => Self::ApiHeaders,
            "api-body" => Self::ApiBody,
            _ => return None,
        })
    }
}
