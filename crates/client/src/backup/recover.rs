//! Coming back: an empty device finds the backup by a secret, takes it, gets itself onto the account's list, and goes back
//! into the rooms as the hub has them.

use super::{Keeping, Manifest, Pointer, Returning, keep, layer};
use crate::Error;
use crate::account::NewDevice;
use crate::archive::rows::Trouble as Unpacked;
use crate::archive::{ArchiveKey, Unusable, seal};
use crate::asked::{Got, Purpose, sort};
use crate::io::Failure;
use crate::state::Cx;
use crate::store::Setting;
use sha2::{Digest as _, Sha256};
use valise_directory::link::check_origin;
use valise_directory::recovery::RecoverySecret;
use valise_directory::statement::MAX_DEVICES;
use valise_views::{Outcome, Past, Recovery, Trouble};
use valise_wire::request::{MAX_LOCKER_PART_BYTES, ReadLocker, ReadReturning, Reply, Return};
use valise_wire::{LockerId, Octets, from_bytes};
use zeroize::Zeroizing;

/// Time after a failure before the next try.
const PAUSE_MILLIS: u64 = 2_000;
/// Looks at the manifest before it is given up: it may move on while its layers are read.
const MOST_LOOKS: u32 = 5;
/// Most bytes of all layers.
const MOST_BYTES: usize = 128 << 20;

/// A backup on its way to this device.
pub(super) struct Recovering {
    origin: String,
    name: String,
    locker: LockerId,
    key: ArchiveKey,
    word: Zeroizing<[u8; 32]>,
    number: u64,
    step: Step,
    looks: u32,
}

enum Step {
    /// To find where it lies.
    Pointer,
    /// To see what it consists of.
    Manifest(Pointer),
    /// To take it.
    Layers(Box<Taking>),
}

struct Taking {
    pointer: Pointer,
    manifest: Manifest,
    /// SHA-256 of the manifest as it lies there.
    lies: [u8; 32],
    /// Whole layers, and the one that is being taken.
    got: Vec<Vec<u8>>,
    part: u32,
    bytes: usize,
}

impl Recovering {
    pub(super) fn progress(&self) -> Past {
        match &self.step {
            Step::Layers(taking) => {
                let layers = &taking.manifest.layers;
                let before = layers.iter().take(taking.got.len() - 1);
                Past {
                    parts: before.map(|layer| layer.parts).sum::<u32>() + taking.part,
                    of: Some(layers.iter().map(|layer| layer.parts).sum()),
                }
            }
            _ => Past { parts: 0, of: None },
        }
    }

    fn request(&self) -> ReadLocker {
        match &self.step {
            Step::Pointer => ReadLocker {
                locker: self.locker,
                part: 0,
            },
            Step::Manifest(pointer) => ReadLocker {
                locker: pointer.manifest,
                part: 0,
            },
            Step::Layers(taking) => {
                let layers = &taking.manifest.layers;
                let layer = layers.get(taking.got.len() - 1);
                ReadLocker {
                    locker: layer.map_or(self.locker, |layer| layer.locker),
                    part: taking.part,
                }
            }
        }
    }
}

impl Taking {
    /// Takes a part; tells whether it was the last one, or none if no device of ours keeps such parts.
    fn take(&mut self, body: &Octets) -> Option<bool> {
        self.bytes += body.len();
        if body.len() > MAX_LOCKER_PART_BYTES || self.bytes > MOST_BYTES {
            return None;
        }
        self.got.last_mut()?.extend_from_slice(body);
        self.part += 1;
        let layers = &self.manifest.layers;
        if self.part < layers.get(self.got.len() - 1)?.parts {
            return Some(false);
        }
        if self.got.len() == layers.len() {
            return Some(true);
        }
        self.got.push(Vec::new());
        self.part = 0;
        Some(false)
    }
}

impl Cx<'_> {
    /// Begins to come back with a passkey or a printed code.
    pub(crate) fn recover(
        &mut self,
        number: u64,
        origin: &str,
        with: &Recovery,
        name: &str,
    ) -> Result<(), Error> {
        if self.state.is_taken() {
            return self.fail(number, Trouble::AlreadyJoined);
        }
        if check_origin(origin).is_err() {
            return self.fail(number, Trouble::BadLink);
        }
        let secret = match with {
            Recovery::Passkey(output) => Some(RecoverySecret::of_passkey(&output.0)),
            Recovery::Code(text) => RecoverySecret::parse(text),
        };
        let Some(secret) = secret else {
            return self.fail(number, Trouble::BadCode);
        };
        if let Some(former) = self.state.backup.recovering.take() {
            self.fail(former.number, Trouble::NotFound)?;
        }
        self.forget_asking(|purpose| matches!(purpose, Purpose::Recover));
        self.state.backup.retry_at = self.now;
        self.state.backup.recovering = Some(Box::new(Recovering {
            origin: origin.to_owned(),
            name: name.to_owned(),
            locker: secret.locker(),
            key: ArchiveKey(*secret.key()),
            word: secret.word(),
            number,
            step: Step::Pointer,
            looks: 0,
        }));
        self.state.dirty.status = true;
        Ok(())
    }

    /// Does what comes next on the way back.
    pub(crate) fn advance_recovering(&mut self) -> Result<(), Error> {
        let retry_at = self.state.backup.retry_at;
        let Some(recovering) = &self.state.backup.recovering else {
            return self.advance_returning();
        };
        let (origin, request) = (recovering.origin.clone(), recovering.request());
        if !self.is_asking(|purpose| matches!(purpose, Purpose::Recover)) && self.is_due(retry_at) {
            self.ask(Purpose::Recover, &origin, request);
        }
        Ok(())
    }

    pub(crate) fn took_recovered(&mut self, result: Result<Reply, Failure>) -> Result<(), Error> {
        let picked = sort(result, part);
        self.state.dirty.status = true;
        let Some(mut recovering) = self.state.backup.recovering.take() else {
            return Ok(());
        };
        let number = recovering.number;
        match picked {
            Got::Reply(body) => match recovering.took(&body) {
                Ok(true) => return self.unpack_backup(*recovering),
                Ok(false) => {}
                Err(trouble) => return self.fail(number, trouble),
            },
            Got::Refused(problem) if problem.is_transient() => {
                let pause = problem.retry_after_ms.unwrap_or_default().max(PAUSE_MILLIS);
                self.state.backup.retry_at = self.now.plus_millis(pause);
            }
            Got::Refused(_) => match recovering.step {
                Step::Layers(taking) if recovering.looks < MOST_LOOKS => {
                    // The device that keeps it has brought it up to date meanwhile.
                    recovering.looks += 1;
                    recovering.step = Step::Manifest(taking.pointer);
                }
                _ => return self.fail(number, Trouble::NoBackup),
            },
            Got::Offline => match recovering.step {
                Step::Pointer => return self.fail(number, Trouble::Offline),
                _ => self.state.backup.retry_at = self.now.plus_millis(PAUSE_MILLIS),
            },
            Got::Wrong => return self.fail(number, Trouble::ServerMisbehaved),
        }
        self.state.backup.recovering = Some(recovering);
        Ok(())
    }

    /// Takes what the backup holds, in one transaction with who this device is from now on.
    fn unpack_backup(&mut self, recovering: Recovering) -> Result<(), Error> {
        let number = recovering.number;
        let Step::Layers(taking) = recovering.step else {
            return Ok(());
        };
        if self.state.is_taken() {
            // It became somebody's another way meanwhile.
            return self.fail(number, Trouble::AlreadyJoined);
        }
        let Taking {
            pointer,
            manifest,
            lies,
            got,
            ..
        } = *taking;
        let unpacked = self.attempt(|| -> Result<(), Unpacked> {
            for sealed in &got {
                let rows =
                    seal::open(seal::LAYER, sealed, &pointer.key).map_err(Unpacked::Archive)?;
                layer::apply(self.db, &rows)?;
            }
            self.index_anew()?;
            self.files_stay_behind()?;
            Ok(())
        })?;
        match unpacked {
            Ok(()) => {}
            Err(Unpacked::Archive(Unusable::Newer)) => {
                return self.fail(number, Trouble::NewerVersion);
            }
            Err(Unpacked::Archive(_)) => return self.fail(number, Trouble::BadArchive),
            Err(Unpacked::Store(error)) => return Err(error),
        }
        self.look_for_what_is_over();
        let device = NewDevice::generate(&self.state.random);
        let account = manifest.person.accept(&recovering.origin, &device);
        self.set_account(crate::account::Account {
            joined: false,
            ..account
        })?;
        for named in &manifest.person.devices {
            self.name_device(named.device, &named.name)?;
        }
        self.name_device(device.id, &recovering.name)?;
        let keeping = Keeping {
            on: true,
            manifest: pointer.manifest,
            key: pointer.key,
            ways: manifest.ways,
            // What this device keeps is written anew: its rooms are others.
            layers: Vec::new(),
            lies: Some(lies),
            at: None,
            elsewhere: None,
            old: manifest.layers.iter().map(|layer| layer.locker).collect(),
        };
        Setting::Backup.set(self.db, &keeping)?;
        let word = Some(*recovering.word);
        Setting::Returning.set(self.db, &Returning { word })?;
        self.state.reload(self.db)?;
        self.outcome(number, Outcome::Done);
        Ok(())
    }

    /// Reads the log until the account's own entry is known, and puts this device on its list.
    fn advance_returning(&mut self) -> Result<(), Error> {
        let word = self.state.backup.returning.as_ref();
        let Some(word) = word.and_then(|returning| returning.word) else {
            return self.finish_returning();
        };
        let asking =
            |purpose: &Purpose| matches!(purpose, Purpose::ReadReturning | Purpose::Return);
        let retry_at = self.state.backup.retry_at;
        if !self.state.line.online || self.is_asking(asking) || !self.is_due(retry_at) {
            return Ok(());
        }
        let account = self.account()?;
        let (who, this) = (account.account, account.device);
        if !self.state.backup.log_read {
            self.state.line.directory_asked = self.state.line.directory_head;
            let after = self.state.roll.home.head().position;
            let request = ReadReturning {
                account: who,
                word,
                after,
            };
            return self.ask_home(Purpose::ReadReturning, request);
        }
        let mut devices = self.own_devices();
        if devices.iter().any(|device| device.id == this) {
            return self.is_back_on_the_list();
        }
        if devices.is_empty() {
            // The account has ended, or there is none such.
            self.state.backup.retry_at = self.now.plus_millis(30_000);
            self.state.backup.log_read = false;
            return Ok(());
        }
        if devices.len() >= MAX_DEVICES {
            devices.sort_by_key(|device| device.added_at);
            devices.remove(0);
        }
        let own = NewDevice {
            id: this,
            device_key: account.device_key.clone(),
            leaf_key: account.leaf_key.clone(),
        };
        devices.push(own.statement(self.now));
        let request = Return {
            account: who,
            word,
            statement: self.device_list(devices)?,
        };
        self.ask_home(Purpose::Return, request)
    }

    pub(crate) fn took_returning_log(
        &mut self,
        result: Result<Reply, Failure>,
    ) -> Result<(), Error> {
        match self.took_log(result)? {
            Some(is_read) => self.state.backup.log_read = is_read,
            None => self.state.backup.retry_at = self.now.plus_millis(PAUSE_MILLIS),
        }
        Ok(())
    }

    /// Whatever the answer was: the log tells what came of it.
    pub(crate) fn took_return(&mut self, result: Result<Reply, Failure>) -> Result<(), Error> {
        if !matches!(sort(result, super::done), Got::Reply(())) {
            self.state.backup.retry_at = self.now.plus_millis(PAUSE_MILLIS);
        }
        self.state.backup.log_read = false;
        Ok(())
    }

    /// The device is one of the account's: it signs in, and goes back into the rooms.
    fn is_back_on_the_list(&mut self) -> Result<(), Error> {
        let account = crate::account::Account {
            joined: true,
            ..(*self.account()?).clone()
        };
        self.set_account(account)?;
        let returning = Returning { word: None };
        Setting::Returning.set(self.db, &returning)?;
        self.state.backup.returning = Some(returning);
        self.state.line.retry_at = self.now;
        self.state.dirty = crate::view::Dirty::everything();
        self.advance_line()
    }

    /// Every room was come back into, or is not to be.
    fn finish_returning(&mut self) -> Result<(), Error> {
        if !self.state.backup.is_returning() {
            return Ok(());
        }
        let mut rooms = self.state.rooms.values();
        if rooms.any(|room| room.is_member() && room.lost && !room.frozen) {
            return Ok(());
        }
        self.state.backup.returning = None;
        Setting::Returning.clear(self.db)
    }
}

impl Recovering {
    /// Takes the next thing; tells whether all of it is here.
    fn took(&mut self, body: &Octets) -> Result<bool, Trouble> {
        match &mut self.step {
            Step::Pointer => {
                let opened = seal::open(seal::POINTER, body, &self.key).map_err(trouble_of)?;
                let pointer = from_bytes(&opened).map_err(|_| Trouble::BadArchive)?;
                self.step = Step::Manifest(pointer);
                Ok(false)
            }
            Step::Manifest(pointer) => {
                let manifest = keep::open(body, &pointer.key).ok_or(Trouble::BadArchive)?;
                let empty = |layer: &super::Layer| layer.parts == 0;
                if manifest.layers.is_empty() || manifest.layers.iter().any(empty) {
                    return Err(Trouble::BadArchive);
                }
                self.step = Step::Layers(Box::new(Taking {
                    pointer: pointer.clone(),
                    manifest,
                    lies: Sha256::digest(&body.0).into(),
                    got: vec![Vec::new()],
                    part: 0,
                    bytes: 0,
                }));
                Ok(false)
            }
            Step::Layers(taking) => taking.take(body).ok_or(Trouble::ServerMisbehaved),
        }
    }
}

fn trouble_of(unusable: Unusable) -> Trouble {
    match unusable {
        Unusable::WrongKey | Unusable::Damaged => Trouble::BadArchive,
        Unusable::Newer => Trouble::NewerVersion,
    }
}

pub(super) fn part(reply: Reply) -> Option<Octets> {
    match reply {
        Reply::LockerPart(part) => Some(part.body),
        _ => None,
    }
}
