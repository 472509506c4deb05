//! Ways back: what opens the backup, sealed once for each secret that the person has. A device keeps none of those secrets.

use super::{Keeping, Pointer, Way};
use crate::Error;
use crate::archive::{ArchiveKey, seal};
use crate::asked::{Got, Purpose, sort};
use crate::io::Failure;
use crate::state::Cx;
use crate::store::Setting;
use sha2::{Digest as _, Sha256};
use valise_directory::recovery::RecoverySecret;
use valise_views::{Outcome, PasskeySecret, Trouble};
use valise_wire::request::{KeepReturns, PutLocker, Reply};
use valise_wire::{LockerId, to_bytes};

/// A way back by passkey.
pub(super) const PASSKEY: u16 = 0;
/// A way back by a code on paper.
pub(super) const PRINTED: u16 = 1;
/// Ways of one kind that are kept: older ones go.
const MOST_OF_A_KIND: usize = 3;
/// Time after a failure before the next try.
pub(super) const PAUSE_MILLIS: u64 = 5_000;

impl Cx<'_> {
    /// Keeps a backup that this passkey opens. Somebody who stopped it is asked first.
    pub(crate) fn keep_backup(
        &mut self,
        number: u64,
        passkey: &PasskeySecret,
        anew: bool,
    ) -> Result<(), Error> {
        let stopped = self
            .state
            .backup
            .keeping
            .as_ref()
            .is_some_and(|keeping| !keeping.on);
        if stopped && !anew {
            self.outcome(number, Outcome::Done);
            return Ok(());
        }
        self.add_way(PASSKEY, &RecoverySecret::of_passkey(&passkey.0))?;
        self.outcome(number, Outcome::Done);
        Ok(())
    }

    /// Makes a code to print; the one before opens nothing any more.
    pub(crate) fn print_code(&mut self, number: u64) -> Result<(), Error> {
        let (secret, text) = RecoverySecret::generate(&mut self.state.rng);
        if let Some(keeping) = &mut self.state.backup.keeping {
            drop_ways(keeping, |way| way.kind == PRINTED);
        }
        self.add_way(PRINTED, &secret)?;
        self.outcome(number, Outcome::Code(text.to_string()));
        Ok(())
    }

    /// Keeps no backup any more, and forgets what there is.
    pub(crate) fn stop_backup(&mut self, number: u64) -> Result<(), Error> {
        let Some(keeping) = self.state.backup.keeping.as_mut().filter(|it| it.on) else {
            return self.fail(number, Trouble::NotFound);
        };
        keeping.on = false;
        drop_ways(keeping, |_| true);
        let manifest = keeping.manifest;
        let layers = std::mem::take(&mut keeping.layers);
        keeping.old.push(manifest);
        keeping
            .old
            .extend(layers.into_iter().map(|layer| layer.locker));
        (keeping.lies, keeping.at) = (None, None);
        self.state.backup.pushing = None;
        self.state.backup.tell_again();
        self.save_keeping()?;
        super::layer::unwatch(self.db)?;
        self.outcome(number, Outcome::Done);
        Ok(())
    }

    fn add_way(&mut self, kind: u16, secret: &RecoverySecret) -> Result<(), Error> {
        let (locker, now) = (secret.locker(), self.now);
        let keeping = self.state.backup.keeping.as_ref().filter(|it| it.on);
        if keeping.is_some_and(|keeping| keeping.ways.iter().any(|way| way.locker == locker)) {
            return Ok(());
        }
        if keeping.is_none() {
            self.begin_keeping()?;
        }
        let (label, salt) = (self.label()?, self.random());
        let Some(keeping) = &mut self.state.backup.keeping else {
            return Ok(());
        };
        let pointer = Pointer {
            manifest: keeping.manifest,
            key: keeping.key.clone(),
        };
        let key = ArchiveKey(*secret.key());
        let pointer = seal::seal(seal::POINTER, &label, &to_bytes(&pointer), &key, &salt);
        let of_kind = keeping.ways.iter().filter(|way| way.kind == kind);
        if of_kind.count() >= MOST_OF_A_KIND
            && let Some(oldest) = keeping.ways.iter().find(|way| way.kind == kind)
        {
            let oldest = oldest.locker;
            drop_ways(keeping, |way| way.locker == oldest);
        }
        keeping.ways.push(Way {
            kind,
            locker,
            word: Sha256::digest(*secret.word()).into(),
            at: now,
            pointer: pointer.into(),
            is_kept: false,
        });
        self.state.backup.tell_again();
        // The manifest is to name it.
        super::layer::touch(self.db)?;
        self.save_keeping()
    }

    /// Begins a backup under a new name and key.
    fn begin_keeping(&mut self) -> Result<(), Error> {
        let old = self.state.backup.keeping.take();
        self.state.backup.keeping = Some(Keeping {
            on: true,
            manifest: LockerId(self.random()),
            key: ArchiveKey(self.random()),
            ways: Vec::new(),
            layers: Vec::new(),
            lies: None,
            at: None,
            elsewhere: None,
            old: old.map(|old| old.old).unwrap_or_default(),
        });
        self.state.backup.due_at = Some(self.now);
        super::layer::watch(self.db)
    }

    /// Another device of the account is gone: the server has forgotten the words, and a passkey that both had may point to the
    /// backup of the other.
    pub(crate) fn renew_ways(&mut self) -> Result<(), Error> {
        self.state.backup.tell_again();
        let Some(keeping) = &mut self.state.backup.keeping else {
            return Ok(());
        };
        keeping.ways.iter_mut().for_each(|way| way.is_kept = false);
        self.save_keeping()
    }

    pub(super) fn save_keeping(&mut self) -> Result<(), Error> {
        self.state.dirty.status = true;
        match &self.state.backup.keeping {
            Some(keeping) => Setting::Backup.set(self.db, keeping),
            None => Setting::Backup.clear(self.db),
        }
    }

    /// Brings the next way back to the server. Tells whether there was one.
    pub(super) fn advance_ways(&mut self) -> Result<bool, Error> {
        let Some(keeping) = &self.state.backup.keeping else {
            return Ok(false);
        };
        if let Some(way) = keeping.ways.iter().find(|way| !way.is_kept) {
            let locker = way.locker;
            let request = PutLocker {
                locker,
                part: 0,
                body: way.pointer.clone(),
                over: None,
            };
            self.ask_home(Purpose::KeepWay { locker }, request)?;
            return Ok(true);
        }
        if self.state.backup.told {
            return Ok(false);
        }
        let digests = keeping.ways.iter().map(|way| way.word).collect();
        self.ask_home(Purpose::KeepReturns, KeepReturns { digests })?;
        Ok(true)
    }

    pub(crate) fn took_way(
        &mut self,
        locker: LockerId,
        result: Result<Reply, Failure>,
    ) -> Result<(), Error> {
        if !matches!(sort(result, super::done), Got::Reply(())) {
            self.state.backup.retry_at = self.now.plus_millis(PAUSE_MILLIS);
            return Ok(());
        }
        if let Some(keeping) = &mut self.state.backup.keeping {
            let kept = keeping.ways.iter_mut().find(|way| way.locker == locker);
            if let Some(way) = kept {
                way.is_kept = true;
            }
        }
        self.save_keeping()
    }

    pub(crate) fn took_returns(&mut self, result: Result<Reply, Failure>) -> Result<(), Error> {
        match sort(result, super::done) {
            Got::Reply(()) => self.state.backup.told = true,
            _ => self.state.backup.retry_at = self.now.plus_millis(PAUSE_MILLIS),
        }
        Ok(())
    }
}

fn drop_ways(keeping: &mut Keeping, which: impl Fn(&Way) -> bool) {
    let (gone, kept): (Vec<_>, Vec<_>) = std::mem::take(&mut keeping.ways)
        .into_iter()
        .partition(|way| which(way));
    keeping.ways = kept;
    keeping.old.extend(gone.into_iter().map(|way| way.locker));
}
