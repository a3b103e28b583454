//! Which marks belong to the same error. A new error begins where something that an error has once comes again, and
//! where a different code comes after the ids that end a description. What turns out to be the same error told
//! twice is put together again.

use std::collections::VecDeque;
use std::ops::Range;

use super::aim;
use super::mark::{Form, Mark, Sort};
use crate::decode::{code, known};
use crate::model::FactKind;

/// At most this many different errors are told apart in one text.
const MOST_GROUPS: usize = 400;

/// At most this many marks are kept of one error.
const MOST_MARKS: usize = 200;

/// At most this many circumstances are kept of one error, and only those that stand this near to it, in bytes.
const MOST_AROUND: usize = 32;
const AROUND: usize = 4 << 10;

/// A code that explains a generic one stands this near behind it, in bytes.
const EXPLAINED: usize = 200;

/// The marks of one error, in order of appearance.
#[derive(Clone, Debug, Default)]
pub(crate) struct Group {
    pub marks: Vec<Mark>,
    /// What stands around it: the newest of it until the error begins, and what follows.
    around: VecDeque<Mark>,
    /// Ids that stood before it began, on lines of their own; with the newest last.
    before: Vec<Mark>,
    /// How many marks there were where its object began.
    object: usize,
    /// Ids in running text came after a code: the description is over.
    closed: bool,
}

/// Sorts the marks of a text into errors.
pub(crate) fn groups(text: &str, mut marks: Vec<Mark>) -> Vec<Group> {
    let mut out: Vec<Group> = Vec::new();
    let mut current = Group::default();
    for index in 0..marks.len() {
        let mark = std::mem::replace(&mut marks[index], Mark::boundary(0));
        let aim = aim::of(text, &mark, &marks[index + 1..]);
        if current.ends_before(text, &mark, aim) {
            let prefix = current.prefix_of(text, &mark);
            settle(&mut out, std::mem::take(&mut current));
            current.marks = prefix;
        }
        current.take(text, mark);
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
    let last = out.last_mut();
    if !group.is_error() {
        // What is left over belongs to the error before it, if nothing speaks against that.
        if let Some(last) = last.filter(|last| last.agrees(&group)) {
            last.absorb(group);
        }
        return;
    }
    if let Some(last) = last.filter(|last| last.is_told_by(&group)) {
        last.absorb(group);
    } else if let Some(same) = out.iter_mut().find(|other| other.same_error(&group)) {
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

    /// Whether it names an error, or claims, and tells nothing more of it.
    fn is_bare(&self) -> bool {
        let more = [
            FactKind::Code,
            FactKind::Description,
            FactKind::TraceId,
            FactKind::CorrelationId,
        ];
        more.iter().all(|kind| self.first(*kind).is_none())
    }

    /// Whether the group right behind it goes on with its error: one of both only names what the other tells.
    fn is_told_by(&self, next: &Self) -> bool {
        let end = self.marks.iter().map(|mark| mark.at.end).max();
        let start = next.marks.iter().map(|mark| mark.at.start).min();
        let near = end
            .zip(start)
            .is_some_and(|(end, start)| start.saturating_sub(end) < AROUND / 2);
        let error = self.first(FactKind::Error);
        let named = error.is_some() && error == next.first(FactKind::Error);
        let claimed = error.is_none()
            && self.first(FactKind::Claims).is_some()
            && next.first(FactKind::Claims).is_none();
        let one_bare = self.is_bare() && (named || claimed) || next.is_bare() && named;
        near && one_bare && self.agrees(next)
    }

    fn take(&mut self, text: &str, mark: Mark) {
        if mark.sort == Sort::Object {
            if !self.begun() {
                self.put_before(|_| true);
            }
            self.object = self.marks.len();
            return;
        }
        let begins = [
            FactKind::Error,
            FactKind::Code,
            FactKind::Description,
            FactKind::Claims,
        ];
        if !self.begun() && begins.iter().any(|kind| mark.is(*kind)) && self.object == 0 {
            let line = |id: &Mark| text.get(id.at.end..mark.at.start).unwrap_or_default();
            self.put_before(|id| line(id).contains('\n'));
        }
        let of_text = matches!(mark.form, Form::Prose | Form::Own);
        if mark.is_id() && of_text && self.first(FactKind::Code).is_some() {
            self.closed = true;
        }
        self.keep(mark);
    }

    /// Takes the ids that stood before the error began for those of what stands around it.
    fn put_before(&mut self, other_line: impl Fn(&Mark) -> bool) {
        let stands_before =
            |mark: &mut Mark| mark.is_id() && mark.form != Form::Own && other_line(mark);
        let before = self.marks.extract_if(.., stands_before);
        self.before.extend(before);
    }

    /// The ids that stand on the line of `mark` before it, behind an error that is over: the prefix of a log.
    fn prefix_of(&mut self, text: &str, mark: &Mark) -> Vec<Mark> {
        let Some(end) = self.all(FactKind::Code).map(|code| code.at.end).max() else {
            return Vec::new();
        };
        let of_line = |id: &mut Mark| {
            let free = id.is_id() && matches!(id.form, Form::Prose | Form::Around);
            let between = text.get(id.at.end..mark.at.start);
            free && id.at.start > end && between.is_some_and(|line| !line.contains('\n'))
        };
        if mark.is_id() || mark.sort == Sort::Object {
            return Vec::new();
        }
        self.marks.extract_if(.., of_line).collect()
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
        let before = std::mem::take(&mut self.before).into_iter().rev();
        let before = before.map(|mark| Mark {
            form: Form::Around,
            ..mark
        });
        let around = before.chain(std::mem::take(&mut self.around));
        let kept = around.filter(|mark| near.contains(&mark.at.start));
        self.marks.extend(kept);
    }

    fn absorb(&mut self, other: Self) {
        let Self {
            marks,
            around,
            before,
            ..
        } = other;
        self.before.extend(before);
        marks
            .into_iter()
            .chain(around)
            .for_each(|mark| self.keep(mark));
    }

    /// Whether a mark can no longer belong to this error. `aim`: what an error that is named before its code, or
    /// before its description, belongs to.
    fn ends_before(&self, text: &str, mark: &Mark, aim: Option<&Mark>) -> bool {
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

    /// An unknown word in the place of an error counts only beside a code or a description, or where the status says
    /// that it is about the token.
    fn drop_weak(&mut self) {
        let refused = self
            .all(FactKind::Status)
            .any(|mark| matches!(mark.value.as_str(), "401" | "403"));
        let coded = self.all(FactKind::Code).any(|mark| mark.form != Form::Weak);
        let beside = self.first(FactKind::Description).is_some() || coded || refused;
        let strong = self
            .all(FactKind::Error)
            .any(|mark| mark.form != Form::Weak);
        self.marks.retain(|mark| {
            let weak = mark.is(FactKind::Error) && mark.form == Form::Weak;
            let wraps = coded && known::is_wrapper(&mark.value);
            let counts = beside || known::is_of_api(&mark.value);
            !weak || counts && !strong && !wraps
        });
    }

    /// What counts of several: the server's own words before all others.
    fn best(&self, kind: FactKind) -> Option<&str> {
        let found = self.all(kind).filter(|mark| mark.form != Form::Around);
        let best = found.reduce(|best, mark| {
            if mark.form.rank() > best.form.rank() {
                mark
            } else {
                best
            }
        });
        best.map(|mark| mark.value.as_str())
    }

    fn codes(&self) -> Vec<&str> {
        self.all(FactKind::Code)
            .map(|mark| mark.value.as_str())
            .collect()
    }

    /// Whether error, codes, ids and times of both can belong to one error.
    fn agrees(&self, other: &Self) -> bool {
        let one = |a: Option<&str>, b: Option<&str>| a.zip(b).is_none_or(|(a, b)| a == b);
        let best = |kind| one(self.best(kind), other.best(kind));
        let own = |group: &Self| {
            let mut times = group.all(FactKind::Timestamp);
            times
                .find(|mark| mark.form == Form::Own)
                .map(|mark| mark.value.clone())
        };
        let times = one(own(self).as_deref(), own(other).as_deref());
        let (ours, theirs) = (self.codes(), other.codes());
        let within = |a: &[&str], b: &[&str]| a.iter().all(|code| b.contains(code));
        one(self.first(FactKind::Error), other.first(FactKind::Error))
            && best(FactKind::CorrelationId)
            && best(FactKind::TraceId)
            && times
            && (within(&ours, &theirs) || within(&theirs, &ours))
    }

    /// Whether both tell the same error: nothing speaks against it and they share something.
    fn same_error(&self, other: &Self) -> bool {
        let correlation = self.best(FactKind::CorrelationId);
        let share_id = correlation.is_some() && correlation == other.best(FactKind::CorrelationId);
        let (ours, theirs) = (self.codes(), other.codes());
        let share_code = ours.iter().any(|code| theirs.contains(code));
        let bare = ours.is_empty() && theirs.is_empty();
        let share_error = bare && self.first(FactKind::Error) == other.first(FactKind::Error);
        (share_id || share_code || share_error) && self.agrees(other)
    }
}

/// Whether a quotation mark opens right before something.
fn quoted_before(text: &str, at: &Range<usize>) -> bool {
    text[..at.start].ends_with('"')
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
