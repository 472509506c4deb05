//! The device's passkey and the secret that its PRF extension gives (WebAuthn 3 §10.1.4).
//!
//! Nothing of it goes to any server: the passkey only opens the store on this device, so what the browser returns is
//! looked through for the secret here and then dropped.

use crate::browser::object::{self, get, object};
use crate::driver::UnlockTrouble;
use js_sys::{Array, ArrayBuffer, Promise, Uint8Array};
use valise_views::PasskeySecret;
use valise_views::bridge::UnlockSecret;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// What the secrets are for; another text would give another secret.
const PRF_INPUT: &[u8] = b"valise: opens the store on this device, 1";
const BACKUP_INPUT: &[u8] = b"valise: opens the backup, 1";

/// How long the person has, in milliseconds.
const TIMEOUT_MS: f64 = 120_000.0;

/// A passkey that was just made, if one was.
pub struct Made {
    /// What opens the store from now on.
    pub secret: UnlockSecret,
    /// What opens a backup.
    pub backup: Option<PasskeySecret>,
    /// The passkey's id; none when the browser's own key opens the store.
    pub credential: Option<Vec<u8>>,
}

/// Makes a passkey under a name that the person will recognise.
///
/// Without passkeys that belong to this device, or without PRF, the browser's own key has to do: it protects the store
/// from whoever has the files, not from whoever has the unlocked browser.
pub async fn create(name: &str) -> Result<Made, UnlockTrouble> {
    if !has_platform_passkeys().await {
        return Ok(Made::by_browser());
    }
    let credential = match call("create", &creation_options(name)).await {
        Err(Fault::Unsupported) => {
            return Ok(Made::by_browser());
        }
        other => other?,
    };
    let id = raw_id(&credential).ok_or(UnlockTrouble::Failed)?;
    if let Some((secret, backup)) = prf_secrets(&credential) {
        return Ok(Made {
            secret,
            backup,
            credential: Some(id),
        });
    }
    if !prf_enabled(&credential) {
        return Ok(Made::by_browser());
    }
    // Some passkeys give the secret only when they are used, not when they are made.
    secret_of(Some(id)).await
}

impl Made {
    /// Nothing but the browser's own key.
    fn by_browser() -> Self {
        Self {
            secret: UnlockSecret::BrowserKey,
            backup: None,
            credential: None,
        }
    }
}

/// Asks a passkey for its secrets: this one, or whichever the person chooses.
pub async fn secret_of(credential: Option<Vec<u8>>) -> Result<Made, UnlockTrouble> {
    if !has_passkeys() {
        return Err(UnlockTrouble::NoPasskeys);
    }
    let assertion = call("get", &request_options(credential.as_deref())).await?;
    let (secret, backup) = prf_secrets(&assertion).ok_or(UnlockTrouble::WrongSecret)?;
    Ok(Made {
        secret,
        backup,
        credential: raw_id(&assertion),
    })
}

/// Why the browser gave no credential.
enum Fault {
    Cancelled,
    Unsupported,
    Other,
}

impl From<Fault> for UnlockTrouble {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Cancelled => Self::Cancelled,
            Fault::Unsupported => Self::NoPasskeys,
            Fault::Other => Self::Failed,
        }
    }
}

impl Fault {
    /// Reads the name of a DOMException (WebAuthn 3 §5.1.3, §5.1.4).
    fn of(error: &JsValue) -> Self {
        match get(error, "name").as_string().as_deref() {
            Some("NotAllowedError" | "AbortError") => Self::Cancelled,
            Some("NotSupportedError" | "ConstraintError") => Self::Unsupported,
            _ => Self::Other,
        }
    }
}

async fn call(method: &str, public_key: &JsValue) -> Result<JsValue, Fault> {
    let credentials = get(&get(&js_sys::global(), "navigator"), "credentials");
    let function: js_sys::Function = get(&credentials, method)
        .dyn_into()
        .map_err(|_| Fault::Unsupported)?;
    let options = object(&[("publicKey", public_key.clone())]);
    let promise = function
        .call1(&credentials, &options)
        .map_err(|error| Fault::of(&error))?;
    JsFuture::from(promise.unchecked_into::<Promise>())
        .await
        .map_err(|error| Fault::of(&error))
}

fn has_passkeys() -> bool {
    get(&js_sys::global(), "PublicKeyCredential").is_function()
}

async fn has_platform_passkeys() -> bool {
    let class = get(&js_sys::global(), "PublicKeyCredential");
    let asked = get(&class, "isUserVerifyingPlatformAuthenticatorAvailable");
    let Ok(function) = asked.dyn_into::<js_sys::Function>() else {
        return false;
    };
    let Ok(promise) = function.call0(&class) else {
        return false;
    };
    JsFuture::from(promise.unchecked_into::<Promise>())
        .await
        .is_ok_and(|there| there.is_truthy())
}

fn creation_options(name: &str) -> JsValue {
    let algorithms: Array = [-8.0, -7.0, -257.0]
        .into_iter()
        .map(|algorithm| {
            object(&[
                ("type", "public-key".into()),
                ("alg", JsValue::from_f64(algorithm)),
            ])
        })
        .collect();
    object(&[
        (
            "rp",
            object(&[("name", "Valise".into()), ("id", host().into())]),
        ),
        (
            "user",
            object(&[
                ("id", random(16)),
                ("name", name.into()),
                ("displayName", name.into()),
            ]),
        ),
        ("challenge", random(32)),
        ("pubKeyCredParams", algorithms.into()),
        ("timeout", JsValue::from_f64(TIMEOUT_MS)),
        ("attestation", "none".into()),
        (
            "authenticatorSelection",
            object(&[
                ("authenticatorAttachment", "platform".into()),
                ("residentKey", "required".into()),
                ("requireResidentKey", true.into()),
                ("userVerification", "required".into()),
            ]),
        ),
        ("extensions", prf_extension()),
    ])
}

fn request_options(credential: Option<&[u8]>) -> JsValue {
    let allowed: Array = credential
        .into_iter()
        .map(|id| {
            object(&[
                ("type", "public-key".into()),
                ("id", Uint8Array::from(id).into()),
            ])
        })
        .collect();
    object(&[
        ("rpId", host().into()),
        ("challenge", random(32)),
        ("timeout", JsValue::from_f64(TIMEOUT_MS)),
        ("userVerification", "required".into()),
        ("allowCredentials", allowed.into()),
        ("extensions", prf_extension()),
    ])
}

fn prf_extension() -> JsValue {
    object(&[(
        "prf",
        object(&[(
            "eval",
            object(&[
                ("first", Uint8Array::from(PRF_INPUT).into()),
                ("second", Uint8Array::from(BACKUP_INPUT).into()),
            ]),
        )]),
    )])
}

fn extension_results(credential: &JsValue) -> JsValue {
    get(credential, "getClientExtensionResults")
        .dyn_into::<js_sys::Function>()
        .ok()
        .and_then(|function| function.call0(credential).ok())
        .unwrap_or(JsValue::UNDEFINED)
}

fn prf_enabled(credential: &JsValue) -> bool {
    get(&get(&extension_results(credential), "prf"), "enabled").is_truthy()
}

/// Takes the secrets out of what the browser returned and overwrites them there: that of the store, and that of a backup where
/// the passkey gives a second one.
fn prf_secrets(credential: &JsValue) -> Option<(UnlockSecret, Option<PasskeySecret>)> {
    let results = get(&get(&extension_results(credential), "prf"), "results");
    let first = take_secret(&results, "first");
    let second = take_secret(&results, "second");
    Some((UnlockSecret::Passkey(first?), second.map(PasskeySecret)))
}

fn take_secret(results: &JsValue, name: &str) -> Option<[u8; 32]> {
    let buffer = get(results, name).dyn_into::<ArrayBuffer>().ok()?;
    let bytes = Uint8Array::new(&buffer);
    let secret = <[u8; 32]>::try_from(bytes.to_vec()).ok();
    bytes.fill(0, 0, bytes.length());
    secret
}

fn raw_id(credential: &JsValue) -> Option<Vec<u8>> {
    let buffer = get(credential, "rawId").dyn_into::<ArrayBuffer>().ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}

fn host() -> String {
    get(&get(&js_sys::global(), "location"), "hostname")
        .as_string()
        .unwrap_or_default()
}

fn random(length: u32) -> JsValue {
    let bytes = Uint8Array::new_with_length(length);
    let crypto = get(&js_sys::global(), "crypto");
    object::call(&crypto, "getRandomValues", &bytes);
    bytes.into()
}
