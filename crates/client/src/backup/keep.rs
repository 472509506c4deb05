//! Keeping the backup up to date: a layer goes up part by part, and stands once the manifest names it.

use super::ways::PAUSE_MILLIS;
use super::whole::{MOST_LAYERS, Whole};
use super::{Layer, Manifest, done, layer};
use crate::Error;
use crate::archive::{ArchiveKey, seal};
use crate::asked::{Got, Purpose, sort};
use crate::io::Failure;
use crate::linking::gift::Gift;
use crate::state::Cx;
use sha2::{Digest as _, Sha256};
use valise_wire::request::{EmptyLocker, MAX_LOCKER_PART_BYTES, PutLocker, ReadLocker, Reply};
use valise_wire::{ArchiveId, LockerId, Octets, Problem, ProblemCode, from_bytes, to_bytes};

/// Time for which changes are gathered.
const GATHER_MILLIS: u64 = 5_000;
/// Time after which a full server is tried again.
pub(super) const FULL_MILLIS: u64 = 15 * 60_000;
/// Changes above which the whole is no more work.
const MANY: u32 = 5_000;
/// Most bytes of a layer, and of all layers of the whole.
const MOST_BYTES: usize = 256 * MAX_LOCKER_PART_BYTES;
/// A layer on its way up.
pub(super) struct Pushing {
    pub(super) layer: Layer,
    sealed: Vec<u8>,
    next: u32,
    /// How much of the whole there is; none if this is what changed.
    pub(super) whole: Option<Whole>,
    manifest: Option<Octets>,
}

/// Who keeps the backup.
enum Keeper {
    /// This device.
    This,
    /// Another one of the account.
    Other,
    /// One that is none of the account's any more.
    Gone,
    /// There is to be none.
    Nobody,
}

impl Cx<'_> {
    /// Does what the backup needs now.
    pub(crate) fn advance_backup(&mut self) -> Result<(), Error> {
        let retry_at = self.state.backup.retry_at;
        let idle = self.state.backup.keeping.is_none()
            || self.state.backup.is_coming_back()
            || self.state.moving.awaited_past().is_some();
        if idle || self.is_asking(Purpose::is_of_backup) || !self.is_due(retry_at) {
            return Ok(());
        }
        if self.advance_ways()? {
            return Ok(());
        }
        if let Some(&locker) = self.state.backup.abandoned.last() {
            // At once: there may be no room for both.
            return self.empty(locker);
        }
        match self.keeper() {
            Keeper::Gone => return self.look_at_manifest(),
            Keeper::This if self.state.backup.pushing.is_some() || self.begin_layer()? => {
                return self.push_layer();
            }
            Keeper::This | Keeper::Other | Keeper::Nobody => {}
        }
        self.empty_old()
    }

    fn keeper(&self) -> Keeper {
        let keeping = self.state.backup.keeping.as_ref().filter(|it| it.on);
        match keeping.map(|keeping| keeping.elsewhere) {
            None => Keeper::Nobody,
            Some(None) => Keeper::This,
            Some(Some(device)) if self.other_devices().contains(&device) => Keeper::Other,
            Some(Some(_)) => Keeper::Gone,
        }
    }

    /// Begins a layer if it is time for one.
    fn begin_layer(&mut self) -> Result<bool, Error> {
        let Some(keeping) = &self.state.backup.keeping else {
            return Ok(false);
        };
        let (is_first, is_full) = (
            keeping.layers.is_empty(),
            keeping.layers.len() >= MOST_LAYERS || self.state.backup.is_heavy(),
        );
        if !is_first && !layer::is_touched(self.db)? {
            self.state.backup.due_at = None;
            return Ok(false);
        }
        let soon = self.now.plus_millis(GATHER_MILLIS);
        let due_at = *self.state.backup.due_at.get_or_insert(soon);
        if !self.is_due(due_at) {
            return Ok(false);
        }
        self.state.backup.due_at = None;
        let is_whole = is_first || is_full || layer::is_touched_more_than(self.db, MANY)?;
        layer::mark(self.db)?;
        let (extent, whole) = match is_whole {
            true => self.frame()?,
            false => (layer::Extent::Marked, None),
        };
        self.push(extent, whole)
    }

    /// Reads and seals a layer, and lets it go up. Tells whether it does.
    pub(super) fn push(
        &mut self,
        extent: layer::Extent,
        whole: Option<Whole>,
    ) -> Result<bool, Error> {
        let rows = layer::read(self.db, extent)?;
        let sealed = self.seal_of_backup(seal::LAYER, &rows)?;
        let of_whole = whole.as_ref().map_or(0, |whole| whole.bytes);
        let bytes = of_whole + sealed.len();
        if bytes > MOST_BYTES {
            return self.has_no_room(whole);
        }
        let whole = whole.map(|mut whole| {
            whole.bytes = bytes;
            whole
        });
        let parts = sealed.len().div_ceil(MAX_LOCKER_PART_BYTES) as u32;
        let locker = LockerId(self.random());
        let layer = Layer { locker, parts };
        self.state.backup.pushing = Some(Pushing {
            layer,
            sealed,
            next: 0,
            whole,
            manifest: None,
        });
        if let Some(keeping) = &mut self.state.backup.keeping {
            // Of no use until it stands: a crash leaves nothing behind.
            keeping.old.push(locker);
        }
        self.save_keeping()?;
        Ok(true)
    }

    fn seal_of_backup(&mut self, purpose: &[u8], bytes: &[u8]) -> Result<Vec<u8>, Error> {
        let key = self.state.backup.keeping.as_ref().map(|it| it.key.clone());
        let key = key.ok_or(Error::Bug("a layer without a backup"))?;
        let (label, salt) = (self.label()?, self.random());
        Ok(seal::seal(purpose, &label, bytes, &key, &salt))
    }

    /// Brings up the next part, or the manifest behind the last.
    fn push_layer(&mut self) -> Result<(), Error> {
        let Some(pushing) = &self.state.backup.pushing else {
            return Ok(());
        };
        let mut parts = pushing.sealed.chunks(MAX_LOCKER_PART_BYTES);
        if let Some(part) = parts.nth(pushing.next as usize) {
            let request = PutLocker {
                locker: pushing.layer.locker,
                part: pushing.next,
                body: part.into(),
                over: None,
            };
            return self.ask_home(Purpose::KeepLayer, request);
        }
        if self.push_slice()? {
            return self.push_layer();
        }
        if let Some(pushing) = &self.state.backup.pushing
            && pushing.manifest.is_none()
        {
            let manifest = self.manifest()?;
            let sealed = self.seal_of_backup(seal::MANIFEST, &to_bytes(&manifest))?;
            if let Some(pushing) = &mut self.state.backup.pushing {
                pushing.manifest = Some(sealed.into());
            }
        }
        let manifest = self.state.backup.pushing.as_ref();
        let body = manifest.and_then(|pushing| pushing.manifest.clone());
        let (Some(body), Some(keeping)) = (body, &self.state.backup.keeping) else {
            return Ok(());
        };
        let request = PutLocker {
            locker: keeping.manifest,
            part: 0,
            body,
            over: keeping.lies,
        };
        self.ask_home(Purpose::KeepManifest, request)
    }

    fn manifest(&self) -> Result<Manifest, Error> {
        let account = self.account()?;
        let (Some(keeping), Some(pushing)) =
            (&self.state.backup.keeping, &self.state.backup.pushing)
        else {
            return Err(Error::Bug("a manifest without a layer"));
        };
        let mut layers = match &pushing.whole {
            Some(whole) => whole.up.clone(),
            None => keeping.layers.clone(),
        };
        layers.push(pushing.layer.clone());
        let archive = ArchiveId(keeping.manifest.0);
        Ok(Manifest {
            device: account.device,
            at: self.now,
            layers,
            ways: keeping.ways.clone(),
            person: Gift::of(&account, archive, keeping.key.clone(), self.names()?),
        })
    }

    pub(crate) fn took_kept_layer(&mut self, result: Result<Reply, Failure>) -> Result<(), Error> {
        match sort(result, done) {
            Got::Reply(()) => {
                if let Some(pushing) = &mut self.state.backup.pushing {
                    pushing.next += 1;
                }
                Ok(())
            }
            Got::Refused(problem) => {
                self.backup_refused(&problem);
                Ok(())
            }
            Got::Offline | Got::Wrong => {
                self.state.backup.retry_at = self.now.plus_millis(PAUSE_MILLIS);
                Ok(())
            }
        }
    }

    fn backup_refused(&mut self, problem: &Problem) {
        let pause = match problem.code {
            ProblemCode::StorageFull => FULL_MILLIS,
            _ => PAUSE_MILLIS,
        };
        let pause = pause.max(problem.retry_after_ms.unwrap_or_default());
        self.state.backup.retry_at = self.now.plus_millis(pause);
    }

    pub(crate) fn took_kept_manifest(
        &mut self,
        result: Result<Reply, Failure>,
    ) -> Result<(), Error> {
        match sort(result, done) {
            Got::Reply(()) => self.layer_stands(),
            Got::Refused(problem) if problem.code == ProblemCode::Conflict => {
                self.look_at_manifest()
            }
            Got::Refused(problem) => {
                self.backup_refused(&problem);
                Ok(())
            }
            Got::Offline | Got::Wrong => {
                self.state.backup.retry_at = self.now.plus_millis(PAUSE_MILLIS);
                Ok(())
            }
        }
    }

    /// The layer that went up is part of the backup.
    fn layer_stands(&mut self) -> Result<(), Error> {
        let now = self.now;
        let backup = &mut self.state.backup;
        let (Some(pushing), Some(keeping)) = (backup.pushing.take(), &mut backup.keeping) else {
            return Ok(());
        };
        let is_whole = pushing.whole.is_some();
        let mut went_up = pushing.whole.map(|whole| whole.up).unwrap_or_default();
        went_up.push(pushing.layer);
        let stands = |locker: &LockerId| went_up.iter().any(|layer| layer.locker == *locker);
        keeping.old.retain(|old| !stands(old));
        if is_whole {
            backup.whole_layers = went_up.len();
            let former = std::mem::take(&mut keeping.layers).into_iter();
            keeping.old.extend(former.map(|layer| layer.locker));
        }
        keeping.layers.extend(went_up);
        keeping.lies = pushing.manifest.as_ref().map(digest);
        keeping.at = Some(now);
        layer::unmark(self.db)?;
        self.save_keeping()
    }

    /// Another manifest lies there than this device left: its own of which no answer came, or that of another device.
    fn look_at_manifest(&mut self) -> Result<(), Error> {
        let Some(keeping) = &self.state.backup.keeping else {
            return Ok(());
        };
        let request = ReadLocker {
            locker: keeping.manifest,
            part: 0,
        };
        self.ask_home(Purpose::LookAtManifest, request)
    }

    pub(crate) fn took_manifest(&mut self, result: Result<Reply, Failure>) -> Result<(), Error> {
        let picked = sort(result, super::recover::part);
        let account_has = self.other_devices();
        let backup = &mut self.state.backup;
        let Some(keeping) = &mut backup.keeping else {
            return Ok(());
        };
        match picked {
            Got::Reply(body) => {
                let pushed = backup.pushing.as_ref();
                if pushed.and_then(|pushing| pushing.manifest.as_ref()) == Some(&body) {
                    return self.layer_stands();
                }
                let found = open(&body, &keeping.key);
                let device = found.as_ref().map(|found| found.device);
                keeping.elsewhere = device.filter(|device| account_has.contains(device));
                keeping.lies = Some(digest(&body));
                let others = found.map(|found| found.layers).unwrap_or_default();
                let former = std::mem::take(&mut keeping.layers);
                if keeping.elsewhere.is_none() {
                    let of_no_use = others.into_iter().chain(former);
                    keeping.old.extend(of_no_use.map(|layer| layer.locker));
                } else {
                    // This device came back from them and would empty them for its own: they are the other's, and in use.
                    let in_use: Vec<LockerId> = others.iter().map(|layer| layer.locker).collect();
                    keeping.old.retain(|old| !in_use.contains(old));
                }
            }
            // Nothing lies there: the server was restored from an older state.
            Got::Refused(problem) if !problem.is_transient() => {
                (keeping.lies, keeping.layers, keeping.elsewhere) = (None, Vec::new(), None);
            }
            _ => {
                backup.retry_at = self.now.plus_millis(PAUSE_MILLIS);
                return Ok(());
            }
        }
        backup.pushing = None;
        backup.due_at = Some(self.now);
        self.save_keeping()
    }

    /// Empties the next locker that is of no use any more. What a former backup consists of is of use until there is another.
    fn empty_old(&mut self) -> Result<(), Error> {
        let Some(keeping) = &self.state.backup.keeping else {
            return Ok(());
        };
        let awaits_first = keeping.on && keeping.elsewhere.is_none() && keeping.layers.is_empty();
        match keeping.old.first().copied().filter(|_| !awaits_first) {
            Some(locker) => self.empty(locker),
            None => Ok(()),
        }
    }

    fn empty(&mut self, locker: LockerId) -> Result<(), Error> {
        self.ask_home(Purpose::EmptyLocker { locker }, EmptyLocker { locker })
    }

    pub(crate) fn took_emptied(
        &mut self,
        locker: LockerId,
        result: Result<Reply, Failure>,
    ) -> Result<(), Error> {
        let again = match sort(result, done) {
            Got::Reply(()) | Got::Wrong => false,
            Got::Refused(problem) => {
                problem.is_transient() || problem.code == ProblemCode::Unauthenticated
            }
            Got::Offline => true,
        };
        if again {
            self.state.backup.retry_at = self.now.plus_millis(PAUSE_MILLIS);
            return Ok(());
        }
        let backup = &mut self.state.backup;
        backup.abandoned.retain(|old| *old != locker);
        if let Some(keeping) = &mut backup.keeping {
            keeping.old.retain(|old| *old != locker);
        }
        self.save_keeping()
    }
}

fn digest(body: &Octets) -> [u8; 32] {
    Sha256::digest(&body.0).into()
}

/// Opens a manifest.
pub(super) fn open(body: &[u8], key: &ArchiveKey) -> Option<Manifest> {
    let bytes = seal::open(seal::MANIFEST, body, key).ok()?;
    from_bytes(&bytes).ok()
}
