//! German.

use super::Words;

pub(super) const WORDS: Words = Words {
    request: "Anfrage",
    number: "Nummer",
    date: "Datum",
    due: "Bitte antworten bis",
    how: "So antworten Sie",
    steps: [
        "Öffnen Sie die Seite: Richten Sie die Kamera Ihres Telefons auf das Quadrat, oder tippen Sie die Adresse unten ein.",
        "Tippen Sie den Code vom anderen Blatt ein. Er kommt getrennt von diesem Brief.",
        "Lesen Sie, worum es geht, schreiben Sie Ihre Antwort, fügen Sie Unterlagen an und senden Sie ab. Sie erhalten eine Quittung.",
    ],
    sealed: "Sie brauchen kein Konto und müssen nichts installieren. Was Sie senden, wird auf Ihrem Gerät versiegelt: Nur {organisation} kann es öffnen.",
    typed: "Wenn Sie die Kamera nicht verwenden können, tippen Sie diese Adresse ein. Sie hat {count} Zeichen; Groß- und Kleinschreibung zählt:",
    right_page: "Ist es die richtige Seite?",
    check: "Die Adresse im Browser muss mit {address}/ beginnen. Unter „Wie sicher ist diese Seite?“ stehen die Zahlen unten; sie sind nicht geheim, und eine falsche Seite könnte sie auch zeigen. Ist etwas anders als hier oder kommt es Ihnen seltsam vor, senden Sie nichts und rufen Sie {organisation} unter einer Nummer an, die Sie schon vorher kannten: Man kann Ihnen die Zahlen vorlesen.",
    page: "Seite {page} von {count}",
    code_for: "Ihr Code für die Anfrage {number}",
    code_how: "Öffnen Sie die Seite, wie es im Brief steht, und tippen Sie diesen Code ein, wenn sie danach fragt.",
    code_apart: "Bewahren Sie dieses Blatt getrennt vom Brief auf: Wer beides hat, kann die Anfrage lesen und in Ihrem Namen antworten.",
    code_nobody_asks: "Niemand von {organisation} fragt Sie am Telefon oder in einer Nachricht nach diesem Code. Geschieht es doch, nennen Sie ihn nicht und sagen Sie uns Bescheid.",
    report: "Bericht über Nachweise",
    time: "Zeit",
    who: "Wer",
    what: "Was",
    proven: "bewiesen",
    asserted: "behauptet",
    not_proven: "nicht bewiesen",
    meanings: [
        "Unterschriften in der Akte zeigen es. Es gilt, wer auch immer die Akte übergibt, und niemand muss einem Server glauben.",
        "Ein Server sagt es und hat es unterschrieben. Es gilt so weit, wie man seinem Betreiber glaubt, vor allem bei der Zeit.",
        "Nichts in der Akte zeigt es, oder was es zeigen sollte, passt nicht.",
    ],
    digests: "Die langen Zahlen sind Fingerabdrücke (SHA-256) dessen, was gesendet wurde. Dieselbe Datei hat denselben Fingerabdruck, eine veränderte einen anderen.",
};
