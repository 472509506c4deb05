//! Tables of office software, which name addressees.

use valise_views::addressee::named;
use valise_views::csv::{read, write};

/// Bytes that are said to be a table.
pub(super) fn tables(bytes: &[u8]) {
    let Ok(lines) = read(bytes) else {
        return;
    };
    assert_eq!(named(&lines, &[], &[], &[]).len(), lines.len());
    // Nothing of it is computed by whoever opens what is written of it.
    for value in lines.into_iter().flat_map(|line| line.values) {
        let written = String::from_utf8(write(&[vec![value]], ';')).expect("it is text");
        let written = written
            .trim_start_matches('\u{feff}')
            .trim_start_matches('"');
        assert!(
            !written
                .trim_start_matches(' ')
                .starts_with(['=', '+', '-', '@'])
        );
    }
}

/// Honest inputs.
pub(super) fn honest() -> Vec<(&'static str, Vec<u8>)> {
    let tables = [
        "Registry;Harbour Bank\nclara.berg@bank.example\n",
        "\u{feff}\"Registry, North\",\"Harbour \"\"Bank\"\"\"\r\n\"two\nlines\",x\r\n",
        "Канцелярия\tПортовый банк\n\n=1+1\t-2\n",
    ];
    let input = |table: &str| ("tables", table.as_bytes().to_vec());
    tables.into_iter().map(input).collect()
}
