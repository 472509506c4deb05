//! What every backend promises about guests.

use super::*;
use valise_wire::InvitationId;

promises! {
    wrong_codes_are_counted_for_each_pass
}

fn wrong_codes_are_counted_for_each_pass(store: &impl Store) {
    let (often, once) = (InvitationId([1; 16]), InvitationId([2; 16]));
    assert_eq!(wait(store.guest_tries()), Ok(Vec::new()));
    for pass in [often, once, often] {
        done(store, Batch::new().entry(Entry::WrongCode(pass)));
    }
    assert_eq!(wait(store.guest_tries()), Ok(vec![(often, 2), (once, 1)]));
}
