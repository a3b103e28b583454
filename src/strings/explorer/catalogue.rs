//! The words of the catalogue screen.

macro_rules! say {
    ($($name:ident = $text:literal;)+) => { $(#[doc = $text] pub const $name: &str = $text;)+ };
}

say! {
    PANE_LOOKUP = "Catalogue";
    PANE_CATALOGUE = "Entries";
    PANE_ENTRY = "Entry";
    CLASS = "Class";
    LOOKUP_EMPTY = "a number, a name or words";
    CATALOGUE_LOADS = "Reading the catalogue …";
    FILTERS_KEEP_ALL_OUT = "Nothing fits with these filters.";
    OWN_ENTRY = "yours  ";
}

/// No filter is set: which keys set one.
pub fn no_filter(class: &str, actor: &str, login: &str) -> String {
    format!("Everything. In the list (Tab): {class} class, {actor} who acts, {login} signing in")
}

/// The search line's title while something is filtered: the key that takes the filters off.
pub fn filtered_title(key: &str) -> String {
    format!("{PANE_LOOKUP} ─ {key}: no filters")
}

/// How many entries fit.
pub fn hits(count: usize, of: usize) -> String {
    if count == of {
        format!("All {of} entries")
    } else {
        format!("{count} of {of} entries")
    }
}

/// Nothing fits; so many entries are near.
pub fn nothing_fits(near: usize) -> String {
    match near {
        0 => "Nothing fits".to_owned(),
        _ => "Nothing fits; nearest".to_owned(),
    }
}

/// What the pane of one entry is called.
pub fn entry_title(label: &str) -> String {
    format!("Entry ─ {label}")
}
