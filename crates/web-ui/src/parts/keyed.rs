//! A list of which each row is a signal of its own: a change of one row touches nothing else on the page.

use leptos::prelude::*;
use std::{collections::HashMap, hash::Hash};

/// Values by key, and the order in which they are shown.
pub struct Keyed<K: 'static, V: 'static> {
    /// Keys in order.
    pub order: RwSignal<Vec<K>>,
    values: StoredValue<HashMap<K, ArcRwSignal<V>>>,
}

impl<K, V> Clone for Keyed<K, V> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<K, V> Copy for Keyed<K, V> {}

impl<K, V> Keyed<K, V>
where
    K: Eq + Hash + Clone + Send + Sync + 'static,
    V: PartialEq + Clone + Send + Sync + 'static,
{
    /// An empty list.
    pub fn new() -> Self {
        Self {
            order: RwSignal::new(Vec::new()),
            values: StoredValue::new(HashMap::new()),
        }
    }

    /// Takes new values in; keys that are not among them are forgotten. The order stays as it is.
    pub fn fill(self, items: impl IntoIterator<Item = (K, V)>) {
        let mut old = self
            .values
            .try_update_value(std::mem::take)
            .unwrap_or_default();
        let mut new = HashMap::new();
        let mut changes = Vec::new();
        for (key, value) in items {
            let signal = match old.remove(&key) {
                Some(signal) => {
                    if signal.with_untracked(|known| *known != value) {
                        changes.push((signal.clone(), value));
                    }
                    signal
                }
                None => ArcRwSignal::new(value),
            };
            new.insert(key, signal);
        }
        self.values.set_value(new);
        for (signal, value) in changes {
            signal.set(value);
        }
    }

    /// Takes new values in and shows them in this order.
    pub fn show(self, items: Vec<(K, V)>) {
        let order: Vec<K> = items.iter().map(|(key, _)| key.clone()).collect();
        self.fill(items);
        self.arrange(order);
    }

    /// Shows what a list has, whenever that is another one. Returns how many there are; none until the list has come.
    pub fn follow<L>(
        self,
        list: ReadSignal<Option<L>>,
        items: impl Fn(&L) -> Vec<(K, V)> + 'static,
    ) -> RwSignal<Option<usize>>
    where
        L: Send + Sync + 'static,
    {
        let count = RwSignal::new(None);
        Effect::new(move |_| {
            let items = list.with(|list| list.as_ref().map(&items));
            if let Some(items) = items {
                let many = items.len();
                self.show(items);
                count.set(Some(many));
            }
        });
        count
    }

    /// Shows some of the values in this order.
    pub fn arrange(self, order: Vec<K>) {
        if self.order.with_untracked(|known| *known != order) {
            self.order.set(order);
        }
    }

    /// The signal of one value.
    pub fn get(self, key: &K) -> Option<ArcRwSignal<V>> {
        self.values.with_value(|values| values.get(key).cloned())
    }
}
