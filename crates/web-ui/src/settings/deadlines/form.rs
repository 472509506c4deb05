//! What a registrar says: the week, days off, days that are worked, reminders.

use super::{
    days::{Days, days},
    ends,
};
use crate::{
    app::App,
    browser::{self, intl},
    id,
    logic::requests::draft::one_line,
    parts::{field, problem, sentence},
    words::t,
};
use leptos::prelude::*;
use valise_views::{Command, Deadlines, NewDeadlines, Outcome, WorkCalendar};

/// Most letters of the name.
const MAX_NAME: u32 = 80;
const WEEKEND: [u8; 2] = [5, 6];

/// What is typed.
#[derive(Clone, Copy)]
pub struct Form {
    app: App,
    known: StoredValue<Deadlines>,
    name: RwSignal<String>,
    weekend: RwSignal<Vec<u8>>,
    holidays: Days,
    worked: Days,
    until: RwSignal<String>,
    remind: RwSignal<String>,
    escalate: RwSignal<String>,
    trouble: RwSignal<Option<String>>,
    busy: RwSignal<bool>,
}

impl Form {
    /// Begins with what was said; with weekends, to the end of next year, if nothing was.
    pub fn of(app: App, known: &Deadlines) -> Self {
        let calendar = known.calendar.as_ref();
        let until = || next_year().to_string();
        let remind: Vec<String> = match calendar {
            Some(_) => known.remind.iter().map(u32::to_string).collect(),
            None => vec!["1".into(), "3".into()],
        };
        Self {
            app,
            known: StoredValue::new(known.clone()),
            name: RwSignal::new(
                calendar.map_or_else(|| t("deadlines-name-first"), |it| it.name.clone()),
            ),
            weekend: RwSignal::new(calendar.map_or(WEEKEND.to_vec(), |it| it.weekend.clone())),
            holidays: Days::of(app, calendar.map_or(&[][..], |it| &it.holidays)),
            worked: Days::of(app, calendar.map_or(&[][..], |it| &it.made_up)),
            until: RwSignal::new(calendar.map_or_else(until, |it| it.known_until.to_string())),
            remind: RwSignal::new(remind.join(", ")),
            escalate: RwSignal::new(known.escalate.map_or_else(String::new, |it| it.to_string())),
            trouble: RwSignal::new(None),
            busy: RwSignal::new(false),
        }
    }

    fn said(self) -> Result<NewDeadlines, &'static str> {
        let until = self.until.get_untracked();
        let known_until = until.parse().map_err(|_| id!("deadlines-no-until"))?;
        let end = intl::day_end(&until).ok_or(id!("deadlines-no-until"))?;
        let remind = self.remind.get_untracked();
        let days = remind
            .split([',', ' ', ';'])
            .filter(|word| !word.is_empty());
        let remind: Result<Vec<u32>, _> = days.map(str::parse).collect();
        let escalate = self.escalate.get_untracked();
        let escalate = Some(escalate.trim()).filter(|typed| !typed.is_empty());
        let escalate = escalate.map(str::parse::<u32>).transpose();
        Ok(NewDeadlines {
            former: self.known.with_value(|known| known.version),
            calendar: WorkCalendar {
                name: one_line(&self.name.get_untracked()),
                weekend: self.weekend.get_untracked(),
                holidays: self
                    .holidays
                    .days
                    .with_untracked(|all| all.iter().copied().collect()),
                made_up: self
                    .worked
                    .days
                    .with_untracked(|all| all.iter().copied().collect()),
                clocks: browser::clocks(end),
                known_until,
            },
            remind: remind.map_err(|_| id!("deadlines-no-days"))?,
            escalate: escalate.map_err(|_| id!("deadlines-no-days"))?,
        })
    }

    fn save(self) {
        if self.busy.get_untracked() {
            return;
        }
        let said = match self.said() {
            Ok(said) => said,
            Err(word) => return self.trouble.set(Some(t(word))),
        };
        self.busy.set(true);
        self.trouble.set(None);
        let app = self.app;
        leptos::task::spawn_local(async move {
            match app.core.ask(Command::SetDeadlines(Box::new(said))).await {
                Outcome::Failed(why) => {
                    self.trouble.try_set(Some(sentence(why)));
                }
                _ => {
                    app.say(t("deadlines-said"));
                    app.dialog.set(None);
                }
            }
            self.busy.try_set(false);
        });
    }
}

fn next_year() -> valise_views::Date {
    let today = intl::typed_day(browser::now());
    let year = today
        .parse::<valise_views::Date>()
        .map_or(2027, |today| today.year + 1);
    valise_views::Date {
        year,
        month: 12,
        day: 31,
    }
}

/// All of it in one form.
pub fn form(form: Form) -> impl IntoView {
    let toggle = move |day: u8, on: bool| {
        form.weekend.update(|all| {
            all.retain(|known| *known != day);
            if on {
                all.push(day);
            }
        });
    };
    let weekday = move |day: u8| {
        view! {
            <label class="check"><input type="checkbox" class="tickbox" prop:checked=move || form.weekend.with(|all| all.contains(&day))
                on:change:target=move |event| toggle(day, event.target().checked())/><span>{intl::weekday(day)}</span></label>
        }
    };
    view! {
        <form class="modal-form" on:submit=move |event| { event.prevent_default(); form.save() }>
            <div class="modal-body">
                <p class="hint">{t("deadlines-about")}</p>
                {form.known.with_value(ends)}
                {field(t("deadlines-name"), None, "deadlines-name", form.name, MAX_NAME)}
                <fieldset class="week"><legend class="label">{t("deadlines-weekend")}</legend>{(0..7).map(weekday).collect_view()}</fieldset>
                {days(form.holidays, "holidays", t("deadlines-holidays"), t("deadlines-holidays-hint"))}
                {days(form.worked, "worked", t("deadlines-worked"), t("deadlines-worked-hint"))}
                <div class="field">
                    <label for="deadlines-until">{t("deadlines-until")}</label>
                    <input id="deadlines-until" type="date" aria-describedby="deadlines-until-hint" bind:value=form.until/>
                    <p class="hint" id="deadlines-until-hint">{t("deadlines-until-hint")}</p>
                </div>
                {field(t("deadlines-remind"), Some(t("deadlines-remind-hint")), "deadlines-remind", form.remind, MAX_NAME)}
                {field(t("deadlines-escalate"), Some(t("deadlines-escalate-hint")), "deadlines-escalate", form.escalate, 2)}
            </div>
            <footer class="modal-foot">
                {problem(move || form.trouble.get())}
                <button type="submit" class="button primary" aria-disabled=move || form.busy.get().to_string()>{t("save")}</button>
            </footer>
        </form>
    }
}
