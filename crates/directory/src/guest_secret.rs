//! What a guest's link and code are made of, and what is made of them.

use crate::keys::{AccountKey, InvitationKey};
use crate::letters::{LETTERS, values};
use crate::linking::hash;
use crate::seal::DirectoryKey;
use argon2::{Algorithm, Argon2, Params, Version};
use hkdf::Hkdf;
use sha2::Sha256;
use valise_wire::InvitationId;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// Letters of a code that are random: 50 bits.
const RANDOM_LETTERS: usize = 10;
/// Letters that tell a typing error.
const CHECK_LETTERS: usize = 2;
/// Letters between two hyphens.
const GROUP: usize = 4;
/// What one guess of a code costs: 64 MiB, three passes, one lane.
const MEMORY_KIB: u32 = 64 << 10;
const PASSES: u32 = 3;

/// The secret in a guest's link, 32 bytes.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct GuestSecret([u8; 32]);

impl GuestSecret {
    /// Makes the secret of a pass of an account.
    pub fn derive(account: &AccountKey, pass: InvitationId) -> Self {
        let mut secret = Self([0; 32]);
        let label = [b"valise/1 guest link\0", &pass.0[..]].concat();
        expand(&account.to_seed(), &label, &mut secret.0);
        secret
    }

    /// Takes a secret out of a link or a store.
    pub fn from_bytes(bytes: &[u8; 32]) -> Self {
        Self(*bytes)
    }

    /// Returns the secret, to be put into a link or stored sealed.
    pub fn to_bytes(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.0)
    }

    /// Returns the key that a pass names: of the link and the code, neither of which suffices. Slow on purpose, so that whoever finds
    /// the link cannot try codes.
    pub fn key(&self, code: &GuestCode, pass: InvitationId) -> InvitationKey {
        let mut salt = Zeroizing::new([0; 32]);
        expand(
            &self.0,
            &[b"valise/1 guest salt\0", &pass.0[..]].concat(),
            &mut salt,
        );
        let mut slow = Zeroizing::new([0; 32]);
        // The numbers are within what the function takes.
        let params = Params::new(MEMORY_KIB, PASSES, 1, Some(32)).unwrap_or_default();
        let hashed = Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(&code.0, &*salt, &mut *slow);
        debug_assert!(hashed.is_ok());
        let mut seed = Zeroizing::new([0; 32]);
        let both = Zeroizing::new([&self.0[..], &slow[..]].concat());
        let expanded = Hkdf::<Sha256>::new(None, &both).expand(b"valise/1 guest key", &mut *seed);
        debug_assert!(expanded.is_ok());
        InvitationKey::from_seed(&seed)
    }

    /// Returns what opens the card.
    pub(crate) fn card_key(&self) -> DirectoryKey {
        let mut key = Zeroizing::new([0; 32]);
        expand(&self.0, b"valise/1 guest card", &mut key);
        DirectoryKey::from_bytes(&key)
    }
}

/// The short code that travels another way than the link: three groups of four letters, the last two of which tell a typing error.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct GuestCode(Vec<u8>);

impl std::fmt::Debug for GuestCode {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("GuestCode")
    }
}

impl GuestCode {
    /// Makes the code of a pass of an account.
    pub fn derive(account: &AccountKey, pass: InvitationId) -> Self {
        let mut bytes = Zeroizing::new([0; 32]);
        let label = [b"valise/1 guest code\0", &pass.0[..]].concat();
        expand(&account.to_seed(), &label, &mut bytes);
        let letters = bytes.iter().take(RANDOM_LETTERS).map(|byte| byte & 31);
        Self(letters.collect())
    }

    /// Reads a code as a person types it; none if it is none, or a letter is wrong.
    pub fn parse(text: &str) -> Option<Self> {
        let letters = Zeroizing::new(values(text, RANDOM_LETTERS + CHECK_LETTERS)?);
        let (random, last) = letters.split_at_checked(RANDOM_LETTERS)?;
        (last == check(random)).then(|| Self(random.to_vec()))
    }

    /// Writes it as it is told.
    pub fn to_text(&self) -> Zeroizing<String> {
        let letters = Zeroizing::new([&self.0[..], &check(&self.0)].concat());
        let groups = letters.chunks(GROUP).map(|group| {
            let group = group.iter().map(|value| LETTERS[usize::from(*value)]);
            group.map(char::from).collect::<String>()
        });
        Zeroizing::new(groups.collect::<Vec<_>>().join("-"))
    }
}

fn check(letters: &[u8]) -> [u8; CHECK_LETTERS] {
    let hash = hash("guest code check", &[letters]);
    [hash[0] & 31, hash[1] & 31]
}

fn expand(secret: &[u8; 32], label: &[u8], into: &mut [u8; 32]) {
    // Less than 255 hashes are asked for, so this cannot fail.
    let expanded = Hkdf::<Sha256>::new(None, secret).expand(label, into);
    debug_assert!(expanded.is_ok());
}

#[cfg(test)]
mod tests {
    use super::*;

    const PASS: InvitationId = InvitationId([3; 16]);

    #[test]
    fn a_code_is_read_however_it_is_typed_and_not_with_a_letter_wrong() {
        let code = GuestCode::derive(&AccountKey::from_seed(&[1; 32]), PASS);
        let text = code.to_text();
        assert_eq!(text.len(), 14);
        for typed in [
            text.to_string(),
            text.to_lowercase(),
            text.replace('-', " "),
        ] {
            assert_eq!(GuestCode::parse(&typed).as_ref(), Some(&code));
        }
        let other = if text.starts_with('7') { "8" } else { "7" };
        assert_eq!(GuestCode::parse(&format!("{other}{}", &text[1..])), None);
        assert_eq!(GuestCode::parse(&text[..13]), None);
    }

    #[test]
    fn the_key_needs_the_link_and_the_code() {
        let account = AccountKey::from_seed(&[1; 32]);
        let secret = GuestSecret::derive(&account, PASS);
        let code = GuestCode::derive(&account, PASS);
        let key = |secret: &GuestSecret, code: &GuestCode| *secret.key(code, PASS).to_seed();
        assert_eq!(key(&secret, &code), key(&secret.clone(), &code.clone()));
        let other = InvitationId([4; 16]);
        let other_code = GuestCode::derive(&account, other);
        assert_ne!(key(&secret, &code), key(&secret, &other_code));
        let other_secret = GuestSecret::derive(&account, other);
        assert_ne!(key(&secret, &code), key(&other_secret, &code));
    }
}
