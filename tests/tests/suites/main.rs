//! Whole clients and a whole server, in one process and on a virtual clock. One binary: what it is linked from is large.

mod added_again;
mod added_at_once;
mod backup;
mod came_in;
mod changes;
mod conversation;
mod corpora;
mod devices;
mod ending;
mod finding;
mod hostile_answers;
mod hostile_delivery;
mod hostile_files;
mod hostile_keys;
mod hostile_members;
mod hostile_polls;
mod hostile_return;
mod hostile_rooms;
mod interop;
mod large;
mod mentions;
mod model;
mod pins;
mod polls;
mod refused_changes;
mod waking;
