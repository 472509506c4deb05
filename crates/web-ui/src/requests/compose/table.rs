//! Addressees out of a table: whoever is not known here is looked for at his organisation, and each line says what became of it.

use super::Draft;
use crate::{
    app::App,
    browser::{self, media::bytes_of},
    id,
    logic::{
        requests::table::{Known, Row, Sought, Stands, Table, Why},
        text::harmless,
    },
    parts::{icon, outside, problem},
    people::watch_partners,
    requests::recipient::Recipient,
    words::{t, tw},
};
use leptos::{html, prelude::*};
use valise_views::addressee::LineFault;
use valise_views::csv::{self, Fault};
use valise_views::request::MOST_ADDRESSEES;
use valise_views::{Command, Office, Outcome, Partners, Person, Trouble};

/// How many are looked for at the same time.
const AT_ONCE: usize = 4;

/// Whom one knows, while it becomes more.
#[derive(Clone, Copy)]
pub struct Knowing {
    offices: Memo<Vec<Office>>,
    people: ReadSignal<Option<Vec<Person>>>,
    partners: ReadSignal<Option<Partners>>,
}

impl Knowing {
    /// Watches it as long as the calling owner lives.
    pub fn of(app: App, draft: Draft, people: ReadSignal<Option<Vec<Person>>>) -> Self {
        Self {
            offices: draft.offices,
            people,
            partners: watch_partners(app),
        }
    }

    fn now(self) -> Known {
        let partners = self.partners.get().map(|shown| shown.partners);
        Known {
            offices: self.offices.get(),
            people: self.people.get().unwrap_or_default(),
            partners: partners.unwrap_or_default(),
        }
    }
}

impl Draft {
    async fn take_table(self, file: web_sys::File, known: Known) {
        if file.size() > csv::MAX_BYTES as f64 {
            return self.say_fault(Fault::TooLarge);
        }
        let read = match bytes_of(&file).await {
            Some(bytes) => csv::read(&bytes),
            None => Err(Fault::NotText),
        };
        let lines = match read {
            Ok(lines) => lines,
            Err(fault) => return self.say_fault(fault),
        };
        let table = Table::new(lines, &known);
        // Nobody goes through the people of a partner with a list of names.
        if table.progress().1 > MOST_ADDRESSEES {
            return self.say_fault(Fault::TooLarge);
        }
        self.trouble.try_set(None);
        self.table.try_set(Some(table));
        self.look_for_all();
    }

    fn say_fault(self, fault: Fault) {
        let word = match fault {
            Fault::NotText => id!("request-table-no-text"),
            Fault::TooLarge => id!("request-table-large"),
            Fault::Unclosed => id!("request-table-unclosed"),
            Fault::Empty => id!("request-table-empty"),
        };
        self.trouble.try_set(Some(t(word)));
    }

    /// Looks for everybody who waits for it, a few at the same time, as long as the table is there.
    fn look_for_all(self) {
        let next = move || {
            let next = self
                .table
                .try_update(|table| table.as_mut()?.take_waiting());
            next.flatten()
        };
        for _ in 0..AT_ONCE {
            leptos::task::spawn_local(async move {
                while let Some(address) = next() {
                    let find = Command::FindPerson {
                        address: address.clone(),
                    };
                    let came = match self.app.core.ask(find).await {
                        Outcome::Person(_) => Sought::Found,
                        Outcome::Failed(Trouble::NotFound | Trouble::BadAddress) => Sought::Nobody,
                        _ => Sought::Unreached,
                    };
                    self.table.try_update(|table| {
                        table.as_mut()?.sought.insert(address, came);
                        Some(())
                    });
                }
            });
        }
    }

    /// Takes the lines that name somebody.
    fn take_rows(self, rows: Vec<Row>) {
        let found = rows.into_iter().filter_map(|row| match row.stands {
            Stands::Found(addressee) => Some(Recipient::from(addressee)),
            _ => None,
        });
        let found: Vec<Recipient> = found.collect();
        let new = found
            .iter()
            .filter(|one| self.all().iter().all(|known| known.to != one.to));
        if new.count() + self.all().len() > MOST_ADDRESSEES {
            self.trouble.set(Some(t("trouble-too-many-addressees")));
        } else {
            found.into_iter().for_each(|one| self.add_recipient(one));
            self.trouble.set(None);
        }
        self.table.set(None);
    }
}

/// The way to take addressees out of a table.
pub fn from_table(draft: Draft, known: Knowing) -> impl IntoView {
    let picker = NodeRef::<html::Input>::new();
    let take = move |files: Option<web_sys::FileList>| {
        if let Some(file) = files.and_then(|files| files.get(0)) {
            let known = untrack(|| known.now());
            leptos::task::spawn_local(draft.take_table(file, known));
        }
    };
    let press = move |_| {
        if let Some(picker) = picker.get_untracked() {
            picker.click();
        }
    };
    view! {
        <input type="file" accept=".csv,.txt,text/csv" node_ref=picker class="unseen" tabindex="-1" aria-hidden="true" id="table-picker"
            on:change:target=move |event| { take(event.target().files()); event.target().set_value("") }/>
        <button type="button" class="button small" on:click=press>{icon("rows-3")}<span>{t("request-from-table")}</span></button>
    }
}

/// What became of each line. Where all of them name somebody there is nothing to say, and it goes on by itself.
pub fn table(draft: Draft, known: Knowing) -> impl IntoView {
    browser::soon(|| browser::focus(".compose .modal-foot .primary"));
    let rows = Memo::new(move |_| {
        let known = known.now();
        let rows = draft
            .table
            .with(|table| table.as_ref().map(|table| table.rows(&known)));
        in_order(rows.unwrap_or_default())
    });
    Effect::new(move |_| {
        let is_found = |row: &Row| matches!(row.stands, Stands::Found(_));
        let rows = rows.get();
        if !rows.is_empty() && rows.iter().all(is_found) {
            draft.take_rows(rows);
        }
    });
    view! {
        <div class="modal-body">
            {move || lead(draft, &rows.get())}
            <ul class="table-lines told" tabindex="0" aria-label=t("request-table-lines")>{move || rows.get().into_iter().map(line).collect_view()}</ul>
        </div>
        {foot(draft, rows)}
    }
}

/// Once everybody was looked for, what is wrong stands first.
fn in_order(mut rows: Vec<Row>) -> Vec<Row> {
    if !rows.iter().any(|row| row.stands == Stands::Looking) {
        rows.sort_by_key(|row| !matches!(row.stands, Stands::Wrong(_)));
    }
    rows
}

fn count(rows: &[Row], fits: impl Fn(&Stands) -> bool) -> usize {
    rows.iter().filter(|row| fits(&row.stands)).count()
}

/// How far it is, or how many lines name nobody.
fn lead(draft: Draft, rows: &[Row]) -> impl IntoView + use<> {
    let wrong = count(rows, |stands| matches!(stands, Stands::Wrong(_)));
    match count(rows, |stands| *stands == Stands::Looking) {
        0 => view! { <p role="status">{tw("request-table-wrong", [("count", wrong.into())])}</p> }
            .into_any(),
        _ => {
            let progress = draft
                .table
                .with(|table| table.as_ref().map(Table::progress));
            let (done, all) = progress.unwrap_or_default();
            let said = tw(
                "request-table-progress",
                [("done", done.into()), ("count", all.into())],
            );
            view! {
                <div class="table-progress">
                    <p>{said.clone()}</p>
                    <progress max=all.to_string() prop:value=done.to_string() aria-label=said></progress>
                </div>
            }
            .into_any()
        }
    }
}

fn line(row: Row) -> impl IntoView {
    let number = tw("request-table-line", [("number", row.line.into())]);
    let words = harmless(&row.words);
    let (sign, tone, said) = match row.stands {
        Stands::Found(one) => {
            let name = harmless(&one.name);
            let mark = outside(Some(&one.outside));
            (
                "circle-check",
                "good",
                view! { <bdi>{name}</bdi>{mark} }.into_any(),
            )
        }
        Stands::Looking => ("search", "", t("request-table-looking").into_any()),
        Stands::Wrong(why) => ("circle-alert", "amber", t(word(why)).into_any()),
    };
    view! {
        <li class="table-line"><span class=format!("table-sign {tone}")>{icon(sign)}</span>
            <span class="grow"><bdi class="strong">{words}</bdi><span class="hint">{said}</span></span><span class="label">{number}</span></li>
    }
}

fn foot(draft: Draft, rows: Memo<Vec<Row>>) -> impl IntoView {
    let good = move || {
        let is_found = |stands: &Stands| matches!(stands, Stands::Found(_));
        rows.with(|rows| count(rows, is_found))
    };
    let is_looking = move || rows.with(|rows| count(rows, |it| *it == Stands::Looking) > 0);
    let is_unreached = Memo::new(move |_| {
        let unreached = |stands: &Stands| *stands == Stands::Wrong(Why::Unreached);
        rows.with(|rows| count(rows, unreached) > 0)
    });
    let cannot = move || is_looking() || good() == 0;
    let again = move |_| {
        draft.table.update(|table| {
            if let Some(table) = table {
                table.look_again();
            }
        });
        draft.look_for_all();
    };
    view! {
        <footer class="modal-foot">
            {problem(move || draft.trouble.get())}
            <button type="button" class="button" on:click=move |_| draft.table.set(None)>{t("cancel")}</button>
            {move || is_unreached.get().then(|| view! { <button type="button" class="button" on:click=again>{t("try-again")}</button> })}
            <button type="button" class="button primary" aria-disabled=move || cannot().to_string()
                on:click=move |_| if !untrack(cannot) { draft.take_rows(rows.get_untracked()) }>{move || tw("request-table-take", [("count", good().into())])}</button>
        </footer>
    }
}

fn word(why: Why) -> &'static str {
    match why {
        Why::NoAddress => id!("request-table-no-address"),
        Why::Unreached => id!("request-table-unreached"),
        Why::Line(LineFault::Nobody) => id!("request-table-nobody"),
        Why::Line(LineFault::NoPartner) => id!("request-table-no-partner"),
        Why::Line(LineFault::Several) => id!("request-table-several"),
        Why::Line(LineFault::Again) => id!("request-table-again"),
    }
}
