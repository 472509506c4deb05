//! The one store: schema, migrations, and how a driver opens it.

pub mod key;
