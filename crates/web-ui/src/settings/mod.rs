//! Settings of this device and of oneself.

mod answer_here;
mod backup;
mod bring;
mod deadlines;
mod devices;
mod notices;
mod organisations;

pub use answer_here::answer_here;
pub use backup::keep_by_itself;
pub use bring::bring;
pub use deadlines::deadlines;
pub use devices::{devices, link_device, open_device_link};
pub use organisations::organisations;

use crate::{
    app::{App, Dialog, Theme, app},
    browser,
    conversation::profile_picture,
    logic::text::harmless,
    parts::{Face, avatar, confirm, field, icon, made_for, modal, problem, sentence},
    people::away_note,
    words::{Language, t, tw},
};
use leptos::prelude::*;
use valise_views::{Command, Outcome, Person, PersonId, Shown, View};

/// Who one is, how it looks, this device.
pub fn pane() -> impl IntoView {
    let app = app();
    let renaming = RwSignal::new(false);
    // What is asked about before it is done: it cannot be undone.
    let (moving, wiping) = (RwSignal::new(false), RwSignal::new(false));
    let trouble = RwSignal::new(None::<String>);
    let go = move |command: Command| {
        trouble.set(None);
        leptos::task::spawn_local(async move {
            if let Outcome::Failed(why) = app.core.ask(command).await {
                trouble.try_set(Some(sentence(why)));
            }
        });
    };
    view! {
        <div class="pane">
            <header class="pane-head"><div class="titles"><h2>{t("settings")}</h2></div></header>
            <div class="scroll">
                {profile(app, renaming)}
                {notices::notices(app)}
                {presence(app)}
                {looks(app)}
                {backup::backup(app)}
                {coming_over(app)}
                <section class="block">
                    <h2 class="block-title">{t("organisations")}</h2>
                    <button type="button" class="entry" on:click=move |_| app.dialog.set(Some(Dialog::Organisations))>{icon("building-2")}<span class="grow">{t("organisations-open")}<span class="hint">{t("organisations-hint")}</span></span></button>
                    <button type="button" class="entry" on:click=move |_| app.dialog.set(Some(Dialog::Deadlines))>{icon("calendar-days")}<span class="grow">{t("deadlines")}<span class="hint">{t("deadlines-hint")}</span></span></button>
                </section>
                <section class="block">
                    <h2 class="block-title">{t("this-device")}</h2>
                    <button type="button" class="entry" on:click=move |_| app.core.driver().lock()>{icon("lock")}<span class="grow">{t("lock-now")}<span class="hint">{t("lock-hint")}</span></span></button>
                    <button type="button" class="entry" on:click=move |_| app.dialog.set(Some(Dialog::Keys))>{icon("keyboard")}<span>{t("keys-title")}</span></button>
                    <button type="button" class="entry" on:click=move |_| app.dialog.set(Some(Dialog::Devices))>{icon("monitor-smartphone")}<span class="grow">{t("devices")}<span class="hint">{t("devices-hint")}</span></span></button>
                    <button type="button" class="entry" on:click=move |_| moving.set(true)>{icon("share-2")}<span class="grow">{t("move")}<span class="hint">{t("move-hint")}</span></span></button>
                    <button type="button" class="entry danger" on:click=move |_| wiping.set(true)>{icon("trash-2")}<span>{t("wipe")}</span></button>
                </section>
                <p class="hint about">{icon("shield-check")} " " {t("about-sealed")}</p>
            </div>
            {made_for(move || wiping.get(), move |it| it.then(|| confirm(t("wipe-title"), t("wipe-text"), t("wipe"), trouble, move || wiping.set(false), move || go(Command::Wipe))))}
            {made_for(move || moving.get(), move |it| it.then(|| confirm(t("move-title"), t("move-text"), t("move-go"), trouble, move || moving.set(false), move || go(Command::Export))))}
            {made_for(move || renaming.get(), move |it| it.then(|| rename(app, move || renaming.set(false))))}
        </div>
    }
}

/// Whether others see that one is here.
fn presence(app: App) -> impl IntoView {
    let shares = Memo::new(move |_| app.know(|ready| ready.shares_presence));
    let choose = move |_| {
        app.core
            .tell(Command::SharePresence(!shares.get_untracked()))
    };
    view! {
        <section class="block">
            <h2 class="block-title">{t("here")}</h2>
            <label class="option"><input type="checkbox" prop:checked=move || shares.get() on:change=choose/><span>{t("here-share")}<span class="hint">{t("here-hint")}</span></span></label>
        </section>
    }
}

/// What helps to come over from other messengers.
fn coming_over(app: App) -> impl IntoView {
    let invites = Memo::new(move |_| app.know(|ready| ready.is_registrar));
    view! {
        <section class="block">
            <h2 class="block-title">{t("come-over")}</h2>
            <button type="button" class="entry" on:click=move |_| app.dialog.set(Some(Dialog::Bring))>{icon("archive-restore")}<span class="grow">{t("bring")}<span class="hint">{t("bring-hint")}</span></span></button>
            {move || invites.get().then(|| view! {
                <button type="button" class="entry" on:click=move |_| app.dialog.set(Some(Dialog::AnswerHere))>{icon("reply")}<span class="grow">{t("answer-here")}<span class="hint">{t("answer-here-hint")}</span></span></button>
            })}
        </section>
    }
}

/// Oneself, as the directory has it.
pub fn me(app: App) -> Memo<Option<Person>> {
    let people = app.core.watch(
        move || View::People {
            search: app.know(|ready| ready.address.clone()),
        },
        |shown| match shown {
            Shown::People(people) => people.into_iter().find(|person| person.is_me),
            _ => None,
        },
    );
    Memo::new(move |_| people.get())
}

fn profile(app: App, renaming: RwSignal<bool>) -> impl IntoView {
    let known = Memo::new(move |_| {
        app.know(|ready| {
            (
                ready.me.0.clone(),
                ready.name.clone(),
                ready.address.clone(),
                ready.organisation.clone(),
            )
        })
    });
    let me = me(app);
    let set = move |bytes: Vec<u8>| {
        let name = known.get_untracked().1;
        leptos::task::spawn_local(async move {
            if let Outcome::Failed(why) = app
                .core
                .ask(Command::SetProfile {
                    name,
                    picture: Some(bytes),
                })
                .await
            {
                app.say(sentence(why));
            }
        });
    };
    view! {
        <section class="block profile">
            {move || {
                let (id, name, address, organisation) = known.get();
                let picture = me.get().and_then(|person| person.picture);
                view! {
                    {avatar(Face { id, name: name.clone(), picture, outside: false }, "huge")}
                    <p class="details-name"><bdi>{harmless(&name)}</bdi></p>
                    <p class="under"><bdi>{harmless(&address)}</bdi></p>
                    <p class="under"><bdi>{harmless(&organisation)}</bdi></p>
                }
            }}
            {move || me.get().and_then(|person| person.away).map(|away| away_note(&away))}
            <div class="pair">
                <button type="button" class="button" on:click=move |_| renaming.set(true)>{icon("pencil")}<span>{t("name-change")}</span></button>
                {profile_picture(app, t("picture"), set)}
                <button type="button" class="button" on:click=move |_| app.dialog.set(Some(Dialog::Away(PersonId(known.get_untracked().0))))>{icon("calendar-clock")}<span>{t("away-short")}</span></button>
            </div>
        </section>
    }
}

fn rename(app: App, close: impl Fn() + Copy + 'static) -> impl IntoView {
    let name = RwSignal::new(app.know(|ready| ready.name.clone()));
    let trouble = RwSignal::new(None::<String>);
    let me = me(app);
    let go = move || {
        let command = Command::SetProfile {
            name: name.get_untracked().trim().to_owned(),
            picture: me.get_untracked().and_then(|person| person.picture),
        };
        leptos::task::spawn_local(async move {
            match app.core.ask(command).await {
                Outcome::Failed(why) => {
                    trouble.try_set(Some(sentence(why)));
                }
                _ => close(),
            }
        });
    };
    modal(
        t("name-change"),
        "small",
        close,
        view! {
            <form on:submit=move |event| { event.prevent_default(); go() }>
                <div class="modal-body">{field(t("your-name"), None, "profile-name", name, 80)}{problem(move || trouble.get())}</div>
                <footer class="modal-foot"><button type="submit" class="button primary">{t("save")}</button></footer>
            </form>
        },
    )
}

fn looks(app: App) -> impl IntoView {
    view! {
        <section class="block padded">
            <h2 class="block-title">{t("appearance")}</h2>
            <fieldset class="segments"><legend>{t("theme")}</legend>
                {[(Theme::System, t("theme-system")), (Theme::Light, t("theme-light")), (Theme::Dark, t("theme-dark"))].map(|(theme, label)| view! {
                    <label><input type="radio" name="theme" prop:checked=move || app.theme.get() == theme on:change=move |_| {
                        browser::keep_choice("theme", theme.name());
                        app.theme.set(theme);
                    }/><span>{label}</span></label>
                }).collect_view()}
            </fieldset>
            <fieldset class="segments pairs"><legend>{t("language")}</legend>
                {Language::ALL.map(|language| view! {
                    <label lang=language.tag()><input type="radio" name="language" prop:checked=app.language.get_untracked() == language
                        on:change=move |_| choose_language(app, language)/><span>{language.own_name()}</span></label>
                }).collect_view()}
            </fieldset>
        </section>
    }
}

/// Speaks another language from here on, as soon as its words are here.
pub fn choose_language(app: App, language: Language) {
    browser::keep_choice("language", language.tag());
    app.wanted.set(language);
    leptos::task::spawn_local(async move {
        let is_here = browser::catalogue::learn(language).await;
        if app.wanted.get_untracked() != language {
            return;
        }
        if is_here {
            return app.language.set(language);
        }
        app.say(tw(
            "language-not-here",
            [("language", language.own_name().into())],
        ));
        // Drawn anew, so that what is spoken is marked again.
        app.language.update(|_| ());
    });
}
