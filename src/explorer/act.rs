//! What keys, pastes and the mouse do. Each arm is one call into the noun that owns it.

mod enabled;

use crate::session::Command;
use crate::strings::explorer as s;

use super::action::Action;
use super::key::{Code, Key};
use super::message::{Effect, Effects, Mouse, MouseDeed};
use super::pane::{Mode, Pane, Scene};
use super::scroll::Motion;
use super::state::State;
use super::{
    api, ask, catalogue, code, compare, consent, copy, exchanges, form, found, history, lab, mark,
    palette, paste, picker, play, point, present, qr, reply, runs, scenarios, search, start, steps,
    token, trail, uses, world,
};

pub use enabled::enabled;

/// A key was pressed.
pub fn key(state: &mut State, key: Key) -> Effects {
    state.status = None;
    let was_revealed = state.revealed;
    let (pane, mode) = (state.pane(), state.mode());
    let found = state.keymap.action_for(pane, mode, key);
    let works = found.is_some_and(|action| enabled(state, action));
    present::pressed(state, key, found, works);
    play::pressed(state, found);
    let effects = match found {
        Some(action) if works => act(state, action, key),
        None if mode == Mode::Text => typed(state, key),
        Some(_) | None => Vec::new(),
    };
    if was_revealed {
        state.revealed = false;
        state.touch();
    }
    effects
}

/// Text was pasted into the terminal: into the field that takes text, or into the box for pastes.
pub fn pasted(state: &mut State, text: &str) -> Effects {
    state.status = None;
    present::pasted(state);
    if state.search.editing {
        search::pasted(state, text);
        return Vec::new();
    }
    match state.pane() {
        Pane::Form => form::pasted(state, text),
        Pane::Ask => ask::pasted(state, text),
        Pane::Paste => paste::pasted(state, text),
        Pane::Draft => steps::pasted(state, text),
        Pane::Lookup => catalogue::pasted(state, text),
        Pane::Palette => palette::pasted(state, text),
        _ => {
            paste::open(state);
            paste::pasted(state, text);
        }
    }
    Vec::new()
}

/// The mouse did something.
pub fn mouse(state: &mut State, mouse: Mouse) -> Effects {
    let areas = state.areas();
    let top = state.over.last().copied();
    let hit = areas.iter().rev().find(|(pane, area)| {
        let on_top = top.is_none_or(|top| top == pane.lid());
        area.holds(mouse.x, mouse.y) && on_top
    });
    let Some((pane, area)) = hit.copied() else {
        return Vec::new();
    };
    match mouse.deed {
        MouseDeed::WheelUp | MouseDeed::WheelDown => {
            state.views.roll(pane, mouse.deed == MouseDeed::WheelDown);
        }
        MouseDeed::Click => {
            if state.is_tabbed(pane) && mouse.y == area.y {
                let (width, column) = (area.w.saturating_sub(2), mouse.x - area.x);
                let tab = usize::from(column)
                    .checked_sub(1)
                    .and_then(|column| super::title::tab_at(state, usize::from(width), column));
                state.focus_on(tab.unwrap_or(pane));
                state.touch();
            } else {
                point::focus(state, pane);
            }
            if mouse.y > area.y && mouse.y + 1 < area.y + area.h {
                let row = state.views.scroll(pane).top + usize::from(mouse.y - area.y - 1);
                state.views.put_row(pane, row);
            }
        }
    }
    after_moving(state, pane);
    Vec::new()
}

fn typed(state: &mut State, key: Key) -> Effects {
    if state.search.editing {
        search::typed(state, key);
        return Vec::new();
    }
    match state.pane() {
        Pane::Form => form::typed(state, key),
        Pane::Paste => return paste::typed(state, key),
        Pane::Ask => ask::typed(state, key),
        Pane::Draft => steps::typed(state, key),
        Pane::Lookup => catalogue::typed(state, key),
        Pane::Palette => palette::typed(state, key),
        _ => {}
    }
    Vec::new()
}

/// Does what a key would do, without the key.
pub fn perform(state: &mut State, action: Action) -> Effects {
    if enabled(state, action) {
        act(state, action, Key::of(Code::Enter))
    } else {
        state.say(s::NOT_NOW);
        Vec::new()
    }
}

fn act(state: &mut State, action: Action, key: Key) -> Effects {
    match action {
        Action::Up => moved(state, Motion::Up),
        Action::Down => moved(state, Motion::Down),
        Action::Top => moved(state, Motion::Top),
        Action::Bottom => moved(state, Motion::Bottom),
        Action::PageUp => moved(state, Motion::PageUp),
        Action::PageDown => moved(state, Motion::PageDown),
        Action::Do => steps::perform(state),
        Action::DoNumber => steps::perform_nth(state, key.digit().unwrap_or(1) - 1),
        Action::Choose | Action::OpenRun => choose(state),
        Action::Submit => submit(state),
        Action::LabUser
        | Action::CutWait
        | Action::CancelRun
        | Action::Repeat
        | Action::CallApi
        | Action::NextScenarioStep => running(state, action),
        Action::Copy | Action::CopyAll | Action::CopyIds | Action::OpenLink => {
            copy::act(state, action)
        }
        Action::Compare => compare::ask(state),
        Action::Verify => token::verify(state),
        Action::ClearHistory => history::clear(state),
        Action::Quit | Action::Interrupt => vec![Effect::Ask(Command::Quit), Effect::Quit],
        Action::Redraw => vec![Effect::Redraw],
        Action::Suspend => vec![Effect::Suspend],
        Action::Mouse => {
            state.mouse = !state.mouse;
            state.say(s::mouse(state.mouse));
            vec![Effect::Mouse(state.mouse)]
        }
        Action::Back => {
            state.touch();
            back(state)
        }
        Action::Scenarios => scenarios::open(state),
        Action::Play => play::on(state),
        Action::Lab => lab::open(state),
        Action::StartOver => scenarios::start_over(state),
        Action::SignInBeforehand => lab::sign_in_beforehand(state),
        Action::History => history::open(state),
        Action::Catalogue => catalogue::open(state),
        Action::Palette => palette::open(state),
        Action::LookUp => catalogue::look_up(state),
        other => {
            look(state, other);
            Vec::new()
        }
    }
}

/// Actions that change only what is looked at.
fn look(state: &mut State, action: Action) {
    match action {
        Action::NextPane | Action::PreviousPane if state.pane().is_catalogue() => {
            catalogue::next_pane(state, action == Action::NextPane);
        }
        Action::NextPane | Action::PreviousPane if state.pane().is_lab() => lab::next_pane(state),
        Action::NextPane => next_pane(state, 1),
        Action::PreviousPane => next_pane(state, Pane::MAIN.len() - 1),
        Action::NextWay => steps::turn_way(state, true),
        Action::PreviousWay => steps::turn_way(state, false),
        Action::SkipStep => steps::skip(state),
        Action::EditMessage => steps::edit(state),
        Action::AsWritten => steps::as_written(state),
        Action::Search if state.pane() == Pane::Catalogue => catalogue::go(state, Pane::Lookup),
        Action::Search => search::open(state),
        Action::NextHit => search::step(state, search::Way::On),
        Action::PreviousHit => search::step(state, search::Way::Back),
        Action::Reveal => {
            state.revealed = true;
            state.say(s::REVEALED);
        }
        Action::GoBack => trail::go(state, true),
        Action::GoForward => trail::go(state, false),
        Action::Mark => mark::mark(state),
        Action::CallOther => api::propose(state),
        Action::Qr => qr::open(state),
        Action::Paste => paste::open(state),
        Action::Exact
        | Action::Fold
        | Action::Unfold
        | Action::FoldUp
        | Action::FoldAll
        | Action::Side => lay(state, action),
        Action::NextExchange => reply::go(state, true),
        Action::PreviousExchange => reply::go(state, false),
        Action::LabActs => world::open_acts(state),
        Action::Uses => uses::open(state),
        Action::Force => lab::propose_force(state),
        Action::Order => lab::propose(state, ""),
        Action::NextRequest => lab::step(state, true),
        Action::PreviousRequest => lab::step(state, false),
        Action::Form => form::open(state, None),
        Action::Log => state.push(Pane::Log),
        Action::Guide => state.push(Pane::Guide),
        Action::Present => present::toggle(state),
        Action::Code => state.push(Pane::Code),
        Action::Help => state.push(Pane::Help),
        Action::NextField => form::go(state, true),
        Action::PreviousField => form::go(state, false),
        Action::NextValue => turn(state, true),
        Action::PreviousValue => turn(state, false),
        Action::NextClass
        | Action::PreviousClass
        | Action::NextActor
        | Action::PreviousActor
        | Action::NextLogin
        | Action::PreviousLogin => catalogue::turn(state, action),
        Action::ClearFilters => catalogue::clear(state),
        _ => {}
    }
    state.touch();
}

fn turn(state: &mut State, on: bool) {
    match state.pane() {
        Pane::Found => found::turn(state, on),
        Pane::Code => code::turn(state, on),
        _ => form::turn(state, on),
    }
}

/// Actions that change how much of a pane is laid out.
fn lay(state: &mut State, action: Action) {
    match action {
        Action::Exact if state.pane() == Pane::Found => state.found.exact = !state.found.exact,
        Action::Exact => state.reply.exact = !state.reply.exact,
        Action::Fold => fold(state),
        Action::Unfold => reply::open(state),
        Action::FoldUp => reply::close(state),
        Action::FoldAll => reply::turn_all(state),
        _ => reply::turn(state),
    }
}

fn fold(state: &mut State) {
    if state.pane() == Pane::Reply {
        state.reply.headers = !state.reply.headers;
    } else {
        state.details = !state.details;
    }
}

fn running(state: &mut State, action: Action) -> Effects {
    if action == Action::CancelRun && search::narrowed(state) {
        return search::widen(state);
    }
    let Some(run) = state.selected_id() else {
        return match action {
            Action::NextScenarioStep => scenarios::next(state),
            _ => Vec::new(),
        };
    };
    let command = match action {
        Action::LabUser => return world::complete(state),
        Action::NextScenarioStep => return scenarios::next(state),
        Action::CutWait => Command::CutWait(run),
        Action::CancelRun => Command::Cancel(run),
        Action::CallApi => return api::again(state),
        _ if steps::is_unsent(state) => Command::SendNow(run),
        _ if state.pane().is_lab() => lab::repeat(state, run),
        _ => Command::Repeat(run),
    };
    vec![Effect::Ask(command)]
}

fn moved(state: &mut State, motion: Motion) -> Effects {
    state.trail.moving = true;
    let pane = state.pane();
    if pane == Pane::Lookup {
        catalogue::moved(state, motion);
        return Vec::new();
    }
    if pane == Pane::Palette {
        state.views.go(Pane::Offers, motion);
        return Vec::new();
    }
    state.views.go(pane, motion);
    after_moving(state, pane);
    Vec::new()
}

/// What follows the cursor of a list.
pub(super) fn after_moving(state: &mut State, pane: Pane) {
    if pane == Pane::Catalogue {
        catalogue::follow(state);
    }
    if pane == Pane::Runs
        && let Some(nth) = state.views.item(Pane::Runs)
        && let Some(id) = runs::nth(state, nth)
    {
        runs::look_at(state, id);
    }
}

fn next_pane(state: &mut State, by: usize) {
    let at = Pane::MAIN
        .iter()
        .position(|pane| *pane == state.focus)
        .unwrap_or(0);
    state.focus_on(Pane::MAIN[(at + by) % Pane::MAIN.len()]);
}

fn choose(state: &mut State) -> Effects {
    let pane = state.pane();
    let item = state.views.item(pane);
    match pane {
        Pane::Start => start::choose(state, item),
        Pane::Picker => picker::choose(state, item),
        Pane::History => history::choose(state, item),
        Pane::Lab | Pane::Requests | Pane::Record | Pane::Seen => lab::choose(state, item),
        Pane::Acts => world::choose(state, item),
        Pane::Uses => uses::choose(state, item),
        Pane::Consent => consent::agree(state),
        Pane::Palette => palette::choose(state),
        Pane::Lookup | Pane::Catalogue => {
            catalogue::go(state, Pane::Entry);
            Vec::new()
        }
        Pane::Exchanges => {
            if let Some(at) = exchanges::under_cursor(state) {
                state.reply.exchange = Some(at);
                state.focus_on(Pane::Reply);
                state.touch();
            }
            Vec::new()
        }
        _ => {
            state.focus_on(Pane::Diagnosis);
            state.touch();
            Vec::new()
        }
    }
}

fn submit(state: &mut State) -> Effects {
    if state.search.editing {
        return search::submit(state);
    }
    match state.pane() {
        Pane::Form => form::submit(state),
        Pane::Paste => paste::submit(state),
        Pane::Ask => ask::submit(state),
        Pane::Draft => {
            steps::keep(state);
            Vec::new()
        }
        _ => Vec::new(),
    }
}

fn back(state: &mut State) -> Effects {
    if state.search.editing {
        return search::leave(state);
    }
    if search::narrowed(state) {
        return search::widen(state);
    }
    match state.pane() {
        Pane::Ask => ask::cancel(state),
        Pane::Draft => steps::keep(state),
        Pane::Lab | Pane::Requests | Pane::Record | Pane::Seen => lab::back(state),
        Pane::Lookup | Pane::Catalogue | Pane::Entry => catalogue::back(state),
        Pane::Picker if state.runs.all().is_empty() && !state.scenarios.chosen() => {
            state.show(Scene::Start);
        }
        Pane::Picker => state.show(Scene::Main),
        _ => state.pop(),
    }
    Vec::new()
}

/// Helps the nouns that read keys while text is typed.
pub const fn plain_char(key: Key) -> Option<char> {
    match key.code {
        Code::Char(c) if !key.ctrl && !key.alt => Some(c),
        _ => None,
    }
}
