//! People in terminals talk through a real `valise serve`: one process for the server, one for every command.

use crate::stage::{Folder, Person, Server, two};

#[test]
fn two_terminals_talk_through_a_server() {
    let folder = Folder::new("talk");
    let server = Server::running(&folder);
    let (ivan, anna) = (Person::new(&folder, "ivan"), Person::new(&folder, "anna"));
    ivan.run(&[
        "setup",
        server.setup_link(),
        "--name",
        "Ivan Petrov",
        "--address",
        "ivan",
        "--organisation",
        "Ministry",
    ]);
    let link = ivan.run(&["invite", "--name", "Anna Novak", "--address", "anna"]);
    anna.run(&["join", link[0]["link"].as_str().unwrap()]);

    // Each by the other's name: the chat is made by the first text.
    ivan.run(&["send", "anna", "Good morning"]);
    assert_eq!(
        anna.until_reads("Ivan Petrov", "Good morning"),
        ["Good morning"]
    );
    anna.run(&["send", "ivan", "Доброе утро"]);
    assert_eq!(ivan.texts("Anna Novak"), ["Good morning", "Доброе утро"]);

    // A group, and a file in it.
    ivan.run(&["group", "Night shift", "anna"]);
    anna.until_in("Night shift");
    anna.run(&["send", "Night shift", "I am here"]);
    assert_eq!(ivan.texts("Night shift"), ["I am here"]);
    let plan = folder.join("plan.txt");
    std::fs::write(&plan, "the whole plan\n".repeat(50_000)).unwrap();
    ivan.run(&["attach", "Night shift", plan.to_str().unwrap()]);
    let saved = folder.join("saved.txt");
    anna.run(&["save", "Night shift", "--to", saved.to_str().unwrap()]);
    assert_eq!(std::fs::read(saved).unwrap(), std::fs::read(plan).unwrap());

    let people = anna.run(&["people"]);
    assert_eq!(people.len(), 2);
    assert!(
        people
            .iter()
            .any(|person| person["address"] == "ivan@localhost" && person["role"] == "registrar")
    );
    anna.run(&["leave", "Night shift"]);
}

#[test]
fn wrong_words_and_links_have_their_own_exit_codes() {
    let folder = Folder::new("codes");
    let server = Server::running(&folder);
    let (ivan, nobody) = (Person::new(&folder, "ivan"), Person::new(&folder, "nobody"));
    assert_eq!(
        nobody.output(&["rooms"]).status.code(),
        Some(3),
        "nobody has joined"
    );
    assert_eq!(
        nobody.output(&["join", "https://a.b/join#x"]).status.code(),
        Some(1)
    );
    assert_eq!(nobody.output(&["fly"]).status.code(), Some(2));
    ivan.run(&[
        "setup",
        server.setup_link(),
        "--name",
        "Ivan",
        "--organisation",
        "Ministry",
    ]);
    assert_eq!(
        ivan.output(&["send", "bob", "hello"]).status.code(),
        Some(3)
    );
    assert_eq!(
        nobody
            .output(&[
                "setup",
                server.setup_link(),
                "--name",
                "Eve",
                "--organisation",
                "Other"
            ])
            .status
            .code(),
        Some(1),
        "founded once"
    );
    let one = ivan.run(&["status"]);
    assert_eq!(one[0]["connection"], "online");
    ivan.run(&["wipe", "--yes"]);
    assert_eq!(ivan.output(&["status"]).status.code(), Some(3));
}

#[test]
fn one_folder_has_one_process() {
    let folder = Folder::new("busy");
    let ivan = Person::new(&folder, "ivan");
    std::fs::create_dir(&ivan.0).unwrap();
    let lock = std::fs::File::create(ivan.0.join("lock")).unwrap();
    lock.lock().unwrap();
    assert_eq!(ivan.output(&["status"]).status.code(), Some(75));
    lock.unlock().unwrap();
    assert_eq!(
        ivan.output(&["status"]).status.code(),
        Some(3),
        "free, and nobody has joined"
    );
}

#[test]
fn a_device_moves_and_its_link_works_once() {
    let folder = Folder::new("move");
    let server = Server::running(&folder);
    let [old, new, late] = ["old", "new", "late"].map(|name| Person::new(&folder, name));
    old.found(&server, "Olga", "Office");
    let ivan = Person::new(&folder, "ivan");
    ivan.join(&old, "Ivan");
    ivan.run(&["send", "Olga", "before the move"]);
    old.until_reads("Ivan", "before the move");
    old.run(&["send", "Ivan", "an answer"]);
    let exported = old.run(&["export"]);
    let link = exported[0]["link"].as_str().unwrap();
    assert_eq!(old.run(&["export"]), exported, "asking again is the same");
    let refused = old.output(&["send", "Ivan", "two of one"]);
    assert!(String::from_utf8_lossy(&refused.stderr).contains("this device has moved"));
    new.run(&["import", link]);
    assert_eq!(new.texts("Ivan"), ["before the move", "an answer"]);
    new.run(&["send", "Ivan", "from the new one"]);
    assert_eq!(ivan.texts("Olga").last().unwrap(), "from the new one");
    let again = late.output(&["import", link]);
    assert!(String::from_utf8_lossy(&again.stderr).contains("the link was used"));
    let refused = new.output(&["import", link]);
    assert!(String::from_utf8_lossy(&refused.stderr).contains("belongs to somebody already"));
}

#[test]
fn messages_are_answered_changed_found_and_taken_back_in_terminals() {
    let folder = Folder::new("changes");
    let server = Server::running(&folder);
    let (ivan, anna) = two(&folder, &server);
    ivan.run(&["send", "Anna", "meet at nine"]);
    let heard = anna.run(&["read", "Ivan"]).pop().unwrap();
    let number = heard["message"].as_str().unwrap();
    anna.run(&["send", "Ivan", "too early", "--reply-to", number]);
    anna.run(&["react", number, "🙏"]);
    ivan.run(&["group", "Team", "Anna"]);
    anna.run(&["forward", number, "--to", "Team"]);
    let handed = ivan.run(&["read", "Team"]).pop().unwrap();
    assert_eq!(handed["text"], "meet at nine");
    assert_eq!(handed["origin"]["name"], "Ivan");
    ivan.run(&["send", "Team", "@anna, look"]);
    let called = anna.run(&["read", "Team"]).pop().unwrap();
    assert_eq!(called["text"], "@Anna, look");
    assert_eq!(called["mentions"][0]["me"], true);
    let read = ivan.run(&["read", "Anna"]);
    let (said, answer) = (&read[read.len() - 2], &read[read.len() - 1]);
    assert_eq!(answer["reply_to"]["text"], "meet at nine");
    assert_eq!(said["reactions"][0]["emoji"], "🙏");
    let number = said["message"].as_str().unwrap();
    ivan.run(&["pin", number]);
    let read = anna.run(&["read", "Ivan"]);
    assert_eq!(read[read.len() - 2]["pinned"], true);
    ivan.run(&["edit", number, "meet at ten"]);
    assert_eq!(anna.texts("Ivan")[1], "meet at ten");
    let found = anna.run(&["find", "meeting", "from:ivan"]);
    assert_eq!(found[0]["text"], "meet at ten");
    ivan.run(&["delete", number]);
    let read = anna.run(&["read", "Ivan"]);
    assert_eq!(read[read.len() - 2]["deleted"], true);
    assert!(anna.run(&["find", "meeting", "from:ivan"]).is_empty());
    assert!(!anna.output(&["edit", number, "no"]).status.success());
}

#[test]
fn a_poll_is_asked_voted_in_and_closed_in_terminals() {
    let folder = Folder::new("poll");
    let server = Server::running(&folder);
    let (ivan, anna) = two(&folder, &server);
    ivan.run(&["poll", "Anna", "When do we meet?", "Monday", "Friday"]);
    let heard = anna.run(&["read", "Ivan"]).pop().unwrap();
    assert_eq!(heard["poll"]["question"], "When do we meet?");
    let number = heard["message"].as_str().unwrap();
    anna.run(&["vote", number, "2"]);
    let asked = ivan.run(&["read", "Anna"]).pop().unwrap();
    assert_eq!(asked["poll"]["options"][1]["people"][0], "Anna");
    assert!(!anna.output(&["vote", number, "3"]).status.success());
    assert!(!anna.output(&["vote", number, "0"]).status.success());
    assert!(!anna.output(&["vote", number, "1", "2"]).status.success());
    assert!(!anna.output(&["close", number]).status.success());
    ivan.run(&["close", asked["message"].as_str().unwrap()]);
    let closed = anna.run(&["read", "Ivan"]).pop().unwrap();
    assert_eq!(closed["poll"]["closed"], true);
    assert_eq!(closed["poll"]["voters"], 1);
    assert!(!anna.output(&["vote", number, "1"]).status.success());
}
