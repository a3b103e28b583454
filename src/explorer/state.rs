//! What the explorer knows. Plain data; every change goes through `update`.

use std::sync::Arc;

use crate::model::{LabInfo, Moment, Opening, Profile, RunId, WorldView};
use crate::redact::Redactor;
use crate::report::code::Language;
use crate::session::Command;

use super::ask::Ask;
use super::catalogue::Catalogue;
use super::compare::Compared;
use super::filter::Filters;
use super::form::Form;
use super::found::Found;
use super::history::Past;
use super::keymap::{Binding, Keymap, Keys};
use super::lab::Lab;
use super::layout::{self, Area};
use super::mark::Marked;
use super::message::{Effect, Effects};
use super::palette::Palette;
use super::pane::{Mode, Pane, Scene};
use super::paste::PasteBox;
use super::play::{self, Coming, Play};
use super::present::{self, Presenter};
use super::reply::ReplyState;
use super::rows::Content;
use super::runs::Runs;
use super::scenarios::Scenarios;
use super::scroll::Scroll;
use super::search::Search;
use super::steps::Steps;
use super::title::{Footer, Status};
use super::trail::Trail;
use super::views::Views;

/// What the explorer is opened with.
pub struct Opened {
    /// What it shows first.
    pub opening: Opening,
    /// Removes secrets from what is shown and copied.
    pub redactor: Redactor,
    /// The time now.
    pub now: Moment,
    /// Columns and rows of the screen.
    pub size: (u16, u16),
    /// Profiles the form can start from.
    pub profiles: Vec<Profile>,
    /// What the keys do.
    pub keys: Keys,
}

/// Everything the explorer knows.
pub struct State {
    /// The time as the shell last told it. The shell sets it before every update.
    pub now: Moment,
    /// Columns and rows of the screen.
    pub size: (u16, u16),
    pub(super) redactor: Redactor,
    pub(super) opening: Opening,
    pub(super) scene: Scene,
    pub(super) over: Vec<Pane>,
    pub(super) focus: Pane,
    pub(super) tab: Pane,
    pub(super) views: Views,
    pub(super) runs: Runs,
    pub(super) reply: ReplyState,
    pub(super) steps: Steps,
    pub(super) scenarios: Scenarios,
    pub(super) play: Play,
    pub(super) presenter: Presenter,
    pub(super) lab_screen: Lab,
    pub(super) filters: Filters,
    pub(super) form: Form,
    pub(super) paste: PasteBox,
    pub(super) found: Found,
    /// What calls are written in.
    pub(super) language: Language,
    pub(super) past: Past,
    pub(super) catalogue: Catalogue,
    pub(super) palette: Box<Palette>,
    pub(super) keymap: Keymap,
    pub(super) compared: Option<Arc<Compared>>,
    pub(super) trail: Box<Trail>,
    pub(super) marked: Option<Marked>,
    pub(super) handed: Option<super::steps::Handed>,
    pub(super) consent: Option<super::consent::Asked>,
    pub(super) ask: Ask,
    pub(super) search: Search,
    pub(super) status: Option<Status>,
    pub(super) typed_call: super::api::Typed,
    pub(super) lab: Option<LabInfo>,
    pub(super) world: Option<WorldView>,
    pub(super) profiles: Vec<Profile>,
    pub(super) revealed: bool,
    pub(super) details: bool,
    pub(super) remembered: super::saved::Remembered,
    pub(super) mouse: bool,
    pub(super) edition: u64,
}

impl State {
    /// A fresh explorer.
    pub fn new(opened: Opened) -> Self {
        let scene = match opened.opening {
            Opening::Start => Scene::Start,
            Opening::Demo { .. } => Scene::Picker,
        };
        let mut state = Self {
            now: opened.now,
            size: opened.size,
            redactor: opened.redactor,
            opening: opened.opening,
            scene,
            over: Vec::new(),
            focus: Pane::Steps,
            tab: Pane::Diagnosis,
            views: Views::default(),
            runs: Runs::default(),
            reply: ReplyState::default(),
            steps: Steps::default(),
            scenarios: Scenarios::default(),
            play: Play::default(),
            presenter: Presenter::default(),
            lab_screen: Lab::default(),
            filters: Filters::default(),
            form: Form::default(),
            paste: PasteBox::default(),
            found: Found::default(),
            language: Language::default(),
            past: Past::default(),
            catalogue: Catalogue::default(),
            palette: Box::default(),
            keymap: opened.keys.map,
            compared: None,
            trail: Box::default(),
            marked: None,
            handed: None,
            consent: None,
            ask: Ask::default(),
            search: Search::default(),
            status: None,
            typed_call: None,
            lab: None,
            world: None,
            profiles: opened.profiles,
            revealed: false,
            details: false,
            remembered: super::saved::Remembered::default(),
            mouse: true,
            edition: 0,
        };
        if !opened.keys.warning.is_empty() {
            state.warn(opened.keys.warning);
        }
        super::views::refresh(&mut state);
        super::trail::note(&mut state);
        state
    }

    /// What to ask of the session once the first frame is on screen.
    pub fn begin(&mut self) -> Effects {
        match self.opening.clone() {
            Opening::Start => Vec::new(),
            Opening::Demo { scenario } => {
                self.scenarios.lab_asked = true;
                self.scenarios.setting_up.clone_from(&scenario);
                self.touch();
                super::views::refresh(self);
                // Setting a scenario up starts the lab as well.
                vec![Effect::Ask(
                    scenario.map_or(Command::StartLab, Command::Scenario),
                )]
            }
        }
    }

    /// The pane that keys go to.
    pub fn pane(&self) -> Pane {
        self.pane_under(None)
    }

    /// The pane that keys would go to if a box did not lie over it.
    pub(super) fn pane_under(&self, lid: Option<Pane>) -> Pane {
        match self.over.iter().rfind(|pane| Some(**pane) != lid) {
            Some(Pane::Catalogue) => self.catalogue.at(),
            Some(Pane::Lab) => self.lab_screen.at(),
            Some(over) => *over,
            None => match self.scene {
                Scene::Start => Pane::Start,
                Scene::Picker => Pane::Picker,
                Scene::Main => self.focus,
            },
        }
    }

    /// How keys are read now.
    pub fn mode(&self) -> Mode {
        if self.search.editing || self.pane().takes_text() {
            Mode::Text
        } else {
            Mode::Normal
        }
    }

    /// What lies under everything.
    pub const fn scene(&self) -> Scene {
        self.scene
    }

    /// Where a single pane stands in for the others, the one that is on top.
    pub const fn tab(&self) -> Pane {
        self.tab
    }

    /// Whether everything that is drawn moves with time: a countdown is on screen.
    pub fn moving(&self) -> bool {
        self.scene == Scene::Main
            && self
                .runs
                .selected()
                .is_some_and(super::runs::Entry::counts_down)
    }

    /// Whether the screen is too small to draw.
    pub const fn too_small(&self) -> bool {
        layout::too_small(self.size)
    }

    /// Whether all panes of the main screen are on screen together.
    pub const fn wide(&self) -> bool {
        layout::wide(self.size)
    }

    /// The panes on screen, those on top last.
    pub fn areas(&self) -> Vec<(Pane, Area)> {
        let footer = self.footer_height() + self.strip_height();
        let mut areas = match self.scene {
            Scene::Start => vec![(Pane::Start, layout::whole(self.size, footer))],
            Scene::Picker => layout::picker(self.size, footer),
            Scene::Main if self.presenting() => layout::presented(self.size, footer, self.tab),
            Scene::Main => layout::main(self.size, footer, self.tab),
        };
        for over in &self.over {
            if *over == Pane::Catalogue {
                let (at, filters) = (self.catalogue.at(), self.catalogue.filters());
                areas.extend(layout::catalogue(self.size, footer, at, filters));
            } else if *over == Pane::Lab {
                areas.extend(layout::lab(self.size, footer, self.lab_screen.at()));
            } else if *over == Pane::Palette {
                areas.extend(layout::palette(self.size, footer));
            } else {
                areas.push((*over, layout::over(self.size, footer, *over)));
            }
        }
        areas
    }

    /// How many boxes a pane lies over; those of one height lie beside each other.
    pub fn height_of(&self, pane: Pane) -> usize {
        let lid = pane.lid();
        let place = self.over.iter().position(|over| *over == lid);
        place.map_or(0, |place| place + 1)
    }

    /// What a pane shows.
    pub fn content(&self, pane: Pane) -> &Content {
        self.views.content(pane)
    }

    /// Where a pane stands.
    pub fn scroll(&self, pane: Pane) -> Scroll {
        self.views.scroll(pane)
    }

    /// What a pane is called now.
    pub fn pane_title(&self, pane: Pane) -> String {
        super::title::pane(self, pane)
    }

    /// Whether a pane stands where others of the main screen can, with their titles beside its own.
    pub fn is_tabbed(&self, pane: Pane) -> bool {
        let apart = pane == Pane::Steps || pane == Pane::Reply && self.wide();
        pane.is_main() && !apart && (self.presenting() || !self.wide())
    }

    /// What stands in the lower border of a pane.
    pub fn lower_title(&self, pane: Pane) -> Option<String> {
        present::lower_title(self, pane)
    }

    /// What the key for playing on does now.
    pub fn coming(&self) -> Coming {
        play::coming(self)
    }

    /// Where a single pane stands in for the others: the titles in its upper border, each with its pane.
    pub fn tabs(&self, width: usize) -> Vec<(Pane, String)> {
        super::title::tabs(self, width)
    }

    /// The title bar: what runs, and the mark that it is simulated.
    pub fn title(&self) -> (String, Option<&'static str>) {
        super::title::bar(self)
    }

    /// The lowest line: keys, a message or the search prompt.
    pub fn footer(&self) -> Footer<'_> {
        super::title::footer(self)
    }

    /// How many rows the footer takes.
    pub fn footer_height(&self) -> u16 {
        super::title::footer_height(self)
    }

    /// The bindings that do something now.
    pub fn bindings(&self) -> impl Iterator<Item = &Binding> {
        self.keymap
            .active(self.pane(), self.mode())
            .filter(|binding| super::act::enabled(self, binding.action))
    }

    /// What is being looked for in a pane, so that it can be marked.
    pub fn looked_for(&self, pane: Pane) -> Option<&str> {
        match pane {
            Pane::Lookup | Pane::Palette | Pane::Offers => None,
            Pane::Catalogue => self.catalogue.typed(),
            _ if Filters::narrows(pane) => {
                Some(self.filters.get(pane)).filter(|text| !text.is_empty())
            }
            _ if pane == self.pane() => self.search.shown(),
            _ => None,
        }
    }

    /// Whether a pane's item is tied to what the cursor of another pane is on.
    pub fn linked(&self, pane: Pane, item: usize) -> bool {
        super::link::linked(self, pane, item)
    }

    /// Whether the mouse is caught.
    pub const fn mouse(&self) -> bool {
        self.mouse
    }

    /// Whether hidden values are shown until the next key.
    pub const fn revealed(&self) -> bool {
        self.revealed
    }

    pub(super) fn push(&mut self, pane: Pane) {
        self.over.retain(|over| *over != pane);
        self.over.push(pane);
        self.views.forget(pane);
    }

    pub(super) fn pop(&mut self) {
        self.over.pop();
    }

    pub(super) fn close(&mut self, pane: Pane) {
        self.over.retain(|over| *over != pane);
    }

    pub(super) fn show(&mut self, scene: Scene) {
        self.scene = scene;
        // The lab's screen stays: whoever stands at it sees there what comes of a run.
        self.over
            .retain(|pane| *pane == Pane::Lab && scene == Scene::Main);
    }

    pub(super) fn focus_on(&mut self, pane: Pane) {
        self.focus = pane;
        if pane != Pane::Steps {
            self.tab = pane;
        }
    }

    pub(super) fn touch(&mut self) {
        self.edition += 1;
    }

    pub(super) fn selected_id(&self) -> Option<RunId> {
        self.runs.selected().map(|entry| entry.run.id)
    }
}
