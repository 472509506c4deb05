//! Reads a printed letter as a camera would, and writes the link that its code of squares carries: `squares LETTER.pdf`.

#[path = "../tests/read/mod.rs"]
mod read;

fn main() {
    let path = std::env::args_os().nth(1);
    let pdf = path.and_then(|path| std::fs::read(path).ok());
    match pdf {
        Some(pdf) => println!("{}", read::squares(&pdf)),
        None => {
            eprintln!("squares LETTER.pdf: there is no such letter");
            std::process::exit(2);
        }
    }
}
