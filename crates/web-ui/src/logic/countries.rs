//! Codes of countries, as they are typed and shown.

/// Letters of all the codes that can be typed.
pub const MOST_LETTERS: u32 = 1_200;

/// Codes as they were typed: in any case, with anything between them, in any order.
pub fn codes(typed: &str) -> Vec<String> {
    let words = typed.split(|letter: char| !letter.is_alphanumeric());
    let words = words.filter(|word| !word.is_empty());
    let mut codes: Vec<String> = words.map(str::to_uppercase).collect();
    codes.sort();
    codes.dedup();
    codes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_however_they_are_typed() {
        assert_eq!(codes("de, FR;fr  at"), ["AT", "DE", "FR"]);
        assert!(codes(" , ").is_empty());
    }
}
