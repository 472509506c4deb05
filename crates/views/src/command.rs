//! What the interface asks for.

use crate::bringing::{DateOrder, ExportFile, WallClock};
use crate::deadlines::NewDeadlines;
use crate::request::{Asks, NewAct, NewRequest, ReleaseId};
use crate::template::{Template, TemplateId};
use crate::{
    AnswerDraft, ChatId, DeviceId, FileId, InvitationId, LabelColour, LabelId, MessageId, Millis,
    NewAway, NewFile, OfficeId, OrganisationDocument, PasskeySecret, PersonId, PersonRole,
    PushSubscription, Recovery, RequestDraft, ResidencyRule,
};
use serde::{Deserialize, Serialize};

/// Something that a person wants done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Command {
    /// Found the organisation. → [`crate::Outcome::Done`] once the server has it.
    Found {
        /// The set-up link, whole.
        link: String,
        /// Public name of the organisation.
        organisation: String,
        /// One's name.
        name: String,
        /// Part of one's address before the @.
        local_part: String,
    },
    /// Look at an invitation link. → [`crate::Outcome::Invitation`]
    InspectInvitation {
        /// The link, whole.
        link: String,
    },
    /// Become a member. → [`crate::Outcome::Chat`] with the inviter, or [`crate::Outcome::Done`].
    Join {
        /// The link, whole.
        link: String,
        /// One's name; what the invitation says wins.
        name: String,
        /// Part of one's address before the @; what the invitation says wins.
        local_part: String,
    },
    /// Look at a link into a group. → [`crate::Outcome::Group`]
    InspectGroup {
        /// The link, whole.
        link: String,
    },
    /// Come into a group by a link. → [`crate::Outcome::Chat`] once one is in
    JoinGroup {
        /// The link, whole.
        link: String,
    },
    /// Look at the link of a guest, as whoever has no account yet, or has one of the organisation that asks. → [`crate::Outcome::Guest`];
    /// [`crate::Outcome::Done`] if it is the one by which one came here as a guest
    InspectGuest {
        /// The link, whole.
        link: String,
    },
    /// Come as a guest. → [`crate::Outcome::Done`] once the server knows this device; the request is there when one was let in.
    ComeAsGuest {
        /// The link, whole.
        link: String,
        /// The code that came another way.
        code: String,
    },
    /// Let the guest of a request in who came by its link.
    LetGuestIn(ChatId),
    /// Make another link for the guest of a request; the one before, and who came by it, is out.
    RenewGuest(ChatId),
    /// Put the guest of a request out, and his link with him.
    EndGuest(ChatId),
    /// Make a link into a group; the one before lets nobody in any more. It is in the chat's details once it works.
    MakeGroupLink {
        /// Which group.
        chat: ChatId,
        /// Until when; none for as long as it is not switched off.
        until: Option<Millis>,
    },
    /// Switch the link into a group off.
    EndGroupLink(ChatId),
    /// Look at the link in which a device moves. → [`crate::Outcome::Archive`]
    InspectArchive {
        /// The link, whole.
        link: String,
    },
    /// Become the device that moves in a link: its person, its keys, its chats. Only for an empty device.
    /// → [`crate::Outcome::Done`] once all is here
    Import {
        /// The link, whole.
        link: String,
    },
    /// Let this device move: it stops being one for good, and everything on it goes into a sealed archive at the server.
    /// → [`crate::Outcome::Link`] once the archive is there; asking again gives the same link
    Export,
    /// Let this empty device wait to be linked to somebody's others; see [`crate::Status::Linking`]. → [`crate::Outcome::Done`] at once
    BeginLink {
        /// Scheme, host and port of the server.
        origin: String,
        /// What kind of device this is, in a person's words.
        name: String,
    },
    /// Wait no longer.
    CancelLink,
    /// Meet a device that wants to be linked. → [`crate::Outcome::Device`]
    InspectDevice {
        /// The link that it shows, or the code.
        link: String,
    },
    /// Link the device that was met: it becomes one of the account's, and gets everything. → [`crate::Outcome::Done`] once it can begin
    ApproveDevice {
        /// What kind of device this one is, in a person's words, for the other's list.
        own_name: String,
    },
    /// Do not link the device that was met.
    RefuseDevice,
    /// Take a device out of the account's: it gets nothing any more.
    RemoveDevice(DeviceId),
    /// Begin on this new device without what was said before.
    SkipPast,
    /// Keep a backup that this passkey opens. Where it was stopped, nothing is done unless it is wanted `anew`.
    KeepBackup {
        /// What the passkey gives for it.
        passkey: PasskeySecret,
        /// Whether a person asked for it.
        anew: bool,
    },
    /// Make a code to print that opens the backup. → [`crate::Outcome::Code`]; the one before opens nothing any more
    PrintCode,
    /// Keep no backup any more, and delete what there is.
    StopBackup,
    /// Come back on this empty device. → [`crate::Outcome::Done`] once the backup is here; see [`crate::Status::Recovering`]
    Recover {
        /// Scheme, host and port of the server.
        origin: String,
        /// What opens the backup.
        with: Recovery,
        /// What kind of device this is, in a person's words.
        name: String,
    },
    /// Invite somebody. → [`crate::Outcome::Link`]
    Invite {
        /// Name; may be empty, then the person chooses.
        name: String,
        /// Part of the address before the @; may be empty.
        local_part: String,
        /// Office; may be empty.
        office: String,
        /// Role.
        role: PersonRole,
        /// End.
        expires_at: Millis,
        /// How often; 1 when a name or address is given.
        uses: u32,
    },
    /// Take an invitation back.
    RevokeInvitation(InvitationId),
    /// End somebody's account, at once and everywhere.
    RevokePerson(PersonId),
    /// Say that somebody lost every device, and offer the account a new key. → [`crate::Outcome::Link`]
    OfferRenewal(PersonId),
    /// Agree to what another registrar offered somebody.
    ConfirmRenewal(PersonId),
    /// Take back what was offered to somebody, or do not agree to it.
    WithdrawRenewal(PersonId),
    /// Stop the renewal of one's own account: this device is not lost.
    StopRenewal,
    /// Wait on this empty device for a new key of one's account. → [`crate::Outcome::Done`] at once; see [`crate::Status::Renewing`]
    OpenRenewal {
        /// The link, whole.
        link: String,
        /// What kind of device this is, in a person's words.
        name: String,
    },
    /// Change one's own name or picture (a small JPEG or WebP).
    SetProfile {
        /// Name.
        name: String,
        /// Picture.
        #[serde(with = "serde_bytes")]
        picture: Option<Vec<u8>>,
    },

    /// Open the chat with a person, making it if there is none. → [`crate::Outcome::Chat`]
    OpenDirect(PersonId),
    /// Make a group. → [`crate::Outcome::Chat`]
    CreateGroup {
        /// Its name.
        title: String,
        /// Who is in it beside oneself.
        people: Vec<PersonId>,
        /// Whether only owners write.
        announcement: bool,
        /// Under whose law other organisations have to stand whose people are in it, as [`Command::RuleRoom`] says it.
        residency: Vec<String>,
    },
    /// Say under whose law other organisations have to stand whose people are in a chat. For owners; refused while somebody is in it, or comes,
    /// whom that leaves out.
    RuleRoom {
        /// Which chat.
        chat: ChatId,
        /// Codes of ISO 3166-1; empty for no rule.
        residency: Vec<String>,
    },
    /// Bring people into a chat.
    AddMembers {
        /// Which chat.
        chat: ChatId,
        /// Whom.
        people: Vec<PersonId>,
    },
    /// Take somebody out of a chat.
    RemoveMember {
        /// Which chat.
        chat: ChatId,
        /// Whom.
        person: PersonId,
    },
    /// Leave a chat.
    Leave(ChatId),
    /// Go on in a chat that was closed, with what the server has now. Whoever asks for it has asked the others.
    Reopen(ChatId),
    /// Give a chat another name.
    Rename {
        /// Which chat.
        chat: ChatId,
        /// The name.
        title: String,
    },
    /// Give a chat another picture (a small JPEG or WebP), or none.
    SetPicture {
        /// Which chat.
        chat: ChatId,
        /// The picture.
        #[serde(with = "serde_bytes")]
        picture: Option<Vec<u8>>,
    },
    /// Make somebody owner, or no longer.
    SetOwner {
        /// Which chat.
        chat: ChatId,
        /// Whom.
        person: PersonId,
        /// Whether they are owner.
        owner: bool,
    },
    /// Let only owners write, or everybody.
    SetAnnouncement {
        /// Which chat.
        chat: ChatId,
        /// Whether only owners write.
        on: bool,
    },
    /// Let what is said in a chat from now on disappear some time after the server took it. For owners; in a direct chat for both.
    SetTimer {
        /// Which chat.
        chat: ChatId,
        /// Seconds, from 5 to a year; 0 for as long as there is room.
        seconds: u32,
    },
    /// Make a chat silent, or not.
    Mute {
        /// Which chat.
        chat: ChatId,
        /// Whether it is silent.
        on: bool,
    },
    /// Put a chat away, or back into the list. A message of somebody else brings it back, unless it is silent.
    Archive {
        /// Which chat.
        chat: ChatId,
        /// Whether it is put away.
        on: bool,
    },
    /// Put a chat on top, or not.
    Pin {
        /// Which chat.
        chat: ChatId,
        /// Whether it is on top.
        on: bool,
    },

    /// Send a text. → [`crate::Outcome::Sent`], at once; it stands in the list already.
    SendText {
        /// Which chat.
        chat: ChatId,
        /// What.
        text: String,
        /// The message that it answers.
        reply_to: Option<MessageId>,
    },
    /// Send a file that the driver was given under a handle. → [`crate::Outcome::Sent`]
    SendFile {
        /// Which chat.
        chat: ChatId,
        /// Its name, media type, length and picture.
        file: NewFile,
        /// A text with it; may be empty.
        text: String,
        /// The message that it answers.
        reply_to: Option<MessageId>,
    },
    /// Ask everybody in a chat. → [`crate::Outcome::Sent`]; see [`crate::poll`] for the limits
    SendPoll {
        /// Which chat.
        chat: ChatId,
        /// What is asked.
        question: String,
        /// What can be chosen.
        options: Vec<String>,
        /// Whether one can choose several.
        several: bool,
    },
    /// Send the card of somebody of the organisation. → [`crate::Outcome::Sent`]
    SendCard {
        /// Which chat.
        chat: ChatId,
        /// Whose card.
        person: PersonId,
    },
    /// Vote in a poll, in the place of one's former vote.
    Vote {
        /// Which poll; it must have arrived at the server.
        message: MessageId,
        /// Which of its options, from 0; none takes one's vote back.
        options: Vec<u32>,
    },
    /// Close a poll of one's own for good: nobody can vote any more.
    ClosePoll(MessageId),
    /// Hand messages on to chats, in the order in which they stand, saying who wrote them.
    Forward {
        /// Which messages; they must have arrived at the server.
        messages: Vec<MessageId>,
        /// Where to.
        chats: Vec<ChatId>,
    },
    /// Say something else in a message of one's own; what it said before stays to be seen.
    Edit {
        /// Which message; it must have arrived at the server.
        message: MessageId,
        /// What it says from now on. With files it may be empty.
        text: String,
    },
    /// Take a message of one's own back from everybody. That there was one stays to be seen.
    Delete(MessageId),
    /// Pin a message for everybody in its chat, or take it off. For owners; in a direct chat for both.
    PinMessage {
        /// Which message.
        message: MessageId,
        /// Whether it is pinned.
        on: bool,
    },
    /// Put a sign under a message, in the place of one's former one.
    React {
        /// Which message.
        message: MessageId,
        /// One emoji; none takes the sign away.
        emoji: Option<String>,
    },
    /// Make a label for chats. → [`crate::Outcome::Label`]
    MakeLabel {
        /// Its name: one line that no other label has.
        name: String,
        /// Its colour.
        colour: LabelColour,
    },
    /// Give a label another name or colour.
    ChangeLabel {
        /// Which.
        label: LabelId,
        /// Its name.
        name: String,
        /// Its colour.
        colour: LabelColour,
    },
    /// Remove a label, from all chats.
    RemoveLabel(LabelId),
    /// Put a label on a chat, or take it off.
    LabelChat {
        /// Which chat.
        chat: ChatId,
        /// Which label.
        label: LabelId,
        /// Whether the chat bears it.
        on: bool,
    },
    /// Put another organisation into one's list, or call it by another name.
    KeepOrganisation {
        /// Where its server is: what [`crate::organisation::origin_of`] understands.
        address: String,
        /// What it is called; empty for its host.
        name: String,
    },
    /// Take another organisation out of one's list, by where its server is.
    ForgetOrganisation(String),
    /// Keep what was begun and not sent; empty to forget it.
    SetDraft {
        /// Which chat.
        chat: ChatId,
        /// What.
        text: String,
    },
    /// Say that everything up to a message was seen.
    MarkRead {
        /// Which chat.
        chat: ChatId,
        /// Last message that was seen.
        message: MessageId,
    },
    /// Say that everything in a chat was seen.
    MarkAllRead(ChatId),
    /// Say that a voice note of somebody else was listened to.
    MarkHeard(FileId),
    /// Find where a chat stood at a time. → [`crate::Outcome::Message`]: the first of then or later, else the last of all
    FindTime {
        /// Which chat.
        chat: ChatId,
        /// When.
        at: Millis,
    },
    /// Say that one is writing.
    Typing(ChatId),
    /// Say that one looks at a chat: at first, and about every half minute.
    LookAt(ChatId),
    /// Choose whether others see when one is here, and one sees it of those who show it, too.
    SharePresence(bool),
    /// Send again what failed.
    Retry(MessageId),
    /// Forget what was not sent.
    Discard(MessageId),

    /// Get a file onto this device. → [`crate::Outcome::Done`] at once; see the file's state.
    Fetch(FileId),
    /// Keep a small picture that was made on this device of a file that is here and came without one.
    KeepThumbnail {
        /// Which file.
        file: FileId,
        /// A JPEG of at most 24 KiB.
        picture: Vec<u8>,
    },
    /// Let a file rest on its way.
    Pause(FileId),
    /// Let it go on.
    Resume(FileId),
    /// Give it up.
    Cancel(FileId),
    /// Asks for the key by which push services know the server. → [`crate::Outcome::PushKey`]
    PushKey,
    /// Says how this device is woken while there is no line, or that it is not to be. Said at every start.
    WakeBy(Option<PushSubscription>),
    /// Look at an export of another messenger. → [`crate::Outcome::Export`] once it was read; see [`crate::View::Bringing`] meanwhile
    InspectExport {
        /// What the person chose: an archive, a file, or the files of a folder.
        files: Vec<ExportFile>,
    },
    /// Bring over the chats of the export that was looked at. → [`crate::Outcome::Done`] once all is here; see
    /// [`crate::View::Bringing`] meanwhile
    BringChats {
        /// Which of the export's writers is oneself.
        me: Option<String>,
        /// In which order day and month stand, where the export does not tell.
        order: Option<DateOrder>,
        /// The clock that the export's times are of.
        clock: WallClock,
    },
    /// Let what is brought over rest, or go on.
    PauseBringing(bool),
    /// Bring over no more. What is here stays.
    StopBringing,
    /// Forget a chat that was brought over, with its files, on this device.
    ForgetChat(ChatId),
    /// Take note of all alarms.
    DismissAlarms,
    /// Sign off and forget everything on this device.
    Wipe,
    /// Makes a link for the registrar of another organisation. For registrars. → [`crate::Outcome::Link`]
    OfferPartner,
    /// Looks at such a link. For registrars. → [`crate::Outcome::Partner`]
    InspectPartner {
        /// The link.
        link: String,
    },
    /// Agrees to what such a link says, after its fingerprint was compared. For registrars.
    AcceptPartner {
        /// The link.
        link: String,
    },
    /// Agrees to an organisation that introduced itself, after its fingerprint was compared. For registrars.
    ConfirmPartner {
        /// Which: [`crate::Partner::id`].
        id: String,
    },
    /// Ends a partnership: nothing more comes from there or goes there. For registrars.
    EndPartner {
        /// Which: [`crate::Partner::id`].
        id: String,
    },
    /// Says under whose law the organisation stands, and what it takes from others. For registrars.
    SetDocument(OrganisationDocument),
    /// Says with whom the organisation's people may work. For registrars.
    SetResidency(ResidencyRule),
    /// Makes an office, or says anew what it is called and who holds it. For registrars.
    SetOffice {
        /// Which; none makes a new one.
        office: Option<OfficeId>,
        /// Its name.
        name: String,
        /// Part of its address before the @.
        local_part: String,
        /// What it is for; may be empty.
        note: String,
        /// How it writes the numbers of its register, as [`crate::Office::numbers`].
        numbers: String,
        /// Who holds it from now on.
        holders: Vec<PersonId>,
    },
    /// Closes an office: it is one no longer, and its address is free. For registrars.
    CloseOffice(OfficeId),
    /// Says that somebody is away, or here again: oneself, or by a registrar anybody of the organisation.
    SetAway {
        /// Who.
        person: PersonId,
        /// How; none if he is here.
        away: Option<NewAway>,
    },
    /// Says that somebody is on duty for an office that he holds, or no longer: oneself, or by a registrar.
    SetDuty {
        /// Which office.
        office: OfficeId,
        /// Who.
        person: PersonId,
        /// Whether he is on duty from now on.
        on: bool,
    },
    /// Says which days are worked, and when people are reminded of deadlines. For registrars.
    SetDeadlines(Box<NewDeadlines>),
    /// Reads days out of a file of another calendar program (`.ics`), or of a list. → [`crate::Outcome::Days`]
    ReadDays {
        /// The whole text.
        text: String,
    },
    /// Asks the other side of a request in a few words not to forget it; at most once a day. → [`crate::Outcome::Done`]
    Remind {
        /// The chat in which it lives.
        chat: ChatId,
        /// The words.
        text: String,
    },
    /// Counts a deadline in working days as a request that is made now would have it. → [`crate::Outcome::Counted`]
    CountDeadline {
        /// How many days.
        days: u32,
        /// As [`NewRequest::offset_minutes`].
        offset_minutes: i32,
    },
    /// Looks for somebody of a partner by the whole address. → [`crate::Outcome::Person`]
    FindPerson {
        /// The address.
        address: String,
    },
    /// Ask another organisation formally, or several. → [`crate::Outcome::Chat`] in which the first request lives, at once
    Request(Box<NewRequest>),
    /// Keep what was begun of a request on this device, in the place of what was kept before; none to forget it.
    KeepRequestDraft(Option<Box<RequestDraft>>),
    /// Ask for what was kept. → [`crate::Outcome::RequestDraft`]
    ReadRequestDraft,
    /// Keep what one began to say to a request on this device, in the place of what was kept of it before; none to forget
    /// it. It is forgotten by itself once something is said.
    KeepAnswerDraft {
        /// In which the request lives.
        chat: ChatId,
        /// What was begun.
        draft: Option<Box<AnswerDraft>>,
    },
    /// Ask for what was kept of a request. → [`crate::Outcome::AnswerDraft`]
    ReadAnswerDraft(ChatId),
    /// Keep a template of requests, under a name that no other one has. → [`crate::Outcome::Template`]
    KeepTemplate {
        /// In the place of which; none for a new one.
        id: Option<TemplateId>,
        /// What it says.
        template: Box<Template>,
    },
    /// Keep a template no longer.
    ForgetTemplate(TemplateId),
    /// Do something with a request. → [`crate::Outcome::Done`] once it is written down; it goes by itself
    Act {
        /// The chat in which the request lives.
        chat: ChatId,
        /// What.
        act: Box<NewAct>,
    },
    /// Seal a request that waits, in the organisation's name. → [`crate::Outcome::Done`]
    Release(ReleaseId),
    /// Seal nothing, and say why to whoever asks. → [`crate::Outcome::Done`]
    SendBack {
        /// Which.
        id: ReleaseId,
        /// Why.
        note: String,
    },
    /// Seal an answer that one's own side has given, in the organisation's name. → [`crate::Outcome::Done`]
    SealAnswer(MessageId),
    /// Say who may seal in the organisation's name. For registrars. → [`crate::Outcome::Done`]
    SetKeeper {
        /// Who.
        person: PersonId,
        /// Whether he may from now on.
        may: bool,
    },
    /// Say what requests need before they go. For registrars. → [`crate::Outcome::Done`]
    SetAsks(Asks),
    /// Stop all requests of the organisation, or let them go again. For registrars. → [`crate::Outcome::Done`]
    StopRequests(bool),
    /// Put all that proves a request into one file. → [`crate::Outcome::Unreported`]; then [`Command::FinishEvidence`]
    ExportEvidence {
        /// The request.
        chat: ChatId,
        /// Files of it that are left out.
        without: Vec<FileId>,
    },
    /// Close the file. → [`crate::Outcome::Evidence`]
    FinishEvidence {
        /// As [`crate::Outcome::Unreported`] named it.
        export: u64,
        /// The report, drawn (PDF); none if it cannot be.
        report: Option<serde_bytes::ByteBuf>,
    },
}
