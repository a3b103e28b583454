//! A scenario in a person's hands: its steps as things to see, and how far the person has come, whichever key took
//! them there.

use std::sync::Arc;

use super::hand::Hand;
use crate::model::{Deed, RunSpec, Scenario};
use crate::session::Notice;
use crate::session::core::Core;
use crate::session::protocol::Habits;
use crate::strings::session as say;

/// One step as a person sees it: a deed, and what has to be settled before it (what is typed, how the lab's user will
/// behave), which shows only through the deed.
pub(super) struct Stride {
    before: Vec<Deed>,
    /// What is done in the end.
    pub(super) deed: Deed,
}

impl Stride {
    /// The step in words.
    pub(super) fn words(&self) -> String {
        say::stride(&self.before, &self.deed)
    }

    fn settle(&self, habits: &mut Habits) {
        for deed in self.before.iter().chain([&self.deed]) {
            match deed {
                Deed::Enter { right } => habits.types_wrong = !right,
                Deed::User(act) => habits.act = Some(act.clone()),
                _ => {}
            }
        }
    }
}

/// The steps of a scenario as a person sees them.
pub(super) fn strides(scenario: &Scenario) -> Vec<Stride> {
    let deeds: Vec<&Deed> = scenario.step.iter().map(|step| &step.r#do).collect();
    let mut strides = Vec::new();
    let mut before = Vec::new();
    for (nth, deed) in deeds.iter().enumerate() {
        let begins_next = matches!(
            deeds.get(nth + 1),
            Some(Deed::Run { .. } | Deed::Faulty(_) | Deed::Plan(_) | Deed::SignIn)
        );
        let settles = match deed {
            Deed::Enter { .. } => nth + 1 < deeds.len(),
            Deed::User(_) => begins_next,
            _ => false,
        };
        if settles {
            before.push((*deed).clone());
        } else {
            strides.push(Stride {
                before: std::mem::take(&mut before),
                deed: (*deed).clone(),
            });
        }
    }
    strides
}

/// Performs step `step` as the person's key press would: what it begins is left for the person (or the lab's user, by
/// key) to finish.
pub(in crate::session) fn step(core: &Arc<Core>, step: usize) {
    let core = Arc::clone(core);
    tokio::spawn(async move {
        let Some(active) = core.state().scenario.clone() else {
            return;
        };
        let Some(stride) = strides(&active.scenario).into_iter().nth(step) else {
            return;
        };
        let habits = settled(&core, &stride, step + 1);
        let mut hand = Hand::of_a_person(habits);
        if let Err(sentence) = hand.perform(&core, &stride.deed).await {
            core.tell(Notice::Said(sentence));
        }
        tell(&core);
    });
}

fn settled(core: &Core, stride: &Stride, next: usize) -> Habits {
    let mut state = core.state();
    stride.settle(&mut state.habits);
    state.next_step = next;
    state.habits.clone()
}

/// The person did something by another key than that for the scenario's next step. Where it is that step, the scenario
/// goes on: what has to be settled before it is settled, and the next one is told.
pub(in crate::session) fn follow(core: &Core, is: impl FnOnce(&Deed) -> bool) -> bool {
    let (scenario, at) = {
        let state = core.state();
        let Some(active) = &state.scenario else {
            return false;
        };
        (Arc::clone(&active.scenario), state.next_step)
    };
    let Some(stride) = strides(&scenario).into_iter().nth(at) else {
        return false;
    };
    if !is(&stride.deed) {
        return false;
    }
    settled(core, &stride, at + 1);
    tell(core);
    true
}

/// As [`follow`], for a run that is begun.
pub(in crate::session) fn follows_run(core: &Core, spec: &RunSpec) -> bool {
    follow(core, |deed| {
        matches!(deed, Deed::Run { flow, force_refresh, prompt }
            if *flow == spec.flow && *force_refresh == spec.force_refresh && *prompt == spec.asking.prompt)
    })
}

fn tell(core: &Core) {
    let (name, spec, next, habits) = {
        let state = core.state();
        let Some(active) = &state.scenario else {
            return;
        };
        (
            active.scenario.name.clone(),
            Box::new(active.spec.clone()),
            state.next_step,
            state.habits.clone(),
        )
    };
    core.tell(Notice::ScenarioReady {
        name,
        spec,
        next,
        habits,
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::script::known_scenario;

    fn words(name: &str) -> Vec<String> {
        let scenario = known_scenario(name).expect("the scenario is there");
        strides(&scenario).iter().map(Stride::words).collect()
    }

    #[test]
    fn what_is_typed_belongs_to_the_step_that_asks_for_it() {
        let scenario = known_scenario("wrong-client-secret").expect("the scenario is there");
        let strides = strides(&scenario);
        assert_eq!(strides.len(), 2);
        assert_eq!(strides[0].before, [Deed::Enter { right: false }]);
        assert_eq!(strides[1].before, [Deed::Enter { right: true }]);
        assert_eq!(strides[1].deed, Deed::Plan(1));
    }

    #[test]
    fn what_the_user_does_on_the_page_that_waits_is_a_step_of_its_own() {
        assert_eq!(words("device-declined").len(), 3);
        assert_eq!(words("device-granted").len(), 2);
        assert_eq!(words("consent-declined").len(), 2);
    }

    #[test]
    fn every_step_of_every_scenario_has_words() {
        for scenario in crate::session::script::scenarios() {
            for stride in strides(&scenario) {
                assert!(!stride.words().is_empty(), "{}", scenario.name);
            }
        }
    }
}
