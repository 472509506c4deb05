//! Quotas, and how room comes back.

use super::*;

/// Lets so many uploads of 10 KiB begin at once; returns how many were let in.
async fn race(allowance: Allowance) -> u64 {
    let bench = Arc::new(Bench::with(allowance));
    let one = |_| {
        let bench = Arc::clone(&bench);
        tokio::spawn(async move { bench.create(ANNA, 10 * KIB).await.status })
    };
    let tasks: Vec<_> = (0..50).map(one).collect();
    let mut count = 0;
    for task in tasks {
        match task.await.unwrap() {
            StatusCode::CREATED => count += 1,
            status => assert_eq!(status, StatusCode::INSUFFICIENT_STORAGE),
        }
    }
    assert_eq!(
        bench.blobs.quota(AccountId([ANNA; 16])).used_bytes,
        count * 10 * KIB
    );
    count
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fifty_at_once_never_get_more_than_the_quota() {
    assert_eq!(race(ALLOWANCE).await, 10, "of the account");
    assert_eq!(
        race(Allowance {
            total_bytes: 70 * KIB,
            ..ALLOWANCE
        })
        .await,
        7,
        "of the server"
    );
    assert_eq!(
        race(Allowance {
            account_bytes: u64::MAX,
            total_bytes: u64::MAX,
            ..ALLOWANCE
        })
        .await,
        50,
        "without"
    );
}

#[tokio::test]
async fn room_comes_back_by_deletion_and_by_time() {
    let bench = Bench::new();
    let anna = AccountId([ANNA; 16]);
    let (left, done) = (bench.made(ANNA, 50 * KIB).await, bench.made(ANNA, 5).await);
    bench.patch(ANNA, &left, 0, "abc").await;
    bench.patch(ANNA, &done, 0, "01234").await;
    bench.clock.0.store(1_000, Ordering::Relaxed);
    assert_eq!(bench.blobs.collect().await.unwrap(), 0, "not yet");
    bench.clock.0.store(1_001, Ordering::Relaxed);
    assert_eq!(bench.blobs.collect().await.unwrap(), 1);
    assert_eq!(
        bench.ask(ANNA, "HEAD", &left, &[], "").await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        bench.blobs.quota(anna).used_bytes,
        4 * KIB,
        "the complete one stays"
    );
    assert_eq!(
        bench.ask(ANNA, "DELETE", &done, &[], "").await.status,
        StatusCode::NO_CONTENT
    );
    assert_eq!(bench.blobs.quota(anna).used_bytes, 0);
    assert!(bench.memory.files.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_full_disk_refuses_and_recovers() {
    let bench = Bench::new();
    let path = bench.made(ANNA, 5).await;
    bench.memory.full.store(true, Ordering::Relaxed);
    assert_eq!(
        bench.patch(ANNA, &path, 0, "01234").await.status,
        StatusCode::INSUFFICIENT_STORAGE
    );
    bench.memory.full.store(false, Ordering::Relaxed);
    assert_eq!(bench.offset(&path).await, "0");
    assert_eq!(
        bench.patch(ANNA, &path, 0, "01234").await.status,
        StatusCode::NO_CONTENT
    );
}
