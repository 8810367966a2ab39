//! The modules of a crate, and the dependencies between them.

use crate::uses::{self, Path as Segments};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};
use syn::{Attribute, File, Item, ItemMod, Meta};

/// How many names may pass one on to the next before it is given up as a name of another crate.
const MOST_HOPS: usize = 16;

struct Module {
    /// What it names, as written.
    named: Vec<Segments>,
    /// Names that it brings in from elsewhere: what they stand for.
    brought: BTreeMap<String, Segments>,
    /// Modules whose every name it brings in.
    globs: Vec<Segments>,
    /// What it defines.
    defined: BTreeSet<String>,
}

/// Modules by their path, `crate` first.
pub struct Graph(BTreeMap<Segments, Module>);

impl Graph {
    /// Reads a crate from its root file.
    pub fn of(root: &Path) -> Self {
        let mut graph = Self(BTreeMap::new());
        graph.add_file(vec!["crate".to_owned()], root, root.parent().unwrap());
        graph
    }

    /// A crate made of sources by their module's path, which is empty for the root.
    pub fn of_sources(sources: &[(&str, &str)]) -> Self {
        let mut graph = Self(BTreeMap::new());
        for (path, source) in sources {
            let mut at = vec!["crate".to_owned()];
            at.extend(path.split("::").filter(|name| !name.is_empty()).map(str::to_owned));
            let file: File = syn::parse_str(source).unwrap();
            graph.add(at, &file.items);
        }
        graph
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    fn add_file(&mut self, at: Segments, file: &Path, folder: &Path) {
        let source =
            std::fs::read_to_string(file).unwrap_or_else(|fault| panic!("{}: {fault}", file.display()));
        let parsed = syn::parse_file(&source).unwrap_or_else(|fault| panic!("{}: {fault}", file.display()));
        for (module, inline) in self.add(at.clone(), &parsed.items) {
            if inline || uses::is_for_tests(&module.attrs) {
                continue;
            }
            let name = module.ident.to_string();
            let child: Segments = at.iter().cloned().chain([name.clone()]).collect();
            let (path, inner) = match path_attribute(&module.attrs) {
                // Files that are included from outside of the crate are looked at where they are.
                Some(path) if path.starts_with("..") => continue,
                Some(path) => (file.parent().unwrap().join(path), folder.join(&name)),
                None => (existing(folder, &name), folder.join(&name)),
            };
            self.add_file(child, &path, &inner);
        }
    }

    /// Adds a module and those that are written inside of it; gives its declarations of modules, and whether each is written inside.
    fn add<'i>(&mut self, at: Segments, items: &'i [Item]) -> Vec<(&'i ItemMod, bool)> {
        let looked = uses::of(items);
        let declared = items.iter().filter_map(|item| match item {
            Item::Mod(module) => Some((module, module.content.is_some())),
            _ => None,
        });
        let declared: Vec<_> = declared.collect();
        for (module, _) in &declared {
            if let Some((_, inside)) = &module.content
                && !uses::is_for_tests(&module.attrs)
            {
                let child = at.iter().cloned().chain([module.ident.to_string()]).collect();
                self.add(child, inside);
            }
        }
        let module = Module {
            named: looked.named,
            brought: looked.brought,
            globs: looked.globs,
            defined: looked.defined,
        };
        self.0.insert(at, module);
        declared
    }

    /// The module that a path names something of, as seen from the module `at`.
    fn origin(&self, at: &Segments, path: &[String], hops: usize) -> Option<Segments> {
        let (first, rest) = path.split_first()?;
        let (mut here, mut rest): (Segments, &[String]) = match first.as_str() {
            "crate" => (vec!["crate".to_owned()], rest),
            "self" => (at.clone(), rest),
            "super" => (at.get(..at.len().checked_sub(1)?)?.to_vec(), rest),
            _ => (at.clone(), path),
        };
        if first == "super" {
            while let Some((next, after)) = rest.split_first().filter(|(next, _)| *next == "super") {
                let _ = next;
                here.pop()?;
                rest = after;
            }
        }
        let is_relative = !matches!(first.as_str(), "crate" | "self" | "super");
        let mut is_first = is_relative;
        while let Some((name, after)) = rest.split_first() {
            let module = self.0.get(&here)?;
            let child: Segments = here.iter().cloned().chain([name.clone()]).collect();
            if self.0.contains_key(&child) {
                here = child;
                rest = after;
                is_first = false;
                continue;
            }
            if module.defined.contains(name) {
                return Some(here);
            }
            if hops == 0 {
                return None;
            }
            if let Some(stands_for) = module.brought.get(name) {
                let whole: Segments = stands_for.iter().chain(after).cloned().collect();
                return self.origin(&here, &whole, hops - 1);
            }
            let passed_on = module.globs.iter().find_map(|glob| {
                let whole: Segments = glob.iter().cloned().chain(rest.iter().cloned()).collect();
                self.origin(&here, &whole, hops - 1)
            });
            // A first name that is known nowhere is another crate's, or the prelude's.
            return if is_first { passed_on } else { passed_on.or(Some(here)) };
        }
        Some(here)
    }

    /// Which modules each names, itself and those that it is inside of aside: a module and its children are one room, and a child sees
    /// what its parent defines.
    fn edges(&self) -> BTreeMap<&Segments, BTreeSet<&Segments>> {
        let of = |at: &Segments, module: &Module| {
            let paths = module.named.iter().chain(module.brought.values()).chain(&module.globs);
            let origins = paths.filter_map(|path| self.origin(at, path, MOST_HOPS));
            let known = origins.filter_map(|origin| self.0.get_key_value(&origin).map(|(key, _)| key));
            known.filter(|origin| !at.starts_with(origin)).collect()
        };
        self.0.iter().map(|(at, module)| (at, of(at, module))).collect()
    }

    /// Groups of modules of which each reaches each other one.
    pub fn circles(&self) -> Vec<Vec<String>> {
        let edges = self.edges();
        let reach: BTreeMap<_, _> = edges.keys().map(|from| (*from, reached(&edges, from))).collect();
        let mut circles = BTreeSet::new();
        for (from, reached) in &reach {
            let circle: Vec<_> =
                reached.iter().filter(|to| reach[**to].contains(from)).map(|at| at.join("::")).collect();
            if circle.len() > 1 {
                circles.insert(circle);
            }
        }
        circles.into_iter().collect()
    }
}

fn reached<'g>(
    edges: &BTreeMap<&'g Segments, BTreeSet<&'g Segments>>,
    from: &Segments,
) -> BTreeSet<&'g Segments> {
    let mut seen = BTreeSet::new();
    let mut next: Vec<&Segments> = edges[from].iter().copied().collect();
    while let Some(at) = next.pop() {
        let Some((key, onward)) = edges.get_key_value(at) else { continue };
        if seen.insert(*key) {
            next.extend(onward.iter().copied());
        }
    }
    seen
}

fn existing(folder: &Path, name: &str) -> PathBuf {
    let flat = folder.join(format!("{name}.rs"));
    if flat.is_file() { flat } else { folder.join(name).join("mod.rs") }
}

fn path_attribute(attributes: &[Attribute]) -> Option<String> {
    attributes.iter().find_map(|attribute| match &attribute.meta {
        Meta::NameValue(pair) if pair.path.is_ident("path") => match &pair.value {
            syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => Some(text.value()),
            _ => None,
        },
        _ => None,
    })
}
