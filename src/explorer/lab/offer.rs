//! What can be done to the world, as one list made from what the world says of itself: a setting that the lab learns
//! is listed here without a line of its own.

use crate::model::world::{PolicyView, SettingView, Thing, ThingView};
use crate::model::{WorldChange, WorldView};
use crate::strings::explorer as s;

use crate::explorer::Action;
use crate::explorer::state::State;

/// One row that can be chosen.
pub enum Offer {
    /// Switched by `words on|off`.
    Switch {
        /// The change without its last word.
        words: String,
        /// What is switched.
        view: PolicyView,
    },
    /// Something that was ordered and stands until it has happened; the change takes it back.
    Standing(String, WorldChange),
    /// A thing whose settings can be shown.
    Thing(ThingView),
    /// A setting of a thing.
    Setting(Thing, String, SettingView),
    /// A change that is made.
    Change(WorldChange, &'static str),
    /// The beginning of a change that somebody completes.
    Begin(&'static str, &'static str),
    /// Something a key does as well.
    Act(Action, &'static str),
}

/// A row with the heading it stands under.
pub struct Placed {
    /// The heading.
    pub under: &'static str,
    /// What stands there.
    pub offer: Offer,
}

impl Offer {
    /// The text that is looked for.
    pub fn text(&self) -> String {
        match self {
            Self::Switch { view, .. } => format!("{} {}", view.name, view.does),
            Self::Standing(words, _) => words.clone(),
            Self::Thing(thing) => format!("{} {}", thing.name, thing.about),
            Self::Setting(_, name, setting) => {
                format!("{name} {} {}", setting.key, setting.value)
            }
            Self::Change(_, words) | Self::Act(_, words) => (*words).to_owned(),
            Self::Begin(start, words) => format!("{start} {words}"),
        }
    }

    /// What it is told apart by, however it stands.
    pub fn name(&self) -> String {
        match self {
            Self::Switch { words, .. } => words.clone(),
            Self::Thing(thing) => key_of(thing.kind, &thing.name),
            Self::Setting(kind, name, setting) => {
                format!("{} {}", key_of(*kind, name), setting.key)
            }
            Self::Standing(..) | Self::Change(..) | Self::Begin(..) | Self::Act(..) => self.text(),
        }
    }
}

/// What a thing is remembered by while its settings are shown.
pub fn key_of(kind: Thing, name: &str) -> String {
    format!("{} {name}", kind.word())
}

/// Every row that is shown now.
pub fn all(state: &State) -> Vec<Placed> {
    let filter = state.filters.get(crate::explorer::Pane::Lab).to_lowercase();
    let words: Vec<&str> = filter.split_whitespace().collect();
    let fits = |under: &str, offer: &Offer| {
        let text = format!("{under} {}", offer.text()).to_lowercase();
        words.iter().all(|word| text.contains(word))
    };
    let mut rows = Vec::new();
    let mut add = |under: &'static str, offer: Offer| rows.push(Placed { under, offer });
    if let Some(world) = &state.world {
        standing(world, &mut add);
        for view in &world.policies {
            let words = format!("policy {}", view.name);
            let view = view.clone();
            add(s::LAB_POLICIES, Offer::Switch { words, view });
        }
        for thing in &world.things {
            add(heading(thing.kind), Offer::Thing(thing.clone()));
            let open = state
                .lab_screen
                .unfolded
                .contains(&key_of(thing.kind, &thing.name));
            for setting in &thing.settings {
                if open || setting.changed || !words.is_empty() {
                    let row = Offer::Setting(thing.kind, thing.name.clone(), setting.clone());
                    add(heading(thing.kind), row);
                }
            }
        }
        demands(&mut add);
        for view in &world.switches {
            let words = view.name.clone();
            let view = view.clone();
            add(s::LAB_WHOLE, Offer::Switch { words, view });
        }
        for (words, says) in s::CHANGES {
            if let Some(change) = WorldChange::parse(words) {
                add(s::LAB_CHANGES, Offer::Change(change, says));
            }
        }
    }
    add(
        s::LAB_SHOW,
        Offer::Act(Action::SignInBeforehand, s::OFFER_BEFOREHAND),
    );
    add(s::LAB_SHOW, Offer::Act(Action::StartOver, s::OFFER_START));
    rows.retain(|row| fits(row.under, &row.offer));
    rows
}

/// What was ordered and has not happened yet.
fn standing(world: &WorldView, add: &mut impl FnMut(&'static str, Offer)) {
    for forced in &world.forced {
        let back = WorldChange::Unforce(Some(forced.what.clone()));
        add(s::LAB_STANDING, Offer::Standing(s::forced(forced), back));
    }
    for fault in &world.faults {
        let name = fault.split(' ').next().unwrap_or_default();
        let back = WorldChange::FaultOff(Some(name.to_owned()));
        add(s::LAB_STANDING, Offer::Standing(s::faulty(fault), back));
    }
}

fn demands(add: &mut impl FnMut(&'static str, Offer)) {
    for (start, says) in s::DEMANDS {
        add(s::LAB_DEMANDS, Offer::Begin(start, says));
    }
    for (words, says) in s::FAULTS {
        if let Some(change) = WorldChange::parse(words) {
            add(s::LAB_DEMANDS, Offer::Change(change, says));
        }
    }
}

const fn heading(kind: Thing) -> &'static str {
    match kind {
        Thing::User => s::LAB_USERS,
        Thing::App => s::LAB_APPS,
        Thing::Device => s::LAB_DEVICES,
        Thing::Tenant => s::LAB_TENANTS,
    }
}
