//! What can be wrong. English is what the errors say of themselves; here it is a shorter form of the same.

use super::Said;
use valise_evidence::course::Finding;
use valise_evidence::verify::Fault;

pub(super) fn fault(fault: Fault) -> Said {
    match fault {
        Fault::Container(_) => [
            "this is no bundle",
            "это не пакет доказательств или он повреждён",
            "das ist kein Beweispaket, oder es ist beschädigt",
            "ce n’est pas un dossier de preuves, ou il est endommagé",
        ],
        Fault::Beginning => [
            "this is no bundle: its beginning is missing",
            "это не пакет доказательств: нет начала",
            "das ist kein Beweispaket: der Anfang fehlt",
            "ce n’est pas un dossier de preuves : le début manque",
        ],
        Fault::Version => [
            "it is of a version that is not known here",
            "версия пакета здесь неизвестна: его создала более новая программа",
            "ist von einer Version, die hier nicht bekannt ist: etwas Neueres hat es gemacht",
            "est d’une version inconnue ici : un programme plus récent l’a fait",
        ],
        Fault::Kind => [
            "it says that the file is of another kind",
            "заявлен файл другого вида",
            "gibt die Datei als eine anderer Art aus",
            "dit que le fichier est d’une autre sorte",
        ],
        Fault::Changed => [
            "it was changed",
            "изменено",
            "wurde verändert",
            "a été modifié",
        ],
        Fault::Missing => ["it is missing", "отсутствует", "fehlt", "est absent"],
        Fault::Added => [
            "it was added",
            "добавлено",
            "wurde hinzugefügt",
            "a été ajouté",
        ],
        Fault::Moved => [
            "it stands in another place",
            "стоит не на своём месте",
            "steht an anderer Stelle",
            "n’est pas à sa place",
        ],
        Fault::Twice => [
            "it is there twice",
            "встречается дважды",
            "ist doppelt da",
            "est présent deux fois",
        ],
        Fault::AnotherCame => [
            "another file came than the one that was signed",
            "пришёл другой файл, не тот, который был подписан",
            "es kam eine andere Datei als die unterschriebene",
            "un autre fichier est venu que celui qui a été signé",
        ],
        Fault::Broken(_) => [
            "its signature or its form does not hold",
            "подпись или запись неверна",
            "die Unterschrift oder die Form stimmt nicht",
            "la signature ou la forme n’est pas valable",
        ],
        Fault::Directory(_) => [
            "the organisation's directory does not hold",
            "справочник организации неверен",
            "das Verzeichnis der Organisation stimmt nicht",
            "l’annuaire de l’organisation n’est pas valable",
        ],
        Fault::AnotherOrganisation => [
            "a fingerprint belongs to no organisation in it",
            "указанный отпечаток не принадлежит ни одной организации в пакете",
            "ein Fingerabdruck gehört zu keiner Organisation darin",
            "une empreinte n’appartient à aucune organisation du dossier",
        ],
        Fault::UnknownSigner => [
            "its signer is unknown",
            "подписавший неизвестен",
            "wer unterschrieb, ist unbekannt",
            "le signataire est inconnu",
        ],
        Fault::AnotherSigner => [
            "it is signed by somebody else than it says",
            "подписано не тем, кто указан",
            "ein anderer unterschrieb, als angegeben ist",
            "signé par quelqu’un d’autre que la personne indiquée",
        ],
        Fault::KeyTooEarly => [
            "its key was not yet known then",
            "ключ тогда ещё не действовал",
            "der Schlüssel galt damals noch nicht",
            "la clé n’était pas encore valable",
        ],
        Fault::KeyEnded => [
            "its key had ended before",
            "ключ к тому времени уже не действовал",
            "der Schlüssel galt damals nicht mehr",
            "la clé n’était plus valable",
        ],
        Fault::AnotherRequest => course(Finding::AnotherRequest),
        Fault::Revision => [
            "it does not follow the revision before",
            "не продолжает предыдущую версию",
            "folgt nicht auf die Fassung davor",
            "ne suit pas la version précédente",
        ],
        Fault::NoObject => [
            "what it is about is missing",
            "нет того, к чему это относится",
            "worum es geht, fehlt",
            "ce dont il s’agit manque",
        ],
        Fault::Course(finding) => course(finding),
        Fault::Token => [
            "its time stamp is wrong",
            "метка времени неверна",
            "der Zeitstempel ist falsch",
            "l’horodatage est faux",
        ],
        Fault::LaterThanToken => [
            "it says a later time than its time stamp",
            "названо время позже метки времени",
            "es nennt eine spätere Zeit als sein Zeitstempel",
            "il dit une heure postérieure à son horodatage",
        ],
        Fault::Unnamed => [
            "nothing refers to it",
            "ни с чем не связано",
            "nichts bezieht sich darauf",
            "rien ne s’y rapporte",
        ],
        Fault::AnothersSeal => [
            "it is in the name of another organisation than that of whoever signed",
            "печать — другой организации, а не той, от которой подписано",
            "es ist im Namen einer anderen Organisation als der des Unterzeichners",
            "il est au nom d’une autre organisation que celle du signataire",
        ],
        Fault::Unsealed => [
            "it had to be sealed, and no seal on it holds",
            "на нём должна быть печать организации, а действительной печати нет",
            "es musste gesiegelt sein, und kein Siegel darauf gilt",
            "il devait être scellé, et aucun sceau n’y est valable",
        ],
        Fault::SealedAlone => [
            "whoever signed it sealed it, too, where two people were needed",
            "подписал и скрепил печатью один и тот же человек, а нужны были двое",
            "dieselbe Person hat unterschrieben und gesiegelt, wo zwei nötig waren",
            "la même personne l’a signé et scellé, alors qu’il en fallait deux",
        ],
        Fault::AnothersReceipt => [
            "the server of the other side alone can say this",
            "такое может сказать только сервер другой стороны",
            "das kann nur der Server der anderen Seite sagen",
            "seul le serveur de l’autre partie peut le dire",
        ],
        Fault::AnotherEnd => [
            "it says another end than the one that was signed",
            "названо не то время окончания, которое подписано",
            "es nennt ein anderes Ende als das unterschriebene",
            "il indique une autre fin que celle qui a été signée",
        ],
        Fault::Contradicts => [
            "the same server says that it had something of the other side by then",
            "тот же сервер утверждает, что к этому времени у него было что-то от другой стороны",
            "derselbe Server sagt, dass er bis dahin etwas von der anderen Seite hatte",
            "le même serveur dit qu’il avait reçu quelque chose de l’autre partie avant",
        ],
        Fault::Stopped => [
            "its organisation had stopped all requests",
            "организация остановила все запросы",
            "die Organisation hatte alle Anfragen angehalten",
            "l’organisation avait suspendu toutes les demandes",
        ],
        Fault::Length => [
            "its length is another",
            "другая длина",
            "die Länge ist eine andere",
            "la longueur est différente",
        ],
        Fault::Deadline => [
            "its calendar counts another deadline",
            "по календарю выходит другой срок",
            "nach dem Kalender ergibt sich eine andere Frist",
            "selon le calendrier, le délai est un autre",
        ],
    }
}

fn course(finding: Finding) -> Said {
    match finding {
        Finding::AnotherRequest => [
            "it belongs to another request",
            "относится к другому запросу",
            "gehört zu einer anderen Anfrage",
            "appartient à une autre demande",
        ],
        Finding::Repeated => [
            "it is there twice",
            "встречается дважды",
            "ist doppelt da",
            "est présent deux fois",
        ],
        Finding::Fork => [
            "two acts follow the same one",
            "за одним действием следуют два: цепочка раздваивается",
            "auf eine Handlung folgen zwei: die Kette gabelt sich",
            "deux actes suivent le même : la chaîne se divise",
        ],
        Finding::Gap => [
            "the act before is missing",
            "нет предыдущего действия: в цепочке пропуск",
            "die Handlung davor fehlt: die Kette hat eine Lücke",
            "l’acte précédent manque : la chaîne a une lacune",
        ],
        Finding::WrongSide => [
            "this side cannot do that",
            "эта сторона так поступить не может",
            "diese Seite kann das nicht tun",
            "cette partie ne peut pas faire cela",
        ],
        Finding::OutOfPlace => [
            "that cannot be done where the request stands",
            "в этом состоянии запроса так поступить нельзя",
            "das geht nicht, wo die Anfrage steht",
            "impossible à ce stade de la demande",
        ],
        Finding::AfterTheEnd => [
            "the request had ended before",
            "запрос к тому времени был завершён",
            "die Anfrage war schon beendet",
            "la demande était déjà terminée",
        ],
        Finding::NoObject => [
            "what it names is missing",
            "нет того, что здесь указано",
            "was es nennt, fehlt",
            "ce qu’il désigne manque",
        ],
        Finding::WrongObject => [
            "what it names does not fit",
            "указанное не подходит",
            "was es nennt, passt nicht",
            "ce qu’il désigne ne convient pas",
        ],
    }
}
