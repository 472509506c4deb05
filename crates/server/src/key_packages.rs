//! Key packages: handed over by a device, taken once by who adds it.

mod claim;
mod publish;

pub(crate) use claim::claim;
pub(crate) use publish::publish;
