//! The shape of the database, and how an older one becomes it.

use super::OpenError;
use rusqlite::{Connection, TransactionBehavior};

/// Every migration, in order; number n makes version n + 1. None is ever edited after a release.
const MIGRATIONS: &[&str] = &[
    include_str!("migrations/0001_beginning.sql"),
    include_str!("migrations/0002_archives.sql"),
    include_str!("migrations/0003_subscriptions.sql"),
    include_str!("migrations/0004_lockers.sql"),
    include_str!("migrations/0005_partners.sql"),
    include_str!("migrations/0006_receipts.sql"),
    include_str!("migrations/0007_guests.sql"),
    include_str!("migrations/0008_partner_use.sql"),
    include_str!("migrations/0009_ends.sql"),
];

/// Brings a database to the newest version. Each step is one transaction with the version in it, so that a kill between
/// any two writes leaves the version before or the version after.
pub(super) fn migrate(connection: &mut Connection) -> Result<(), OpenError> {
    migrate_to(connection, MIGRATIONS.len())
}

fn migrate_to(connection: &mut Connection, newest: usize) -> Result<(), OpenError> {
    loop {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let version: i64 = transaction.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        let version = usize::try_from(version).map_err(|_| OpenError::Foreign)?;
        if version > MIGRATIONS.len() {
            return Err(OpenError::Newer {
                found: version,
                known: MIGRATIONS.len(),
            });
        }
        let Some(migration) = MIGRATIONS[..newest].get(version) else {
            return Ok(());
        };
        transaction.execute_batch(migration)?;
        transaction.pragma_update(
            None,
            "user_version",
            i64::try_from(version + 1).unwrap_or(i64::MAX),
        )?;
        transaction.commit()?;
    }
}

/// Sets what every connection needs. The write-ahead log is synced with each transaction: an answer means durable.
pub(super) fn configure(connection: &Connection) -> rusqlite::Result<()> {
    connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "cache_size", -32_768)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.busy_timeout(std::time::Duration::from_secs(10))?;
    connection.set_prepared_statement_cache_capacity(96);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_version_becomes_the_newest() {
        for version in 0..=MIGRATIONS.len() {
            let mut connection = Connection::open_in_memory().unwrap();
            migrate_to(&mut connection, version).unwrap();
            migrate(&mut connection).unwrap();
            let found: i64 = connection
                .query_row("PRAGMA user_version", [], |row| row.get(0))
                .unwrap();
            assert_eq!(found, MIGRATIONS.len() as i64);
        }
    }

    #[test]
    fn a_newer_database_is_left_alone() {
        let mut connection = Connection::open_in_memory().unwrap();
        connection
            .pragma_update(None, "user_version", 9999)
            .unwrap();
        assert!(matches!(
            migrate(&mut connection),
            Err(OpenError::Newer { found: 9999, .. })
        ));
    }

    #[test]
    fn a_migration_that_is_cut_off_leaves_nothing_behind() {
        for (number, migration) in MIGRATIONS.iter().enumerate() {
            let statements: Vec<&str> = migration.split_inclusive(";\n").collect();
            for cut in 0..statements.len() {
                let mut connection = Connection::open_in_memory().unwrap();
                migrate_to(&mut connection, number).unwrap();
                let transaction = connection.transaction().unwrap();
                transaction
                    .execute_batch(&statements[..cut].concat())
                    .unwrap();
                drop(transaction);
                migrate(&mut connection).unwrap();
            }
        }
    }
}
