//! Rows on the page of which only those that come and go are touched.
//!
//! Leptos' `For` takes every row off the page and puts it back when two or more come in above; the browser then lays
//! all of them out anew. A list that is scrolled cannot afford that.

use crate::logic::stay::staying;
use leptos::{
    prelude::*,
    tachys::{reactive_graph::OwnedView, view::any_view::AnyView},
};
use std::hash::Hash;
use web_sys::Element;

type Built = <OwnedView<AnyView> as Render>::State;

/// The rows of one list, by key.
pub struct Rows<K: 'static> {
    /// What the rows live in; each has an owner of its own, which goes with it.
    owner: StoredValue<Owner>,
    shown: StoredValue<Vec<(K, Built)>, LocalStorage>,
}

impl<K> Clone for Rows<K> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<K> Copy for Rows<K> {}

impl<K: Eq + Hash + Clone + 'static> Rows<K> {
    /// No rows. They live as long as the calling owner, and leave the page with it.
    pub fn new() -> Self {
        let this = Self {
            // Not the calling one itself: it would hold itself, and never go.
            owner: StoredValue::new(Owner::new()),
            shown: StoredValue::new_local(Vec::new()),
        };
        on_cleanup(move || {
            this.shown.try_update_value(|shown| {
                let rows = std::mem::take(shown);
                rows.into_iter().for_each(|(_, mut row)| row.unmount());
            });
        });
        this
    }

    /// Shows rows in this order as the children of an element that has no others, at once. What is there already stays.
    pub fn arrange(self, parent: &Element, wanted: &[K], make: impl Fn(&K) -> Option<AnyView>) {
        if self.shown.try_with_value(Vec::is_empty) == Some(true) {
            // The element may have been another list's: what that showed must never stand here.
            parent.set_text_content(None);
        }
        let is_same = |shown: &Vec<(K, Built)>| shown.iter().map(|(key, _)| key).eq(wanted);
        if self.shown.try_with_value(is_same) != Some(false) {
            return;
        }
        let mut kept = self.let_go(wanted);
        let mut arranged: Vec<(K, Built)> = Vec::with_capacity(wanted.len());
        // From the last one upwards: what follows a new row is on the page already.
        for key in wanted.iter().rev() {
            if let Some(row) = kept.pop_if(|(known, _)| known == key) {
                arranged.push(row);
            } else if let Some(mut built) = self.build(key, &make) {
                match arranged.last() {
                    Some((_, next)) => {
                        next.insert_before_this_or_marker(parent, &mut built, None);
                    }
                    None => built.mount(parent, None),
                }
                arranged.push((key.clone(), built));
            }
        }
        arranged.reverse();
        self.shown.try_set_value(arranged);
    }

    /// Takes off the page what does not stay, and returns the rest.
    fn let_go(self, wanted: &[K]) -> Vec<(K, Built)> {
        let shown = self.shown.try_update_value(std::mem::take);
        let shown = shown.unwrap_or_default();
        let keys: Vec<K> = shown.iter().map(|(key, _)| key.clone()).collect();
        let mut stays = staying(&keys, wanted).into_iter();
        let mut kept = shown;
        kept.retain_mut(|(_, built)| {
            let stays = stays.next().unwrap_or_default();
            if !stays {
                built.unmount();
            }
            stays
        });
        kept
    }

    fn build(self, key: &K, make: impl Fn(&K) -> Option<AnyView>) -> Option<Built> {
        let owner = self.owner.try_get_value()?.with(Owner::new);
        // Whoever shows rows does not follow what they are made of; they do that themselves.
        let view = untrack(|| owner.with(|| make(key)))?;
        Some(untrack(|| OwnedView::new_with_owner(view, owner).build()))
    }
}
