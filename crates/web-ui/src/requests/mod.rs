//! Requests of other organisations and to them: the list, one of them with all that was done with it, and asking.

mod acts;
mod compose;
mod counted;
mod course;
mod deeds;
mod dialogs;
mod document;
mod ends;
mod export;
mod facts;
mod guest;
mod leave_out;
mod letter;
mod list;
mod mail;
mod opened;
mod pile;
mod recipient;
mod register;
mod release;
mod row;
mod rules;
mod silence;
mod tab;
mod templates;
mod trust;
mod unsent;

pub use acts::{act_sentence, act_sign};
pub use compose::{Draft, dialog as new_request};
pub use counted::counted;
pub use list::pane;
pub use opened::opened;
pub use release::dialog as release;
pub use rules::dialog as rules;
pub use tab::{watch_request_of_guest, watch_requests};
pub use templates::dialog as templates;
