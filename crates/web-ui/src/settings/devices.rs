//! The devices of one's account: which there are, how another one comes, and how one goes.

use crate::{
    app::{App, Dialog, app},
    browser::{self, intl},
    logic::{link::Opening, text::harmless},
    parts::{confirm, field, icon, icon_button, made_for, modal, problem, sentence},
    words::{t, tw},
};
use leptos::prelude::*;
use valise_views::{Command, Device, DeviceId, DevicePreview, Outcome, Shown, View};

/// All devices.
pub fn devices() -> impl IntoView {
    let app = app();
    let devices = app.core.watch(
        || View::Devices,
        |shown| match shown {
            Shown::Devices(devices) => Some(devices),
            _ => None,
        },
    );
    let removing = RwSignal::new(None::<DeviceId>);
    let trouble = RwSignal::new(None::<String>);
    let remove = move || {
        let Some(device) = removing.get_untracked() else {
            return;
        };
        leptos::task::spawn_local(async move {
            match app.core.ask(Command::RemoveDevice(device)).await {
                Outcome::Failed(why) => {
                    trouble.try_set(Some(sentence(why)));
                }
                _ => {
                    removing.try_set(None);
                }
            }
        });
    };
    modal(
        t("devices"),
        "small",
        move || app.dialog.set(None),
        view! {
            <div class="modal-body flush">
                <ul class="entries">
                    {move || devices.get().unwrap_or_default().into_iter().map(|device| row(device, removing)).collect_view()}
                </ul>
            </div>
            <footer class="modal-foot">
                <button type="button" class="button primary" on:click=move |_| app.dialog.set(Some(Dialog::LinkDevice(None)))>{icon("plus")}<span>{t("device-link")}</span></button>
            </footer>
            {made_for(move || removing.get(), move |it| it.map(|_| confirm(t("device-remove-title"), t("device-remove-text"), t("device-remove"), trouble,
                move || { trouble.set(None); removing.set(None) }, remove)))}
        },
    )
}

fn row(device: Device, removing: RwSignal<Option<DeviceId>>) -> impl IntoView {
    let name = match harmless(&device.name) {
        name if !name.is_empty() => name,
        _ if device.is_this => browser::device_name(),
        _ => t("device-unnamed"),
    };
    let since = tw(
        "device-since",
        [("day", intl::short_day(device.added_at).into())],
    );
    let label = tw("device-remove-named", [("name", (&name).into())]);
    let id = device.id;
    view! {
        <li class="entry">
            {icon("monitor-smartphone")}
            <span class="grow"><bdi>{name}</bdi>
                <span class="hint">{if device.is_this { t("device-this") } else { since }}
                    {device.is_waiting.then(|| format!(" {}", t("device-waiting")))}</span></span>
            {(!device.is_this).then(|| icon_button("trash-2", label, move || removing.set(Some(id.clone()))))}
        </li>
    }
}

/// Where linking stands.
#[derive(Clone, PartialEq)]
enum Step {
    Code,
    Looking,
    Compare(DevicePreview),
    Linking,
}

/// Links another device: its code or link, then its digits.
pub fn link_device(link: Option<String>) -> impl IntoView {
    let app = app();
    let typed = RwSignal::new(link.clone().unwrap_or_default());
    let step = RwSignal::new(Step::Code);
    let trouble = RwSignal::new(None::<String>);
    let look = move || {
        let link = typed.get_untracked().trim().to_owned();
        if link.is_empty() || step.get_untracked() != Step::Code {
            return;
        }
        step.set(Step::Looking);
        trouble.set(None);
        leptos::task::spawn_local(async move {
            let next = match app.core.ask(Command::InspectDevice { link }).await {
                Outcome::Device(preview) => Step::Compare(preview),
                Outcome::Failed(why) => {
                    trouble.try_set(Some(sentence(why)));
                    Step::Code
                }
                _ => Step::Code,
            };
            step.try_set(next);
        });
    };
    let approve = move || {
        step.set(Step::Linking);
        leptos::task::spawn_local(async move {
            let own_name = browser::device_name();
            match app.core.ask(Command::ApproveDevice { own_name }).await {
                Outcome::Failed(why) => {
                    trouble.try_set(Some(sentence(why)));
                    step.try_set(Step::Code);
                }
                _ => {
                    app.say(t("device-linked"));
                    app.dialog.set(Some(Dialog::Devices));
                }
            }
        });
    };
    let close = move || {
        if matches!(step.get_untracked(), Step::Looking | Step::Compare(_)) {
            app.core.tell(Command::RefuseDevice);
        }
        app.dialog.set(None);
    };
    if link.is_some() {
        look();
    }
    modal(
        t("device-link"),
        "small",
        close,
        view! {
            {made_for(move || step.get(), move |step| match step {
                Step::Code => enter(typed, trouble, look).into_any(),
                Step::Compare(preview) => compare(&preview, close, approve).into_any(),
                Step::Looking | Step::Linking => view! {
                    <div class="modal-body centre" role="status"><span class="spinner" aria-hidden="true"></span><p class="hint">{t("device-busy")}</p></div>
                }.into_any(),
            })}
        },
    )
}

fn enter(
    typed: RwSignal<String>,
    trouble: RwSignal<Option<String>>,
    look: impl Fn() + Copy + 'static,
) -> impl IntoView {
    view! {
        <form on:submit=move |event| { event.prevent_default(); look() }>
            <div class="modal-body">
                <ol class="steps">
                    <li>{t("device-step-open")}</li>
                    <li>{t("device-step-press")}</li>
                    <li>{t("device-step-type")}</li>
                </ol>
                {field(t("device-code"), Some(t("device-code-hint")), "device-code", typed, 400)}
                {problem(move || trouble.get())}
            </div>
            <footer class="modal-foot"><button type="submit" class="button primary">{t("go-on")}</button></footer>
        </form>
    }
}

fn compare(
    preview: &DevicePreview,
    refuse: impl Fn() + 'static,
    approve: impl Fn() + 'static,
) -> impl IntoView {
    let name = harmless(&preview.name);
    let name = if name.is_empty() {
        t("device-unnamed")
    } else {
        name
    };
    let digits = preview.digits.clone();
    view! {
        <div class="modal-body compare">
            <p class="prose">{tw("device-compare", [("name", name.into())])}</p>
            <p class="code large" dir="ltr">{digits}</p>
            <p class="hint">{icon("shield-alert")}" "{t("device-compare-caution")}</p>
        </div>
        <footer class="modal-foot">
            <button type="button" class="button" on:click=move |_| refuse()>{t("device-refuse")}</button>
            <button type="button" class="button primary" on:click=move |_| approve()>{t("device-approve")}</button>
        </footer>
    }
}

/// Goes on with a link that was opened here.
pub fn open_device_link(app: App) {
    if let Opening::Device(link) = app.opening.get_untracked() {
        app.opening.set(Opening::Plain);
        app.dialog.set(Some(Dialog::LinkDevice(Some(link))));
    }
}
