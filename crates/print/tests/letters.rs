//! Letters and sheets: what stands on them can be read out again, the code of squares is the link, and nothing stands where it must not.

mod read;

use read::{Page, pages, squares, text};
use valise_print::{CodeSheet, Error, Language, Letter, code_sheet, letter};

const LINK: &str =
    "https://chat.north.example/g/7Qm2#kZ8-1xYwT0aB4cD5eF6gH7iJ8kL9mN0oP1qR2sT3uV4wX5yZ6";

fn request(language: Language) -> Letter<'static> {
    let is_russian = language == Language::Russian;
    Letter {
        language,
        organisation: if is_russian {
            "Северная прокуратура"
        } else {
            "Northern Prosecutor’s Office"
        },
        office: Some(if is_russian {
            "Канцелярия"
        } else {
            "Registry"
        }),
        sender: if is_russian {
            "Северная прокуратура · Ул. Мира, 4 · 190000 Петроград"
        } else {
            "Northern Prosecutor’s Office · 4 Peace Street · Northport NP1 4AA"
        },
        addressee: if is_russian {
            &[
                "Банк «Гавань»",
                "Отдел ответов на запросы",
                "Набережная, 12",
                "190001 Петроград",
            ]
        } else {
            &[
                "Harbour Bank",
                "Enquiries",
                "12 Quay Road",
                "Northport NP2 7QQ",
            ]
        },
        number: "NP-2026/00417",
        date: if is_russian {
            "29 ноября 2026 г."
        } else {
            "29 November 2026"
        },
        due: Some(if is_russian {
            "11 декабря 2026 г."
        } else {
            "11 December 2026"
        }),
        subject: if is_russian {
            "Сведения о движении средств по счёту"
        } else {
            "Transactions of one account"
        },
        text: if is_russian {
            "На основании статьи 14 Закона о сведениях просим предоставить выписку по счёту за период с 1 марта по 30 июня 2026 года.\n\nПриложите, пожалуйста, договор об открытии счёта и карточку с образцами подписей."
        } else {
            "On the basis of section 14 of the Information Act we ask for a statement of the account from 1 March to 30 June 2026.\n\nPlease add the contract by which the account was opened, and the card with the specimen signatures."
        },
        link: LINK,
        fingerprint: &["4821", "9930", "1187", "5526", "0419", "7703"],
    }
}

fn sheet(language: Language) -> CodeSheet<'static> {
    let from = request(language);
    CodeSheet {
        language,
        organisation: from.organisation,
        office: from.office,
        sender: from.sender,
        addressee: from.addressee,
        number: from.number,
        code: "MOON-4417-RIVER",
    }
}

#[test]
fn everything_that_a_letter_says_can_be_read_out_of_it() {
    for language in Language::ALL {
        let asked = request(language);
        let printed = letter(&asked).unwrap();
        read::keep(&format!("letter-{}.pdf", language.tag()), &printed.pdf);
        assert_eq!(printed.missing, []);
        assert_eq!(printed.pages, 1, "{language:?}");
        let all = text(&printed.pdf);
        let due = asked.due.unwrap();
        let said = [
            asked.organisation,
            asked.sender,
            asked.number,
            asked.date,
            due,
            asked.subject,
        ];
        for part in said.iter().chain(asked.addressee).chain(asked.fingerprint) {
            assert!(
                all.contains(&read::joined(part)),
                "{language:?}: {part} in {all}"
            );
        }
        assert!(all.contains(&read::joined(asked.text)), "{all}");
        assert!(
            all.contains(LINK),
            "an address is typed as it stands: {all}"
        );
        let origin = LINK.split("g/").next().unwrap();
        assert_eq!(all.matches(origin).count(), 2, "{all}");
    }
}

#[test]
fn the_code_of_squares_is_the_link() {
    let printed = letter(&request(Language::English)).unwrap();
    assert_eq!(squares(&printed.pdf), LINK);
    let longest = format!("https://a.example/#{}", "x".repeat(800));
    let printed = letter(&Letter {
        link: &longest,
        ..request(Language::English)
    })
    .unwrap();
    assert_eq!(squares(&printed.pdf), longest);
    let longer = format!("https://a.example/#{}", "x".repeat(900));
    let refused = letter(&Letter {
        link: &longer,
        ..request(Language::English)
    });
    assert_eq!(refused, Err(Error::LinkTooLong));
}

#[test]
fn an_envelope_shows_the_addressee_and_nothing_else() {
    // A window is 20 mm from the left and 45 mm from the top, 90 mm wide and 45 mm high (DIN 5008, form B).
    let seen = |page: &Page| -> Vec<String> {
        let inside = |line: &&read::Line| {
            (20.0..110.0).contains(&line.x_mm) && (45.0..90.0).contains(&line.y_mm)
        };
        page.lines
            .iter()
            .filter(inside)
            .map(|line| line.text.clone())
            .collect()
    };
    for language in Language::ALL {
        let asked = request(language);
        let mut expected = vec![asked.sender.to_owned()];
        expected.extend(asked.addressee.iter().map(|line| (*line).to_owned()));
        let letter = letter(&asked).unwrap();
        assert_eq!(seen(&pages(&letter.pdf)[0]), expected);
        let sheet = code_sheet(&sheet(language)).unwrap();
        assert_eq!(seen(&pages(&sheet.pdf)[0]), expected);
        // Above the first fold stands nothing of what is asked.
        let read = pages(&letter.pdf);
        let above = read[0].lines.iter().filter(|line| line.y_mm < 98.0);
        let above: String = above.map(|line| line.text.as_str()).collect();
        assert!(!above.contains(asked.subject) && !above.contains("https:"));
    }
    let crowded = ["line"; 7];
    let refused = letter(&Letter {
        addressee: &crowded,
        ..request(Language::English)
    });
    assert_eq!(refused, Err(Error::Address));
}

#[test]
fn link_and_code_are_never_on_one_document() {
    for language in Language::ALL {
        let (asked, sheet) = (request(language), sheet(language));
        let code_page = code_sheet(&sheet).unwrap();
        read::keep(&format!("code-{}.pdf", language.tag()), &code_page.pdf);
        let said = text(&code_page.pdf);
        assert!(said.contains(sheet.code));
        assert!(
            !said.contains("https:") && !said.contains(asked.subject),
            "{said}"
        );
        assert!(!text(&letter(&asked).unwrap().pdf).contains(sheet.code));
        // The twin: a letter that is given the code says it.
        let leaky = Letter {
            text: sheet.code,
            ..asked
        };
        assert!(text(&letter(&leaky).unwrap().pdf).contains(sheet.code));
    }
}

#[test]
fn nothing_of_another_letter_is_left() {
    let (first, second) = (request(Language::English), request(Language::Russian));
    let alone = letter(&second).unwrap();
    let _ = letter(&first).unwrap();
    assert_eq!(letter(&second).unwrap(), alone);
    // Nothing is in the file that is not on its pages.
    assert!(!read::knows(&alone.pdf, 'W') && read::knows(&alone.pdf, 'С'));
    for word in [
        "CreationDate",
        "Producer",
        "Author",
        "/JavaScript",
        "/URI",
        "/Metadata",
    ] {
        let found = alone
            .pdf
            .windows(word.len())
            .any(|part| part == word.as_bytes());
        assert!(!found, "{word}");
    }
}

#[test]
fn long_words_many_lines_and_foreign_letters_do_not_break_a_letter() {
    let word = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz".repeat(3);
    let many = (1..=200).map(|number| format!("Line {number} of the request.\n\n"));
    let many: String = many.collect();
    for (asked, pages_at_least) in [(word.as_str(), 1), (many.as_str(), 4)] {
        let printed = letter(&Letter {
            text: asked,
            ..request(Language::German)
        })
        .unwrap();
        assert!(printed.pages >= pages_at_least);
        let said = text(&printed.pdf);
        let tight = |text: &str| text.replace(char::is_whitespace, "");
        assert!(tight(&said).contains(&tight(asked).chars().take(150).collect::<String>()));
        for page in pages(&printed.pdf) {
            for line in &page.lines {
                assert!(line.x_mm >= 5.0 && line.y_mm <= 290.0, "{line:?}");
                assert!(line.x_mm + line.width_mm <= 191.0, "{line:?}");
            }
        }
        assert_eq!(squares(&printed.pdf), LINK);
    }
    let last = (1..=200).map(|number| format!("Line {number} of the request."));
    let said = text(
        &letter(&Letter {
            text: &many,
            ..request(Language::German)
        })
        .unwrap()
        .pdf,
    );
    let mut rest = said.as_str();
    for line in last {
        let at = rest
            .find(&line)
            .unwrap_or_else(|| panic!("{line} is lost or out of order"));
        rest = &rest[at + line.len()..];
    }
}

#[test]
fn what_the_typeface_cannot_write_is_said_and_what_deceives_is_left_out() {
    let asked = Letter {
        subject: "Konto von 山田太郎",
        text: "Pay \u{202e}001\u{202c} and no\u{200b}thing\u{0} else.",
        ..request(Language::German)
    };
    let printed = letter(&asked).unwrap();
    assert_eq!(printed.missing, ['太', '山', '田', '郎']);
    assert!(text(&printed.pdf).contains("Pay 001 and nothing else."));
}
