//! Reads what the files of `src/` name: every `use` item and every path, made absolute.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use syn::visit::{self, Visit};
use syn::{Attribute, Item, ItemMod, ItemUse, Macro, UseTree};

/// Whether a name stands in the program or in the tests beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Program,
    Tests,
}

/// A path that a file names, from the crate's root (`crate::…`) or from outside (`std::…`).
#[derive(Debug)]
pub struct Name {
    pub path: Vec<String>,
    pub place: Place,
}

/// A source file and what it names.
#[derive(Debug)]
pub struct File {
    /// From the repository's root.
    pub path: String,
    pub names: Vec<Name>,
}

impl File {
    pub fn parse(path: &str, text: &str) -> Self {
        let parsed = syn::parse_file(text).unwrap_or_else(|e| panic!("{path}: {e}"));
        let inside = path.trim_start_matches("src/").trim_end_matches(".rs");
        let module: Vec<String> = match inside {
            "lib" | "main" => Vec::new(),
            other => other.split('/').map(str::to_owned).collect(),
        };
        let tests = module.iter().any(|part| part == "tests");
        let place = if tests { Place::Tests } else { Place::Program };
        let mut reader = Reader {
            module,
            place,
            names: Vec::new(),
        };
        reader.visit_file(&parsed);
        Self {
            path: path.to_owned(),
            names: reader.names,
        }
    }

    /// The module of the map that this file belongs to.
    pub fn module(&self) -> &str {
        let inside = self.path.trim_start_matches("src/").trim_end_matches(".rs");
        inside.split('/').next().unwrap_or_default()
    }

    /// The modules of the map that it names, as often as it names them.
    pub fn modules_named(&self) -> impl Iterator<Item = &str> {
        let root = if self.module() == "main" {
            "tokenscope"
        } else {
            "crate"
        };
        let named = self.names.iter().filter(move |name| name.path[0] == root);
        named.filter_map(|name| Some(name.path.get(1)?.as_str()))
    }
}

/// The text of a file of the repository.
pub fn read(path: &str) -> String {
    let full = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&full).unwrap_or_else(|e| panic!("{}: {e}", full.display()))
}

/// Every file of `src/`, parsed once for all tests.
pub fn files() -> &'static [File] {
    static FILES: LazyLock<Vec<File>> = LazyLock::new(parse_all);
    &FILES
}

fn parse_all() -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    let mut folders = vec![root.join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("the folder can be read") {
            let path: PathBuf = entry.expect("the folder can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let inside = path
                    .strip_prefix(root)
                    .expect("below the root")
                    .to_string_lossy()
                    .into_owned();
                found.push(File::parse(&inside, &read(&inside)));
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

struct Reader {
    module: Vec<String>,
    place: Place,
    names: Vec<Name>,
}

impl Reader {
    /// Notes a path as written: `self` and `super` are followed to where they lead.
    fn note(&mut self, written: &[String]) {
        let mut rest = written;
        let mut base: Option<Vec<String>> = None;
        while let Some(first) = rest.first() {
            match first.as_str() {
                "crate" => base = Some(Vec::new()),
                "self" if rest.len() > 1 => {
                    base = Some(base.unwrap_or_else(|| self.module.clone()));
                }
                "super" => {
                    let mut up = base.unwrap_or_else(|| self.module.clone());
                    up.pop();
                    base = Some(up);
                }
                _ => break,
            }
            rest = &rest[1..];
        }
        let path = match base {
            Some(base) => ["crate".to_owned()]
                .into_iter()
                .chain(base)
                .chain(rest.iter().cloned())
                .collect(),
            None => rest.to_vec(),
        };
        if !path.is_empty() {
            self.names.push(Name {
                path,
                place: self.place,
            });
        }
    }

    fn note_tree(&mut self, tree: &UseTree, before: &mut Vec<String>) {
        match tree {
            UseTree::Path(path) => {
                before.push(path.ident.to_string());
                self.note_tree(&path.tree, before);
                before.pop();
            }
            UseTree::Group(group) => group
                .items
                .iter()
                .for_each(|tree| self.note_tree(tree, before)),
            UseTree::Name(name) => self.note_last(before, &name.ident.to_string()),
            UseTree::Rename(name) => self.note_last(before, &name.ident.to_string()),
            UseTree::Glob(_) => self.note_last(before, "*"),
        }
    }

    fn note_last(&mut self, before: &[String], last: &str) {
        let mut path = before.to_vec();
        // `decode::{self}` names `decode`
        if last != "self" || path.is_empty() {
            path.push(last.to_owned());
        }
        self.note(&path);
    }

    fn in_tests(&mut self, attributes: &[Attribute], read: impl FnOnce(&mut Self)) {
        let before = self.place;
        if attributes.iter().any(is_for_tests) {
            self.place = Place::Tests;
        }
        read(self);
        self.place = before;
    }
}

fn is_for_tests(attribute: &Attribute) -> bool {
    let path = attribute.path();
    path.is_ident("test")
        || (path.is_ident("cfg")
            && attribute
                .meta
                .require_list()
                .is_ok_and(|list| list.tokens.to_string().contains("test")))
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_item(&mut self, item: &'ast Item) {
        let attributes: &[Attribute] = match item {
            Item::Fn(item) => &item.attrs,
            Item::Impl(item) => &item.attrs,
            Item::Mod(item) => &item.attrs,
            Item::Use(item) => &item.attrs,
            Item::Struct(item) => &item.attrs,
            _ => &[],
        };
        self.in_tests(attributes, |reader| visit::visit_item(reader, item));
    }

    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        self.module.push(item.ident.to_string());
        visit::visit_item_mod(self, item);
        self.module.pop();
    }

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        self.note_tree(&item.tree, &mut Vec::new());
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let written: Vec<String> = path
            .segments
            .iter()
            .map(|segment| segment.ident.to_string())
            .collect();
        self.note(&written);
        visit::visit_path(self, path);
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        self.note(&[call.method.to_string()]);
        visit::visit_expr_method_call(self, call);
    }

    /// What a macro is given is not parsed; the paths in it are found among its tokens.
    fn visit_macro(&mut self, mac: &'ast Macro) {
        let text = mac.tokens.to_string();
        let spaced = text.replace("::", " :: ");
        let is_word = |word: &&str| word.chars().all(|c| c.is_alphanumeric() || c == '_');
        let cleaned = spaced.replace(
            |c: char| !(c.is_alphanumeric() || c.is_whitespace() || matches!(c, '_' | ':')),
            " | ",
        );
        let mut path: Vec<String> = Vec::new();
        let mut joined = false;
        for word in cleaned.split_whitespace().chain(["|"]) {
            if word == "::" {
                joined = !path.is_empty();
                continue;
            }
            if !joined && !path.is_empty() {
                self.note(&std::mem::take(&mut path));
            }
            if is_word(&word) {
                path.push(word.to_owned());
            }
            joined = false;
        }
        visit::visit_macro(self, mac);
    }
}
