//! A new device that waits, and the devices of an account.

use super::HOUR;
use valise_views::{Device, DeviceId, DevicePreview, Linking, Millis, Status};

/// What a device shows that waits to be linked, in the scenes about that.
pub(super) fn linking(scene: &str) -> Option<Status> {
    let digits = match scene {
        "linking" => None,
        "digits" => Some("482 917".into()),
        _ => return None,
    };
    Some(Status::Linking(Linking {
        link: "https://chat.ministry.example/link#AQOrze8BIzRFVmd4iZqrvM3e7wARIjNEVWZ3iA".into(),
        code: "K7QM-2RX9".into(),
        digits,
    }))
}

pub(super) fn devices(now: Millis) -> Vec<Device> {
    [("Chrome, Windows", 900), ("Safari, iPhone", 20), ("", 300)]
        .into_iter()
        .zip(0_u64..)
        .map(|((name, hours), number)| Device {
            id: DeviceId(number.to_string()),
            name: name.into(),
            added_at: now - hours * HOUR,
            is_this: number == 0,
            is_waiting: number == 1,
        })
        .collect()
}

/// The device that is met, whatever code is typed.
pub(super) fn preview() -> DevicePreview {
    DevicePreview {
        name: "Safari, iPhone".into(),
        digits: "482 917".into(),
    }
}
