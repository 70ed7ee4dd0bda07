#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| carewire::fuzzing::waits(bytes));
