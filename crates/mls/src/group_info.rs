//! The bytes of a GroupInfo (RFC 9420 §12.4.3): read, compared and signed anew, without the tree.

use crate::device::Device;

const MLS_10: u16 = 1;
const GROUP_INFO: u16 = 4;
const PRIVATE_MESSAGE: u16 = 2;
const APPLICATION: u8 = 1;
/// Extension type of the ratchet tree.
const RATCHET_TREE: u16 = 2;
/// Extension type of the key for external commits.
pub(crate) const EXTERNAL_PUB: u16 = 4;

/// A GroupInfo message, taken apart.
pub(crate) struct GroupInfoIn<'a> {
    /// The serialised GroupContext.
    pub(crate) context: &'a [u8],
    /// Extensions, each with its whole bytes.
    extensions: Vec<(u16, &'a [u8])>,
    /// The serialised confirmation tag, with its length.
    pub(crate) tag: &'a [u8],
    /// Leaf index of who signed.
    pub(crate) signer: u32,
    signed: &'a [u8],
    pub(crate) signature: &'a [u8],
}

impl<'a> GroupInfoIn<'a> {
    pub(crate) fn read(message: &'a [u8]) -> Option<Self> {
        let mut from = Reader(message);
        if from.u16()? != MLS_10 || from.u16()? != GROUP_INFO {
            return None;
        }
        let start = from.0;
        skip_context(&mut from)?;
        let context = read_since(start, from.0)?;
        let extensions = read_extensions(from.vector()?)?;
        let before_tag = from.0;
        from.vector()?;
        let tag = read_since(before_tag, from.0)?;
        let signer = u32::from_be_bytes(*from.array()?);
        let signed = read_since(start, from.0)?;
        let signature = from.vector()?;
        from.0.is_empty().then_some(Self {
            context,
            extensions,
            tag,
            signer,
            signed,
            signature,
        })
    }

    /// Tells the types of its extensions.
    pub(crate) fn extension_types(&self) -> impl Iterator<Item = u16> + '_ {
        self.extensions.iter().map(|(number, _)| *number)
    }

    /// Returns what its signature is over (RFC 9420 §5.1.2).
    pub(crate) fn signed(&self) -> Vec<u8> {
        sign_content(self.signed)
    }

    /// Writes it without the tree, signed by a device.
    fn without_tree(&self, device: &Device) -> Vec<u8> {
        let kept = self
            .extensions
            .iter()
            .filter(|(number, _)| *number != RATCHET_TREE);
        let extensions: Vec<u8> = kept.flat_map(|(_, bytes)| bytes.iter().copied()).collect();
        let mut tbs = self.context.to_vec();
        put_vector(&mut tbs, &extensions);
        tbs.extend_from_slice(self.tag);
        tbs.extend(self.signer.to_be_bytes());
        let signature = device.sign_bytes(&sign_content(&tbs));
        let mut message = [MLS_10.to_be_bytes(), GROUP_INFO.to_be_bytes()].concat();
        message.extend(tbs);
        put_vector(&mut message, &signature);
        message
    }
}

/// Takes the tree out of a GroupInfo message that this device made.
pub(crate) fn strip_tree(message: &[u8], device: &Device) -> Option<Vec<u8>> {
    GroupInfoIn::read(message).map(|info| info.without_tree(device))
}

/// Reads room id and epoch of an application message, and that it is one: nothing else of it.
pub(crate) fn application_head(message: &[u8]) -> Option<(&[u8], u64)> {
    let mut from = Reader(message);
    if from.u16()? != MLS_10 || from.u16()? != PRIVATE_MESSAGE {
        return None;
    }
    let group = from.vector()?;
    let epoch = u64::from_be_bytes(*from.array()?);
    if from.array::<1>()?[0] != APPLICATION {
        return None;
    }
    let (_authenticated, _sender, _ciphertext) = (from.vector()?, from.vector()?, from.vector()?);
    from.0.is_empty().then_some((group, epoch))
}

fn sign_content(tbs: &[u8]) -> Vec<u8> {
    let mut content = Vec::with_capacity(tbs.len() + 32);
    put_vector(&mut content, b"MLS 1.0 GroupInfoTBS");
    put_vector(&mut content, tbs);
    content
}

fn skip_context(from: &mut Reader<'_>) -> Option<()> {
    from.array::<4>()?; // version, suite
    from.vector()?; // group id
    from.array::<8>()?; // epoch
    from.vector()?; // tree hash
    from.vector()?; // confirmed transcript hash
    from.vector().map(|_| ()) // extensions
}

fn read_extensions(list: &[u8]) -> Option<Vec<(u16, &[u8])>> {
    let mut from = Reader(list);
    let mut extensions = Vec::new();
    while !from.0.is_empty() {
        let start = from.0;
        let number = from.u16()?;
        from.vector()?;
        extensions.push((number, read_since(start, from.0)?));
    }
    Some(extensions)
}

/// Returns what lies between two positions of one reading.
fn read_since<'a>(start: &'a [u8], rest: &[u8]) -> Option<&'a [u8]> {
    start.get(..start.len().checked_sub(rest.len())?)
}

/// Reads the presentation language of TLS as RFC 9420 §2.1 uses it.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn array<const N: usize>(&mut self) -> Option<&'a [u8; N]> {
        self.take(N)?.try_into().ok()
    }

    fn u16(&mut self) -> Option<u16> {
        self.array().map(|bytes| u16::from_be_bytes(*bytes))
    }

    fn vector(&mut self) -> Option<&'a [u8]> {
        let first = *self.0.first()?;
        let (length, minimum) = match first >> 6 {
            0 => (usize::from(self.array::<1>()?[0]), 0),
            1 => (
                usize::from(u16::from_be_bytes(*self.array()?) & 0x3fff),
                0x40,
            ),
            2 => (
                (u32::from_be_bytes(*self.array()?) & 0x3fff_ffff) as usize,
                0x4000,
            ),
            _ => return None,
        };
        if length < minimum {
            return None;
        }
        self.take(length)
    }
}

fn put_vector(to: &mut Vec<u8>, bytes: &[u8]) {
    match bytes.len() {
        length @ 0..=0x3f => to.push(length as u8),
        length @ 0x40..=0x3fff => to.extend((length as u16 | 0x4000).to_be_bytes()),
        length => to.extend((length as u32 | 0x8000_0000).to_be_bytes()),
    }
    to.extend_from_slice(bytes);
}
