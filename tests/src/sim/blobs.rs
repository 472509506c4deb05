//! Files on the simulated server: tus 1.0 and ranges over memory, as `spec/attachments.md` has them.

use std::collections::BTreeMap;
use valise_client::{HttpReply, HttpRequest, Method};
use valise_wire::blob::BLOBS_PATH;

#[derive(Default)]
pub(super) struct Blobs {
    files: BTreeMap<String, File>,
    /// How many there ever were; no name is given twice.
    made: u64,
}

struct File {
    length: usize,
    bytes: Vec<u8>,
}

impl Blobs {
    pub(super) fn answer(&mut self, request: &HttpRequest) -> HttpReply {
        let id = request
            .path
            .strip_prefix(BLOBS_PATH)
            .unwrap_or_default()
            .trim_start_matches('/')
            .to_owned();
        match request.method {
            Method::Post => self.create(request),
            Method::Head => match self.files.get(&id) {
                Some(file) => reply(
                    200,
                    &[
                        ("upload-offset", file.bytes.len().to_string()),
                        ("upload-length", file.length.to_string()),
                    ],
                    Vec::new(),
                ),
                None => reply(404, &[], Vec::new()),
            },
            Method::Patch => self.append(&id, request),
            Method::Get => self.read(&id, request),
            Method::Delete => {
                self.files.remove(&id);
                reply(204, &[], Vec::new())
            }
        }
    }

    fn create(&mut self, request: &HttpRequest) -> HttpReply {
        let Some(length) = header(request, "upload-length").and_then(|text| text.parse().ok())
        else {
            return reply(400, &[], Vec::new());
        };
        self.made += 1;
        let id = format!("{:032x}", self.made);
        self.files.insert(
            id.clone(),
            File {
                length,
                bytes: Vec::new(),
            },
        );
        reply(
            201,
            &[
                ("location", format!("{BLOBS_PATH}/{id}")),
                ("upload-offset", "0".into()),
            ],
            Vec::new(),
        )
    }

    fn append(&mut self, id: &str, request: &HttpRequest) -> HttpReply {
        let Some(file) = self.files.get_mut(id) else {
            return reply(404, &[], Vec::new());
        };
        if header(request, "upload-offset").and_then(|text| text.parse().ok())
            != Some(file.bytes.len())
        {
            return reply(409, &[], Vec::new());
        }
        if file.bytes.len() + request.body.len() > file.length {
            return reply(413, &[], Vec::new());
        }
        file.bytes.extend_from_slice(&request.body);
        reply(
            204,
            &[("upload-offset", file.bytes.len().to_string())],
            Vec::new(),
        )
    }

    fn read(&self, id: &str, request: &HttpRequest) -> HttpReply {
        let Some(file) = self
            .files
            .get(id)
            .filter(|file| file.bytes.len() == file.length)
        else {
            return reply(404, &[], Vec::new());
        };
        let Some(range) = header(request, "range").and_then(|text| text.strip_prefix("bytes="))
        else {
            return reply(200, &[], file.bytes.clone());
        };
        let (first, last) = range.split_once('-').unwrap_or((range, ""));
        let first: usize = first.parse().unwrap_or(usize::MAX);
        let end = last
            .parse::<usize>()
            .map_or(file.length, |last| (last + 1).min(file.length));
        match file.bytes.get(first..end) {
            Some(part) => {
                let told = format!("bytes {first}-{}/{}", end.saturating_sub(1), file.length);
                reply(206, &[("content-range", told)], part.to_vec())
            }
            None => reply(416, &[], Vec::new()),
        }
    }
}

fn header<'a>(request: &'a HttpRequest, name: &str) -> Option<&'a str> {
    request
        .headers
        .iter()
        .find(|(field, _)| field.eq_ignore_ascii_case(name))
        .map(|(_, value)| value.as_str())
}

fn reply(status: u16, headers: &[(&str, String)], body: Vec<u8>) -> HttpReply {
    let mut headers: Vec<_> = headers
        .iter()
        .map(|(name, value)| ((*name).to_owned(), value.clone()))
        .collect();
    headers.push(("content-length".into(), body.len().to_string()));
    HttpReply {
        status,
        headers,
        body,
    }
}
