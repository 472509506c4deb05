//! An authority as it is kept: both secrets and both certificates in one piece, so that they always belong together.

use super::{Authority, Error, Pair, Secret, key};
use crate::certificate::Certificate;
use zeroize::Zeroizing;

const MARK: &[u8; 8] = b"valise-t";
const SECRET_BYTES: usize = 32;

/// An authority's bytes; whoever has them can say anything about the time.
pub struct Kept(pub Zeroizing<Vec<u8>>);

impl Authority {
    /// Returns what must be kept, from which [`Authority::read`] makes it again.
    pub fn keep(&self) -> Kept {
        let (root, signer) = (
            self.root.certificate.to_der(),
            self.signer.certificate.to_der(),
        );
        // As long as it will be, so that growing leaves no secret behind.
        let length = MARK.len() + 2 * SECRET_BYTES + 4 + root.len() + signer.len();
        let mut bytes = Zeroizing::new(Vec::with_capacity(length));
        bytes.extend(MARK);
        bytes.extend(self.root.secret.as_slice());
        bytes.extend(self.signer.secret.as_slice());
        // A certificate that was made here has a few hundred bytes.
        bytes.extend((root.len() as u32).to_be_bytes());
        bytes.extend(root);
        bytes.extend(signer);
        Kept(bytes)
    }

    /// Makes an authority again of what was kept.
    pub fn read(kept: &Kept) -> Result<Self, Error> {
        read(&kept.0).ok_or(Error::Damaged)
    }
}

fn read(bytes: &[u8]) -> Option<Authority> {
    let rest = bytes.strip_prefix(MARK)?;
    let (root_secret, rest) = rest.split_first_chunk::<SECRET_BYTES>()?;
    let (signer_secret, rest) = rest.split_first_chunk::<SECRET_BYTES>()?;
    let (length, rest) = rest.split_first_chunk::<4>()?;
    let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
    let (root, signer) = rest.split_at_checked(length)?;
    let root = pair(Zeroizing::new(*root_secret), root)?;
    let signer = pair(Zeroizing::new(*signer_secret), signer)?;
    signer.certificate.check_signed_by(&root.certificate).ok()?;
    Some(Authority { root, signer })
}

/// Puts a key and its certificate together, if they belong together.
fn pair(secret: Secret, certificate: &[u8]) -> Option<Pair> {
    let certificate = Certificate::from_der(certificate).ok()?;
    let key = key(&secret);
    let point = key.verifying_key().to_encoded_point(false);
    let tbs = &certificate.x509().tbs_certificate;
    let spki = &tbs.subject_public_key_info;
    (spki.subject_public_key.as_bytes() == Some(point.as_bytes())).then_some(Pair {
        secret,
        key,
        certificate,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use valise_wire::Timestamp;

    #[test]
    fn an_authority_comes_back_and_a_damaged_one_does_not() {
        let secrets = [[1; 32], [2; 32]].map(Zeroizing::new);
        let now = Timestamp(1_790_000_000_000);
        let authority = Authority::found("office.example", secrets, now).unwrap();
        let kept = authority.keep();
        let again = Authority::read(&kept).unwrap();
        assert_eq!(again.keep().0, kept.0);
        assert_eq!(again.certificate(), authority.certificate());
        for at in 0..kept.0.len() {
            let mut bytes = kept.0.clone();
            bytes[at] ^= 1;
            let read = Authority::read(&Kept(bytes));
            // The root vouches for itself, and only its owner looks at its own signature.
            let is_harmless = read.is_ok_and(|read| read.certificate() == authority.certificate());
            let root_bytes = 8 + 64 + 4..8 + 64 + 4 + authority.root().to_der().len();
            assert!(!is_harmless || root_bytes.contains(&at), "byte {at}");
        }
        for length in 0..kept.0.len() {
            let cut = Kept(Zeroizing::new(kept.0[..length].to_vec()));
            assert!(Authority::read(&cut).is_err());
        }
    }
}
