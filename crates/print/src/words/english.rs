//! English.

use super::Words;

pub(super) const WORDS: Words = Words {
    request: "Request",
    number: "Number",
    date: "Date",
    due: "Please answer by",
    how: "How to answer",
    steps: [
        "Open the page: point your phone’s camera at the square, or type the address below.",
        "Type the code from the other sheet. It reaches you separately from this letter.",
        "Read what is asked, write your answer, add documents and send. You get a receipt to keep.",
    ],
    sealed: "You need no account and install nothing. What you send is sealed on your device: only {organisation} can open it.",
    typed: "If you cannot use the camera, type this address. It has {count} characters, and capital and small letters differ:",
    right_page: "Is it the right page?",
    check: "The address in the browser must begin with {address}/. Under “How sure is this page?” stand the numbers below; they are no secret, and a false page could show them, too. If anything is other than here, or seems odd, send nothing, and call {organisation} by a number that you knew before: they can read the numbers to you.",
    page: "Page {page} of {count}",
    code_for: "Your code for request {number}",
    code_how: "Open the page as the letter says, and type this code when you are asked for it.",
    code_apart: "Keep this sheet apart from the letter: whoever has both can read the request and answer it in your name.",
    code_nobody_asks: "Nobody from {organisation} will ask you for this code by phone or message. If somebody does, tell nobody the code and let us know.",
    report: "Report of evidence",
    time: "Time",
    who: "Who",
    what: "What",
    proven: "proven",
    asserted: "asserted",
    not_proven: "not proven",
    meanings: [
        "Signatures in the bundle show it. It holds whoever hands over the bundle, and no server has to be believed.",
        "A server says so and signed it. It holds as far as its operator is believed, above all for the time.",
        "Nothing in the bundle shows it, or what should show it does not fit.",
    ],
    digests: "The long numbers are fingerprints (SHA-256) of what was sent. The same file has the same fingerprint; a changed one has another.",
};
