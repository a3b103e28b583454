//! Which marks belong to the same error. A new error begins where something that an error has once comes again, and
//! where a different code comes after the ids that end a description. What turns out to be the same error told
//! twice is put together again.

use std::collections::VecDeque;
use std::ops::Range;

use super::mark::{Form, Mark, Sort};
use crate::decode::code;
use crate::model::FactKind;

/// At most this many different errors are told apart in one text.
const MOST_GROUPS: usize = 400;

/// At most this many marks are kept of one error.
const MOST_MARKS: usize = 200;

/// At most this many circumstances are kept of one error, and only those that stand this near to it, in bytes.
const MOST_AROUND: usize = 32;
const AROUND: usize = 4 << 10;

/// The marks of one error, in order of appearance.
#[derive(Clone, Debug, Default)]
pub(crate) struct Group {
    pub marks: Vec<Mark>,
    /// What stands around it: the newest of it until the error begins, and what follows.
    around: VecDeque<Mark>,
    /// Ids in running text came after a code: the description is over.
    closed: bool,
}

/// Sorts the marks of a text into errors.
pub(crate) fn groups(text: &str, marks: Vec<Mark>) -> Vec<Group> {
    let mut out: Vec<Group> = Vec::new();
    let mut current = Group::default();
    for mark in marks {
        if current.ends_before(text, &mark) {
            settle(&mut out, std::mem::take(&mut current));
        }
        current.take(mark);
    }
    settle(&mut out, current);
    out.retain(Group::is_error);
    out.iter_mut().for_each(Group::gather);
    out
}

/// Puts a finished group to the errors: as a part of one that is there already, or as a new one.
fn settle(out: &mut Vec<Group>, mut group: Group) {
    group.drop_weak();
    if group.marks.is_empty() && group.around.is_empty() {
        return;
    }
    if !group.is_error() {
        // What is left over belongs to the error before it, if nothing speaks against that.
        if let Some(last) = out.last_mut().filter(|last| last.agrees(&group)) {
            last.absorb(group);
        }
        return;
    }
    if let Some(same) = out.iter_mut().find(|other| other.same_error(&group)) {
        same.absorb(group);
    } else if out.len() < MOST_GROUPS {
        out.push(group);
    }
}

impl Group {
    fn all(&self, kind: FactKind) -> impl Iterator<Item = &Mark> {
        self.marks.iter().filter(move |mark| mark.is(kind))
    }

    fn first(&self, kind: FactKind) -> Option<&str> {
        self.all(kind).next().map(|mark| mark.value.as_str())
    }

    /// Whether it says enough to be an error.
    pub fn is_error(&self) -> bool {
        [FactKind::Error, FactKind::Code, FactKind::Claims]
            .iter()
            .any(|kind| self.first(*kind).is_some())
    }

    fn begun(&self) -> bool {
        self.is_error() || self.first(FactKind::Description).is_some()
    }

    fn take(&mut self, mark: Mark) {
        let id = mark.is(FactKind::TraceId)
            || mark.is(FactKind::CorrelationId)
            || mark.is(FactKind::Timestamp);
        if id && mark.form == Form::Prose && self.first(FactKind::Code).is_some() {
            self.closed = true;
        }
        if mark.sort != Sort::Object {
            self.keep(mark);
        }
    }

    /// Keeps a mark that says something new.
    fn keep(&mut self, mark: Mark) {
        if mark.is_circumstance() {
            self.keep_around(mark);
            return;
        }
        let same = |known: &Mark| {
            known.sort == mark.sort && known.form == mark.form && known.value == mark.value
        };
        if self.marks.len() < MOST_MARKS && !self.marks.iter().any(same) {
            self.marks.push(mark);
        }
    }

    /// Keeps a circumstance; before the error begins the oldest makes room.
    fn keep_around(&mut self, mark: Mark) {
        // A library with its version says more than its name alone.
        let less = |a: &Mark, b: &Mark| {
            a.sort == b.sort
                && b.value
                    .strip_prefix(a.value.as_str())
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        };
        if self.around.iter().any(|known| less(&mark, known)) {
            return;
        }
        self.around.retain(|known| !less(known, &mark));
        if self.around.len() >= MOST_AROUND {
            if self.begun() {
                return;
            }
            self.around.pop_front();
        }
        self.around.push_back(mark);
    }

    /// Takes the circumstances that stand near enough among the marks, in order.
    fn gather(&mut self) {
        let own = self.marks.iter().map(|mark| &mark.at);
        let from = own.clone().map(|at| at.start).min().unwrap_or_default();
        let to = own.map(|at| at.end).max().unwrap_or_default();
        let near = from.saturating_sub(AROUND)..to.saturating_add(AROUND);
        let around = std::mem::take(&mut self.around);
        let kept = around
            .into_iter()
            .filter(|mark| near.contains(&mark.at.start));
        self.marks.extend(kept);
    }

    fn absorb(&mut self, other: Self) {
        let Self { marks, around, .. } = other;
        marks
            .into_iter()
            .chain(around)
            .for_each(|mark| self.keep(mark));
    }

    /// Whether a mark can no longer belong to this error.
    fn ends_before(&self, text: &str, mark: &Mark) -> bool {
        let Sort::Fact(kind) = mark.sort else {
            return self.begun();
        };
        match kind {
            FactKind::Code => self.other_code(text, mark),
            FactKind::Error => self.all(kind).any(|known| {
                known.value == mark.value || known.form != Form::Weak && mark.form != Form::Weak
            }),
            FactKind::Description
            | FactKind::SubError
            | FactKind::Claims
            | FactKind::TraceId
            | FactKind::CorrelationId
            | FactKind::Timestamp => self.all(kind).any(|known| known.form == mark.form),
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
            | FactKind::Message => false,
            FactKind::Status => {
                self.begun() && self.first(kind).is_some_and(|known| known != mark.value)
            }
        }
    }

    /// A code that this error does not have, after its description was over or on another line.
    fn other_code(&self, text: &str, mark: &Mark) -> bool {
        if mark.form != Form::Prose {
            return false;
        }
        let described = self
            .all(FactKind::Description)
            .any(|d| holds(&d.at, &mark.at));
        let Some(last) = self.all(FactKind::Code).last() else {
            return false;
        };
        if described {
            return false;
        }
        if self
            .all(FactKind::Code)
            .any(|known| known.value == mark.value)
        {
            // The same code again: the same error told twice, or the next one of its kind; its ids will tell.
            return self.closed;
        }
        let between = text.get(last.at.end..mark.at.start).unwrap_or_default();
        self.closed || last.form != Form::Prose || between.contains('\n')
    }

    /// An unknown word in the place of an error counts only beside a code or a description.
    fn drop_weak(&mut self) {
        let beside = self.first(FactKind::Description).is_some()
            || self.all(FactKind::Code).any(|mark| mark.form != Form::Weak);
        let strong = self
            .all(FactKind::Error)
            .any(|mark| mark.form != Form::Weak);
        self.marks.retain(|mark| {
            !mark.is(FactKind::Error) || mark.form != Form::Weak || (beside && !strong)
        });
    }

    /// The correlation id, the member's before that of the running text.
    fn correlation(&self) -> Option<&str> {
        self.best(FactKind::CorrelationId)
    }

    fn best(&self, kind: FactKind) -> Option<&str> {
        let member = self.all(kind).find(|mark| mark.form == Form::Member);
        member
            .or_else(|| self.all(kind).next())
            .map(|mark| mark.value.as_str())
    }

    fn codes(&self) -> Vec<&str> {
        self.all(FactKind::Code)
            .map(|mark| mark.value.as_str())
            .collect()
    }

    /// Whether error, codes and ids of both can belong to one error.
    fn agrees(&self, other: &Self) -> bool {
        let one = |a: Option<&str>, b: Option<&str>| a.zip(b).is_none_or(|(a, b)| a == b);
        let (ours, theirs) = (self.codes(), other.codes());
        let within = |a: &[&str], b: &[&str]| a.iter().all(|code| b.contains(code));
        one(self.first(FactKind::Error), other.first(FactKind::Error))
            && one(self.correlation(), other.correlation())
            && one(self.best(FactKind::TraceId), other.best(FactKind::TraceId))
            && (within(&ours, &theirs) || within(&theirs, &ours))
    }

    /// Whether both tell the same error: nothing speaks against it and they share something.
    fn same_error(&self, other: &Self) -> bool {
        let share_id = self.correlation().is_some() && self.correlation() == other.correlation();
        let (ours, theirs) = (self.codes(), other.codes());
        let share_code = ours.iter().any(|code| theirs.contains(code));
        let bare = ours.is_empty() && theirs.is_empty();
        let share_error = bare && self.first(FactKind::Error) == other.first(FactKind::Error);
        (share_id || share_code || share_error) && self.agrees(other)
    }
}

fn holds(outer: &Range<usize>, inner: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

/// Puts the codes of a group into order: each once, the most specific first, with where they stand.
pub(crate) fn ordered_codes(group: &Group) -> Vec<(String, Range<usize>)> {
    let marks: Vec<&Mark> = group.all(FactKind::Code).collect();
    let other = |value: &str| {
        let number = value.trim_start_matches("AADSTS");
        marks
            .iter()
            .any(|mark| mark.form == Form::Prose && mark.value == format!("AADB2C{number}"))
    };
    let mut codes = Vec::new();
    for (index, mark) in marks.iter().enumerate() {
        let named_otherwise = mark.form != Form::Prose && other(&mark.value);
        if !named_otherwise {
            codes.push((mark.value.clone(), index));
        }
    }
    code::order(&mut codes);
    codes
        .into_iter()
        .map(|(code, index)| (code, marks[index].at.clone()))
        .collect()
}
