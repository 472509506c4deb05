//! How the server behaves, one file a behaviour. Every protection is shown to be what refuses: without it the attack works.
#![allow(missing_docs)]

mod stage;

mod archives;
mod bounds;
mod carrying;
mod commits;
mod directory;
mod doors;
mod finding;
mod following;
mod founding;
mod guests;
mod impostor;
mod leaver;
mod limits;
mod links;
mod lockers;
mod malformed;
mod messages;
mod offices;
mod partners;
mod patience;
mod pushes;
mod receipts;
mod renewals;
mod sessions;
mod signed;
mod signed_cases;
mod silence;
mod sockets;
mod time_tokens;
mod timestamps;
mod waking;
