use super::*;
use crate::scratch::Folder;
use std::collections::BTreeMap;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::oneshot;

struct Running {
    ready: Ready,
    stop: oneshot::Sender<()>,
    ended: tokio::task::JoinHandle<Result<(), ServeError>>,
}

async fn start(folder: &Folder) -> Running {
    let any_port = SocketAddr::from(([127, 0, 0, 1], 0));
    let mut config = Config {
        listen: any_port,
        data_dir: folder.path().join("data"),
        ..Config::default()
    };
    config.metrics.listen = any_port;
    let files = BTreeMap::from([("index.html".to_owned(), "<!doctype html>".into())]);
    let (stop, stopped) = oneshot::channel();
    let (tell, told) = oneshot::channel();
    let ended = tokio::spawn(serve_until(
        config,
        Assets::from_files(files),
        move |ready| drop(tell.send(ready.clone())),
        async move { drop(stopped.await) },
    ));
    Running {
        ready: told.await.unwrap(),
        stop,
        ended,
    }
}

async fn get(address: SocketAddr, path: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

#[tokio::test]
async fn a_server_begins_serves_ends_and_begins_again() {
    let folder = Folder::new("run");
    let first = start(&folder).await;
    let address = first.ready.address;
    assert!(get(address, "/readyz").await.starts_with("HTTP/1.1 200"));
    let page = get(address, "/setup").await;
    assert!(
        page.ends_with("<!doctype html>")
            && page.contains("content-security-policy: default-src 'none'"),
        "{page}"
    );
    // What is for the operator is nowhere on the public listener (BI-57).
    for path in ["/metrics", "/debug", "/debug/pprof/heap"] {
        assert!(
            get(address, path).await.starts_with("HTTP/1.1 404"),
            "{path}"
        );
    }
    assert!(
        get(first.ready.metrics.unwrap(), "/metrics")
            .await
            .starts_with("HTTP/1.1 200")
    );
    let link = first.ready.setup_link.clone().unwrap();
    assert_eq!(SetupLink::parse(&link).unwrap().origin, first.ready.origin);
    assert!(first.ready.to_string().contains(&link));

    first.stop.send(()).unwrap();
    first.ended.await.unwrap().unwrap();
    assert!(TcpStream::connect(address).await.is_err());

    let second = start(&folder).await;
    assert_ne!(
        second.ready.setup_link.unwrap(),
        link,
        "the former link is spent"
    );
    second.stop.send(()).unwrap();
    second.ended.await.unwrap().unwrap();
}

#[tokio::test]
async fn one_folder_is_served_once() {
    let folder = Folder::new("run-twice");
    let first = start(&folder).await;
    let config = Config {
        data_dir: folder.path().join("data"),
        ..Config::default()
    };
    let second = serve_until(config, Assets::default(), |_| {}, std::future::pending()).await;
    assert!(matches!(second, Err(ServeError::Data(DataError::InUse(_)))));
    first.stop.send(()).unwrap();
    first.ended.await.unwrap().unwrap();
}
