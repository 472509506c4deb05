//! Files that lie at the other server.

use super::ask;
use super::foreign::refused;
use crate::service::Service;
use crate::store::Store;
use valise_wire::partner::{BlobPart, MAX_BLOB_PART_BYTES, PartnerReply, PartnerRequest, ReadBlob};
use valise_wire::{BlobId, OrganisationId, Problem, ProblemCode};

/// Reads a part of a file at a partner's server; none if it cannot be had. Its bytes are checked by who asked: what was sealed
/// cannot be another thing.
pub(crate) async fn read_blob<S: Store>(
    service: &Service<S>,
    at: OrganisationId,
    blob: BlobId,
    offset: u64,
    length: u32,
) -> Option<BlobPart> {
    let request = PartnerRequest::ReadBlob(ReadBlob {
        blob,
        offset,
        length: length.min(MAX_BLOB_PART_BYTES),
    });
    match ask::ask(service, at, request).await {
        Ok(PartnerReply::Blob(part)) => {
            let fits = part.bytes.len() <= length as usize && !part.bytes.is_empty();
            fits.then_some(part)
        }
        _ => None,
    }
}

/// Gives a partner a part of a file. Whoever knows its id has a message that names it, as at home.
pub(super) async fn give<S: Store>(
    service: &Service<S>,
    request: ReadBlob,
) -> Result<PartnerReply, Problem> {
    if request.length > MAX_BLOB_PART_BYTES {
        return Err(Problem::new(ProblemCode::TooLarge));
    }
    let files = &service.settings.attachments;
    let part = files.part(request.blob, request.offset, request.length);
    part.await.map(Into::into).ok_or_else(refused)
}
