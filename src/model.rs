//! The words of the design as plain data. Everything else speaks in these types. This module knows no clock, no
//! network, no screen and no file; it holds the few types that guard others: [`Secret`], [`Redacted`], [`Clean`].

pub mod admin_consent;
pub mod api_call;
pub mod asking;
pub mod authority;
pub mod cache;
pub mod claims_view;
pub mod color;
pub mod credential;
pub mod demand;
pub mod diagnosis;
pub mod event;
pub mod exchange;
pub mod extensions;
pub mod fact;
pub mod fault;
pub mod federated;
pub mod further;
pub mod grant;
pub mod identity;
pub mod look;
pub mod moment;
pub mod mutual_tls;
pub mod opening;
pub mod plan;
pub mod prediction;
pub mod presented;
pub mod profile;
pub mod region;
pub mod response;
pub mod retry;
pub mod run;
pub mod saved;
pub mod scenario;
pub mod secret;
mod sign_in_age;
pub mod sign_in_log;
pub mod signed_out;
pub mod sketch;
mod surface;
pub mod text;
pub mod theme;
pub mod token;
pub mod verification;
pub mod world;

pub use admin_consent::AdminConsent;
pub use api_call::{ApiCall, ApiMethod};
pub use asking::Asking;
pub use authority::{Authority, AuthorityKind};
pub use credential::{
    AssertionRef, CertificateRef, ClientAssertion, ClientCertificate, Credential, CredentialRef,
    PFX_LABEL, SecretMethod, SecretRef, SigningAlgorithm, Thumbprint,
};
pub use demand::{Door, FaultOrder, Force, LabFault, Share};
pub use diagnosis::{
    Actor, Class, CodeView, Confidence, Diagnosis, Line, Link, LinkKind, Login, Place,
};
pub use event::Event;
pub use exchange::{Cut, Exchange, Field, Header, Phases, Purpose, Reply, Request, Value};
pub use extensions::Extensions;
pub use fact::{Fact, FactKind, Packing, Reading, Shape, Spot};
pub use fault::{Fault, FaultCause, FaultKind, ServerCertificate};
pub use further::{Further, FurtherOutcome};
pub use grant::{ClientKind, Flow, Problem, Prompt, RunSpec, SendOptions};
pub use identity::IdentityRef;
pub use look::{Depth, Ground, KeyChoice, Look};
pub use moment::Moment;
pub use mutual_tls::{Binding, CertificateMethod, Handed, TlsCertificate, TlsIdentity};
pub use opening::{Audience, Opening, Recording};
pub use plan::{By, Caller, Check, Doing, Plan, Step, Variant, Way};
pub use prediction::Prediction;
pub use presented::{Presented, TokenType};
pub use profile::Profile;
pub use region::Region;
pub use response::{ChallengeMethod, ResponseMode, ResponseType};
pub use retry::{RetryPolicy, Throttled};
pub use run::{Activity, ApiOutcome, Ending, Outcome, Question, Run, RunId, Stage, TokenFacts};
pub use saved::{Saved, Standing};
pub use scenario::{Deed, Expectation, Scenario, UserAct};
pub use secret::{Secret, SecretKind};
pub use sign_in_age::SignInAge;
pub use sign_in_log::{LogFilter, LogHint, SignInLog};
pub use signed_out::SignedOut;
pub use sketch::{Sketch, SketchOf};
pub use surface::SurfaceChange;
pub use text::{Clean, Redacted};
pub use token::{ClaimView, Form, Lifetime, TokenView};
pub use verification::{Failure, Signature, Unchecked, Verdict, Verification};
pub use world::{LabInfo, LabRequestRecord, WorldChange, WorldView};
