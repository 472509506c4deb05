//! The key by which push services know this server (RFC 8292), and the pass that it signs.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use valise_wire::Timestamp;

/// How long a pass is good, in seconds. RFC 8292 lets it be a day at most.
const PASS_SECONDS: u64 = 12 * 3_600;

/// P-256 key with which the server names itself to push services. It opens nothing.
pub struct VapidKey(SigningKey);

impl VapidKey {
    /// Reads a key; none if the bytes are no key, as one in 2³² random ones is not.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let bytes: [u8; 32] = bytes.try_into().ok()?;
        SigningKey::from_slice(&bytes).ok().map(Self)
    }

    /// Returns the public half: an uncompressed point, 65 bytes.
    pub fn public(&self) -> Vec<u8> {
        self.0
            .verifying_key()
            .to_encoded_point(false)
            .as_bytes()
            .to_vec()
    }

    /// Returns the `Authorization` for messages to a push service at an origin. `contact` is whom its operator may write to.
    pub fn authorization(&self, origin: &str, contact: &str, now: Timestamp) -> String {
        let part = |value: serde_json::Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let head = part(serde_json::json!({ "typ": "JWT", "alg": "ES256" }));
        let until = now.as_seconds() + PASS_SECONDS;
        let claims = part(serde_json::json!({ "aud": origin, "exp": until, "sub": contact }));
        let signed = format!("{head}.{claims}");
        let signature: Signature = self.0.sign(signed.as_bytes());
        format!(
            "vapid t={signed}.{}, k={}",
            URL_SAFE_NO_PAD.encode(signature.to_bytes()),
            URL_SAFE_NO_PAD.encode(self.public())
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use p256::ecdsa::signature::Verifier as _;

    #[test]
    fn a_pass_is_signed_for_one_service_and_some_hours() {
        let key = VapidKey::from_bytes(&[7; 32]).unwrap();
        let pass = key.authorization(
            "https://push.example",
            "mailto:a@b.example",
            Timestamp(1_000_000),
        );
        let (token, public) = pass
            .strip_prefix("vapid t=")
            .unwrap()
            .split_once(", k=")
            .unwrap();
        assert_eq!(URL_SAFE_NO_PAD.decode(public).unwrap(), key.public());
        let (signed, signature) = token.rsplit_once('.').unwrap();
        let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
        let signature = Signature::from_slice(&signature).unwrap();
        key.0
            .verifying_key()
            .verify(signed.as_bytes(), &signature)
            .unwrap();
        let claims = URL_SAFE_NO_PAD
            .decode(signed.split_once('.').unwrap().1)
            .unwrap();
        let claims: serde_json::Value = serde_json::from_slice(&claims).unwrap();
        assert_eq!(claims["aud"], "https://push.example");
        assert_eq!(claims["exp"], 1_000 + 12 * 3_600);
        assert_eq!(claims["sub"], "mailto:a@b.example");
    }

    #[test]
    fn what_is_no_key_is_none() {
        assert!(VapidKey::from_bytes(&[0; 32]).is_none());
        assert!(VapidKey::from_bytes(&[1; 31]).is_none());
    }
}
