//! The store's key: random, and kept only wrapped.
//!
//! It is wrapped by AES-256-GCM under a key that HKDF-SHA-256 derives from the passkey's PRF output, or under a key of
//! the browser that cannot be read out. Either one is a `CryptoKey` object: scripts can use it and not see it.

use crate::browser::{call, object, random_bytes, scope};
use crate::database::{Database, Record};
use js_sys::{Array, ArrayBuffer, Uint8Array};
use serde::{Deserialize, Serialize};
use valise_views::bridge::{Gate, UnlockSecret};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::CryptoKey;
use zeroize::{Zeroize, Zeroizing};

/// What the wrapping key is for.
const PURPOSE: &[u8] = b"valise: wraps the key of the store, 1";

/// The wrapped key as it is kept.
#[derive(Serialize, Deserialize)]
struct Wrapped {
    /// Of this form.
    version: u8,
    /// Whether the passkey unwraps it.
    by_passkey: bool,
    /// Random, for HKDF.
    salt: [u8; 32],
    /// Random, for AES-GCM; each wrapping key is used once.
    nonce: [u8; 12],
    /// Ciphertext and tag.
    #[serde(with = "serde_bytes")]
    sealed: Vec<u8>,
}

/// Why the store's key was not had.
#[derive(Debug)]
pub enum KeyTrouble {
    /// The secret does not unwrap it.
    WrongSecret,
    /// There is none, or there is one already.
    Changed,
    /// The browser failed.
    Browser(JsValue),
}

impl From<JsValue> for KeyTrouble {
    fn from(error: JsValue) -> Self {
        Self::Browser(error)
    }
}

/// Tells how it stands with the store, as far as its key says.
pub async fn gate(database: &Database) -> Result<Gate, KeyTrouble> {
    Ok(match read(database).await? {
        None => Gate::Empty,
        Some(wrapped) => Gate::Locked {
            passkey: wrapped.by_passkey,
        },
    })
}

/// Returns the id of the passkey that opens the store.
pub async fn credential(database: &Database) -> Option<Vec<u8>> {
    let value = database.read(Record::Credential).await.ok()?;
    value.dyn_into::<Uint8Array>().ok().map(|id| id.to_vec())
}

/// Makes a store's key, and keeps it wrapped. Returns the wrapping key.
pub async fn make(
    database: &Database,
    secret: UnlockSecret,
    credential: Option<Vec<u8>>,
) -> Result<CryptoKey, KeyTrouble> {
    let (salt, store_key) = (random_bytes()?, Zeroizing::new(random_bytes()?));
    let mut nonce = [0; 12];
    nonce.copy_from_slice(&random_bytes()?[..12]);
    let by_passkey = matches!(secret, UnlockSecret::Passkey(_));
    let wrapping = match secret {
        UnlockSecret::Passkey(secret) => derive(secret, &salt).await?,
        UnlockSecret::BrowserKey => generate().await?,
    };
    let sealed = cipher("encrypt", &wrapping, &nonce, by_passkey, &*store_key).await?;
    let wrapped = Wrapped {
        version: 1,
        by_passkey,
        salt,
        nonce,
        sealed,
    };
    let bytes = postcard::to_stdvec(&wrapped).map_err(|_| KeyTrouble::Changed)?;
    let mut records = vec![(
        Record::WrappedKey,
        Uint8Array::from(bytes.as_slice()).into(),
    )];
    if by_passkey {
        records.extend(
            credential.map(|id| (Record::Credential, Uint8Array::from(id.as_slice()).into())),
        );
    } else {
        records.push((Record::BrowserKey, wrapping.clone().into()));
    }
    match database.add(&records).await? {
        true => Ok(wrapping),
        false => Err(KeyTrouble::Changed),
    }
}

/// Returns the wrapping key that a secret gives, if it is the right one.
pub async fn unlock(database: &Database, secret: UnlockSecret) -> Result<CryptoKey, KeyTrouble> {
    let wrapped = read(database).await?.ok_or(KeyTrouble::Changed)?;
    let wrapping = match (secret, wrapped.by_passkey) {
        (UnlockSecret::Passkey(secret), true) => derive(secret, &wrapped.salt).await?,
        (UnlockSecret::BrowserKey, false) => database
            .read(Record::BrowserKey)
            .await?
            .dyn_into()
            .map_err(|_| KeyTrouble::WrongSecret)?,
        _ => return Err(KeyTrouble::WrongSecret),
    };
    unwrap(database, &wrapping).await?;
    Ok(wrapping)
}

/// Unwraps the store's key.
pub async fn unwrap(
    database: &Database,
    wrapping: &CryptoKey,
) -> Result<Zeroizing<[u8; 32]>, KeyTrouble> {
    let wrapped = read(database).await?.ok_or(KeyTrouble::Changed)?;
    let opened = cipher(
        "decrypt",
        wrapping,
        &wrapped.nonce,
        wrapped.by_passkey,
        &wrapped.sealed,
    )
    .await;
    let mut opened = opened.map_err(|_| KeyTrouble::WrongSecret)?;
    let key = <[u8; 32]>::try_from(opened.as_slice()).map(Zeroizing::new);
    opened.zeroize();
    key.map_err(|_| KeyTrouble::WrongSecret)
}

async fn read(database: &Database) -> Result<Option<Wrapped>, KeyTrouble> {
    let value = database.read(Record::WrappedKey).await?;
    let Ok(array) = value.dyn_into::<Uint8Array>() else {
        return Ok(None);
    };
    let wrapped: Option<Wrapped> = postcard::from_bytes(&array.to_vec()).ok();
    Ok(wrapped.filter(|wrapped| wrapped.version == 1))
}

/// HKDF-SHA-256 of the passkey's output; the result cannot be read out.
async fn derive(mut secret: [u8; 32], salt: &[u8]) -> Result<CryptoKey, JsValue> {
    let subtle = scope().crypto()?.subtle();
    let material = Uint8Array::from(secret.as_slice());
    secret.zeroize();
    let no: JsValue = false.into();
    let uses = Array::of1(&"deriveKey".into());
    let imported = call(
        &subtle,
        "importKey",
        &[&"raw".into(), &material, &"HKDF".into(), &no, &uses],
    )
    .await;
    material.fill(0, 0, material.length());
    let parameters = object(&[
        ("name", "HKDF".into()),
        ("hash", "SHA-256".into()),
        ("salt", Uint8Array::from(salt).into()),
        ("info", Uint8Array::from(PURPOSE).into()),
    ]);
    let derived = call(
        &subtle,
        "deriveKey",
        &[&parameters, &imported?, &aes(), &no, &uses_of_wrapping()],
    )
    .await?;
    Ok(derived.unchecked_into())
}

async fn generate() -> Result<CryptoKey, JsValue> {
    let subtle = scope().crypto()?.subtle();
    let made = call(
        &subtle,
        "generateKey",
        &[&aes(), &false.into(), &uses_of_wrapping()],
    )
    .await?;
    Ok(made.unchecked_into())
}

fn aes() -> JsValue {
    object(&[
        ("name", "AES-GCM".into()),
        ("length", JsValue::from_f64(256.0)),
    ])
}

fn uses_of_wrapping() -> Array {
    Array::of2(&"encrypt".into(), &"decrypt".into())
}

async fn cipher(
    method: &str,
    key: &CryptoKey,
    nonce: &[u8],
    by_passkey: bool,
    bytes: &[u8],
) -> Result<Vec<u8>, JsValue> {
    let subtle = scope().crypto()?.subtle();
    let mut bound = PURPOSE.to_vec();
    bound.push(u8::from(by_passkey));
    let parameters = object(&[
        ("name", "AES-GCM".into()),
        ("iv", Uint8Array::from(nonce).into()),
        ("additionalData", Uint8Array::from(bound.as_slice()).into()),
    ]);
    let input = Uint8Array::from(bytes);
    let output = call(&subtle, method, &[&parameters, key, &input])
        .await?
        .dyn_into::<ArrayBuffer>()?;
    input.fill(0, 0, input.length());
    let array = Uint8Array::new(&output);
    let result = array.to_vec();
    array.fill(0, 0, array.length());
    Ok(result)
}
