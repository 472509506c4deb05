//! The small IndexedDB database beside the store: the wrapped key and what is needed to unwrap it.

use crate::browser::{Once, get, object, scope};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{IdbDatabase, IdbFactory, IdbObjectStore, IdbOpenDbRequest, IdbRequest};

const DATABASE: &str = "valise";
const RECORDS: &str = "keys";

/// What stands in the database.
#[derive(Debug, Clone, Copy)]
pub enum Record {
    /// The store's key, wrapped.
    WrappedKey,
    /// Id of the passkey that unwraps it.
    Credential,
    /// The browser's own key, which cannot be read out.
    BrowserKey,
    /// How often the store changed hands.
    Fence,
}

impl Record {
    fn name(self) -> JsValue {
        match self {
            Self::WrappedKey => "wrapped-key",
            Self::Credential => "credential",
            Self::BrowserKey => "browser-key",
            Self::Fence => "fence",
        }
        .into()
    }
}

/// The open database.
pub struct Database(IdbDatabase);

impl Database {
    /// Opens or makes it.
    pub async fn open() -> Result<Self, JsValue> {
        let factory: IdbFactory = get(&scope(), "indexedDB").dyn_into()?;
        let request: IdbOpenDbRequest = factory.open_with_u32(DATABASE, 1)?;
        let making = request.clone();
        let upgrade = Closure::once(move || {
            if let Ok(database) = making.result().map(JsCast::unchecked_into::<IdbDatabase>) {
                let _ = database.create_object_store(RECORDS);
            }
        });
        request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
        Ok(Self(done(&request).await?.unchecked_into()))
    }

    /// Reads a record; undefined if there is none.
    pub async fn read(&self, record: Record) -> Result<JsValue, JsValue> {
        done(&self.records("readonly")?.get(&record.name())?).await
    }

    /// Writes several records at once, or none if the first one is there already; tells which.
    pub async fn add(&self, all: &[(Record, JsValue)]) -> Result<bool, JsValue> {
        let records = self.records("readwrite")?;
        let Some((first, rest)) = all.split_first() else {
            return Ok(true);
        };
        let there = done(&records.get(&first.0.name())?).await?;
        if !there.is_undefined() {
            return Ok(false);
        }
        records.put_with_key(&first.1, &first.0.name())?;
        for (record, value) in rest {
            records.put_with_key(value, &record.name())?;
        }
        committed(&records).await.map(|()| true)
    }

    /// Adds one to the fencing number and returns it.
    pub async fn raise_fence(&self) -> Result<u64, JsValue> {
        let records = self.records("readwrite")?;
        let before = done(&records.get(&Record::Fence.name())?)
            .await?
            .as_f64()
            .unwrap_or(0.0);
        records.put_with_key(&JsValue::from_f64(before + 1.0), &Record::Fence.name())?;
        committed(&records).await?;
        Ok(before as u64 + 1)
    }

    /// Reads the fencing number.
    pub async fn fence(&self) -> Result<u64, JsValue> {
        Ok(self.read(Record::Fence).await?.as_f64().unwrap_or(0.0) as u64)
    }

    /// Forgets the keys; without them the store can never be opened again. The fencing number stays.
    pub async fn forget_keys(&self) -> Result<(), JsValue> {
        let records = self.records("readwrite")?;
        for record in [Record::WrappedKey, Record::Credential, Record::BrowserKey] {
            records.delete(&record.name())?;
        }
        committed(&records).await
    }

    fn records(&self, mode: &str) -> Result<IdbObjectStore, JsValue> {
        // Strict: the disk has it when the transaction is complete. A key that is lost takes the store with it.
        let options = object(&[("durability", "strict".into())]);
        let arguments = [&JsValue::from(RECORDS), &JsValue::from(mode), &options];
        let transaction = crate::browser::call_now(&self.0, "transaction", &arguments)?;
        transaction
            .unchecked_into::<web_sys::IdbTransaction>()
            .object_store(RECORDS)
    }
}

async fn done(request: &IdbRequest) -> Result<JsValue, JsValue> {
    let ended = Once::new();
    let handlers = [ended.clone(), ended.clone()]
        .map(|ended| Closure::<dyn FnMut()>::new(move || ended.happen()));
    request.set_onsuccess(Some(handlers[0].as_ref().unchecked_ref()));
    request.set_onerror(Some(handlers[1].as_ref().unchecked_ref()));
    ended.wait().await;
    request.set_onsuccess(None);
    request.set_onerror(None);
    match request.error()? {
        Some(error) => Err(error.into()),
        None => request.result(),
    }
}

async fn committed(records: &IdbObjectStore) -> Result<(), JsValue> {
    let transaction = records.transaction();
    let ended = Once::new();
    let handlers: [_; 3] = std::array::from_fn(|_| {
        let ended = ended.clone();
        Closure::<dyn FnMut()>::new(move || ended.happen())
    });
    transaction.set_oncomplete(Some(handlers[0].as_ref().unchecked_ref()));
    transaction.set_onabort(Some(handlers[1].as_ref().unchecked_ref()));
    transaction.set_onerror(Some(handlers[2].as_ref().unchecked_ref()));
    ended.wait().await;
    transaction.set_oncomplete(None);
    transaction.set_onabort(None);
    transaction.set_onerror(None);
    transaction
        .error()
        .map_or(Ok(()), |error| Err(error.into()))
}
