//! What a module's source names.

use proc_macro2::{TokenStream, TokenTree};
use std::collections::{BTreeMap, BTreeSet};
use syn::{
    Attribute, Item, ItemMod, ItemUse, Macro, UseTree,
    visit::{self, Visit},
};

/// Names from the left to the right.
pub type Path = Vec<String>;

#[derive(Default)]
pub struct Uses {
    pub named: Vec<Path>,
    pub brought: BTreeMap<String, Path>,
    pub globs: Vec<Path>,
    pub defined: BTreeSet<String>,
}

pub fn of(items: &[Item]) -> Uses {
    let mut uses = Uses::default();
    for item in items {
        uses.defined.extend(defined(item));
        uses.visit_item(item);
    }
    uses
}

/// Whether an item is there for tests alone.
pub fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute.parse_args::<syn::Path>().is_ok_and(|only| only.is_ident("test"))
    })
}

fn defined(item: &Item) -> Vec<String> {
    let name = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::TraitAlias(item) => &item.ident,
        Item::Type(item) => &item.ident,
        Item::Union(item) => &item.ident,
        _ => return vec![],
    };
    vec![name.to_string()]
}

impl Uses {
    fn add_tree(&mut self, before: &Path, tree: &UseTree) {
        let then = |name: &syn::Ident| before.iter().cloned().chain([name.to_string()]).collect::<Path>();
        match tree {
            UseTree::Path(path) => self.add_tree(&then(&path.ident), &path.tree),
            UseTree::Name(name) if name.ident == "self" => {
                self.brought.extend(before.last().map(|last| (last.clone(), before.clone())));
            }
            UseTree::Name(name) => {
                self.brought.insert(name.ident.to_string(), then(&name.ident));
            }
            UseTree::Rename(renamed) => {
                let whole = if renamed.ident == "self" { before.clone() } else { then(&renamed.ident) };
                // `as _` brings a trait in without a name.
                self.named.push(whole.clone());
                if renamed.rename != "_" {
                    self.brought.insert(renamed.rename.to_string(), whole);
                }
            }
            UseTree::Glob(_) => self.globs.push(before.clone()),
            UseTree::Group(group) => group.items.iter().for_each(|each| self.add_tree(before, each)),
        }
    }

    /// Paths in what a macro is given, which is no syntax yet.
    fn add_tokens(&mut self, tokens: TokenStream) {
        let mut path: Path = vec![];
        let mut colons = 0;
        for token in tokens {
            match token {
                TokenTree::Ident(name) => {
                    if colons != 2 {
                        self.end(&mut path);
                    }
                    path.push(name.to_string());
                    colons = 0;
                }
                TokenTree::Punct(mark) if mark.as_char() == ':' => colons += 1,
                TokenTree::Group(group) => {
                    self.end(&mut path);
                    self.add_tokens(group.stream());
                }
                _ => self.end(&mut path),
            }
        }
        self.end(&mut path);
    }

    fn end(&mut self, path: &mut Path) {
        if path.len() > 1 {
            self.named.push(std::mem::take(path));
        }
        path.clear();
    }
}

impl<'ast> Visit<'ast> for Uses {
    fn visit_item(&mut self, item: &'ast Item) {
        let attributes = match item {
            Item::Fn(item) => &item.attrs,
            Item::Impl(item) => &item.attrs,
            Item::Use(item) => &item.attrs,
            Item::Mod(item) => &item.attrs,
            _ => return visit::visit_item(self, item),
        };
        if !is_for_tests(attributes) {
            visit::visit_item(self, item);
        }
    }

    /// A module is looked at by itself.
    fn visit_item_mod(&mut self, _: &'ast ItemMod) {}

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        if item.leading_colon.is_none() {
            self.add_tree(&vec![], &item.tree);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        if path.leading_colon.is_none() {
            self.named.push(path.segments.iter().map(|segment| segment.ident.to_string()).collect());
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, invoked: &'ast Macro) {
        self.visit_path(&invoked.path);
        self.add_tokens(invoked.tokens.clone());
    }
}
