//! The small bar beside a message that one points at: sign, answer, everything else.

use super::{gestures::area_of, talk::Talk};
use crate::{
    logic::{acts::acts, rows::Row},
    parts::icon,
    words::t,
};
use leptos::prelude::*;
use valise_views::MessageId;
use web_sys::MouseEvent;

/// The bar; on the page only while somebody could want it.
pub fn tools(talk: Talk, id: MessageId, row: ArcRwSignal<Row>) -> impl IntoView {
    let may_send = Memo::new(move |_| {
        talk.head
            .with(|head| head.as_ref().is_some_and(|head| head.may_send))
    });
    let can = Memo::new(move |_| row.with(|row| acts(&row.message, may_send.get())));
    let wanted = {
        let id = id.clone();
        Memo::new(move |_| {
            let this =
                |mark: RwSignal<Option<MessageId>>| mark.with(|mark| mark.as_ref() == Some(&id));
            (this(talk.marks.hot) || this(talk.marks.focused))
                && !can.get().is_none()
                && !talk.is_selecting()
        })
    };
    let id = StoredValue::new(id);
    let open = move |event: &MouseEvent, only_signs: bool| {
        if let Some(at) = area_of(event) {
            talk.open_menu(&id.get_value(), at, only_signs);
        }
    };
    let answer = move |_: &MouseEvent| {
        if let Some(message) = talk.message(&id.get_value()) {
            talk.answer(&message);
        }
    };
    move || {
        wanted.get().then(|| view! {
            <div class="tools">
                {can.get().answer.then(|| view! {
                    {tool("smile-plus", t("react"), Some("menu"), move |event| open(event, true))}
                    {tool("reply", t("reply"), None, answer)}
                })}
                {tool("ellipsis-vertical", t("message-more"), Some("menu"), move |event| open(event, false))}
            </div>
        })
    }
}

fn tool(
    name: &'static str,
    label: String,
    opens: Option<&'static str>,
    press: impl Fn(&MouseEvent) + 'static,
) -> impl IntoView {
    view! {
        <button type="button" class="tool" aria-label=label.clone() title=label aria-haspopup=opens on:click=move |event| press(&event)>
            {icon(name)}
        </button>
    }
}
