//! The report that lies in a bundle: who asked whom for what, what was done, and how sure each of it is.

use crate::lines::{harmless, named};
use crate::words::{Said, of};
use crate::{Language, fault, judge, lacking, remark, standing, summary, time};
use std::collections::BTreeMap;
use valise_directory::fold::fingerprint;
use valise_evidence::Request;
use valise_evidence::verify::{Row, Standing, Subject, Verdict};
use valise_views::print::{self, Item};
use valise_wire::OrganisationId;

/// Returns what the report of a bundle says, for whoever makes the bundle and knows the organisations of these fingerprints. Whose time
/// stamps count is for whoever verifies it to say.
pub fn report_of(language: Language, bundle: &[u8], fingerprints: Vec<String>) -> print::Report {
    report(language, &judge(bundle, fingerprints, &[]))
}

/// Returns what a report says of a verdict. It is for reading: what it says is proven by the bundle, and not the other way round.
pub fn report(language: Language, verdict: &Verdict) -> print::Report {
    let word = of(language, ["Request", "Запрос", "Anfrage", "Demande"]);
    let number = verdict.request.as_ref().map(|it| it.number.as_str());
    let writer = Writer {
        language,
        verdict,
        names: names(verdict),
    };
    print::Report {
        language,
        title: format!("{word} {}", harmless(number.unwrap_or("?"))),
        facts: writer.facts(),
        items: writer.items(),
    }
}

/// Returns the organisations' names, as their directories give them.
fn names(verdict: &Verdict) -> BTreeMap<OrganisationId, String> {
    let organisations = verdict.rows.iter().filter_map(|row| match row.subject {
        Subject::Organisation(id) => Some((id, harmless(row.by.as_deref()?))),
        _ => None,
    });
    organisations.collect()
}

struct Writer<'a> {
    language: Language,
    verdict: &'a Verdict,
    names: BTreeMap<OrganisationId, String>,
}

impl Writer<'_> {
    fn facts(&self) -> Vec<(String, String)> {
        let mut facts = Vec::new();
        let mut fact = |name: Said, value: Option<String>| {
            let name = of(self.language, name).to_owned();
            facts.extend(value.map(|value| (name, value)));
        };
        if let Some(request) = &self.verdict.request {
            fact(
                ["Asked by", "Спрашивает", "Es fragt", "Demandeur"],
                Some(self.issuer(request)),
            );
            fact(
                ["Asked of", "У кого", "Gefragt ist", "Destinataire"],
                Some(addressee(request)),
            );
            fact(
                ["Subject", "О чём", "Betreff", "Objet"],
                Some(harmless(request.subject.as_str())),
            );
            let basis = request.legal_basis.as_ref();
            let basis = basis.map(|basis| harmless(basis.as_str()));
            fact(["Grounds", "Основание", "Rechtsgrund", "Fondement"], basis);
            fact(
                ["Signed", "Подписан", "Unterschrieben", "Signée"],
                Some(time(request.issued_at)),
            );
        }
        if let Some(course) = &self.verdict.course {
            fact(["Due", "Срок", "Frist", "Échéance"], Some(time(course.due)));
            let name = [
                "Ends by itself",
                "Закончится сам",
                "Endet von selbst",
                "Prend fin d’elle-même",
            ];
            fact(name, course.ends.map(time));
            let number = course.number.as_ref();
            let number = number.map(|number| harmless(number.as_str()));
            let name = [
                "Their number",
                "Входящий номер",
                "Aktenzeichen dort",
                "Numéro chez le destinataire",
            ];
            fact(name, number);
        }
        let name = ["Where it stands", "Состояние", "Stand", "État"];
        fact(name, summary(self.language, self.verdict));
        let name = ["Files", "Файлы", "Dateien", "Fichiers"];
        fact(name, lacking(self.language, self.verdict));
        if let Some(manifest) = &self.verdict.manifest {
            let who = harmless(manifest.exporter.name.as_str());
            let said = format!("{who}, {}", time(manifest.exported_at));
            fact(
                [
                    "Exported by",
                    "Выгрузил(а)",
                    "Exportiert von",
                    "Exporté par",
                ],
                Some(said),
            );
        }
        facts.extend(self.names.iter().map(|(id, name)| {
            let words = [
                "Fingerprint of",
                "Отпечаток:",
                "Fingerabdruck von",
                "Empreinte de",
            ];
            let label = format!("{} {name}", of(self.language, words));
            (label, fingerprint(*id))
        }));
        facts.extend([COMPARE, WORTH, WHEN].map(|(name, text)| {
            let name = of(self.language, name).to_owned();
            (name, of(self.language, text).to_owned())
        }));
        facts
    }

    fn issuer(&self, request: &Request) -> String {
        let issuer = &request.issuer;
        let capacity = issuer.capacity.as_ref().map(|it| harmless(it.as_str()));
        let organisation = self.names.get(&issuer.organisation).cloned();
        let who = Some(harmless(issuer.name.as_str()));
        let parts: Vec<String> = [organisation, who, capacity]
            .into_iter()
            .flatten()
            .collect();
        parts.join(", ")
    }

    fn items(&self) -> Vec<Item> {
        let shown = self.verdict.rows.iter().filter(|row| {
            let is_about_the_file = matches!(
                row.subject,
                Subject::Bundle
                    | Subject::Manifest
                    | Subject::Organisation(_)
                    | Subject::Report
                    | Subject::Guide
            );
            !is_about_the_file || !row.faults.is_empty()
        });
        shown.map(|row| self.item(row)).collect()
    }

    fn item(&self, row: &Row) -> Item {
        let language = self.language;
        let mut what = vec![named(language, &row.subject)];
        what.extend(row.faults.iter().map(|it| fault(language, *it)));
        what.extend(
            row.remarks
                .iter()
                .map(|it| remark(language, *it).to_owned()),
        );
        let when = |at| match row.when {
            Standing::Proven => time(at),
            unsure => format!("{} ({})", time(at), standing(language, unsure)),
        };
        let organisation = row.organisation.and_then(|id| self.names.get(&id).cloned());
        let who = row
            .by
            .as_deref()
            .map(harmless)
            .into_iter()
            .chain(organisation);
        Item {
            time: row.at.map(when).unwrap_or_default(),
            who: who.collect::<Vec<_>>().join(", "),
            what: what.join("; "),
            digest: self.digest(row),
            verdict: match row.what {
                _ if !row.faults.is_empty() => print::Verdict::NotProven,
                Standing::Proven => print::Verdict::Proven,
                Standing::Asserted => print::Verdict::Asserted,
                Standing::NotProven => print::Verdict::NotProven,
            },
        }
    }

    /// Returns the digest by which something is listed, or was left out.
    fn digest(&self, row: &Row) -> Option<String> {
        let items = &self.verdict.manifest.as_ref()?.items;
        let item = items.iter().find(|item| item.path == row.path);
        let listed = item.map(|item| item.digest.to_string());
        listed.or_else(|| row.path.strip_prefix("contents/").map(str::to_owned))
    }
}

fn addressee(request: &Request) -> String {
    let office = request.addressee.office.as_ref();
    let name = harmless(request.addressee.name.as_str());
    match office {
        Some(office) => format!("{name}, {}", harmless(office.as_str())),
        None => name,
    }
}

const COMPARE: (Said, Said) = (
    ["To compare", "Сверить", "Zu vergleichen", "À comparer"],
    [
        "Call each organisation by a number that you knew before, and compare its fingerprint digit by digit. Without that nothing is proven.",
        "Позвоните в каждую организацию по номеру, который знали раньше, и сверьте её отпечаток цифра за цифрой. Без этого ничего не доказано.",
        "Rufen Sie jede Organisation unter einer Nummer an, die Sie schon kannten, und vergleichen Sie ihren Fingerabdruck Ziffer für Ziffer. Ohne das ist nichts bewiesen.",
        "Appelez chaque organisation à un numéro que vous connaissiez déjà et comparez son empreinte chiffre par chiffre. Sans cela, rien n’est prouvé.",
    ],
);

const WORTH: (Said, Said) = (
    ["This report", "Этот отчёт", "Dieser Bericht", "Ce rapport"],
    [
        "It is for reading, and says what was found by whoever exported it, who knew these fingerprints. By itself it proves nothing: verify the bundle in which it lies, with “valise verify” or the page /verify of any Valise server.",
        "Он для чтения и говорит, что нашла программа того, кто его выгрузил и знал эти отпечатки. Сам по себе он ничего не доказывает: проверьте пакет, в котором он лежит, командой «valise verify» или на странице /verify любого сервера Valise.",
        "Er ist zum Lesen da und sagt, was bei dem gefunden wurde, der ihn exportierte und diese Fingerabdrücke kannte. Für sich allein beweist er nichts: Prüfen Sie das Paket, in dem er liegt, mit „valise verify“ oder auf der Seite /verify eines Valise-Servers.",
        "Il est fait pour être lu et dit ce qu’a constaté la personne qui l’a exporté et qui connaissait ces empreintes. À lui seul il ne prouve rien : vérifiez le dossier dans lequel il se trouve, avec « valise verify » ou sur la page /verify d’un serveur Valise.",
    ],
);

const WHEN: (Said, Said) = (
    [
        "Time of the whole",
        "Время целого",
        "Zeit des Ganzen",
        "Heure de l’ensemble",
    ],
    [
        "A time stamp over all files of the bundle, with this report, is made when it is closed, if somebody can be asked for one. So it does not stand here: whoever verifies the bundle sees it.",
        "Метка времени на все файлы пакета вместе с этим отчётом ставится, когда пакет закрывают, если есть у кого её взять. Поэтому её здесь нет: её увидит тот, кто проверит пакет.",
        "Ein Zeitstempel über alle Dateien des Pakets samt diesem Bericht entsteht, wenn es geschlossen wird, sofern man einen bekommen kann. Deshalb steht er nicht hier: Wer das Paket prüft, sieht ihn.",
        "Un horodatage de tous les fichiers du dossier, ce rapport compris, est apposé à la fermeture du dossier, si une autorité peut être consultée. Il ne figure donc pas ici : il apparaît à qui vérifie le dossier.",
    ],
);
