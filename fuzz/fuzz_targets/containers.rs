#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| valise_tests::decoders::feed("containers", bytes));
