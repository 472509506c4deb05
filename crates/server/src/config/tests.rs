use super::*;
use crate::partners::Bounds;
use std::os::unix::fs::PermissionsExt;

const EXAMPLE: &str = include_str!("../../../../docs/operate/valise.example.toml");

fn parse(text: &str) -> Result<Config, ConfigError> {
    Config::parse(text, &Overrides::default())
}

#[track_caller]
fn refused(text: &str, line: usize, part: &str) {
    let error = parse(text).expect_err(text);
    assert_eq!(error.line(), Some(line), "{error}");
    assert!(error.to_string().contains(part), "{error}");
}

#[test]
fn the_example_is_the_defaults_and_names_every_setting() {
    assert_eq!(parse(EXAMPLE).unwrap(), Config::default());
    let all = serde_json::to_value(Config::default()).unwrap();
    for (name, value) in all.as_object().unwrap() {
        let named = |key: &str| {
            EXAMPLE.lines().any(|line| {
                line.trim_start_matches("# ")
                    .starts_with(&format!("{key} ="))
            })
        };
        match value.as_object() {
            None => assert!(named(name), "{name} is not explained"),
            Some(section) => {
                assert!(
                    EXAMPLE.contains(&format!("\n[{name}]\n")),
                    "[{name}] is not explained"
                );
                section
                    .keys()
                    .for_each(|key| assert!(named(key), "{name}.{key} is not explained"));
            }
        }
    }
}

#[test]
fn nonsense_is_refused_with_its_line() {
    refused(
        "listen = \"127.0.0.1:1\"\nlisten_port = 3\n",
        2,
        "unknown field `listen_port`",
    );
    refused("\n[tls]\nmode = \"on\"\n", 3, "unknown variant `on`");
    refused(
        "public_url = \"https://a.example\"\ntrusted_proxies = [\"127.0.0.1\"]\n[tls]\nshown = [\"/nowhere.pem\"]\n",
        4,
        "/nowhere.pem",
    );
    refused(
        "[tls]\nshown = [\"/nowhere.pem\"]\n",
        2,
        "public_url is none",
    );
    refused("[push]\ncontact = \"me\"\n", 2, "must be an e-mail address");
    refused(
        "[push]\n\nservices = [\"push.example\"]\n",
        3,
        "must begin with https://",
    );
    refused(
        "[timestamp]\nurl = \"ftp://a.example/\"\n",
        2,
        "must be an http: or https: address",
    );
    refused("[quotas]\nfile_mib = -1\n", 2, "-1");
    refused("[limits]\n\nconnections = \"many\"\n", 3, "invalid type");
    refused("data_dir = \"x\"\n\nwhat is this", 3, "");
    refused(
        "public_url = \"https://a.example/path\"\n",
        1,
        "scheme, host and port only",
    );
    refused(
        "public_url = \"ftp://a.example\"\n",
        1,
        "must begin with https://",
    );
}

#[test]
fn contradictions_are_refused_with_the_line_of_the_culprit() {
    refused("listen = \"0.0.0.0:8440\"", 1, "needs public_url");
    refused(
        "public_url = \"http://chat.example.org\"",
        1,
        "browsers keep no keys",
    );
    refused(
        "public_url = \"https://chat.example.org\"",
        1,
        "nobody ends TLS",
    );
    refused("\n[tls]\ncertificate = \"c.pem\"", 3, "belongs to mode");
    refused("\n[tls]\nauthority = \"a.pem\"", 3, "belongs to mode");
    refused("[tls]\nmode = \"files\"", 2, "needs tls.certificate");
    refused("[tls]\nmode = \"acme\"", 2, "needs tls.contact");
    refused(
        "public_url = \"https://10.0.0.1\"\n[tls]\nmode = \"acme\"\ncontact = \"a@example.org\"",
        1,
        "no authority",
    );
    refused("[quotas]\nfile_mib = 4096", 2, "from 1 to 2048");
    refused("[quotas]\naccount_mib = 100", 1, "");
    refused(
        "[metrics]\nlisten = \"127.0.0.1:8440\"",
        2,
        "must not be the public listener",
    );
    refused("[limits]\ndrain_seconds = 0", 2, "at least 1");
    refused("domain = \"Example.org\"", 1, "small letters");
}

#[test]
fn a_key_that_everybody_can_read_is_refused() {
    let folder = crate::scratch::Folder::new("key-mode");
    let key = folder.path().join("key.pem");
    std::fs::write(&key, "").unwrap();
    let text = format!(
        "public_url = \"https://chat.example.org\"\n[tls]\nmode = \"files\"\ncertificate = \"c.pem\"\nkey = {key:?}\n"
    );
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o644)).unwrap();
    refused(&text, 5, "read by everybody");
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o640)).unwrap();
    parse(&text).unwrap();
}

#[test]
fn the_command_line_wins_and_links_follow_the_listener_only_on_this_machine() {
    let overrides = Overrides {
        data_dir: Some("elsewhere".into()),
        listen: Some(([127, 0, 0, 1], 9000).into()),
        public_url: None,
    };
    let config = Config::parse("", &overrides).unwrap();
    assert_eq!(config.data_dir, Path::new("elsewhere"));
    assert_eq!(config.origin().as_str(), "http://localhost:9000");
    assert_eq!(config.domain(), "localhost");
    let wrong = Overrides {
        public_url: Some("chat".into()),
        ..Overrides::default()
    };
    assert!(
        Config::parse("", &wrong)
            .unwrap_err()
            .to_string()
            .contains("--public-url")
    );
}

#[test]
fn an_origin_is_written_as_browsers_write_it() {
    let origin = Origin::parse("https://chat.example.org:443/").unwrap();
    assert_eq!(
        (origin.as_str(), origin.web_socket().as_str()),
        ("https://chat.example.org", "wss://chat.example.org")
    );
    assert_eq!(
        Origin::parse("http://[::1]:81").unwrap().web_socket(),
        "ws://[::1]:81"
    );
    assert!(Origin::parse("http://[::1]").unwrap().is_loopback());
    for wrong in [
        "https://",
        "https://a b",
        "https://A.example",
        "https://a:0x1",
        "https://u@a",
        "https://-a",
    ] {
        assert!(Origin::parse(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn what_a_partner_may_have_is_what_the_server_goes_by_without_a_file() {
    assert_eq!(Config::default().partners.bounds(), Bounds::default());
    let config = parse("[partners]\nkept_mib = 3\nrooms_per_day = 0").unwrap();
    let bounds = config.partners.bounds();
    assert_eq!((bounds.kept_bytes, bounds.rooms_per_day), (3 << 20, 0));
    refused(
        "[partners]\nkept_mib = 9000000000000000",
        2,
        "more than can be counted",
    );
    assert!(parse("[partners]\nrooms = -1").is_err());
}
