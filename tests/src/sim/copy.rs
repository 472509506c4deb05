//! Copies of a device's store: put back later, or taken up beside it.

use super::person::{Person, Who};
use super::world::World;
use rusqlite::Connection;

/// What a device had stored at some moment.
pub struct StoreCopy {
    disk: Connection,
    uri: String,
}

impl StoreCopy {
    /// Forgets every message, and lets the one room's log begin anew. Returns where it stood when its epoch began.
    ///
    /// # Panics
    /// If there is not one room.
    pub fn forgets_and_reads_anew(&self) -> u64 {
        // Events of epochs before are of no use to anybody; the last commit has its chain kept.
        let last_commit = "SELECT ifnull(max(seq), 0) FROM log WHERE kind = 1";
        let ask = |query: &str| -> i64 {
            let found = self.disk.query_row(query, [], |row| row.get(0));
            found.expect("a number")
        };
        assert_eq!(ask("SELECT count(*) FROM room"), 1);
        let since = ask(last_commit);
        let forget = format!(
            "DELETE FROM message; DELETE FROM unread; DELETE FROM log WHERE seq > {since};
             UPDATE room SET cursor = {since}, head = {since}, chain = NULL;"
        );
        self.disk.execute_batch(&forget).expect("rows");
        since as u64
    }
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
