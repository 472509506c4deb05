//! What is no container, or not written as one.

use super::{Bad, good};
use crate::world::packing::pack;

/// The good bundle with other files.
fn changed(why: &'static str, change: impl FnOnce(&mut Vec<(String, Vec<u8>)>)) -> Bad {
    let mut files = good();
    change(&mut files);
    Bad {
        why,
        files,
        edits: Vec::new(),
    }
}

/// The good bundle with other bytes at places of the container.
fn edit(why: &'static str, edits: &[(usize, usize, &[u8])]) -> Bad {
    let edits = edits
        .iter()
        .map(|(at, length, bytes)| (*at, *length, bytes.to_vec()));
    Bad {
        why,
        files: good(),
        edits: edits.collect(),
    }
}

pub fn all() -> Vec<Bad> {
    let mut cases = files();
    cases.extend(heads());
    cases
}

fn files() -> Vec<Bad> {
    let place = |files: &[(String, Vec<u8>)], path: &str| {
        files.iter().position(|(it, _)| it == path).unwrap()
    };
    vec![
        changed("A receipt is missing.", |files| {
            let at = place(files, "receipts/0001.cose");
            files.remove(at);
        }),
        changed("A receipt was added.", |files| {
            let one = files[place(files, "receipts/0001.cose")].1.clone();
            files.push(("receipts/0002.cose".into(), one));
        }),
        changed("Two receipts have changed places.", |files| {
            let at = place(files, "receipts/0001.cose");
            files.swap(at, at - 1);
        }),
        changed("Two acts have changed names.", |files| {
            let at = place(files, "acts/0001.cose");
            let former = files[at - 1].1.clone();
            files[at - 1].1 = std::mem::replace(&mut files[at].1, former);
        }),
        changed("One bit of a file is another one.", |files| {
            files.last_mut().unwrap().1[0] ^= 1;
        }),
        changed("A file is cut off.", |files| {
            files.last_mut().unwrap().1.pop();
        }),
        changed("The manifest is missing.", |files| drop(files.remove(1))),
        changed("The manifest is not the second.", |files| files.swap(1, 2)),
        changed("The kind is not the first.", |files| files.swap(0, 1)),
        changed("Another kind.", |files| {
            files[0].1 = b"application/zip".to_vec()
        }),
        changed("Nothing but the kind.", |files| files.truncate(1)),
        changed("A file twice.", |files| {
            let again = files[3].clone();
            files.push(again);
        }),
        changed("A name that leads elsewhere.", |files| {
            files.push(("contents/../x".into(), vec![1]))
        }),
        changed("A name in capitals.", |files| {
            files.push(("contents/X".into(), vec![1]))
        }),
        changed("A name that begins with a slash.", |files| {
            files.push(("/x".into(), vec![1]))
        }),
        changed("A signature of ASiC, which has no place here.", |files| {
            files.push(("META-INF/signature001.p7s".into(), vec![1]));
        }),
    ]
}

/// Places of the first head, and of its entry in the list.
fn heads() -> Vec<Bad> {
    let packed = pack(&good());
    let end = packed.len() - 22;
    let number = |at: usize| u32::from_le_bytes(packed[at..at + 4].try_into().unwrap()) as usize;
    let list = number(end + 16);
    let length = u32::try_from(list - number(end + 12)).unwrap_or_default();
    vec![
        edit(
            "Version 2.0 to read it, in head and list.",
            &[(4, 1, &[20]), (list + 6, 1, &[20])],
        ),
        edit(
            "A flag, in head and list.",
            &[(6, 1, &[8]), (list + 8, 1, &[8])],
        ),
        edit(
            "Packed, in head and list.",
            &[(8, 1, &[8]), (list + 10, 1, &[8])],
        ),
        edit(
            "Another date, in head and list.",
            &[(12, 1, &[0x22]), (list + 14, 1, &[0x22])],
        ),
        edit(
            "Another checksum, in head and list.",
            &[(14, 1, &[0]), (list + 16, 1, &[0])],
        ),
        edit(
            "Another date in the list alone.",
            &[(list + 14, 1, &[0x22])],
        ),
        edit("An attribute in the list.", &[(list + 38, 1, &[1])]),
        edit(
            "A comment of one byte.",
            &[(end + 20, 2, &[1, 0]), (packed.len(), 0, &[0x20])],
        ),
        edit("A byte behind.", &[(packed.len(), 0, &[0])]),
        edit("A byte before.", &[(0, 0, &[0])]),
        edit("A byte between the files and the list.", &[(list, 0, &[0])]),
        edit("Another number of files.", &[(end + 8, 1, &[1])]),
        edit(
            "Another length of the list.",
            &[(end + 12, 4, &length.to_le_bytes())],
        ),
        edit("The end is missing.", &[(end, 22, &[])]),
        edit("The last byte is missing.", &[(packed.len() - 1, 1, &[])]),
    ]
}
