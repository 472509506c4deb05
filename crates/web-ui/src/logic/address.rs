//! Suggesting an address for a name.

/// The part before the @ that suits a name: lower-case Latin letters and dots; empty if the name gives none.
pub fn suggest(name: &str) -> String {
    let mut address = String::new();
    for c in name.chars().flat_map(char::to_lowercase) {
        match c {
            'a'..='z' | '0'..='9' => address.push(c),
            ' ' | '.' | '-' | '_' if !address.is_empty() && !address.ends_with('.') => {
                address.push('.')
            }
            c => address.push_str(latin(c)),
        }
    }
    address.trim_end_matches('.').chars().take(40).collect()
}

/// Letters of neighbours and of the Cyrillic alphabet, as passports write them.
fn latin(c: char) -> &'static str {
    match c {
        'а' | 'á' | 'à' | 'â' | 'ã' | 'å' | 'ą' | 'ă' => "a",
        'ä' | 'æ' => "ae",
        'б' => "b",
        'ç' | 'ć' | 'č' => "c",
        'д' | 'ď' | 'đ' => "d",
        'е' | 'э' | 'ё' | 'é' | 'è' | 'ê' | 'ë' | 'ę' | 'ě' => "e",
        'є' => "ie",
        'ф' => "f",
        'г' | 'ґ' | 'ğ' => "g",
        'и' | 'й' | 'ы' | 'і' | 'í' | 'ì' | 'î' | 'ï' | 'ı' => "i",
        'ї' => "i",
        'к' => "k",
        'л' | 'ł' => "l",
        'м' => "m",
        'н' | 'ñ' | 'ń' | 'ň' => "n",
        'о' | 'ó' | 'ò' | 'ô' | 'õ' | 'ø' => "o",
        'ö' | 'œ' => "oe",
        'п' => "p",
        'р' | 'ř' => "r",
        'с' | 'ś' | 'š' | 'ş' | 'ș' => "s",
        'ß' => "ss",
        'т' | 'ť' | 'ț' => "t",
        'у' | 'ú' | 'ù' | 'û' | 'ů' => "u",
        'ü' => "ue",
        'в' => "v",
        'х' => "kh",
        'ц' => "ts",
        'ч' => "ch",
        'ш' => "sh",
        'щ' => "shch",
        'ю' => "iu",
        'я' => "ia",
        'ж' => "zh",
        'з' | 'ź' | 'ż' | 'ž' => "z",
        'ý' => "y",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_becomes_an_address() {
        assert_eq!(suggest("Anna Petrova"), "anna.petrova");
        assert_eq!(suggest("Юлия Щукина"), "iuliia.shchukina");
        assert_eq!(suggest("  Jürgen  Groß "), "juergen.gross");
        assert_eq!(suggest("東京"), "");
    }
}
