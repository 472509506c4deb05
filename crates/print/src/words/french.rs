//! French.

use super::Words;

pub(super) const WORDS: Words = Words {
    request: "Demande",
    number: "Numéro",
    date: "Date",
    due: "Réponse souhaitée avant le",
    how: "Comment répondre",
    steps: [
        "Ouvrez la page : visez le carré avec l’appareil photo de votre téléphone, ou tapez l’adresse ci-dessous.",
        "Tapez le code de l’autre feuille. Elle vous parvient séparément de cette lettre.",
        "Lisez la demande, écrivez votre réponse, joignez des documents et envoyez. Vous recevez un reçu à conserver.",
    ],
    sealed: "Il ne faut ni compte ni installation. Ce que vous envoyez est scellé sur votre appareil : seul le destinataire, {organisation}, peut l’ouvrir.",
    typed: "Si l’appareil photo ne convient pas, tapez cette adresse. Elle compte {count} caractères, et les majuscules diffèrent des minuscules :",
    right_page: "Est-ce la bonne page ?",
    check: "L’adresse dans le navigateur doit commencer par {address}/. Sous « Cette page est-elle sûre ? » figurent les nombres ci-dessous ; ils ne sont pas secrets, et une fausse page pourrait les montrer aussi. Si quelque chose diffère ou vous étonne, n’envoyez rien et appelez {organisation} à un numéro que vous connaissiez déjà : on pourra vous les lire.",
    page: "Page {page} sur {count}",
    code_for: "Votre code pour la demande {number}",
    code_how: "Ouvrez la page comme l’indique la lettre, et tapez ce code quand elle le demande.",
    code_apart: "Conservez cette feuille à l’écart de la lettre : qui possède les deux peut lire la demande et répondre en votre nom.",
    code_nobody_asks: "Personne de {organisation} ne vous demandera ce code par téléphone ou par message. Si cela arrive, ne le donnez pas et prévenez-nous.",
    report: "Rapport de preuves",
    time: "Heure",
    who: "Qui",
    what: "Quoi",
    proven: "prouvé",
    asserted: "affirmé",
    not_proven: "non prouvé",
    meanings: [
        "Des signatures du dossier le montrent. Cela vaut quelle que soit la personne qui remet le dossier, sans devoir croire un serveur.",
        "Un serveur l’affirme et l’a signé. Cela vaut autant que la confiance en son exploitant, surtout pour l’heure.",
        "Rien dans le dossier ne le montre, ou ce qui devrait le montrer ne concorde pas.",
    ],
    digests: "Les longs nombres sont les empreintes (SHA-256) de ce qui a été envoyé. Le même fichier a la même empreinte ; un fichier modifié en a une autre.",
};
