//! Where an error ends: before something that it has once and that comes again.

use std::ops::Range;

use super::Group;
use crate::decode::code;
use crate::decode::paste::mark::{Form, Mark, Sort};
use crate::model::FactKind;

/// A code that explains a generic one stands this near behind it, in bytes.
const EXPLAINED: usize = 200;

impl Group {
    /// Whether a mark can no longer belong to this error. `aim`: what an error that is named before its code, or
    /// before its description, belongs to.
    pub(super) fn ends_before(&self, text: &str, mark: &Mark, aim: Option<&Mark>) -> bool {
        let Sort::Fact(kind) = mark.sort else {
            return self.begun();
        };
        match kind {
            FactKind::Code => self.other_code(text, mark),
            FactKind::Error => {
                let other = |known: &Mark| {
                    known.value != mark.value && known.form != Form::Weak && mark.form != Form::Weak
                };
                aim.is_some_and(|aim| self.begun() && self.ends_before(text, aim, None))
                    || self.all(kind).any(other)
            }
            FactKind::Description | FactKind::SubError | FactKind::Claims => {
                self.all(kind).any(|known| known.form == mark.form)
            }
            FactKind::TraceId | FactKind::CorrelationId | FactKind::Timestamp => {
                self.other_id(kind, mark)
            }
            FactKind::OtherNumber
            | FactKind::ErrorUri
            | FactKind::RetryAfter
            | FactKind::PasswordChangeUrl
            | FactKind::ErrorSubcode
            | FactKind::AuthorizationUri
            | FactKind::PolicyId
            | FactKind::Trouble
            | FactKind::Token
            | FactKind::RequestId
            | FactKind::WrittenTime
            | FactKind::Repeated
            | FactKind::Tenant
            | FactKind::AppId
            | FactKind::AppName
            | FactKind::Resource
            | FactKind::Scope
            | FactKind::User
            | FactKind::Library
            | FactKind::Placeholder
            | FactKind::Attempt
            | FactKind::Message => false,
            FactKind::Status => {
                self.begun() && self.first(kind).is_some_and(|known| known != mark.value)
            }
        }
    }

    /// An id that this error does not have. What only stands around it says nothing against it, and where its sentence
    /// carries one, only that of another sentence does.
    fn other_id(&self, kind: FactKind, mark: &Mark) -> bool {
        let other = |known: &&Mark| known.form == mark.form && known.value != mark.value;
        let own = self.all(kind).any(|known| known.form == Form::Own);
        match mark.form {
            Form::Own => self.all(kind).any(|known| other(&known)),
            Form::Member | Form::Prose => {
                let mut before = self.before.iter().filter(|known| known.is(kind));
                !own && (self.all(kind).any(|known| other(&known))
                    || before.any(|known| other(&known)))
            }
            Form::Weak | Form::Around => false,
        }
    }

    /// A code that this error does not have, after its description was over or on another line.
    fn other_code(&self, text: &str, mark: &Mark) -> bool {
        let newline = |from: usize| {
            let between = text.get(from..mark.at.start).unwrap_or_default();
            between.contains('\n') || between.contains("\\n")
        };
        let known = |value: &str| self.all(FactKind::Code).any(|known| known.value == value);
        let last = self.all(FactKind::Code).last();
        match mark.form {
            Form::Member | Form::Own | Form::Around => return false,
            // A number with a label, below an error that was told to its end.
            Form::Weak => {
                return self.closed
                    && !known(&mark.value)
                    && last.is_some_and(|last| newline(last.at.end));
            }
            Form::Prose => {}
        }
        let mut descriptions = self.all(FactKind::Description);
        if descriptions.any(|d| holds(&d.at, &mark.at)) {
            return false;
        }
        let Some(last) = last else {
            // A description that tells no code is over at the end of its line.
            let described = self.all(FactKind::Description).last();
            return described.is_some_and(|d| d.at.end <= mark.at.start && newline(d.at.end));
        };
        if known(&mark.value) {
            // The same code again: the same error told twice, or the next one of its kind; its ids will tell.
            return self.closed;
        }
        let between = mark.at.start.saturating_sub(last.at.end);
        if code::is_generic(&last.value) && between < EXPLAINED && !self.closed {
            return false;
        }
        self.closed
            || last.form != Form::Prose
            || newline(last.at.end)
            || quoted_before(text, &last.at) && quoted_before(text, &mark.at)
    }
}

/// Whether a quotation mark opens right before something.
fn quoted_before(text: &str, at: &Range<usize>) -> bool {
    text[..at.start].ends_with('"')
}

fn holds(outer: &Range<usize>, inner: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}
