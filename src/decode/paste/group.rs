//! Which marks belong to the same error. A new error begins where something that an error has once comes again, and
//! where a different code comes after the ids that end a description. What turns out to be the same error told
//! twice is put together again.

mod end;
mod same;

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
