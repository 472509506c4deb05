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

/// Somebody of the organisation.
#[derive(Debug)]
pub(crate) struct Person {
    /// Name in the script.
    pub(crate) key: &'static str,
    /// Part of the address before the @.
    pub(crate) local_part: &'static str,
    name: (&'static str, &'static str),
    office: (&'static str, &'static str),
    /// Whether the person invites others.
    pub(crate) is_registrar: bool,
}

impl Person {
    pub(crate) fn name(&self, language: Language) -> &'static str {
        language.of(self.name.0, self.name.1)
    }

    pub(crate) fn office(&self, language: Language) -> &'static str {
        language.of(self.office.0, self.office.1)
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

/// Name of the organisation.
pub(crate) fn organisation(language: Language) -> &'static str {
    language.of("Harbour District", "Портовый район")
}

/// The people; the first one founds.
pub(crate) const PEOPLE: &[Person] = &[
    Person {
        key: "helen",
        local_part: "helen",
        name: ("Helen Ward", "Елена Орлова"),
        office: ("Court registry", "Канцелярия суда"),
        is_registrar: true,
    },
    Person {
        key: "marcus",
        local_part: "marcus",
        name: ("Marcus Bell", "Марк Белов"),
        office: ("Judge", "Судья"),
        is_registrar: false,
    },
    Person {
        key: "tom",
        local_part: "tom",
        name: ("Tom Reyes", "Тимур Рязанов"),
        office: ("Detective, Harbour Police", "Следователь, портовая полиция"),
        is_registrar: false,
    },
    Person {
        key: "priya",
        local_part: "priya",
        name: ("Priya Shah", "Полина Шагина"),
        office: (
            "Evidence room, Harbour Police",
            "Хранение улик, портовая полиция",
        ),
        is_registrar: false,
    },
    Person {
        key: "amira",
        local_part: "amira",
        name: ("Dr Amira Nasser", "Амина Насырова"),
        office: (
            "Forensic doctor, City Hospital",
            "Судмедэксперт, городская больница",
        ),
        is_registrar: true,
    },
    Person {
        key: "joan",
        local_part: "joan",
        name: ("Joan Kim", "Жанна Ким"),
        office: (
            "Head nurse, City Hospital",
            "Старшая сестра, городская больница",
        ),
        is_registrar: false,
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
