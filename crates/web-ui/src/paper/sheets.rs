//! The pages that are being worked on.

use super::desk::{Desk, Why, number, picture};
use crate::{
    browser::object::{get, object},
    logic::paper::{Cover, Place, WHOLE},
};
use futures_channel::oneshot;
use js_sys::{Array, Float32Array};
use leptos::prelude::*;
use std::{rc::Rc, time::Duration};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, Url};

/// How long one picture may take. What takes longer was made to take long.
const PATIENCE: Duration = Duration::from_secs(45);
/// How much longer each page of a document may take.
const PATIENCE_A_PAGE: Duration = Duration::from_secs(10);
/// Most pages of one document.
pub const MOST_PAGES: usize = 200;

/// How a page is to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finish {
    /// As it is.
    Plain,
    /// Without shadows, in colour.
    Colour,
    /// Without shadows, in grey.
    Grey,
    /// Black or white.
    BlackWhite,
}

impl Finish {
    /// The worker's word for it.
    fn tag(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Colour => "colour",
            Self::Grey => "grey",
            Self::BlackWhite => "black-white",
        }
    }
}

/// How far a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// It is being looked at.
    Waiting,
    /// It is there.
    Ready,
    /// It cannot be read.
    Failed(Why),
}

/// A picture, made once and freed with the last who shows it.
#[derive(Debug)]
pub struct Shown {
    /// Its `blob:` address.
    pub url: String,
    /// Width by height.
    pub ratio: f64,
}

impl Shown {
    fn of(answer: &JsValue) -> Option<Rc<Self>> {
        let blob = picture(answer, "shown")?;
        let url = Url::create_object_url_with_blob(&blob).ok()?;
        let (width, height) = (number(answer, "width"), number(answer, "height"));
        let ratio = f64::from(width.max(1)) / f64::from(height.max(1));
        Some(Rc::new(Self { url, ratio }))
    }
}

impl Drop for Shown {
    fn drop(&mut self) {
        let _ = Url::revoke_object_url(&self.url);
    }
}

/// A page.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// Which; never used again.
    pub key: u32,
    /// How far it is.
    pub stage: Stage,
    /// The picture that it is made of.
    file: Blob,
    /// Size of that picture as it is shown, in pixels.
    pub size: (u32, u32),
    /// That picture.
    pub source: Option<Rc<Shown>>,
    /// The page as it will be.
    pub done: Option<Rc<Shown>>,
    /// Where the sheet lies in the picture.
    pub corners: [Place; 4],
    /// Whether it is cut out there; else all of the picture is the page.
    pub is_cut: bool,
    /// How it is to look.
    pub finish: Finish,
    /// What nobody is to see, on the page before it is turned.
    pub covers: Vec<Cover>,
    /// Quarters by which it is turned to the right.
    pub turns: u32,
}

impl Sheet {
    /// What the worker is told of it.
    fn question(&self) -> JsValue {
        let corners: Vec<f32> = if self.is_cut {
            self.corners.iter().flat_map(|(x, y)| [*x, *y]).collect()
        } else {
            Vec::new()
        };
        let covers: Vec<f32> = self.covers.iter().flat_map(Cover::numbers).collect();
        object(&[
            ("key", self.key.into()),
            ("file", self.file.clone().into()),
            ("corners", Float32Array::from(corners.as_slice()).into()),
            ("finish", self.finish.tag().into()),
            ("covers", Float32Array::from(covers.as_slice()).into()),
            ("turns", self.turns.into()),
        ])
    }
}

/// All pages, in order, and which of them is looked at.
#[derive(Clone, Copy)]
pub struct Sheets {
    desk: StoredValue<Rc<Desk>, LocalStorage>,
    /// In order.
    pub all: RwSignal<Vec<Sheet>, LocalStorage>,
    /// The key of the one that is looked at.
    pub at: RwSignal<u32>,
    last: StoredValue<u32>,
    /// How the next one is to look.
    finish: StoredValue<Finish>,
    /// Who waits until no page is looked at any more.
    settled: StoredValue<Vec<oneshot::Sender<()>>, LocalStorage>,
    /// Whether sheets are sought in pictures.
    seeks: bool,
}

impl Sheets {
    /// Begins without pages. Sheets are sought in pictures or not.
    pub fn new(seeks: bool) -> Self {
        Self {
            desk: StoredValue::new_local(Rc::default()),
            all: RwSignal::new_local(Vec::new()),
            at: RwSignal::new(0),
            last: StoredValue::new(0),
            settled: StoredValue::new_local(Vec::new()),
            finish: StoredValue::new(if seeks { Finish::Colour } else { Finish::Plain }),
            seeks,
        }
    }

    /// Adds pages, and looks at the first one. All of them are there at once; what they look like comes one by one.
    pub async fn add(self, files: Vec<Blob>) {
        let mut added = Vec::new();
        for file in files {
            let Some(key) = self.push(file.clone()) else {
                return;
            };
            added.push((key, file));
        }
        if let (0, Some((key, _))) = (self.at.get_untracked(), added.first()) {
            self.at.set(*key);
        }
        for (key, file) in added {
            self.open(key, file).await;
        }
    }

    /// Adds a page, and looks at it.
    pub async fn add_and_look(self, file: Blob) {
        if let Some(key) = self.push(file.clone()) {
            self.at.set(key);
            self.open(key, file).await;
        }
    }

    /// Puts a page behind the others, of which only the picture is known yet.
    fn push(self, file: Blob) -> Option<u32> {
        let key = self.last.try_update_value(|last| {
            *last += 1;
            *last
        })?;
        let sheet = self.waiting(key, file);
        self.all.update(|all| all.push(sheet));
        Some(key)
    }

    fn waiting(self, key: u32, file: Blob) -> Sheet {
        Sheet {
            key,
            stage: Stage::Waiting,
            file,
            size: (1, 1),
            source: None,
            done: None,
            corners: WHOLE,
            is_cut: false,
            finish: self.finish.get_value(),
            covers: Vec::new(),
            turns: 0,
        }
    }

    async fn open(self, key: u32, file: Blob) {
        let Some(desk) = self.desk.try_get_value() else {
            return;
        };
        let fields = [("key", key.into()), ("file", file.into())];
        match desk.ask("open", &fields, PATIENCE).await {
            Ok(answer) => {
                self.change(key, |sheet| {
                    sheet.size = (number(&answer, "width"), number(&answer, "height"));
                    sheet.source = Shown::of(&answer);
                    if let Some(corners) = corners(&answer).filter(|_| self.seeks) {
                        (sheet.corners, sheet.is_cut) = (corners, true);
                    }
                });
                self.renew(key).await;
            }
            Err(why) => self.change(key, |sheet| sheet.stage = Stage::Failed(why)),
        }
    }

    /// Makes the picture of a page anew.
    async fn renew(self, key: u32) {
        let asked = self.one(key, Sheet::question);
        let Some((question, desk)) = asked.zip(self.desk.try_get_value()) else {
            return;
        };
        let made = desk.ask("page", &[("page", question)], PATIENCE).await;
        self.change(key, |sheet| match &made {
            Ok(answer) => {
                sheet.done = Shown::of(answer);
                sheet.stage = Stage::Ready;
            }
            Err(why) => sheet.stage = Stage::Failed(*why),
        });
    }

    /// Changes a page, and shows it as it is then.
    pub fn set(self, key: u32, change: impl FnOnce(&mut Sheet)) {
        self.change(key, change);
        leptos::task::spawn_local(self.renew(key));
    }

    /// Changes a page without making its picture anew.
    pub fn change(self, key: u32, change: impl FnOnce(&mut Sheet)) {
        self.all.try_update(|all| {
            if let Some(sheet) = all.iter_mut().find(|sheet| sheet.key == key) {
                change(sheet);
            }
        });
        self.tell_who_waits();
    }

    fn tell_who_waits(self) {
        if self.is_waiting() {
            return;
        }
        let waited = self.settled.try_update_value(std::mem::take);
        for waiting in waited.unwrap_or_default() {
            // Nobody waits any more if the dialog was closed.
            let _ = waiting.send(());
        }
    }

    fn is_waiting(self) -> bool {
        let waits = |all: &Vec<Sheet>| {
            all.iter()
                .any(|sheet| matches!(sheet.stage, Stage::Waiting))
        };
        self.all.try_with_untracked(waits).unwrap_or(false)
    }

    /// Returns when every page is there, or cannot be read: what is sent is what would be seen.
    async fn settle(self) {
        if self.is_waiting() {
            let (sender, settled) = oneshot::channel();
            self.settled.update_value(|all| all.push(sender));
            // Broken only by the end of the dialog.
            let _ = settled.await;
        }
    }

    /// Gives all pages a look, and those that come.
    pub fn set_finish(self, finish: Finish) {
        self.finish.set_value(finish);
        let keys: Vec<u32> = self
            .all
            .with_untracked(|all| all.iter().map(|sheet| sheet.key).collect());
        // The one that is looked at first.
        let at = self.at.get_untracked();
        self.all.update(|all| {
            for sheet in all {
                sheet.finish = finish;
            }
        });
        leptos::task::spawn_local(async move {
            for key in std::iter::once(at).chain(keys.into_iter().filter(|key| *key != at)) {
                self.renew(key).await;
            }
        });
    }

    /// Reads something of a page, without following it.
    pub fn one<T>(self, key: u32, read: impl FnOnce(&Sheet) -> T) -> Option<T> {
        let found = |all: &Vec<Sheet>| all.iter().find(|sheet| sheet.key == key).map(read);
        self.all.try_with_untracked(found).flatten()
    }

    /// Reads something of the page that is looked at, and follows it.
    pub fn seen<T>(self, read: impl FnOnce(&Sheet) -> T) -> Option<T> {
        let key = self.at.get();
        self.all
            .with(|all| all.iter().find(|sheet| sheet.key == key).map(read))
    }

    /// Number of pages.
    pub fn count(self) -> usize {
        self.all.with_untracked(Vec::len)
    }

    /// Whether there is something to bind, now or in a moment; follows it.
    pub fn has_pages(self) -> bool {
        let counts = |sheet: &Sheet| !matches!(sheet.stage, Stage::Failed(_));
        self.all.with(|all| all.iter().any(counts))
    }

    /// Takes the page out that is looked at.
    pub fn remove(self) {
        let key = self.at.get_untracked();
        let next = self.all.try_update(|all| {
            let at = all.iter().position(|sheet| sheet.key == key)?;
            all.remove(at);
            all.get(at).or(all.last()).map(|sheet| sheet.key)
        });
        self.at.set(next.flatten().unwrap_or_default());
        self.tell_who_waits();
    }

    /// Moves the page that is looked at by one place.
    pub fn shift(self, later: bool) {
        let key = self.at.get_untracked();
        self.all.update(|all| {
            let Some(at) = all.iter().position(|sheet| sheet.key == key) else {
                return;
            };
            let to = if later { at + 1 } else { at.wrapping_sub(1) };
            if to < all.len() {
                all.swap(at, to);
            }
        });
    }

    /// Binds the pages that can be read: as a PDF, or the first one as a picture.
    pub async fn bind(self, as_picture: bool) -> Result<Blob, Why> {
        self.settle().await;
        let pages = self.all.try_with_untracked(|all| -> Array {
            all.iter()
                .filter(|sheet| !matches!(sheet.stage, Stage::Failed(_)))
                .map(Sheet::question)
                .collect()
        });
        let pages = pages.ok_or(Why::Unreadable)?;
        let desk = self.desk.try_get_value().ok_or(Why::Unreadable)?;
        let fields = [("pages", pages.into()), ("picture", as_picture.into())];
        let patience = PATIENCE + PATIENCE_A_PAGE * u32::try_from(self.count()).unwrap_or(u32::MAX);
        let answer = desk.ask("bind", &fields, patience).await?;
        picture(&answer, "file").ok_or(Why::Unreadable)
    }
}

fn corners(answer: &JsValue) -> Option<[Place; 4]> {
    let numbers: Float32Array = get(answer, "corners").dyn_into().ok()?;
    match numbers.to_vec()[..] {
        [a, b, c, d, e, f, g, h] => Some([(a, b), (c, d), (e, f), (g, h)]),
        _ => None,
    }
}
