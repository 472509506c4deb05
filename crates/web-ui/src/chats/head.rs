//! What stands over the list: of which organisation it is, and the way to the others.

use crate::{
    app::{App, Dialog},
    logic::text::harmless,
    parts::{icon, icon_button},
    words::t,
};
use leptos::prelude::*;

/// Heading, organisation, new chat.
pub fn head(app: App) -> impl IntoView {
    let organisation = Memo::new(move |_| app.know(|ready| ready.organisation.clone()));
    let name = move || harmless(&organisation.get());
    // Who is in one organisation has nothing to go to.
    let has_others = Memo::new(move |_| app.know(|ready| !ready.organisations.is_empty()));
    view! {
        <header class="pane-head">
            <div class="titles">
                <h2>{t("chats")}</h2>
                {move || if has_others.get() {
                    view! {
                        <button type="button" class="under switch-organisation" aria-haspopup="dialog" on:click=move |_| app.dialog.set(Some(Dialog::Organisations))>
                            <bdi class="clip">{name}</bdi>{icon("chevron-down")}<span class="unseen">{t("organisations-switch")}</span>
                        </button>
                    }.into_any()
                } else {
                    view! { <p class="under" dir="auto">{name}</p> }.into_any()
                }}
            </div>
            {icon_button("plus", t("new-chat"), move || app.dialog.set(Some(Dialog::NewChat)))}
        </header>
    }
}
