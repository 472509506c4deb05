//! What the kernel knows about a process.

use anyhow::{Context, Result};
use std::time::Duration;

/// Ticks in which the kernel counts a process's time: a hundred a second, on every Linux (`USER_HZ`).
const TICK: Duration = Duration::from_millis(10);

/// Returns the time that a process spent on a processor, in itself and in the kernel.
pub fn cpu_time(pid: u32) -> Result<Duration> {
    let text = std::fs::read_to_string(format!("/proc/{pid}/stat"))?;
    cpu_time_of(&text).context("/proc/PID/stat is not as expected")
}

fn cpu_time_of(stat: &str) -> Option<Duration> {
    // The name in parentheses may hold anything; what follows it begins with field 3 (proc_pid_stat(5)).
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |number: usize| fields.get(number - 3)?.parse::<u32>().ok();
    Some(TICK * (ticks(14)? + ticks(15)?))
}

/// Returns how much memory a process has at the moment, in bytes.
pub fn resident_bytes(pid: u32) -> Result<u64> {
    status(pid, "VmRSS:")
}

/// Returns the most memory that a process ever had, in bytes.
pub fn peak_bytes(pid: u32) -> Result<u64> {
    status(pid, "VmHWM:")
}

fn status(pid: u32, field: &str) -> Result<u64> {
    let text = std::fs::read_to_string(format!("/proc/{pid}/status"))?;
    kibibytes(&text, field)
        .map(|size| size * 1024)
        .with_context(|| format!("/proc/PID/status has no {field}"))
}

fn kibibytes(status: &str, field: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix(field))?;
    line.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_is_read_behind_a_name_with_spaces_and_parentheses() {
        let stat = "7 (a) b) c) S 1 7 7 0 -1 4194304 100 0 0 0 250 50 0 0 20 0 4 0 9 1 1";
        assert_eq!(cpu_time_of(stat), Some(Duration::from_secs(3)));
        assert_eq!(cpu_time_of("7 (a"), None);
    }

    #[test]
    fn memory_is_read_in_kibibytes() {
        let status = "VmHWM:\t    2048 kB\nVmRSS:\t    1024 kB\n";
        assert_eq!(kibibytes(status, "VmRSS:"), Some(1024));
        assert_eq!(kibibytes(status, "VmSwap:"), None);
    }
}
