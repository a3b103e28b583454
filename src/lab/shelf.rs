//! A bounded place for things that are looked up by an unguessable key: codes, tokens, sessions. The oldest goes
//! when it is full, so that no number of requests fills the memory.

use std::collections::{HashMap, VecDeque};

/// Things by key, oldest first out.
#[derive(Clone, Debug)]
pub struct Shelf<V> {
    things: HashMap<String, V>,
    order: VecDeque<String>,
    limit: usize,
}

impl<V> Shelf<V> {
    /// An empty shelf for at most `limit` things.
    pub fn new(limit: usize) -> Self {
        Self {
            things: HashMap::new(),
            order: VecDeque::new(),
            limit,
        }
    }

    /// Puts a thing there.
    pub fn put(&mut self, key: String, thing: V) {
        if self.things.insert(key.clone(), thing).is_none() {
            self.order.push_back(key);
        }
        while self.things.len() > self.limit {
            let Some(oldest) = self.order.pop_front() else {
                break;
            };
            self.things.remove(&oldest);
        }
        if self.order.len() > self.limit.saturating_mul(2) {
            let things = &self.things;
            self.order.retain(|key| things.contains_key(key));
        }
    }

    /// Looks at a thing.
    pub fn get(&self, key: &str) -> Option<&V> {
        self.things.get(key)
    }

    /// Looks at a thing to change it.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut V> {
        self.things.get_mut(key)
    }

    /// Takes a thing away.
    pub fn take(&mut self, key: &str) -> Option<V> {
        self.things.remove(key)
    }

    /// The key of the first thing that fits.
    pub fn find(&self, fits: impl Fn(&V) -> bool) -> Option<String> {
        let found = self.things.iter().find(|(_, thing)| fits(thing));
        found.map(|(key, _)| key.clone())
    }

    /// Removes everything.
    pub fn clear(&mut self) {
        self.things.clear();
        self.order.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_goes_when_the_shelf_is_full() {
        let mut shelf = Shelf::new(2);
        for (key, value) in [("a", 1), ("b", 2), ("c", 3)] {
            shelf.put(key.into(), value);
        }
        assert_eq!(
            (shelf.get("a"), shelf.get("b"), shelf.get("c")),
            (None, Some(&2), Some(&3))
        );
        assert_eq!(shelf.take("b"), Some(2));
        assert_eq!(shelf.find(|v| *v == 3).as_deref(), Some("c"));
    }

    #[test]
    fn a_shelf_that_is_emptied_as_it_fills_stays_small() {
        let mut shelf = Shelf::new(4);
        for n in 0..1000 {
            shelf.put(n.to_string(), n);
            shelf.take(&n.to_string());
        }
        assert!(shelf.order.len() <= 9, "{}", shelf.order.len());
    }
}
