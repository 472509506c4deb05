//! Who is who, as far as the hub must know it: it takes what is signed rightly, in one log, and makes up nothing.

mod come_back;
mod ending;
mod found;
mod guest;
mod invitation;
mod join;
mod organisation;
mod publish;
mod read;
mod renew;
mod state;

pub(crate) use come_back::{come_back, keep_returns, read_returning};
pub(crate) use ending::ending;
pub(crate) use found::{found, renew_setup_code};
pub(crate) use guest::look_at_pass;
pub(crate) use invitation::invitation;
pub(crate) use join::join;
pub(crate) use organisation::organisation;
pub(crate) use publish::publish;
pub(crate) use read::{head_for, read};
pub(crate) use renew::{read_renewal, renew, renewal_delay, rooms};
pub(crate) use state::{DirectoryState, Standing, former_devices};

use valise_directory::Breach;
use valise_wire::Problem;

pub(crate) fn refuse(breach: &Breach) -> Problem {
    Problem::new(breach.problem())
}
