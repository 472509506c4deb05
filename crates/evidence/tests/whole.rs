//! The time over a bundle as a whole: what of it can be taken away, put in or changed, and what a token of whom proves.

mod world;

use valise_evidence::Digest;
use valise_evidence::verify::{
    Check, Clock, Expected, Fault, Remark, Stamp, Stamped, Standing, Subject, verify,
};
use valise_wire::Timestamp;
use world::judging::{faults, found, row};
use world::packing::{changed, entries};
use world::{Case, DAY, SCAN, token_over};

const TYPE: &str = "mimetype";
const LIST: &str = "META-INF/ASiCManifest001.xml";
const TOKEN: &str = "META-INF/timestamp001.tst";

#[test]
fn a_bundle_that_was_stamped_says_by_when_all_of_it_was_there() {
    let case = Case::whole();
    let bundle = case.stamped_bundle();
    let verdict = case.judge(&bundle);
    assert_eq!(faults(&verdict), []);
    let whole = row(&verdict, TOKEN);
    assert_eq!(whole.subject, Subject::Whole);
    assert_eq!(
        (whole.what, whole.when),
        (Standing::Proven, Standing::Proven)
    );
    assert_eq!(whole.at, Some(case.now));
    let clock = Clock::Stamp("CN=clock".into(), [0; 32]);
    assert_eq!(whole.clock, Some(clock));
    // It is what programs that know nothing of Valise look for.
    let files = entries(&bundle);
    let first = (TYPE.to_owned(), b"application/vnd.etsi.asic-e+zip".to_vec());
    assert_eq!(files[0], first);
    let last: Vec<&str> = files[files.len() - 2..]
        .iter()
        .map(|(path, _)| &**path)
        .collect();
    assert_eq!(last, [LIST, TOKEN]);
    // Everything but the type and what is over it stands in the list.
    let list = String::from_utf8(files[files.len() - 2].1.clone()).unwrap();
    for (path, _) in &files[1..files.len() - 2] {
        assert!(list.contains(&format!("URI=\"{path}\"")), "{path}");
    }
    assert_eq!(
        list.matches("<DataObjectReference ").count(),
        files.len() - 3
    );
}

#[test]
fn without_a_time_nothing_is_said_of_it_and_the_bundle_is_as_it_always_was() {
    let case = Case::whole();
    assert!(case.packed().close(None) == case.bundle());
    let verdict = case.judge(&case.bundle());
    assert!(verdict.rows.iter().all(|row| row.subject != Subject::Whole));
    let files = entries(&case.bundle());
    assert!(files.iter().all(|(path, _)| !path.starts_with("META-INF")));
}

#[test]
fn a_server_that_says_a_time_after_the_whole_was_there_is_remarked() {
    let case = Case::whole();
    let stamped = |at| {
        let packed = case.packed();
        let token = token_over(packed.stamped(), at);
        case.judge(&packed.close(Some(token)))
    };
    let path = "receipts/0001.cose";
    let verdict = stamped(case.now);
    assert_eq!(row(&verdict, path).remarks, []);
    let verdict = stamped(Timestamp(case.now.0 - DAY));
    assert_eq!(row(&verdict, path).remarks, [Remark::AfterWhole]);
    assert!(
        verdict.is_sound(),
        "one of two clocks is wrong, and no thing is"
    );
}

#[test]
fn what_was_left_out_can_be_left_out_of_a_stamped_one_too() {
    let mut case = Case::whole();
    case.contents.contents.retain(|bytes| bytes != SCAN);
    case.contents.withheld = vec![Digest::of(SCAN)];
    let verdict = case.judge(&case.stamped_bundle());
    assert_eq!(faults(&verdict), []);
    assert_eq!(row(&verdict, TOKEN).when, Standing::Proven);
}

#[test]
fn t206_one_flipped_bit_anywhere_is_found() {
    let case = Case::whole();
    let good = case.stamped_bundle();
    let whole = Subject::Whole;
    let begin = good
        .windows(LIST.len())
        .position(|it| it == LIST.as_bytes());
    let begin = begin.unwrap() * 8;
    // Many of what is over the whole, and some of all the rest.
    let over = (begin..good.len() * 8).step_by(97);
    for bit in (3..begin).step_by(4_801).chain(over) {
        let mut bytes = good.clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        assert!(!case.judge(&bytes).is_sound(), "bit {bit}");
    }
    assert!(
        case.judge(&good)
            .rows
            .iter()
            .any(|row| row.subject == whole)
    );
}

#[test]
fn t206_what_says_another_kind_than_it_is_is_named() {
    let case = Case::whole();
    let mut timed = entries(&case.stamped_bundle());
    let (as_stamped, as_plain) = (timed[0].1.clone(), entries(&case.bundle())[0].1.clone());
    // The time is there, and the type is that of a bundle without any.
    let hidden = changed(&case.stamped_bundle(), |files| files[0].1 = as_plain);
    found(&case, &hidden, Check::Layout, TYPE, Fault::Kind);
    // The time was taken away, and the type says that there is one.
    timed.truncate(timed.len() - 2);
    let bare = world::packing::pack(&timed);
    found(&case, &bare, Check::Layout, TYPE, Fault::Kind);
    let said = changed(&case.bundle(), |files| files[0].1 = as_stamped);
    found(&case, &said, Check::Layout, TYPE, Fault::Kind);
    // Another type is no bundle.
    let other = changed(&case.bundle(), |files| {
        files[0].1 = b"application/zip".to_vec();
    });
    assert_eq!(
        faults(&case.judge(&other)),
        [(String::new(), Fault::Beginning)]
    );
}

#[test]
fn t206_what_is_missing_added_or_moved_over_the_whole_is_named() {
    let case = Case::whole();
    let good = case.stamped_bundle();
    for path in [LIST, TOKEN] {
        let without = changed(&good, |files| files.retain(|(name, _)| name != path));
        found(&case, &without, Check::Layout, path, Fault::Missing);
    }
    let swapped = changed(&good, |files| {
        let last = files.len() - 1;
        files.swap(last, last - 1);
    });
    found(&case, &swapped, Check::Layout, LIST, Fault::Moved);
    let early = changed(&good, |files| {
        let token = files.pop().unwrap();
        files.insert(2, token);
    });
    found(&case, &early, Check::Layout, LIST, Fault::Moved);
    // What such containers may hold elsewhere has no place here.
    let signed = changed(&good, |files| {
        files.push(("META-INF/signature001.p7s".into(), vec![1]));
    });
    assert!(!case.judge(&signed).is_sound());
}

#[test]
fn t206_a_list_that_is_another_one_is_named_though_its_token_holds() {
    let case = Case::whole();
    let good = case.stamped_bundle();
    let with_list = |change: &dyn Fn(&mut String)| {
        changed(&good, |files| {
            let at = files.len() - 2;
            let mut list = String::from_utf8(files[at].1.clone()).unwrap();
            change(&mut list);
            files[at + 1].1 = token_over(Digest::of(list.as_bytes()), case.now);
            files[at].1 = list.into_bytes();
        })
    };
    // One file less, the same in other letters, something that nobody reads.
    let without = with_list(&|list| {
        let from = list.find("<DataObjectReference URI=\"requests").unwrap();
        let to = from + list[from..].find('\n').unwrap() + 1;
        list.replace_range(from..to, "");
    });
    let spaced = with_list(&|list| *list = list.replace("/>", " />"));
    let more = with_list(&|list| *list += "<!-- and nothing else -->");
    for bundle in [without, spaced, more] {
        found(&case, &bundle, Check::Layout, LIST, Fault::Changed);
    }
}

#[test]
fn t206_a_token_over_something_else_is_named() {
    let case = Case::whole();
    let other = case
        .packed()
        .close(Some(token_over(Digest([7; 32]), case.now)));
    found(&case, &other, Check::Token, TOKEN, Fault::Token);
    let none = case.packed().close(Some(b"no token".to_vec()));
    found(&case, &none, Check::Token, TOKEN, Fault::Token);
}

#[test]
fn t206_a_file_that_was_exchanged_after_the_time_is_named_twice() {
    // Whoever has the exporter's key makes another list of the same: the time is not over that.
    let case = Case::whole();
    let mut other = Case::whole();
    other.contents.report = Some(b"%PDF- another one".to_vec());
    let over = entries(&case.stamped_bundle());
    let moved = changed(&other.stamped_bundle(), |files| {
        let (at, from) = (files.len() - 2, over.len() - 2);
        files[at..].clone_from_slice(&over[from..]);
    });
    found(&case, &moved, Check::Layout, LIST, Fault::Changed);
}

#[test]
fn an_authority_that_nobody_knows_proves_nothing_of_the_whole() {
    let case = Case::whole();
    let at = Timestamp(case.now.0 + 5);
    let token = move |_: Stamped<'_>, _: &[u8]| {
        Some(Stamp {
            at,
            authority: [1; 32],
            name: "CN=made up".into(),
            is_known: false,
        })
    };
    let expected = Expected {
        fingerprints: case.fingerprints(),
        token: Some(&token),
    };
    let verdict = verify(&case.stamped_bundle(), &expected);
    let whole = row(&verdict, TOKEN);
    let open = (Standing::NotProven, Standing::NotProven);
    assert_eq!(
        (whole.what, whole.when, whole.at),
        (open.0, open.1, Some(at))
    );
    assert_eq!(whole.remarks, [Remark::CompareAuthority]);
    // Where nothing reads tokens, that is said.
    let expected = Expected {
        token: None,
        ..expected
    };
    let verdict = verify(&case.stamped_bundle(), &expected);
    let whole = row(&verdict, TOKEN);
    assert_eq!(
        (whole.at, &*whole.remarks),
        (None, &[Remark::TokenUnread][..])
    );
    assert!(verdict.is_sound());
}
