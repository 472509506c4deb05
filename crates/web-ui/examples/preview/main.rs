//! The interface over canned views, for looking at it: `preview.html?s=locked` shows one of the scenes.
//!
//! It is never shipped: the bundle holds the package's binary alone.

mod scene;

use scene::Scene;
use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
    rc::Rc,
};
use valise_views::PasskeySecret;
use valise_views::bridge::Gate;
use valise_views::{Command, FileId, NewMessage, Outcome, Shown, View};
use valise_web_ui::driver::{Driver, Local, UnlockTrouble};

fn main() {
    wasm_bindgen_futures::spawn_local(async {
        let picture = scene::picture().await;
        valise_web_ui::start(Rc::new(Canned::new(picture)));
    });
}

/// Whom to tell when a view changes.
type Sink = Rc<dyn Fn(Shown)>;
/// Whom to tell when the store is opened or closed.
type GateSink = Rc<dyn Fn(Gate)>;

struct Canned {
    scene: Rc<RefCell<Scene>>,
    gate: Cell<Gate>,
    gate_sinks: RefCell<Vec<GateSink>>,
    watches: Rc<RefCell<BTreeMap<u64, (View, Sink)>>>,
    last: Cell<u64>,
}

impl Canned {
    fn new(picture: Vec<u8>) -> Self {
        let scene = Scene::new(picture);
        let gate = Cell::new(scene.gate);
        Self {
            scene: Rc::new(RefCell::new(scene)),
            gate,
            gate_sinks: RefCell::default(),
            watches: Rc::default(),
            last: Cell::new(0),
        }
    }

    fn open(&self, gate: Gate) {
        self.gate.set(gate);
        for sink in self.gate_sinks.borrow().iter() {
            sink(gate);
        }
    }
}

fn tell(scene: &Rc<RefCell<Scene>>, view: &View, sink: &Sink) {
    let (shown, sink) = (scene.borrow().show(view), sink.clone());
    wasm_bindgen_futures::spawn_local(async move { sink(shown) });
}

impl Driver for Canned {
    fn on_gate(&self, sink: Box<dyn Fn(Gate)>) {
        sink(self.gate.get());
        self.gate_sinks.borrow_mut().push(sink.into());
    }

    fn create(&self, _name: &str) -> Local<Result<(), UnlockTrouble>> {
        self.open(Gate::Open);
        Box::pin(async { Ok(()) })
    }

    fn unlock(&self) -> Local<Result<(), UnlockTrouble>> {
        self.open(Gate::Open);
        Box::pin(async { Ok(()) })
    }

    fn find_passkey(&self) -> Local<Result<Option<PasskeySecret>, UnlockTrouble>> {
        self.open(Gate::Open);
        Box::pin(async { Ok(None) })
    }

    fn backup_secret(&self) -> Local<Result<Option<PasskeySecret>, UnlockTrouble>> {
        Box::pin(async { Ok(None) })
    }

    fn take_backup_secret(&self) -> Option<PasskeySecret> {
        None
    }

    fn lock(&self) {
        self.open(Gate::Locked { passkey: true });
    }

    fn ask(&self, command: Command) -> Local<Outcome> {
        let outcome = self.scene.borrow_mut().act(command);
        for (view, sink) in self.watches.borrow().values() {
            tell(&self.scene, view, sink);
        }
        Box::pin(async { outcome })
    }

    fn watch(&self, view: View, sink: Sink) -> u64 {
        let number = self.last.get() + 1;
        self.last.set(number);
        tell(&self.scene, &view, &sink);
        self.watches.borrow_mut().insert(number, (view, sink));
        number
    }

    fn rewatch(&self, number: u64, view: View) {
        if let Some((known, sink)) = self.watches.borrow_mut().get_mut(&number) {
            tell(&self.scene, &view, sink);
            *known = view;
        }
    }

    fn unwatch(&self, number: u64) {
        self.watches.borrow_mut().remove(&number);
    }

    fn open_file(&self, file: FileId) -> Local<Option<String>> {
        let url = self.scene.borrow().url(&file);
        Box::pin(async { url })
    }

    fn read_file(&self, _file: FileId) -> Local<Option<web_sys::Blob>> {
        Box::pin(async { None })
    }

    fn add_file(&self, _file: web_sys::Blob) -> u64 {
        1
    }

    fn on_message(&self, _sink: Box<dyn Fn(NewMessage)>) {}

    fn visible(&self, _visible: bool) {}
}
