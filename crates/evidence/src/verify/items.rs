//! The container and its list: nothing is missing, added, moved or changed.

use super::whole::{self, Whole};
use super::{Check, Checks, Fault, Verdict};
use crate::bundle::{self, MANIFEST_PATH, MEDIA_TYPE, Manifest, Section, TYPE_PATH};
use crate::sign1::{self, SignedIn};
use crate::zip::{self, Entry};
use crate::{Binding, asic};
use std::collections::{BTreeMap, BTreeSet};

/// A bundle whose parts are known.
pub(super) struct Opened<'a> {
    /// What the list is of: all but the first two, and what is over the whole.
    pub(super) entries: Vec<Entry<'a>>,
    /// What is over the whole.
    pub(super) whole: Whole<'a>,
    /// The list, whose signature is still to be verified.
    pub(super) manifest: SignedIn<Manifest>,
    /// Where everything in it must have been signed.
    pub(super) binding: Binding,
}

impl<'a> Opened<'a> {
    /// Returns the files of a kind.
    pub(super) fn section(&self, wanted: Section) -> impl Iterator<Item = Entry<'a>> {
        let entries = self.entries.iter().copied();
        entries.filter(
            move |entry| matches!(Section::of(entry.name), Some((section, _)) if section == wanted),
        )
    }
}

pub(super) fn open<'a>(
    bytes: &'a [u8],
    checks: Checks,
    verdict: &mut Verdict,
) -> Option<Opened<'a>> {
    let Begun {
        first,
        second,
        rest,
        whole,
    } = match begin(bytes, checks) {
        Ok(begun) => begun,
        Err(fault) => {
            verdict.blame("", fault);
            return None;
        }
    };
    for unsound in [first, second].into_iter().filter(|entry| !entry.is_sound) {
        if checks.on(Check::Container) {
            verdict.blame(unsound.name, Fault::Changed);
        }
    }
    let manifest = match sign1::read::<Manifest>(second.bytes) {
        Ok(manifest) => manifest,
        Err(breach) => {
            let fault = match bundle::is_of_another_version(second.bytes) {
                true => Fault::Version,
                false => Fault::Broken(breach),
            };
            verdict.blame(MANIFEST_PATH, fault);
            return None;
        }
    };
    let claims = manifest.claims();
    let binding = Binding {
        asks: claims.asks,
        room: claims.room,
    };
    compare(&rest, claims, checks, verdict);
    verdict.manifest = Some(claims.clone());
    Some(Opened {
        entries: rest,
        whole,
        manifest,
        binding,
    })
}

/// The container's type, its list, what the list is of, and what is over the whole.
struct Begun<'a> {
    first: Entry<'a>,
    second: Entry<'a>,
    rest: Vec<Entry<'a>>,
    whole: Whole<'a>,
}

/// Reads the container.
fn begin(bytes: &[u8], checks: Checks) -> Result<Begun<'_>, Fault> {
    let entries = zip::read(bytes, checks.on(Check::Bound));
    let mut entries = entries.map_err(Fault::Container)?.into_iter();
    let (Some(first), Some(second)) = (entries.next(), entries.next()) else {
        return Err(Fault::Beginning);
    };
    let types = [MEDIA_TYPE, asic::MEDIA_TYPE].map(str::as_bytes);
    let says_what_it_is = first.name == TYPE_PATH && types.contains(&first.bytes);
    if !says_what_it_is || second.name != MANIFEST_PATH {
        return Err(Fault::Beginning);
    }
    let says_so = first.bytes == asic::MEDIA_TYPE.as_bytes();
    let mut rest = entries.collect();
    let whole = whole::take(says_so, second, &mut rest);
    Ok(Begun {
        first,
        second,
        rest,
        whole,
    })
}

fn compare(entries: &[Entry<'_>], manifest: &Manifest, checks: Checks, verdict: &mut Verdict) {
    let found: BTreeMap<&str, &Entry<'_>> =
        entries.iter().map(|entry| (entry.name, entry)).collect();
    let mut listed = BTreeSet::new();
    for item in &manifest.items {
        let path = &*item.path;
        if !listed.insert(path) && checks.on(Check::Listed) {
            verdict.blame(path, Fault::Twice);
        }
        match found.get(path) {
            None if checks.on(Check::Listed) => verdict.blame(path, Fault::Missing),
            Some(entry) if checks.on(Check::Changed) && is_changed(entry, item) => {
                verdict.blame(path, Fault::Changed);
            }
            _ => {}
        }
    }
    let added =
        |entry: &&Entry<'_>| !listed.contains(entry.name) || Section::of(entry.name).is_none();
    for entry in entries.iter().filter(added) {
        if checks.on(Check::Listed) {
            verdict.blame(entry.name, Fault::Added);
        }
    }
    if checks.on(Check::Order) {
        compare_order(entries, manifest, verdict);
    }
}

fn is_changed(entry: &Entry<'_>, item: &crate::bundle::Item) -> bool {
    let is_same = item.length == entry.bytes.len() as u64 && item.digest == entry.digest;
    !is_same || !entry.is_sound
}

/// What is there stands in the order of the list, and each kind of thing is numbered without gaps.
fn compare_order(entries: &[Entry<'_>], manifest: &Manifest, verdict: &mut Verdict) {
    let there: BTreeSet<&str> = entries.iter().map(|entry| entry.name).collect();
    let listed: BTreeSet<&str> = manifest.items.iter().map(|item| &*item.path).collect();
    let items = manifest.items.iter().map(|item| &*item.path);
    let items = items.filter(|path| there.contains(path));
    let places = entries.iter().map(|entry| entry.name);
    let places = places.filter(|path| listed.contains(path));
    if let Some((_, found)) = items.zip(places).find(|(due, found)| due != found) {
        verdict.blame(found, Fault::Moved);
    }
    let mut next: BTreeMap<Section, usize> = BTreeMap::new();
    for item in &manifest.items {
        if let Some((section, Some(number))) = Section::of(&item.path) {
            let due = next.entry(section).or_default();
            if *due != number {
                verdict.blame(&item.path, Fault::Moved);
            }
            *due = number + 1;
        }
    }
}
