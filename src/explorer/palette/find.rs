//! Which offers fit what was typed: every word of it letter by letter in order, the closest first.

use std::cmp::Reverse;

use frizbee::{CaseMatching, Config, Matcher, Pattern};

use super::offer::{Kind, Offer};

/// How many of a kind are listed where nothing is typed; what can be done here is listed whole.
const AT_FIRST: usize = 5;
/// How many of a kind are listed otherwise.
const AT_MOST: usize = 30;

/// An offer that fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Its place among the offers.
    pub offer: usize,
    /// The bytes of its label at which letters that were typed stand, in order.
    pub marks: Vec<usize>,
}

/// Those of one kind, the closest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The kind.
    pub kind: Kind,
    /// Those that are listed.
    pub hits: Vec<Hit>,
    /// How many more fit.
    pub more: usize,
}

/// What fits, by kind; the kind of what fits best comes first.
pub fn find(all: &[Offer], typed: &str) -> Vec<Group> {
    let typed = typed.trim();
    let Some(mut matcher) = matcher(typed) else {
        return at_first(all);
    };
    let texts: Vec<&str> = all.iter().map(|offer| offer.text.as_str()).collect();
    let fitting = matcher.match_list(&texts);
    let best = fitting.iter().map(|found| found.score).max().unwrap_or(0);
    // What is far behind the best fits by chance: its letters are strewn about.
    let close = fitting.into_iter().filter(|found| found.score >= best / 2);
    let mut ranked: Vec<(bool, u16, usize)> = close
        .map(|found| {
            let offer = found.index as usize;
            (all[offer].is_named(typed), found.score, offer)
        })
        .collect();
    // A stable order: what was named, then the closest, then as they are offered.
    ranked.sort_by_key(|(named, score, offer)| (Reverse((*named, *score)), *offer));
    let mut groups: Vec<Group> = Vec::new();
    for (_, _, offer) in ranked {
        let kind = all[offer].kind;
        match groups.iter_mut().find(|group| group.kind == kind) {
            Some(group) if group.hits.len() >= AT_MOST => group.more += 1,
            Some(group) => group.hits.push(hit(&mut matcher, all, offer)),
            None => groups.push(Group {
                kind,
                hits: vec![hit(&mut matcher, all, offer)],
                more: 0,
            }),
        }
    }
    groups
}

fn matcher(typed: &str) -> Option<Matcher> {
    let words: Vec<Pattern> = typed.split_whitespace().map(Pattern::from).collect();
    let config = Config::default().casing(CaseMatching::Ignore);
    (!words.is_empty()).then(|| Matcher::from_patterns(&words, &config))
}

fn hit(matcher: &mut Matcher, all: &[Offer], offer: usize) -> Hit {
    let label = all[offer].label.as_str();
    let found = matcher.match_list_indices(&[label]).into_iter().next();
    let bytes = found.map(|found| found.indices).unwrap_or_default();
    let mut marks: Vec<usize> = bytes.into_iter().map(|byte| byte as usize).collect();
    marks.sort_unstable();
    marks.dedup();
    Hit { offer, marks }
}

/// What is listed before anything is typed.
fn at_first(all: &[Offer]) -> Vec<Group> {
    let of = |kind: Kind| {
        let those = all.iter().enumerate();
        let those = those.filter(|(_, offer)| offer.kind == kind);
        let mut hits: Vec<Hit> = those
            .map(|(offer, _)| Hit {
                offer,
                marks: Vec::new(),
            })
            .collect();
        let listed = match kind {
            Kind::Step | Kind::Action => hits.len(),
            _ => AT_FIRST.min(hits.len()),
        };
        let more = hits.len() - listed;
        hits.truncate(listed);
        Group { kind, hits, more }
    };
    let groups = Kind::ALL.map(of).into_iter();
    groups.filter(|group| !group.hits.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explorer::action::Action;
    use crate::explorer::catalogue::Name;
    use crate::explorer::palette::offer::Target;

    fn offer(kind: Kind, label: &str, target: Target) -> Offer {
        Offer {
            kind,
            handle: String::new(),
            label: label.to_owned(),
            text: format!("{label} "),
            target,
        }
    }

    fn some() -> Vec<Offer> {
        let code = |code: &str| Target::Entry(Name::Code(code.to_owned()));
        vec![
            offer(Kind::Action, "compare", Target::Act(Action::Compare)),
            offer(Kind::Action, "copy", Target::Act(Action::Copy)),
            offer(Kind::Run, "silent ✗ invalid_grant 50076", Target::Past(1)),
            offer(
                Kind::Code,
                "A second factor AADSTS500760",
                code("AADSTS500760"),
            ),
            offer(
                Kind::Code,
                "A second factor AADSTS50076",
                code("AADSTS50076"),
            ),
        ]
    }

    fn labels(all: &[Offer], typed: &str) -> Vec<String> {
        let groups = find(all, typed);
        let hits = groups.iter().flat_map(|group| &group.hits);
        hits.map(|hit| all[hit.offer].label.clone()).collect()
    }

    #[test]
    fn letters_in_order_are_enough_and_words_may_come_in_any_order() {
        assert_eq!(labels(&some(), "cmp")[0], "compare");
        assert_eq!(
            labels(&some(), "factor scnd")[0],
            "A second factor AADSTS500760"
        );
        assert!(labels(&some(), "zebra").is_empty());
    }

    #[test]
    fn a_number_finds_its_code_before_whatever_else_holds_it() {
        let found = labels(&some(), "50076");
        assert_eq!(found[0], "A second factor AADSTS50076");
        assert!(found.contains(&"silent ✗ invalid_grant 50076".to_owned()));
    }

    #[test]
    fn the_letters_that_were_typed_are_marked_where_they_stand() {
        let all = some();
        let groups = find(&all, "invalid");
        let hit = &groups[0].hits[0];
        let label = &all[hit.offer].label;
        let marked: String = hit
            .marks
            .iter()
            .map(|at| label.as_bytes()[*at] as char)
            .collect();
        assert_eq!(marked, "invalid");
    }

    #[test]
    fn without_a_word_each_kind_shows_its_first_few_and_says_how_many_more_there_are() {
        let mut all = some();
        for n in 0..20 {
            all.push(offer(Kind::Past, &n.to_string(), Target::Past(n)));
        }
        let groups = find(&all, "  ");
        let past = groups
            .iter()
            .find(|group| group.kind == Kind::Past)
            .unwrap();
        assert_eq!((past.hits.len(), past.more), (AT_FIRST, 20 - AT_FIRST));
    }
}
