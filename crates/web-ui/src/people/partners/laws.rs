//! Under whose law the organisation stands, what it takes from others, and with whom its people may work: for registrars.

use super::watch_partners;
use crate::{
    app::app,
    logic::{
        countries::{MOST_LETTERS, codes},
        text::harmless,
    },
    parts::{field, made_for, modal, problem, sentence},
    words::t,
};
use leptos::prelude::*;
use valise_views::{
    Command, OrganisationDocument, Outcome, Partner, PartnerState, Partners, ResidencyRule,
};

/// What is typed and chosen.
#[derive(Clone, Copy)]
struct Typed {
    countries: RwSignal<String>,
    requests: RwSignal<bool>,
    rooms: RwSignal<bool>,
    allowed: RwSignal<String>,
    exceptions: RwSignal<Vec<(String, bool)>>,
}

impl Typed {
    fn of(known: &Partners) -> Self {
        let document = known.document.clone().unwrap_or(OrganisationDocument {
            jurisdictions: Vec::new(),
            requests: true,
            rooms: true,
        });
        Self {
            countries: RwSignal::new(document.jurisdictions.join(" ")),
            requests: RwSignal::new(document.requests),
            rooms: RwSignal::new(document.rooms),
            allowed: RwSignal::new(known.residency.allowed.join(" ")),
            exceptions: RwSignal::new(known.residency.exceptions.clone()),
        }
    }

    /// What is other than it was. An organisation that has said nothing of itself, and types nothing, says nothing.
    fn commands(self, known: &Partners) -> Vec<Command> {
        let document = OrganisationDocument {
            jurisdictions: codes(&self.countries.get_untracked()),
            requests: self.requests.get_untracked(),
            rooms: self.rooms.get_untracked(),
        };
        let rule = ResidencyRule {
            allowed: codes(&self.allowed.get_untracked()),
            exceptions: self.exceptions.get_untracked(),
        };
        let silent = known.document.is_none() && document.jurisdictions.is_empty();
        let says = !silent && known.document.as_ref() != Some(&document);
        let rules = known.residency != rule;
        let document = says.then_some(Command::SetDocument(document));
        let rule = rules.then_some(Command::SetResidency(rule));
        document.into_iter().chain(rule).collect()
    }
}

/// The dialog. What is typed stays, whatever comes meanwhile.
pub fn laws() -> impl IntoView {
    let partners = watch_partners(app());
    let first = Memo::new(move |former: Option<&Option<Partners>>| {
        former.cloned().flatten().or_else(|| partners.get())
    });
    made_for(
        move || first.get(),
        |known| known.map(|known| dialog(&known)),
    )
}

fn dialog(known: &Partners) -> impl IntoView + use<> {
    let app = app();
    let typed = Typed::of(known);
    let (trouble, busy) = (RwSignal::new(None::<String>), RwSignal::new(false));
    let known_before = known.clone();
    let go = move || {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        trouble.set(None);
        let commands = typed.commands(&known_before);
        leptos::task::spawn_local(async move {
            for command in commands {
                if let Outcome::Failed(why) = app.core.ask(command).await {
                    trouble.try_set(Some(sentence(why)));
                    busy.try_set(false);
                    return;
                }
            }
            app.say(t("laws-said"));
            app.dialog.set(None);
        });
    };
    let others = known.partners.iter();
    let others = others.filter(|partner| partner.state == PartnerState::Partner);
    let exceptions = others
        .map(|partner| exception(partner, typed))
        .collect_view();
    modal(
        t("laws-title"),
        "tall",
        move || app.dialog.set(None),
        view! {
            <form class="modal-form" on:submit=move |event| { event.prevent_default(); go() }>
                <div class="modal-body" tabindex="0">
                    <div class="form">
                        {field(t("laws-own"), Some(t("laws-own-hint")), "laws-own", typed.countries, 40)}
                        {tick(t("laws-requests"), typed.requests)}
                        {tick(t("laws-rooms"), typed.rooms)}
                        {field(t("laws-allowed"), Some(t("laws-allowed-hint")), "laws-allowed", typed.allowed, MOST_LETTERS)}
                        {exceptions}
                    </div>
                </div>
                <footer class="modal-foot">
                    {problem(move || trouble.get())}
                    <button type="submit" class="button primary" aria-disabled=move || busy.get().to_string()>{t("save")}</button>
                </footer>
            </form>
        },
    )
}

fn tick(label: String, value: RwSignal<bool>) -> impl IntoView {
    view! {
        <label class="option"><input type="checkbox" prop:checked=move || value.get() on:change:target=move |event| value.set(event.target().checked())/><span>{label}</span></label>
    }
}

/// A partner, and whether it is let in or left out whatever the rule says.
fn exception(partner: &Partner, typed: Typed) -> impl IntoView + use<> {
    let (id, name) = (partner.id.clone(), harmless(&partner.name));
    let field = format!("laws-{}", partner.id.get(..16).unwrap_or(&partner.id));
    let now = typed.exceptions.get_untracked();
    let now = now
        .iter()
        .find(|(known, _)| *known == id)
        .map(|(_, allowed)| *allowed);
    let choose = move |value: String| {
        typed.exceptions.update(|all| {
            all.retain(|(known, _)| *known != id);
            match value.as_str() {
                "always" => all.push((id.clone(), true)),
                "never" => all.push((id.clone(), false)),
                _ => {}
            }
            all.sort();
        });
    };
    let option = move |value: &'static str, word: String, chosen: bool| {
        view! { <option value=value selected=chosen>{word}</option> }
    };
    view! {
        <div class="field">
            <label for=field.clone()><bdi>{name}</bdi></label>
            <select id=field on:change:target=move |event| choose(event.target().value())>
                {option("rule", t("laws-as-ruled"), now.is_none())}
                {option("always", t("laws-always"), now == Some(true))}
                {option("never", t("laws-never"), now == Some(false))}
            </select>
        </div>
    }
}
