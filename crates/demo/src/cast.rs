//! Who is in it.

/// Language of names and texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// English.
    English,
    /// Russian.
    Russian,
}

impl Language {
    /// Chooses between a text and its translation.
    pub(crate) fn of<'a>(self, english: &'a str, russian: &'a str) -> &'a str {
        match self {
            Self::English => english,
            Self::Russian => russian,
        }
    }
}

/// An organisation.
#[derive(Debug)]
pub(crate) struct Organisation {
    name: (&'static str, &'static str),
}

impl Organisation {
    pub(crate) fn name(&self, language: Language) -> &'static str {
        language.of(self.name.0, self.name.1)
    }
}

/// Somebody of an organisation.
#[derive(Debug)]
pub(crate) struct Person {
    /// Name in the script.
    pub(crate) key: &'static str,
    /// Which of [`ORGANISATIONS`].
    pub(crate) home: usize,
    /// Part of the address before the @.
    pub(crate) local_part: &'static str,
    name: (&'static str, &'static str),
    office: (&'static str, &'static str),
    /// Whether the person invites others.
    pub(crate) is_registrar: bool,
    sees: Option<(&'static str, &'static str)>,
}

impl Person {
    pub(crate) fn name(&self, language: Language) -> &'static str {
        language.of(self.name.0, self.name.1)
    }

    pub(crate) fn office(&self, language: Language) -> &'static str {
        language.of(self.office.0, self.office.1)
    }

    /// What there is to see of requests.
    pub(crate) fn sees(&self, language: Language) -> Option<&'static str> {
        self.sees
            .map(|(english, russian)| language.of(english, russian))
    }
}

/// A group.
#[derive(Debug)]
pub(crate) struct Group {
    /// Name in the script.
    pub(crate) key: &'static str,
    title: (&'static str, &'static str),
    /// Who makes it.
    pub(crate) owner: &'static str,
    /// Who else is in it.
    pub(crate) others: &'static [&'static str],
}

impl Group {
    pub(crate) fn title(&self, language: Language) -> &'static str {
        language.of(self.title.0, self.title.1)
    }
}

/// The organisations, in the order of their servers.
pub(crate) const ORGANISATIONS: [Organisation; 2] = [
    Organisation {
        name: ("Northern Prosecutor's Office", "Северная прокуратура"),
    },
    Organisation {
        name: ("Harbour Bank", "Портовый банк"),
    },
];

/// In [`ORGANISATIONS`], those who ask most and those who are asked.
const PROSECUTOR: usize = 0;
const BANK: usize = 1;

/// The people; the first one of each organisation founds it.
pub(crate) const PEOPLE: &[Person] = &[
    Person {
        key: "helen",
        home: PROSECUTOR,
        local_part: "helen",
        name: ("Helen Ward", "Елена Орлова"),
        office: ("Court registry", "Канцелярия суда"),
        is_registrar: true,
        sees: None,
    },
    Person {
        key: "marcus",
        home: PROSECUTOR,
        local_part: "marcus",
        name: ("Marcus Bell", "Марк Белов"),
        office: ("Judge", "Судья"),
        is_registrar: false,
        sees: None,
    },
    Person {
        key: "tom",
        home: PROSECUTOR,
        local_part: "tom",
        name: ("Tom Reyes", "Тимур Рязанов"),
        office: ("Detective, Harbour Police", "Следователь, портовая полиция"),
        is_registrar: false,
        sees: None,
    },
    Person {
        key: "priya",
        home: PROSECUTOR,
        local_part: "priya",
        name: ("Priya Shah", "Полина Шагина"),
        office: (
            "Evidence room, Harbour Police",
            "Хранение улик, портовая полиция",
        ),
        is_registrar: false,
        sees: None,
    },
    Person {
        key: "amira",
        home: PROSECUTOR,
        local_part: "amira",
        name: ("Dr Amira Nasser", "Амина Насырова"),
        office: (
            "Forensic doctor, City Hospital",
            "Судмедэксперт, городская больница",
        ),
        is_registrar: true,
        sees: None,
    },
    Person {
        key: "joan",
        home: PROSECUTOR,
        local_part: "joan",
        name: ("Joan Kim", "Жанна Ким"),
        office: (
            "Head nurse, City Hospital",
            "Старшая сестра, городская больница",
        ),
        is_registrar: false,
        sees: None,
    },
    Person {
        key: "nina",
        home: PROSECUTOR,
        local_part: "nina",
        name: ("Nina Frost", "Нина Фролова"),
        office: ("Senior prosecutor", "Старший прокурор"),
        is_registrar: false,
        sees: Some((
            "asks the bank: an answer with a scan to confirm, one due tomorrow, one overdue, one refused",
            "спрашивает банк: ответ со сканом ждёт подтверждения, один срок завтра, один прошёл, один отказ",
        )),
    },
    Person {
        key: "oscar",
        home: PROSECUTOR,
        local_part: "oscar",
        name: ("Oscar Lind", "Олег Линёв"),
        office: ("Clerk of the registry", "Делопроизводитель канцелярии"),
        is_registrar: false,
        sees: Some((
            "has to say what was meant in one, and to answer what the bank asks",
            "должен уточнить один запрос и ответить на вопрос банка",
        )),
    },
    Person {
        key: "clara",
        home: BANK,
        local_part: "clara",
        name: ("Clara Stein", "Клара Штейн"),
        office: ("Head of compliance", "Начальник финансового контроля"),
        is_registrar: true,
        sees: Some((
            "works on what is due tomorrow, asked back in another, and asks the prosecutors herself",
            "занята запросом со сроком завтра, по другому ждёт уточнения и сама спрашивает прокуратуру",
        )),
    },
    Person {
        key: "victor",
        home: BANK,
        local_part: "victor",
        name: ("Victor Hale", "Виктор Халин"),
        office: ("Clerk of the registry", "Делопроизводитель канцелярии"),
        is_registrar: false,
        sees: Some((
            "a request that nobody has opened, one that is overdue, one answered in part",
            "запрос, который ещё никто не открыл, один просроченный, один с ответом на часть",
        )),
    },
];

/// The groups.
pub(crate) const GROUPS: &[Group] = &[
    Group {
        key: "duty",
        title: ("Duty desk", "Дежурная смена"),
        owner: "helen",
        others: &["marcus", "tom", "priya", "amira", "joan"],
    },
    Group {
        key: "kettle",
        title: ("Kettle committee", "Комитет по чайнику"),
        owner: "joan",
        others: &["helen", "marcus", "priya"],
    },
];

/// Finds a person of the script.
pub(crate) fn person(key: &str) -> Option<usize> {
    PEOPLE.iter().position(|person| person.key == key)
}

/// Finds a group of the script.
pub(crate) fn group(key: &str) -> Option<&'static Group> {
    GROUPS.iter().find(|group| group.key == key)
}
