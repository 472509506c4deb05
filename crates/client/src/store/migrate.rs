//! Brings a store to the schema of this version, one step a transaction.

use super::schema::STEPS;
use crate::Error;
use rusqlite::Connection;

/// Runs the steps that the store lacks. A kill at any point leaves it at one step or the next.
pub(crate) fn migrate(store: &Connection) -> Result<(), Error> {
    migrate_to(store, STEPS.len())
}

/// Returns the schema's version of this program.
pub(crate) fn newest() -> usize {
    STEPS.len()
}

/// Makes the tables of an older version in an empty store, inside the transaction that is open.
pub(crate) fn lay_out(store: &Connection, version: usize) -> Result<(), Error> {
    for step in STEPS.iter().take(version) {
        store.execute_batch(step)?;
    }
    Ok(())
}

/// Brings what was laid out by [`lay_out`] to the newest version, inside the transaction that is open.
pub(crate) fn go_on(store: &Connection, version: usize) -> Result<(), Error> {
    for step in STEPS.iter().skip(version) {
        store.execute_batch(step)?;
    }
    Ok(())
}

fn migrate_to(store: &Connection, target: usize) -> Result<(), Error> {
    let version = usize::try_from(version(store)?).map_err(|_| Error::Incompatible)?;
    if version > STEPS.len() {
        return Err(Error::Incompatible);
    }
    for (index, step) in STEPS.iter().enumerate().take(target).skip(version) {
        store.execute_batch(&format!(
            "BEGIN IMMEDIATE; {step} PRAGMA user_version = {}; COMMIT;",
            index + 1
        ))?;
    }
    Ok(())
}

fn version(store: &Connection) -> Result<i64, Error> {
    Ok(store.query_row("PRAGMA user_version", [], |row| row.get(0))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kill_inside_a_step_leaves_the_former_version() {
        for (index, step) in STEPS.iter().enumerate() {
            let statements: Vec<&str> = step.split_inclusive(";\n").collect();
            for cut in 0..statements.len() {
                let store = Connection::open_in_memory().unwrap();
                migrate_to(&store, index).unwrap();
                let part = statements[..cut].concat();
                store.execute_batch(&format!("BEGIN; {part}")).unwrap();
                // What a kill does: the transaction never ends.
                store.execute_batch("ROLLBACK").unwrap();
                assert_eq!(version(&store).unwrap(), index as i64);
                migrate(&store).unwrap();
                assert_eq!(version(&store).unwrap(), STEPS.len() as i64);
            }
        }
    }

    #[test]
    fn a_newer_store_is_left_alone() {
        let store = Connection::open_in_memory().unwrap();
        store.execute_batch("PRAGMA user_version = 9999").unwrap();
        assert!(matches!(migrate(&store), Err(Error::Incompatible)));
    }
}
