//! What the command says to people, in two languages.

use crate::lasting::Lasting;
use valise_views::{Notice, Trouble, print};

/// Languages of the command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// English.
    English,
    /// Russian.
    Russian,
}

impl Language {
    /// Returns the language that the environment asks for.
    pub fn of_person() -> Self {
        match Self::of_documents() {
            print::Language::Russian => Self::Russian,
            _ => Self::English,
        }
    }

    /// Returns the language of what is printed and of verdicts, which there are in more.
    pub fn of_documents() -> print::Language {
        let set = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .iter()
            .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
        print::Language::of(&set.unwrap_or_default())
    }

    /// Chooses between a sentence and its translation.
    pub fn of<'a>(self, english: &'a str, russian: &'a str) -> &'a str {
        match self {
            Self::English => english,
            Self::Russian => russian,
        }
    }
}

/// The name of the chat with oneself.
pub fn saved(language: Language) -> &'static str {
    language.of("Saved messages", "Избранное")
}

/// Says why something was not done.
pub fn trouble(language: Language, trouble: Trouble) -> &'static str {
    let (english, russian) = match trouble {
        Trouble::Offline => (
            "the server cannot be reached, and this cannot wait",
            "сервер недоступен, а это нельзя отложить",
        ),
        Trouble::BadLink => (
            "this is no link of Valise, or not the whole of it",
            "это не ссылка Valise, или скопирована не целиком",
        ),
        Trouble::LinkGone => (
            "the link was used, has expired or was taken back",
            "ссылка использована, устарела или отозвана",
        ),
        Trouble::GroupLinkOver => (
            "the link lets nobody in: it has ended, or was switched off",
            "по этой ссылке уже не войти: она закончилась или выключена",
        ),
        Trouble::OtherOrganisation => (
            "the link is of another organisation than yours",
            "это ссылка другой организации, не вашей",
        ),
        Trouble::LinkUsed => (
            "the link was used: the account lives where it was opened first",
            "ссылка уже использована: всё открывается там, где её открыли первый раз",
        ),
        Trouble::BadCode => (
            "a letter of the code is wrong, or one is missing",
            "один из знаков кода неверен или пропущен",
        ),
        Trouble::WrongCode => (
            "the code is not the one that belongs to this link",
            "код не подходит к этой ссылке",
        ),
        Trouble::NoBackup => (
            "there is no backup that this opens",
            "нет резервной копии, которую это открывает",
        ),
        Trouble::BadArchive => (
            "what the link opens was changed or is not whole; nothing was taken over",
            "по ссылке пришло не всё или изменённое; ничего не перенесено",
        ),
        Trouble::NewerVersion => (
            "it was made by a newer version of this program",
            "это сделано более новой версией программы",
        ),
        Trouble::Moved => (
            "this device has moved: it lives where its link was opened",
            "это устройство переехало: оно живёт там, где открыли его ссылку",
        ),
        Trouble::NoDeviceWaits => (
            "no device waits under this code, or no longer",
            "под этим кодом не ждёт ни одно устройство",
        ),
        Trouble::PastComing => (
            "what was said before is still on its way to this device",
            "прежние сообщения ещё передаются на это устройство",
        ),
        Trouble::NeedsTwoRegistrars => (
            "two registrars have to do this, one after the other, and neither for himself",
            "это делают два регистратора, один за другим, и никто не для себя",
        ),
        Trouble::TooManyDevices => (
            "the account has as many devices as it can have: remove one first",
            "больше устройств быть не может: сначала удалите одно",
        ),
        Trouble::FilesUnderWay => (
            "files are still being sent from this device; wait until they have arrived",
            "с этого устройства ещё отправляются файлы; подождите, пока они дойдут",
        ),
        Trouble::LinkMismatch => (
            "what the server shows does not belong to the link",
            "сервер показывает не то, что обещает ссылка",
        ),
        Trouble::AlreadyFounded => (
            "the organisation was founded already",
            "организация уже создана",
        ),
        Trouble::AlreadyJoined => (
            "this device belongs to somebody already",
            "это устройство уже занято",
        ),
        Trouble::BadName => (
            "the name is empty, too long, or has characters that deceive",
            "имя пустое, слишком длинное или с обманчивыми знаками",
        ),
        Trouble::BadAddress => (
            "the address is not one, or has characters that deceive",
            "адрес неверен или с обманчивыми знаками",
        ),
        Trouble::AddressTaken => ("somebody has this address", "этот адрес занят"),
        Trouble::OfficeNameTaken => (
            "another office is called so: requests tell them apart by their names",
            "так уже называется другая служба: запросы различают их по названиям",
        ),
        Trouble::NotAllowed => ("you have no right to this", "на это нет права"),
        Trouble::NotFound => (
            "there is no such thing, or no longer",
            "такого нет или больше нет",
        ),
        Trouble::BadText => (
            "the text is empty or too long",
            "текст пуст или слишком длинный",
        ),
        Trouble::FileTooLarge => (
            "the file is larger than the server takes",
            "файл больше, чем принимает сервер",
        ),
        Trouble::StorageFull => ("there is no space left", "место закончилось"),
        Trouble::LastOwner => (
            "name another owner first",
            "сначала назначьте другого владельца",
        ),
        Trouble::LastOfRequest => (
            "you are the last one of your side who has to do with this request: give it to a colleague first",
            "с вашей стороны этим запросом больше никто не занимается: сначала передайте его коллеге",
        ),
        Trouble::NoDevice => (
            "the person has no device that can be written to yet",
            "у человека ещё нет устройства",
        ),
        Trouble::ImportedChat => (
            "the chat was brought over: it is there to be read and searched, nobody is there to answer",
            "чат перенесён из другого мессенджера: его можно читать и искать в нём, отвечать некому",
        ),
        Trouble::NoExport => (
            "this is no export of WhatsApp or of Telegram Desktop (result.json)",
            "это не экспорт WhatsApp и не экспорт Telegram Desktop (result.json)",
        ),
        Trouble::ExportDamaged => (
            "the archive is damaged, or not whole",
            "архив повреждён или скопирован не целиком",
        ),
        Trouble::ExportLocked => (
            "the archive needs a password: unpack it first",
            "архив закрыт паролем: сначала распакуйте его",
        ),
        Trouble::ExportUnknown => (
            "the archive is packed in an unusual way: unpack it and give the folder",
            "архив упакован необычно: распакуйте его и укажите папку",
        ),
        Trouble::ExportBomb => (
            "the archive would unpack to far more than an export holds; nothing was unpacked",
            "архив распаковался бы в гораздо большее, чем бывает в экспорте; он не распакован",
        ),
        Trouble::ExportBadPath => (
            "the archive names places outside of itself; nothing was unpacked",
            "в архиве названы места вне его самого; он не распакован",
        ),
        Trouble::ExportGone => (
            "the export cannot be read any more",
            "экспорт больше не читается",
        ),
        Trouble::ExportUnderWay => (
            "chats are being brought over already",
            "чаты уже переносятся",
        ),
        Trouble::ServerMisbehaved => (
            "the server did what no server of ours does",
            "сервер повёл себя недопустимо",
        ),
        Trouble::TooManyHolders => (
            "an office is held by 200 people at most",
            "в службе может быть не больше 200 человек",
        ),
        Trouble::TooManyAddressees => (
            "at most 50 can be asked together",
            "вместе можно запросить не больше 50 адресатов",
        ),
        Trouble::Overtaken => (
            "somebody else changed this meanwhile: look again before you change it",
            "это тем временем изменил кто-то другой: посмотрите ещё раз, прежде чем менять",
        ),
        Trouble::OwnLink => (
            "this link was made by your own organisation: send it to the registrar of the other one",
            "эту ссылку сделала ваша же организация: отправьте её регистратору другой",
        ),
        Trouble::DomainTaken => (
            "another organisation that you know has the same domain",
            "такой же домен уже есть у другой известной вам организации",
        ),
        Trouble::PartnerAway => (
            "the server of the other organisation cannot be reached now",
            "сервер другой организации сейчас недоступен",
        ),
        Trouble::PartnerDisagrees => (
            "the other organisation has not agreed yet, or has ended the partnership",
            "другая организация ещё не согласилась или прекратила партнёрство",
        ),
        Trouble::ResidencyUnsaid => (
            "the other organisation does not say under whose law it stands, and yours works with some countries alone",
            "другая организация не сообщает, по праву какой страны она действует, а ваша работает лишь с некоторыми странами",
        ),
        Trouble::ResidencyOutside => (
            "your organisation does not work with this one: its registrars have ruled it out",
            "ваша организация не работает с этой: так решили её регистраторы",
        ),
        Trouble::RoomResidencyUnsaid => (
            "the rule of this room lets in only organisations under some laws, and this one does not say under whose law it stands; guests do not either",
            "правило этого чата допускает лишь организации, действующие по праву некоторых стран, а эта не сообщает своё; гости тоже не сообщают",
        ),
        Trouble::RoomResidencyOutside => (
            "the rule of this room leaves out a law under which this organisation stands; see `valise law`",
            "правило этого чата не допускает права, по которому действует эта организация; см. `valise law`",
        ),
        Trouble::RequestsNotAccepted => (
            "the other organisation takes no requests",
            "другая организация не принимает запросы",
        ),
        Trouble::RoomsNotAccepted => (
            "people of the other organisation write with nobody outside of it",
            "сотрудники другой организации ни с кем снаружи не переписываются",
        ),
        Trouble::BadJurisdictions => (
            "countries are named by two capital letters each, such as DE, and there are one to eight",
            "страны называют двумя заглавными латинскими буквами, например DE; от одной до восьми",
        ),
        Trouble::BadTime => (
            "the time is over already, or more than two years away",
            "это время уже прошло или дальше чем через два года",
        ),
        Trouble::BadDeadline => (
            "the deadline is over already, or too far away",
            "срок уже прошёл или слишком далёк",
        ),
        Trouble::BadNumbers => (
            "numbers are written with exactly one {n} or {n:5}, {year} and {office}, and besides letters, digits and - / . _ alone",
            "номер пишут ровно с одним {n} или {n:5}, с {year} и {office}; кроме них только буквы, цифры и - / . _",
        ),
        Trouble::NeedsRelease => (
            "your organisation lets no request go before somebody releases it, and another wording cannot be released; withdraw the request and ask anew",
            "в вашей организации запрос уходит только с разрешения, а новую редакцию разрешить нельзя; отзовите запрос и спросите заново",
        ),
        Trouble::CalendarEnds => (
            "the calendar of the organisation does not reach so far; say a date, or have a registrar extend it",
            "календарь организации не доходит до этого дня; назовите дату или попросите регистратора его продлить",
        ),
        Trouble::BadCalendar => (
            "something in this calendar cannot be so",
            "в этом календаре что-то не сходится",
        ),
        Trouble::OutOfPlace => (
            "that cannot be done where the request stands",
            "на этой стадии запроса это невозможно",
        ),
        Trouble::NobodyThere => (
            "nobody holds the office",
            "в этом подразделении сейчас никого нет",
        ),
        Trouble::NothingToSignWith => (
            "this device cannot sign yet; try again in a minute, on line",
            "это устройство пока не может подписывать; повторите через минуту, когда будет связь",
        ),
        Trouble::FileAway => (
            "a file of it is not on this device, and cannot be fetched now; evidence can be made --without it",
            "одного из файлов нет на этом устройстве, и сейчас его не получить; доказательства можно сохранить и без него (--without)",
        ),
        Trouble::NotWhole => (
            "a file of it is not the one that was signed, or it is damaged; it cannot go in your organisation's name",
            "один из файлов — не тот, который подписан, или он повреждён; от имени организации так нельзя",
        ),
        Trouble::InDoubt => (
            "nothing proves that the other organisation sent this; call them first, then `valise request vouch`",
            "ничто не подтверждает, что это отправила другая организация; сначала позвоните ей, затем `valise request vouch`",
        ),
        Trouble::Internal => (
            "something on this device is broken",
            "на этом устройстве что-то сломано",
        ),
    };
    language.of(english, russian)
}

/// Says what happened in a chat.
pub fn notice(language: Language, notice: &Notice) -> String {
    match (language, notice) {
        (Language::English, Notice::Created { by }) => format!("{by} made this chat"),
        (Language::Russian, Notice::Created { by }) => format!("{by}: чат создан"),
        (Language::English, Notice::Added { by, people }) => {
            format!("{by} added {}", people.join(", "))
        }
        (Language::Russian, Notice::Added { by, people }) => {
            format!("{by}: в чате теперь {}", people.join(", "))
        }
        (Language::English, Notice::CameByLink { person }) => {
            format!("{person} came in by the group's link")
        }
        (Language::Russian, Notice::CameByLink { person }) => {
            format!("{person}: вход по ссылке группы")
        }
        (Language::English, Notice::RuleChanged { by, jurisdictions }) => {
            match &jurisdictions.join(", ")[..] {
                "" => format!("{by} took away the rule about the law of other organisations"),
                codes => format!("{by} lets in only organisations under the law of {codes}"),
            }
        }
        (Language::Russian, Notice::RuleChanged { by, jurisdictions }) => {
            match &jurisdictions.join(", ")[..] {
                "" => format!("{by}: правило о праве других организаций снято"),
                codes => {
                    format!("{by}: допускаются только организации, действующие по праву {codes}")
                }
            }
        }
        (Language::English, Notice::LinkChanged { by, on: true }) => {
            format!("{by} made a link into this group")
        }
        (Language::Russian, Notice::LinkChanged { by, on: true }) => {
            format!("{by}: создана ссылка в эту группу")
        }
        (Language::English, Notice::LinkChanged { by, on: false }) => {
            format!("{by} switched the link into this group off")
        }
        (Language::Russian, Notice::LinkChanged { by, on: false }) => {
            format!("{by}: ссылка в эту группу выключена")
        }
        (
            Language::English,
            Notice::Removed {
                by: Some(by),
                people,
            },
        ) => format!("{by} removed {}", people.join(", ")),
        (
            Language::Russian,
            Notice::Removed {
                by: Some(by),
                people,
            },
        ) => format!("{by}: больше нет в чате {}", people.join(", ")),
        (Language::English, Notice::Removed { by: None, people }) => {
            format!("{} left the organisation", people.join(", "))
        }
        (Language::Russian, Notice::Removed { by: None, people }) => {
            format!("больше нет в организации: {}", people.join(", "))
        }
        (Language::English, Notice::Left { person }) => format!("{person} left"),
        (Language::Russian, Notice::Left { person }) => format!("{person}: выход из чата"),
        (Language::English, Notice::Renamed { by, title }) => {
            format!("{by} named the chat \"{title}\"")
        }
        (Language::Russian, Notice::Renamed { by, title }) => {
            format!("{by}: чат называется «{title}»")
        }
        (Language::English, Notice::PictureChanged { by }) => format!("{by} changed the picture"),
        (Language::Russian, Notice::PictureChanged { by }) => format!("{by}: новая картинка"),
        (Language::English, Notice::OwnersChanged { by, owners }) => {
            format!("{by}: owners are {}", owners.join(", "))
        }
        (Language::Russian, Notice::OwnersChanged { by, owners }) => {
            format!("{by}: владельцы {}", owners.join(", "))
        }
        (Language::English, Notice::AnnouncementOnly { by, on: true }) => {
            format!("{by}: only owners write from here on")
        }
        (Language::Russian, Notice::AnnouncementOnly { by, on: true }) => {
            format!("{by}: теперь пишут только владельцы")
        }
        (Language::English, Notice::AnnouncementOnly { by, on: false }) => {
            format!("{by}: everybody writes again")
        }
        (Language::Russian, Notice::AnnouncementOnly { by, on: false }) => {
            format!("{by}: снова пишут все")
        }
        (_, Notice::Imported { text }) => text.clone(),
        (_, Notice::CameBack) => language
            .of(
                "earlier messages are not here",
                "более ранних сообщений здесь нет",
            )
            .to_owned(),
        (Language::English, Notice::NewDevice { person }) => {
            format!("{person} uses a new device from here on")
        }
        (Language::Russian, Notice::NewDevice { person }) => {
            format!("{person}: отсюда пишет и с нового устройства")
        }
        (Language::English, Notice::Renewed { person, registrars }) => format!(
            "{person} lost every device and got a new identity; confirmed by {}",
            registrars.join(" and ")
        ),
        (Language::Russian, Notice::Renewed { person, registrars }) => format!(
            "{person}: все устройства потеряны, личность восстановлена; подтвердили {}",
            registrars.join(" и ")
        ),
        (Language::English, Notice::Disappearing { by, seconds: 0 }) => {
            format!("{by}: messages from here on stay")
        }
        (Language::Russian, Notice::Disappearing { by, seconds: 0 }) => {
            format!("{by}: дальше сообщения не исчезают")
        }
        (Language::English, Notice::Disappearing { by, seconds }) => {
            format!(
                "{by}: messages from here on disappear after {}",
                Lasting(*seconds)
            )
        }
        (Language::Russian, Notice::Disappearing { by, seconds }) => {
            format!(
                "{by}: дальше сообщения исчезают через {}",
                Lasting(*seconds)
            )
        }
        (_, Notice::Frozen) => language
            .of(
                "this chat is closed: the server broke it",
                "чат закрыт: сервер его сломал",
            )
            .to_owned(),
    }
}
