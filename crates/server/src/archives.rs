//! Archives in which devices move: kept sealed, and handed out to one claim.

use crate::fanout::Owner;
use crate::service::Service;
use crate::store::{ArchiveRow, Assertion, Batch, Entry, Store};
use subtle::ConstantTimeEq;
use valise_wire::request::{
    ArchivePart, Done, ForgetArchive, KeepArchive, MAX_ARCHIVE_PART_BYTES, MAX_ARCHIVE_PARTS,
    Reply, TakeArchive,
};
use valise_wire::{ArchiveId, Octets, Problem, ProblemCode};

/// Keeps a part of the archive of whoever asks. Once somebody has claimed it, nothing of it changes.
pub(crate) async fn keep<S: Store>(
    service: &Service<S>,
    who: Owner,
    request: KeepArchive,
) -> Result<Reply, Problem> {
    let KeepArchive {
        archive,
        part,
        parts,
        body,
    } = request;
    if body.len() > MAX_ARCHIVE_PART_BYTES || parts > MAX_ARCHIVE_PARTS {
        return Err(Problem::new(ProblemCode::TooLarge));
    }
    let is_last = part.checked_add(1) == Some(parts);
    if part >= parts || body.is_empty() || (!is_last && body.len() < MAX_ARCHIVE_PART_BYTES) {
        return Err(Problem::new(ProblemCode::Malformed));
    }
    let mut batch = Batch::new().assert(Assertion::ArchiveClaim(archive, None));
    let row = service.store.archive(archive).await?;
    match &row {
        Some(row) if row.device != who.device => return Err(Problem::new(ProblemCode::Refused)),
        Some(row) if row.claim.is_some() => return Err(Problem::new(ProblemCode::Gone)),
        Some(row) if part > 0 && row.parts != parts => {
            return Err(Problem::new(ProblemCode::Malformed));
        }
        // It made room for others that the device began since.
        None if part > 0 => return Err(Problem::new(ProblemCode::Refused)),
        _ => {}
    }
    if part == 0 && !is_kept(service, archive, row.as_ref(), parts, &body).await? {
        let row = ArchiveRow {
            device: who.device,
            parts,
            kept: 0,
            claim: None,
        };
        batch = batch.entry(Entry::BeginArchive(archive, row));
    }
    let batch = batch.entry(Entry::ArchivePart(archive, part, body));
    service.store.commit(batch).await?;
    Ok(Done {}.into())
}

/// Tells whether an archive was begun with this very first part. Another one begins it anew: what is sealed twice is never
/// the same, and nobody is given the half of one and the half of the other.
async fn is_kept<S: Store>(
    service: &Service<S>,
    archive: ArchiveId,
    row: Option<&ArchiveRow>,
    parts: u32,
    body: &Octets,
) -> Result<bool, Problem> {
    if row.is_none_or(|row| row.parts != parts) {
        return Ok(false);
    }
    let first = service.store.archive_part(archive, 0).await?;
    Ok(first.is_some_and(|first| first == *body))
}

/// Hands out a part of an archive. The first claim is made durable before a byte of it leaves: two copies of one device
/// would use the same keys twice.
pub(crate) async fn take<S: Store>(
    service: &Service<S>,
    request: TakeArchive,
) -> Result<Reply, Problem> {
    let row = whole(service, request.archive).await?;
    let once = service.settings.protections.archive_once;
    match (request.claim, row.claim) {
        (None, None) if request.part > 0 => return Err(Problem::new(ProblemCode::Malformed)),
        (None, None) => {}
        (Some(claim), None) => {
            let batch = Batch::new()
                .assert(Assertion::ArchiveClaim(request.archive, Some(claim)))
                .entry(Entry::ClaimArchive(request.archive, claim));
            service.store.commit(batch).await?;
        }
        (Some(claim), Some(first)) if bool::from(claim.ct_eq(&first)) || !once => {}
        (_, Some(_)) => return Err(Problem::new(ProblemCode::Gone)),
    }
    let part = service
        .store
        .archive_part(request.archive, request.part)
        .await?;
    let body = part.ok_or(Problem::new(ProblemCode::Gone))?;
    Ok(ArchivePart {
        parts: row.parts,
        body,
    }
    .into())
}

/// Finds an archive that can be handed out, or was.
async fn whole<S: Store>(service: &Service<S>, archive: ArchiveId) -> Result<ArchiveRow, Problem> {
    let row = service.store.archive(archive).await?;
    row.filter(|row| row.kept == row.parts || row.claim.is_some())
        .ok_or(Problem::new(ProblemCode::Refused))
}

/// Forgets what an archive holds, for the device that arrived in it or another one of its account that was given it.
pub(crate) async fn forget<S: Store>(
    service: &Service<S>,
    who: Owner,
    request: ForgetArchive,
) -> Result<Reply, Problem> {
    let row = service.store.archive(request.archive).await?;
    let directory = service.directory.current();
    let own = |row: &ArchiveRow| {
        let made = directory
            .as_deref()
            .map(|it| it.device(who.account, row.device));
        row.device == who.device || made.flatten().is_some()
    };
    if row.is_none_or(|row| !own(&row) || row.claim.is_none()) {
        return Err(Problem::new(ProblemCode::Refused));
    }
    let batch = Batch::new().entry(Entry::EmptyArchive(request.archive));
    service.store.commit(batch).await?;
    Ok(Done {}.into())
}
