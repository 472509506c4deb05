//! Small parts that the screens are made of.

mod avatar;
mod dialog;
mod handed;
mod hold;
mod keyed;
mod made_for;
mod menu;
mod outside;
mod qr;
mod rows;

pub use avatar::{Face, avatar, chat_avatar, chat_name, old_avatar, saved_avatar};
pub use dialog::{confirm, modal, open_over};
pub use handed::handed;
pub use hold::{Hold, area, closest, is_by_finger, is_menu_key, pointed_at, target};
pub use keyed::Keyed;
pub use made_for::made_for;
pub use menu::{Hanging, menu, menu_item};
pub use outside::{named, outside, outsides};
pub use qr::qr;
pub use rows::Rows;

use crate::{browser, id, words::t};
use leptos::prelude::*;
use valise_views::Trouble;

/// An icon; a word beside it or on its button says what it means.
///
/// The drawings stand in the page itself: of another file the browser would make a whole document for each icon that it shows.
pub fn icon(name: &'static str) -> impl IntoView {
    view! { <svg class="icon" aria-hidden="true"><use_ href=format!("#icon-{name}")></use_></svg> }
}

/// The sign of the house: a sealed bag.
pub fn sign() -> impl IntoView {
    view! { <svg class="sign" aria-hidden="true"><use_ href="#mark".to_owned()></use_></svg> }
}

/// A round button with an icon, named for screen readers and as a tip.
pub fn icon_button(name: &'static str, label: String, press: impl Fn() + 'static) -> impl IntoView {
    view! {
        <button type="button" class="icon-button" aria-label=label.clone() title=label on:click=move |_| press()>
            {icon(name)}
        </button>
    }
}

/// A line of text to type.
pub fn field(
    label: String,
    hint: Option<String>,
    name: &'static str,
    value: RwSignal<String>,
    most: u32,
) -> impl IntoView {
    let described = hint.as_ref().map(|_| format!("{name}-hint"));
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <input id=name type="text" autocomplete="off" spellcheck="false" dir="auto" maxlength=most.to_string()
                aria-describedby=described.clone() bind:value=value/>
            {hint.map(|hint| view! { <p class="hint" id=described>{hint}</p> })}
        </div>
    }
}

/// What went wrong, said at once to a screen reader too.
pub fn problem(trouble: impl Fn() -> Option<String> + Send + Sync + 'static) -> impl IntoView {
    view! { <div role="alert">{move || trouble().map(|text| view! { <p class="problem">{icon("circle-alert")}<span>{text}</span></p> })}</div> }
}

/// A button that copies, and says that it did.
pub fn copy_button(text: String, label: String) -> impl IntoView {
    let (copied, set_copied) = signal(false);
    let press = move |_| {
        let text = text.clone();
        leptos::task::spawn_local(async move {
            if browser::copy(&text).await {
                set_copied.try_set(true);
                set_timeout(
                    move || {
                        set_copied.try_set(false);
                    },
                    std::time::Duration::from_secs(2),
                );
            }
        });
    };
    view! {
        <button type="button" class="button" on:click=press>
            {move || if copied.get() { icon("check").into_any() } else { icon("copy").into_any() }}
            <span aria-live="polite">{move || if copied.get() { t("copied") } else { label.clone() }}</span>
        </button>
    }
}

/// The sentence for a trouble.
pub fn sentence(trouble: Trouble) -> String {
    t(match trouble {
        Trouble::Offline => id!("trouble-offline"),
        Trouble::BadLink => id!("trouble-bad-link"),
        Trouble::LinkGone => id!("trouble-link-gone"),
        Trouble::GroupLinkOver => id!("trouble-group-link-over"),
        Trouble::OtherOrganisation => id!("trouble-other-organisation"),
        Trouble::LinkUsed => id!("trouble-link-used"),
        Trouble::BadArchive => id!("trouble-bad-archive"),
        Trouble::NewerVersion => id!("trouble-newer-version"),
        Trouble::BadCode => id!("trouble-bad-code"),
        Trouble::WrongCode => id!("trouble-wrong-code"),
        Trouble::NoBackup => id!("trouble-no-backup"),
        Trouble::Moved => id!("trouble-moved"),
        Trouble::NoDeviceWaits => id!("trouble-no-device-waits"),
        Trouble::PastComing => id!("trouble-past-coming"),
        Trouble::NeedsTwoRegistrars => id!("trouble-two-registrars"),
        Trouble::TooManyDevices => id!("trouble-too-many-devices"),
        Trouble::FilesUnderWay => id!("trouble-files-under-way"),
        Trouble::LinkMismatch => id!("trouble-link-mismatch"),
        Trouble::AlreadyFounded => id!("trouble-already-founded"),
        Trouble::AlreadyJoined => id!("trouble-already-joined"),
        Trouble::BadName => id!("trouble-bad-name"),
        Trouble::BadAddress => id!("trouble-bad-address"),
        Trouble::AddressTaken => id!("trouble-address-taken"),
        Trouble::OfficeNameTaken => id!("trouble-office-name-taken"),
        Trouble::NotAllowed => id!("trouble-not-allowed"),
        Trouble::NotFound => id!("trouble-not-found"),
        Trouble::BadText => id!("trouble-bad-text"),
        Trouble::FileTooLarge => id!("trouble-file-too-large"),
        Trouble::StorageFull => id!("trouble-storage-full"),
        Trouble::LastOwner => id!("trouble-last-owner"),
        Trouble::LastOfRequest => id!("trouble-last-of-request"),
        Trouble::NoDevice => id!("trouble-no-device"),
        Trouble::ImportedChat => id!("trouble-imported-chat"),
        Trouble::NoExport => id!("trouble-no-export"),
        Trouble::ExportDamaged => id!("trouble-export-damaged"),
        Trouble::ExportLocked => id!("trouble-export-locked"),
        Trouble::ExportUnknown => id!("trouble-export-unknown"),
        Trouble::ExportBomb => id!("trouble-export-bomb"),
        Trouble::ExportBadPath => id!("trouble-export-bad-path"),
        Trouble::ExportGone => id!("trouble-export-gone"),
        Trouble::ExportUnderWay => id!("trouble-export-under-way"),
        Trouble::ServerMisbehaved => id!("trouble-server-misbehaved"),
        Trouble::Internal => id!("trouble-internal"),
        Trouble::TooManyHolders => id!("trouble-too-many-holders"),
        Trouble::TooManyAddressees => id!("trouble-too-many-addressees"),
        Trouble::Overtaken => id!("trouble-overtaken"),
        Trouble::OwnLink => id!("trouble-own-link"),
        Trouble::DomainTaken => id!("trouble-domain-taken"),
        Trouble::PartnerAway => id!("trouble-partner-away"),
        Trouble::PartnerDisagrees => id!("trouble-partner-disagrees"),
        Trouble::ResidencyUnsaid => id!("trouble-residency-unsaid"),
        Trouble::ResidencyOutside => id!("trouble-residency-outside"),
        Trouble::RoomResidencyUnsaid => id!("trouble-room-residency-unsaid"),
        Trouble::RoomResidencyOutside => id!("trouble-room-residency-outside"),
        Trouble::RequestsNotAccepted => id!("trouble-requests-not-accepted"),
        Trouble::RoomsNotAccepted => id!("trouble-rooms-not-accepted"),
        Trouble::BadJurisdictions => id!("trouble-bad-jurisdictions"),
        Trouble::BadTime => id!("trouble-bad-time"),
        Trouble::BadDeadline => id!("trouble-bad-deadline"),
        Trouble::BadNumbers => id!("trouble-bad-numbers"),
        Trouble::NeedsRelease => id!("trouble-needs-release"),
        Trouble::CalendarEnds => id!("trouble-calendar-ends"),
        Trouble::BadCalendar => id!("trouble-bad-calendar"),
        Trouble::OutOfPlace => id!("trouble-out-of-place"),
        Trouble::NobodyThere => id!("trouble-nobody-there"),
        Trouble::NothingToSignWith => id!("trouble-nothing-to-sign-with"),
        Trouble::FileAway => id!("trouble-file-away"),
        Trouble::NotWhole => id!("trouble-not-whole"),
        Trouble::InDoubt => id!("trouble-in-doubt"),
    })
}
