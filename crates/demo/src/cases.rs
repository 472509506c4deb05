//! What the organisations ask of each other.

use crate::cast::Language;
use valise_views::Template;
use valise_views::request::RequestTo;

/// An office that people hold together.
#[derive(Debug)]
pub(crate) struct Office {
    /// Name among the offices.
    pub(crate) key: &'static str,
    /// Which organisation's.
    pub(crate) home: usize,
    /// Part of the address before the @.
    pub(crate) local_part: &'static str,
    name: (&'static str, &'static str),
    note: (&'static str, &'static str),
    /// Who holds it.
    pub(crate) holders: &'static [&'static str],
}

impl Office {
    pub(crate) fn name(&self, language: Language) -> &'static str {
        language.of(self.name.0, self.name.1)
    }

    pub(crate) fn note(&self, language: Language) -> &'static str {
        language.of(self.note.0, self.note.1)
    }
}

/// Whom a request is for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum To {
    /// One of [`OFFICES`].
    Office(&'static str),
    /// Somebody of no organisation, by name.
    Guest((&'static str, &'static str)),
}

/// A request.
#[derive(Debug)]
pub(crate) struct Case {
    /// Name in the script.
    pub(crate) key: &'static str,
    /// Whom it is for.
    pub(crate) to: To,
    /// For whom it is asked: one of [`OFFICES`].
    pub(crate) from: &'static str,
    /// In how many days from today an answer is due; before today it is overdue.
    pub(crate) due_in_days: i64,
    subject: (&'static str, &'static str),
    text: (&'static str, &'static str),
    basis: (&'static str, &'static str),
}

impl Case {
    pub(crate) fn subject(&self, language: Language) -> &'static str {
        language.of(self.subject.0, self.subject.1)
    }

    pub(crate) fn text(&self, language: Language) -> &'static str {
        language.of(self.text.0, self.text.1)
    }

    pub(crate) fn basis(&self, language: Language) -> &'static str {
        language.of(self.basis.0, self.basis.1)
    }
}

/// The offices.
pub(crate) const OFFICES: &[Office] = &[
    Office {
        key: "registry",
        home: 0,
        local_part: "registry",
        name: ("Registry", "Канцелярия"),
        note: (
            "What goes out to other organisations, and what they ask.",
            "Запросы другим организациям и от них.",
        ),
        holders: &["nina", "oscar"],
    },
    Office {
        key: "counter",
        home: 1,
        local_part: "registry",
        name: ("Registry", "Канцелярия"),
        note: (
            "Everything that authorities ask of the bank.",
            "Всё, о чём банк спрашивают ведомства.",
        ),
        holders: &["victor", "clara"],
    },
    Office {
        key: "compliance",
        home: 1,
        local_part: "compliance",
        name: ("Compliance", "Финансовый контроль"),
        note: (
            "Frozen accounts, and who is behind them.",
            "Арестованные счета и их владельцы.",
        ),
        holders: &["clara"],
    },
];

/// The requests.
pub(crate) const CASES: &[Case] = &[
    Case {
        key: "opening",
        from: "registry",
        to: To::Office("counter"),
        due_in_days: -3,
        subject: (
            "Who opened account 4081 0019",
            "Кто открывал счёт 4081 0019",
        ),
        text: (
            "Please tell us who opened account 4081 0019 and on which day, and by what document.",
            "Просим сообщить, кто и когда открыл счёт 4081 0019 и по какому документу.",
        ),
        basis: ("Order 2-098 of the court", "Постановление суда № 2-098"),
    },
    Case {
        key: "diary",
        from: "registry",
        to: To::Office("compliance"),
        due_in_days: 2,
        subject: (
            "Notes of the branch manager about the launch",
            "Личные записи управляющего о катере",
        ),
        text: (
            "Please send the private diary in which the branch manager wrote about the borrowed launch.",
            "Просим прислать личный дневник управляющего отделением, где он писал об угнанном катере.",
        ),
        basis: ("Order 2-114 of the court", "Постановление суда № 2-114"),
    },
    Case {
        key: "transfers",
        from: "registry",
        to: To::Office("counter"),
        due_in_days: 4,
        subject: (
            "Payments for the mooring of the launch",
            "Платежи за стоянку катера",
        ),
        text: (
            "Please send all payments for the mooring of the police launch from March to May.",
            "Просим прислать все платежи за стоянку катера полиции с марта по май.",
        ),
        basis: ("Order 2-114 of the court", "Постановление суда № 2-114"),
    },
    Case {
        key: "statement",
        from: "registry",
        to: To::Office("compliance"),
        due_in_days: 3,
        subject: (
            "Statement of the ice-cream stand's account",
            "Выписка по счёту киоска мороженого",
        ),
        text: (
            "Please send the statement of account 4070 1144 (Ice-cream Stand No. 4) for May, signed.",
            "Просим прислать подписанную выписку по счёту 4070 1144 (киоск мороженого № 4) за май.",
        ),
        basis: ("Order 2-117 of the court", "Постановление суда № 2-117"),
    },
    Case {
        key: "owner",
        from: "registry",
        to: To::Office("counter"),
        due_in_days: -1,
        subject: (
            "Owner of safe-deposit box 12",
            "Владелец банковской ячейки 12",
        ),
        text: (
            "Please tell us who rents safe-deposit box 12, and who else has a key to it.",
            "Просим сообщить, кто арендует ячейку 12 и у кого ещё есть к ней ключ.",
        ),
        basis: ("Order 2-114 of the court", "Постановление суда № 2-114"),
    },
    Case {
        key: "foghorn",
        from: "registry",
        to: To::Office("compliance"),
        due_in_days: 5,
        subject: ("Accounts of Foghorn Ltd", "Счета ООО «Туманная сирена»"),
        text: (
            "Please name all accounts of Foghorn Ltd.",
            "Просим назвать все счета ООО «Туманная сирена».",
        ),
        basis: ("Order 2-121 of the court", "Постановление суда № 2-121"),
    },
    Case {
        key: "freeze",
        from: "registry",
        to: To::Office("compliance"),
        due_in_days: 1,
        subject: ("Freezing of account 4081 0027", "Арест счёта 4081 0027"),
        text: (
            "Please freeze account 4081 0027 and tell us what was on it at that moment.",
            "Просим арестовать счёт 4081 0027 и сообщить остаток на этот момент.",
        ),
        basis: ("Order 2-114 of the court", "Постановление суда № 2-114"),
    },
    Case {
        key: "genuine",
        from: "compliance",
        to: To::Office("registry"),
        due_in_days: 2,
        subject: ("Is order 2-114 yours?", "Подтвердите постановление № 2-114"),
        text: (
            "We were handed an order of this number on paper, with a coffee stain. Please tell us whether it is genuine.",
            "Нам принесли постановление с этим номером на бумаге, с пятном от кофе. Просим подтвердить, что оно подлинное.",
        ),
        basis: ("Rules of the bank, 7.3", "Правила банка, п. 7.3"),
    },
    Case {
        key: "camera",
        from: "registry",
        to: To::Office("counter"),
        due_in_days: 6,
        subject: (
            "Camera at the cash machine on the pier",
            "Камера у банкомата на причале",
        ),
        text: (
            "Please keep the recordings of the cash machine on the pier from last night, and tell us from when they are.",
            "Просим сохранить записи камеры банкомата на причале за прошлую ночь и сообщить, с какого времени они есть.",
        ),
        basis: ("Order 2-122 of the court", "Постановление суда № 2-122"),
    },
    Case {
        key: "whistle",
        from: "registry",
        to: To::Guest(("Ice-cream Stand No. 4", "Киоск мороженого № 4")),
        due_in_days: 6,
        subject: (
            "A payment with a police whistle",
            "Оплата полицейским свистком",
        ),
        text: (
            "Please tell us who paid for nine cones with a police whistle in May, and send us a picture of the whistle.",
            "Просим сообщить, кто в мае заплатил за девять рожков полицейским свистком, и прислать снимок свистка.",
        ),
        basis: ("Order 2-117 of the court", "Постановление суда № 2-117"),
    },
];

/// A template that a clerk keeps.
#[derive(Debug)]
pub(crate) struct Kept {
    /// Whose: one of the people.
    pub(crate) whose: &'static str,
    /// Whom it is usually for: one of [`OFFICES`].
    pub(crate) to: &'static str,
    /// In how many working days an answer is due.
    pub(crate) days: u32,
    name: (&'static str, &'static str),
    subject: (&'static str, &'static str),
    text: (&'static str, &'static str),
    fields: &'static [(&'static str, &'static str)],
}

impl Kept {
    pub(crate) fn template(&self, language: Language, to: RequestTo) -> Template {
        let of = |(english, russian): (&'static str, &'static str)| {
            language.of(english, russian).to_owned()
        };
        Template {
            name: of(self.name),
            subject: of(self.subject),
            text: of(self.text),
            working_days: Some(self.days),
            to: Some(to),
            fields: self
                .fields
                .iter()
                .map(|name| (of(*name), String::new()))
                .collect(),
            ..Template::default()
        }
    }
}

/// The templates.
pub(crate) const TEMPLATES: &[Kept] = &[
    Kept {
        whose: "nina",
        to: "compliance",
        days: 5,
        name: ("Accounts of a person", "Счета гражданина"),
        subject: ("Accounts of a person", "Счета гражданина"),
        text: (
            "Please name all accounts of this person, and who else may use them.",
            "Просим назвать все счета этого гражданина и тех, кто вправе ими распоряжаться.",
        ),
        fields: &[
            ("Name and year of birth", "Имя и год рождения"),
            ("Passport", "Паспорт"),
        ],
    },
    Kept {
        whose: "nina",
        to: "compliance",
        days: 1,
        name: ("Freezing of an account", "Арест счёта"),
        subject: ("Freezing of an account", "Арест счёта"),
        text: (
            "Please freeze this account and tell us what was on it at that moment.",
            "Просим арестовать этот счёт и сообщить остаток на этот момент.",
        ),
        fields: &[("Account", "Счёт"), ("Order", "Постановление")],
    },
    Kept {
        whose: "victor",
        to: "registry",
        days: 2,
        name: ("Is an order yours?", "Подтвердить постановление"),
        subject: ("Is this order yours?", "Подтвердите постановление"),
        text: (
            "We were handed an order of this number on paper. Please tell us whether it is genuine.",
            "Нам принесли постановление с этим номером на бумаге. Просим подтвердить, что оно подлинное.",
        ),
        fields: &[("Number and date", "Номер и дата")],
    },
];

/// Finds a request of the script.
pub(crate) fn case(key: &str) -> Option<&'static Case> {
    CASES.iter().find(|case| case.key == key)
}

/// Finds an office of a request.
pub(crate) fn office(key: &str) -> Option<&'static Office> {
    OFFICES.iter().find(|office| office.key == key)
}
