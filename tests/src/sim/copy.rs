//! Copies of a device's store: put back later, or taken up beside it.

use super::person::{Person, Who};
use super::world::World;
use rusqlite::Connection;

/// What a device had stored at some moment.
pub struct StoreCopy {
    disk: Connection,
    uri: String,
}

impl World {
    /// Copies somebody's store.
    pub fn copy(&mut self, who: Who) -> StoreCopy {
        self.next_number += 1;
        let uri = self.people[who.0].uri_of_copy(self.next_number);
        let disk = self.people[who.0].copy_store(&uri);
        StoreCopy { disk, uri }
    }

    /// Sets somebody's device back to what it had stored, as a restored folder or a browser that lost writes does.
    pub fn put_back(&mut self, who: Who, copy: StoreCopy) {
        self.crash(who);
        (self.people[who.0].disk, self.people[who.0].uri) = (copy.disk, copy.uri);
        self.start(who);
    }

    /// Takes up a copy beside the device that it is of.
    pub fn take_up(&mut self, copy: StoreCopy, name: &'static str) -> Who {
        let who = Who(self.people.len());
        let guards = self.guards;
        self.people.push(Person {
            guards,
            ..Person::over(name, copy.disk, copy.uri)
        });
        self.start(who);
        who
    }
}
