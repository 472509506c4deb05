//! What a person has when every device is lost: a passkey, or a code on paper. What is derived from it names the locker that
//! says where the backup lies, opens that, and is the word that lets a new device onto the account's list. See `spec/backup.md`.

use crate::letters::{LETTERS, values};
use crate::linking::hash;
use rand_core::CryptoRngCore;
use valise_wire::LockerId;
use zeroize::Zeroizing;

/// Letters of a printed code that are random: 130 bits.
const RANDOM_LETTERS: usize = 26;
/// Letters that tell a typing error.
const CHECK_LETTERS: usize = 2;
/// Letters between two hyphens.
const GROUP: usize = 4;

/// A secret with which a person comes back.
#[derive(Clone, PartialEq, Eq)]
pub struct RecoverySecret(Zeroizing<Vec<u8>>);

impl std::fmt::Debug for RecoverySecret {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("RecoverySecret")
    }
}

impl RecoverySecret {
    /// Takes what a passkey gives (WebAuthn's `prf`, 32 bytes).
    pub fn of_passkey(output: &[u8; 32]) -> Self {
        Self(Zeroizing::new([&b"passkey"[..], output].concat()))
    }

    /// Makes a code to print, and its secret: seven groups of four letters.
    pub fn generate(rng: &mut dyn CryptoRngCore) -> (Self, Zeroizing<String>) {
        let mut bytes = Zeroizing::new([0; RANDOM_LETTERS]);
        rng.fill_bytes(&mut *bytes);
        let mut letters: Zeroizing<Vec<u8>> =
            Zeroizing::new(bytes.iter().map(|byte| byte & 31).collect());
        let check = check(&letters);
        letters.extend(check);
        let secret = Self::of_letters(&letters[..RANDOM_LETTERS]);
        let text = letters.chunks(GROUP).map(|group| {
            let group = group.iter().map(|value| LETTERS[usize::from(*value)]);
            group.map(char::from).collect::<String>()
        });
        let text = text.collect::<Vec<_>>().join("-");
        (secret, Zeroizing::new(text))
    }

    /// Reads a printed code; none if it is none, or a letter is wrong.
    pub fn parse(text: &str) -> Option<Self> {
        let letters = Zeroizing::new(values(text, RANDOM_LETTERS + CHECK_LETTERS)?);
        let (random, last) = letters.split_at_checked(RANDOM_LETTERS)?;
        (last == check(random)).then(|| Self::of_letters(random))
    }

    fn of_letters(letters: &[u8]) -> Self {
        Self(Zeroizing::new([&b"printed"[..], letters].concat()))
    }

    /// Returns the locker in which it stands where the backup lies.
    pub fn locker(&self) -> LockerId {
        let mut name = LockerId([0; 16]);
        name.0
            .copy_from_slice(&hash("backup locker", &[&self.0])[..16]);
        name
    }

    /// Returns what opens that locker.
    pub fn key(&self) -> Zeroizing<[u8; 16]> {
        let mut key = Zeroizing::new([0; 16]);
        key.copy_from_slice(&hash("backup key", &[&self.0])[..16]);
        key
    }

    /// Returns the word that lets a device come back.
    pub fn word(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(hash("backup word", &[&self.0]))
    }
}

fn check(letters: &[u8]) -> [u8; CHECK_LETTERS] {
    let hash = hash("backup check", &[letters]);
    [hash[0] & 31, hash[1] & 31]
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_chacha::ChaCha20Rng;
    use rand_core::SeedableRng;

    #[test]
    fn a_printed_code_comes_back_however_it_is_typed() {
        let (secret, text) = RecoverySecret::generate(&mut ChaCha20Rng::from_seed([1; 32]));
        assert_eq!(text.len(), 34);
        for typed in [
            text.to_string(),
            text.to_lowercase(),
            text.replace('-', " "),
            text.replace('0', "o").replace('1', "l"),
        ] {
            assert!(RecoverySecret::parse(&typed).as_ref() == Some(&secret));
        }
    }

    #[test]
    fn a_code_with_a_letter_wrong_missing_or_too_many_is_none() {
        let (_, text) = RecoverySecret::generate(&mut ChaCha20Rng::from_seed([2; 32]));
        let other = if text.starts_with('7') { "8" } else { "7" };
        assert_eq!(
            RecoverySecret::parse(&format!("{other}{}", &text[1..])),
            None
        );
        assert_eq!(RecoverySecret::parse(&text[..33]), None);
        assert_eq!(RecoverySecret::parse(&format!("{}7", *text)), None);
        assert_eq!(RecoverySecret::parse(""), None);
        assert_eq!(RecoverySecret::parse("пароль"), None);
    }

    #[test]
    fn name_key_and_word_tell_nothing_of_one_another() {
        let secret = RecoverySecret::of_passkey(&[7; 32]);
        let (locker, key, word) = (secret.locker(), secret.key(), secret.word());
        assert_ne!(locker.0, *key);
        assert_ne!(word[..16], *key);
        assert_ne!(
            secret.locker(),
            RecoverySecret::of_passkey(&[8; 32]).locker()
        );
    }
}
