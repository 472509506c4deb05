//! The interface as the browser loads it.

fn main() {
    valise_web_ui::start(valise_web_ui::bridge::start());
}
