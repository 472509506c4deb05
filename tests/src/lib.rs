//! Suites over whole clients and a whole server.
//!
//! [`case`] is how hostile cases are run: with an honest control and a twin. [`journal`] is the oracle: what people wrote and
//! saw, and whether anything was lost, doubled, reordered, made up, forked or stuck. [`sim`] is the world they live in: a virtual clock, a seeded network, the real service and real
//! clients, with room for a saboteur between the two. [`decoders`] are the places where bytes of others are read; [`export`] makes
//! what other messengers export.
//! [`measure`] is what the benchmarks have in common.

pub mod case;
pub mod decoders;
pub mod export;
pub mod journal;
pub mod measure;
pub mod sim;
