//! A body as a tree: containers that fold, and values that are opened where they stand to show what is packed inside
//! them, to any depth.

use std::collections::BTreeSet;

use crate::decode::json::{self, JsonLine, Piece};
use crate::decode::{Content as Held, Inside, inside};
use crate::model::Spot;
use crate::strings::explorer as s;

use super::super::pane::Pane;
use super::super::rows::{Content, Fold, Role, Tie};
use super::super::state::State;

/// What was turned from how it is shown at first, by path: containers are open at first, values closed.
pub type Turned = BTreeSet<String>;

/// Lays trees out.
pub struct Tree<'a> {
    /// What was turned.
    pub turned: &'a Turned,
    /// Where the lines go.
    pub out: &'a mut Content,
}

impl Tree<'_> {
    /// A body, if it is JSON; whether it is.
    pub fn body(&mut self, bytes: &[u8]) -> bool {
        self.json(bytes, "", 0, true)
    }

    /// A named value on a line of its own, as headers and parameters have them.
    pub fn named(&mut self, named: (&str, &str), value: &(Role, String), tie: Tie, hang: usize) {
        let ((name, between), (role, text)) = (named, value);
        let path = format!("{between}{name}");
        self.pair(&path, (name, between), (*role, text), (0, hang, tie));
    }

    /// JSON below a path, `indent` columns in. Places in the reply's own body are tied to what was read there.
    fn json(&mut self, bytes: &[u8], path: &str, indent: usize, tied: bool) -> bool {
        let Some(lines) = json::outline(bytes) else {
            return false;
        };
        let mut at = 0;
        while let Some(line) = lines.get(at) {
            let tie = if tied {
                Tie::Spot(Spot::Pointer(line.pointer.clone().into()))
            } else {
                Tie::Nothing
            };
            let own = format!("{path}{}", line.pointer);
            let column = (indent + line.indent * 2).min(self.out.width() / 2);
            at += if opens(line) {
                self.container(&lines[at..], own, column, tie)
            } else {
                self.leaf(line, &own, column, tie);
                1
            };
        }
        true
    }

    /// A container's first line; all of it on one line where it is folded. How many lines that were.
    fn container(&mut self, lines: &[JsonLine], own: String, column: usize, tie: Tie) -> usize {
        let line = &lines[0];
        let open = !self.turned.contains(&own);
        let taken = if open { 1 } else { length(lines) };
        let source: Vec<String> = lines[..taken].iter().map(JsonLine::text).collect();
        let item = self.out.item(source.join("\n"), tie);
        item.fold = Some(Fold { path: own, open });
        let pad = " ".repeat(column);
        let mut pieces = vec![(Role::Plain, pad.as_str())];
        pieces.extend(roles(line));
        let members = direct(&lines[..taken]);
        let tail = s::folded(members);
        if !open {
            pieces.push((Role::Plain, " … "));
            let closing = lines[..taken].last().filter(|last| closes(last));
            let closing = closing.map(|last| &last.pieces);
            pieces.extend(
                closing
                    .into_iter()
                    .flatten()
                    .map(|(_, text)| (Role::Plain, text.as_str())),
            );
            pieces.push((Role::Dim, &tail));
        }
        self.out.line(column + 2, &pieces);
        taken
    }

    fn leaf(&mut self, line: &JsonLine, own: &str, column: usize, tie: Tie) {
        let string = line
            .pieces
            .iter()
            .find(|(piece, _)| *piece == Piece::String);
        // A short array on one line is left as it is: its entries have no place of their own.
        let alone = line
            .pieces
            .iter()
            .filter(|(piece, _)| *piece == Piece::String)
            .count()
            == 1;
        let found = string
            .filter(|_| alone)
            .and_then(|(_, raw)| serde_json::from_str::<String>(raw).ok())
            .and_then(|text| inside(&text));
        let pad = " ".repeat(column);
        let mut pieces = vec![(Role::Plain, pad.as_str())];
        pieces.extend(roles(line));
        self.openable(
            (line.text(), tie),
            own,
            found,
            (column, column + 2, &pieces),
        );
    }

    fn pair(
        &mut self,
        path: &str,
        (name, between): (&str, &str),
        (role, text): (Role, &str),
        (column, hang, tie): (usize, usize, Tie),
    ) {
        let pad = " ".repeat(column);
        let pieces = [
            (Role::Plain, pad.as_str()),
            (Role::Member, name),
            (Role::Plain, between),
            (role, text),
        ];
        let found = (role != Role::Secret).then(|| inside(text)).flatten();
        let source = format!("{name}{between}{text}");
        self.openable((source, tie), path, found, (column, hang, &pieces));
    }

    /// A line whose value may hold something, and what it holds where it was opened.
    fn openable(
        &mut self,
        (source, tie): (String, Tie),
        path: &str,
        found: Option<Inside>,
        (column, hang, pieces): (usize, usize, &[(Role, &str)]),
    ) {
        let open = self.turned.contains(path);
        let item = self.out.item(source, tie);
        let mut pieces = pieces.to_vec();
        let mark = found.as_ref().map(|found| s::packed(found.packing, open));
        if let Some(mark) = &mark {
            item.fold = Some(Fold {
                path: path.to_owned(),
                open,
            });
            pieces.push((Role::Dim, mark));
        }
        self.out.line(hang, &pieces);
        if let Some(found) = found.filter(|_| open) {
            self.held(&found.content, path, column + 2);
        }
    }

    /// What was packed inside a value.
    fn held(&mut self, held: &Held, path: &str, column: usize) {
        let path = format!("{path}»");
        match held {
            Held::Json(text) => {
                self.json(text.as_bytes(), &path, column, false);
            }
            Held::Text(text) => {
                let found = inside(text);
                let pad = " ".repeat(column);
                let pieces = [(Role::Plain, pad.as_str()), (Role::Text, text.as_str())];
                self.openable(
                    (text.clone(), Tie::Nothing),
                    &path,
                    found,
                    (column, column, &pieces),
                );
            }
            Held::Parameters(all) => {
                for (nth, (name, value)) in all.iter().enumerate() {
                    let own = format!("{path}{nth}");
                    let place = (column, column + 2, Tie::Nothing);
                    self.pair(&own, (name, " = "), (Role::Text, value), place);
                }
            }
        }
    }
}

fn opens(line: &JsonLine) -> bool {
    matches!(line.pieces.last(), Some((Piece::Punctuation, text)) if text == "{" || text == "[")
}

fn closes(line: &JsonLine) -> bool {
    matches!(line.pieces.first(), Some((Piece::Punctuation, text)) if text == "}" || text == "]")
}

/// How many lines a container takes that begins with the first of these; all, where it was cut off.
fn length(lines: &[JsonLine]) -> usize {
    let rest = lines.iter().skip(1);
    let end = rest
        .enumerate()
        .find(|(_, line)| line.indent <= lines[0].indent);
    end.map_or(lines.len(), |(before, last)| {
        before + 1 + usize::from(closes(last))
    })
}

/// The values directly in a container.
fn direct(lines: &[JsonLine]) -> usize {
    let inner = lines.iter().skip(1);
    inner
        .filter(|line| line.indent == lines[0].indent + 1 && !closes(line))
        .count()
}

fn roles(line: &JsonLine) -> impl Iterator<Item = (Role, &str)> {
    line.pieces
        .iter()
        .map(|(piece, text)| (super::role(*piece), text.as_str()))
}

/// What the cursor is on, if it can be folded or opened.
fn under_cursor(state: &State) -> Option<&Fold> {
    let pane = state.pane();
    let content = state.content(pane);
    let item = content.item_at(state.scroll(pane).row)?;
    content.items.get(item)?.fold.as_ref()
}

/// What was turned in the pane that keys go to.
fn turned(state: &mut State) -> &mut Turned {
    match state.pane() {
        Pane::Found => &mut state.found.turned,
        _ => &mut state.reply.turned,
    }
}

/// Whether something is to be opened under the cursor.
pub fn can_open(state: &State) -> bool {
    under_cursor(state).is_some_and(|fold| !fold.open)
}

/// Opens what the cursor is on.
pub fn open(state: &mut State) {
    if can_open(state) {
        turn(state);
        state.views.make_room(state.pane());
    }
}

/// Folds what the cursor is on; elsewhere goes to what encloses it.
pub fn close(state: &mut State) {
    if under_cursor(state).is_some_and(|fold| fold.open) {
        return turn(state);
    }
    let pane = state.pane();
    let content = state.content(pane);
    let row = state.scroll(pane).row;
    let indent = |row: usize| {
        let text = content.row_text(row);
        text.len() - text.trim_start().len()
    };
    let encloses = |above: &usize| {
        let item = content
            .item_at(*above)
            .and_then(|item| content.items.get(item));
        item.is_some_and(|item| item.fold.as_ref().is_some_and(|fold| fold.open))
            && indent(*above) < indent(row)
    };
    if let Some(above) = (0..row).rev().find(encloses) {
        state.views.put_row(pane, above);
    }
}

fn turn(state: &mut State) {
    let Some(path) = under_cursor(state).map(|fold| fold.path.clone()) else {
        return;
    };
    let turned = turned(state);
    if !turned.remove(&path) {
        turned.insert(path);
    }
}

/// Everything as it is shown at first; where it is, opens every value or, where none holds anything, folds what is
/// below the outermost container.
pub fn turn_all(state: &mut State) {
    if !turned(state).is_empty() {
        turned(state).clear();
        return;
    }
    let folds = state.content(state.pane()).items.iter();
    let folds: Vec<Fold> = folds.filter_map(|item| item.fold.clone()).collect();
    let (open, closed): (Vec<Fold>, Vec<Fold>) = folds.into_iter().partition(|fold| fold.open);
    let outer = |fold: &Fold| fold.path.matches('/').count() == 1;
    let chosen = if closed.is_empty() {
        open.into_iter().filter(outer).collect()
    } else {
        closed
    };
    *turned(state) = chosen.into_iter().map(|fold| fold.path).collect();
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn laid_out(body: &str, turned: &[&str]) -> Vec<String> {
        let turned: Turned = turned.iter().map(|path| (*path).to_owned()).collect();
        let mut out = Content::text(120);
        let mut tree = Tree {
            turned: &turned,
            out: &mut out,
        };
        assert!(tree.body(body.as_bytes()));
        (0..out.rows.len())
            .map(|row| out.row_text(row).trim_end().to_owned())
            .collect()
    }

    #[test]
    fn a_folded_container_says_how_much_is_in_it() {
        let body = r#"{"error":{"code":"x","innererror":{"a":1}},"more":[{},{}]}"#;
        assert_eq!(
            laid_out(body, &["/error"]),
            [
                "{",
                "  \"error\": { … },  2 inside ▸",
                "  \"more\": [",
                "    {},",
                "    {}",
                "  ]",
                "}"
            ]
        );
    }

    #[test]
    fn claims_are_opened_in_place_and_fold_in_their_turn() {
        let body = r#"{"claims":"{\"access_token\":{\"nbf\":{\"value\":\"17\"}}}"}"#;
        let closed = laid_out(body, &[]);
        assert!(closed[1].ends_with("JSON inside ▸"), "{closed:#?}");
        let open = laid_out(body, &["/claims", "/claims»/access_token"]);
        assert_eq!(
            open[2..5],
            [
                "    {",
                "      \"access_token\": { … }  1 inside ▸",
                "    }"
            ]
        );
    }

    #[test]
    fn a_cut_body_folds_as_far_as_it_goes() {
        let folded = laid_out(r#"{"a":{"b":1"#, &["/a"]);
        assert_eq!(folded, ["{", "  \"a\": { …   1 inside ▸"]);
    }

    proptest! {
        #[test]
        fn folding_hides_lines_and_loses_none(depth in 0usize..6, width in 0usize..4) {
            let mut body = "1".to_owned();
            for _ in 0..depth {
                let members: Vec<String> = (0..=width).map(|n| format!("\"m{n}\":{body}")).collect();
                body = format!("{{{}}}", members.join(","));
                if body.len() > 2000 { break; }
            }
            let open = laid_out(&body, &[]);
            let folded = laid_out(&body, &["/m0"]);
            prop_assert!(folded.len() <= open.len());
            prop_assert_eq!(laid_out(&body, &["/none"]), open);
        }
    }
}
