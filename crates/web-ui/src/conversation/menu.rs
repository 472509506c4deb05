//! The menu of a message: signs in a row, and what can be done.

use super::talk::{Dialog, Menu, Talk};
use crate::{
    logic::acts::own_sign,
    parts::{icon, made_for, menu, menu_item},
    words::t,
};
use leptos::{html, prelude::*};
use valise_views::Message;

/// The signs that are one press away.
const QUICK: [&str; 6] = ["👍", "❤️", "😂", "😮", "😢", "🙏"];

/// The menu that is open, if one is.
pub fn layer(talk: Talk) -> impl IntoView {
    made_for(
        move || talk.menu.get(),
        move |opened| opened.map(|opened| shown(talk, opened)),
    )
}

#[derive(Clone, Copy)]
struct Open {
    talk: Talk,
    message: StoredValue<Message>,
    dialog: NodeRef<html::Dialog>,
}

impl Open {
    /// Closes the menu, which gives the focus back, and then does something with the message.
    fn then(self, act: impl FnOnce(Talk, &Message)) {
        let message = self.message.get_value();
        let talk = self.talk;
        if let Some(dialog) = self.dialog.get_untracked() {
            dialog.close();
        }
        talk.menu.set(None);
        act(talk, &message);
    }
}

fn shown(talk: Talk, opened: Menu) -> impl IntoView {
    let can = talk.acts(&opened.message);
    let is_pinned = opened.message.pinned;
    let may_pin = can.answer
        && talk
            .head
            .with_untracked(|head| head.as_ref().is_some_and(|head| head.may_pin));
    let open = Open {
        talk,
        message: StoredValue::new(opened.message),
        dialog: NodeRef::new(),
    };
    let at = opened.at;
    let items = (!opened.only_signs).then(|| {
        view! {
            {can.answer.then(|| menu_item("reply", t("reply"), move || open.then(|talk, message| talk.answer(message))))}
            {can.forward.then(|| menu_item("forward", t("forward"), move || open.then(|talk, message| talk.dialog.set(Some(Dialog::Forward(vec![message.id.clone()]))))))}
            {can.copy.then(|| menu_item("copy", t("copy-text"), move || open.then(|talk, message| talk.copy(message))))}
            {can.select().then(|| menu_item("circle-check", t("select"), move || open.then(|talk, message| talk.select(&message.id))))}
            {may_pin.then(|| menu_item(if is_pinned { "pin-off" } else { "pin" }, if is_pinned { t("message-unpin") } else { t("message-pin") }, move || open.then(move |talk, message| talk.pin(message.id.clone(), !is_pinned))))}
            {can.edit.then(|| menu_item("pencil", t("edit"), move || open.then(|talk, message| talk.edit(message))))}
            {can.close.then(|| menu_item("lock", t("poll-close"), move || open.then(|talk, message| talk.dialog.set(Some(Dialog::ClosePoll(message.id.clone()))))))}
            {can.versions.then(|| menu_item("history", t("versions"), move || open.then(|talk, message| talk.dialog.set(Some(Dialog::Versions(message.id.clone()))))))}
            {can.delete.then(|| menu_item("trash-2", t("delete-for-all"), move || open.then(|talk, message| talk.dialog.set(Some(Dialog::Delete(vec![message.id.clone()]))))))}
        }
    });
    let close = move || open.then(|_, _| {});
    let content = view! {
        {can.answer.then(|| signs(open))}
        {items}
    };
    menu(open.dialog, at, t("message-actions"), close, content)
}

fn signs(open: Open) -> impl IntoView {
    let own = open
        .message
        .with_value(|message| own_sign(message).map(str::to_owned));
    let sign = move |emoji: &'static str| {
        let is_own = own.as_deref() == Some(emoji);
        view! {
            <button type="button" class="menu-sign" role="menuitemradio" aria-checked=is_own.to_string() tabindex="-1"
                on:click=move |_| open.then(|talk, message| talk.react(message, emoji))>{emoji}</button>
        }
    };
    let all = move |_| {
        open.then(|talk, message| talk.dialog.set(Some(Dialog::Sign(message.id.clone()))));
    };
    view! {
        <div class="menu-signs" role="group" aria-label=t("react")>
            {QUICK.map(sign).collect_view()}
            <button type="button" class="menu-sign other" role="menuitem" tabindex="-1" aria-label=t("react-other") title=t("react-other") on:click=all>{icon("plus")}</button>
        </div>
    }
}
