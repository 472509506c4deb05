//! One-page PDFs, written by hand: tomorrow's hearings, and a bank's statement.

use crate::cast::Language;
use std::fmt::Write as _;

/// The page: left, top and the width of the text, in points of A4.
const LEFT: u32 = 64;
const TOP: u32 = 770;

/// The list of hearings.
pub(crate) fn hearings(language: Language) -> Vec<u8> {
    let title = language.of(
        "Harbour District Court: hearings",
        "Суд портового района: список дел",
    );
    let head = language.of("Room   Time    Case", "Зал    Время   Дело");
    let rows = match language {
        Language::English => [
            "12     09:30   2-114  The borrowed police launch",
            "12     10:15   2-117  Gull v. Ice-cream Stand No. 4",
            "7      11:00   2-121  Noise of the foghorn (adjourned)",
            "7      13:30   2-114  Medical opinion: Dr Nasser",
            "12     14:30   2-098  Costs",
        ],
        Language::Russian => [
            "12     09:30   2-114  Катер, взятый покататься",
            "12     10:15   2-117  Чайка и киоск мороженого № 4",
            "7      11:00   2-121  Шум туманной сирены (отложено)",
            "7      13:30   2-114  Заключение врача: А. Насырова",
            "12     14:30   2-098  Судебные расходы",
        ],
    };
    let foot = language.of(
        "Registry, counter 3. Please bring the originals. The cat stays.",
        "Канцелярия, окно 3. Просьба приносить подлинники. Кошка остаётся.",
    );
    sheet(title, head, &rows, foot)
}

/// The bank's statement.
pub(crate) fn statement(language: Language) -> Vec<u8> {
    let title = language.of(
        "Harbour Bank: account 4070 1144, May",
        "Портовый банк: счёт 4070 1144, май",
    );
    let head = language.of("Day     Sum       For", "День    Сумма     За что");
    let rows = match language {
        Language::English => [
            "02.05   +412.00   Vanilla and pistachio",
            "09.05   -180.50   Milk",
            "17.05   +655.20   Regatta, all flavours",
            "18.05    -38.00   Damage by a gull",
            "31.05   +848.70   Balance",
        ],
        Language::Russian => [
            "02.05   +412.00   Ваниль и фисташка",
            "09.05   -180.50   Молоко",
            "17.05   +655.20   Регата, все вкусы",
            "18.05    -38.00   Ущерб от чайки",
            "31.05   +848.70   Остаток",
        ],
    };
    let foot = language.of(
        "Certified: Compliance, Harbour Bank.",
        "Верно: финансовый контроль, Портовый банк.",
    );
    sheet(title, head, &rows, foot)
}

/// Sets a page: what it is, what the columns are, the lines, and what stands below.
fn sheet(title: &str, head: &str, rows: &[&str], foot: &str) -> Vec<u8> {
    let mut page = String::new();
    line(&mut page, "F2", 18, TOP, title);
    let _ = writeln!(page, "0.6 w {LEFT} {} m 531 {} l S", TOP - 16, TOP - 16);
    line(&mut page, "F1", 11, TOP - 48, head);
    for (index, row) in (0u32..).zip(rows) {
        line(&mut page, "F1", 11, TOP - 76 - index * 22, row);
    }
    line(&mut page, "F1", 10, TOP - 230, foot);
    document(&page)
}

fn line(page: &mut String, font: &str, size: u32, at: u32, text: &str) {
    let _ = write!(page, "BT /{font} {size} Tf {LEFT} {at} Td <");
    for character in text.chars() {
        let _ = write!(page, "{:02x}", code(character));
    }
    page.push_str("> Tj ET\n");
}

/// Windows-1251, which [`ENCODING`] names the letters of.
fn code(character: char) -> u8 {
    match character {
        ' '..='~' => character as u8,
        'А'..='я' => (character as u32 - 'А' as u32 + 0xc0) as u8,
        'Ё' => 0xa8,
        'ё' => 0xb8,
        '№' => 0xb9,
        _ => b'?',
    }
}

/// Names of the letters above ASCII, as the Adobe Glyph List has them.
fn encoding() -> String {
    let mut names = String::from(
        "<< /Type /Encoding /BaseEncoding /WinAnsiEncoding /Differences [168 /afii10023 184 /afii10071 185 /afii61352 192",
    );
    // А to Я are 10017 to 10049, with Ё in between; а to я are 10065 to 10097, with ё in between.
    let letters = (10017..=10049)
        .filter(|number| *number != 10023)
        .chain((10065..=10097).filter(|number| *number != 10071));
    for number in letters {
        let _ = write!(names, " /afii{number}");
    }
    names.push_str("] >>");
    names
}

fn document(page: &str) -> Vec<u8> {
    // A typewriter's letters are all of one width, whichever font a viewer puts in their place.
    let widths = vec!["600"; 224].join(" ");
    let font = |name: &str| {
        format!(
            "<< /Type /Font /Subtype /TrueType /BaseFont /{name} /Encoding 7 0 R \
             /FirstChar 32 /LastChar 255 /Widths [{widths}] >>"
        )
    };
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R \
         /Resources << /Font << /F1 5 0 R /F2 6 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{page}endstream", page.len()),
        font("CourierNew"),
        font("CourierNew-Bold"),
        encoding(),
    ];
    let mut out = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    for (number, object) in (1..).zip(&objects) {
        places.push(out.len());
        let _ = writeln!(out, "{number} 0 obj\n{object}\nendobj");
    }
    let table = out.len();
    let count = objects.len() + 1;
    let _ = write!(out, "xref\n0 {count}\n0000000000 65535 f \n");
    for place in places {
        let _ = writeln!(out, "{place:010} 00000 n ");
    }
    let _ = write!(
        out,
        "trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n"
    );
    out.into_bytes()
}
