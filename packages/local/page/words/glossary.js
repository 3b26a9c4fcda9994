/** @typedef {"queue" | "table" | "telegram" | "media" | "other"} Kind */
/** @typedef {{ kind: Kind, title: string, hint: string, missed?: string }} Term */

/** What each step is, for somebody who has not read the code. By the name it has in a trace. @type {Record<string, Term>} */
export const steps = {
  queued: {
    kind: "queue",
    title: "Wait in the queue",
    hint: "Telegram calls the webhook, which does one thing: it puts the update on a queue and says OK. The work happens here, a moment later. (AWS: SQS)",
  },
  postpone: {
    kind: "queue",
    title: "Put off",
    hint: "It cannot be done right now, so a delayed copy goes back to the queue. Nothing is lost.",
  },
  "Users.begin": {
    kind: "table",
    title: "Begin: lock the person",
    hint: "One write takes a short lock on you and reads your state, so that two of your updates are never worked at once. (AWS: DynamoDB)",
  },
  "Events.claim": {
    kind: "table",
    title: "Claim the update",
    hint: "Records that this update is being worked. A copy delivered twice finds its outcome here and changes nothing.",
  },
  "Users.commit": {
    kind: "table",
    title: "Commit the new state",
    hint: "State, outcome and unlock in a single conditional write: all of it, or none.",
  },
  "Users.release": {
    kind: "table",
    title: "Release the lock",
    hint: "Nothing is to be committed, so the lock is simply given back.",
  },
  "Users.get": { kind: "table", title: "Read the person", hint: "Looks at your record without locking it." },
  "Users.remove": {
    kind: "table",
    title: "Delete the person",
    hint: "The last step of /forgetme: your record goes, lock and all.",
  },
  "Sessions.save": {
    kind: "table",
    title: "Save the session",
    hint: "One record an onboarding run, written when it starts and when it ends.",
  },
  "Sessions.removeOfUser": { kind: "table", title: "Delete the sessions", hint: "Part of /forgetme." },
  "Settings.count": {
    kind: "table",
    title: "Count for the funnel",
    hint: "Adds one to the state reached today. The counter knows which updates it has counted, so none counts twice.",
  },
  "Settings.get": {
    kind: "table",
    title: "Look up what is remembered",
    hint: "For instance: does Telegram have this file already? Then its file_id is enough and nothing is uploaded. Or: did this person ask to be forgotten?",
  },
  "Settings.put": {
    kind: "table",
    title: "Remember a setting",
    hint: "Keeps what Telegram told us, such as the file_id of a video, for everybody who comes next.",
  },
  "Settings.remove": {
    kind: "table",
    title: "Forget a setting",
    hint: "Telegram refused what we remembered, so it is looked up anew.",
  },
  "Settings.throttle": {
    kind: "table",
    title: "Ask for the right to answer",
    hint: "A group is answered once a minute, and by one attempt only.",
  },
  "Settings.release": {
    kind: "table",
    title: "Give the right back",
    hint: "Nothing was sent, so that another attempt may answer.",
  },
  "Settings.forgetCounted": {
    kind: "table",
    title: "Tidy the counter",
    hint: "Updates that can no longer come again need not be remembered by it.",
  },
  "Events.finish": {
    kind: "table",
    title: "Finish: record the outcome",
    hint: "Written last. From now on a copy of this update is a duplicate.",
  },
  "Events.finished": {
    kind: "table",
    title: "Check older outcomes",
    hint: "Housekeeping: which older updates need not be remembered any more.",
  },
  "Events.get": {
    kind: "table",
    title: "Read what was asked",
    hint: "Your tap shows that a message without an answer has arrived: what was it to do?",
  },
  "Events.strip": {
    kind: "table",
    title: "Take your name off the record",
    hint: "Part of /forgetme: outcomes stay, the person and what they wrote go.",
  },
  "Settings.swap": {
    kind: "table",
    title: "Share the pace",
    hint: "Telegram has had enough: all workers keep to one rate, which stands in one item.",
  },
  "Telegram.sendVideo": {
    kind: "telegram",
    title: "Send the video",
    hint: "The real video, not a link. At most one send that Telegram may accept.",
  },
  "Telegram.sendVoice": {
    kind: "telegram",
    title: "Send the voice message",
    hint: "Uploaded the first time; by file_id after that.",
  },
  "Telegram.sendMessage": { kind: "telegram", title: "Send a message", hint: "Text and buttons, in your language." },
  "Telegram.sendChatAction": {
    kind: "telegram",
    title: "Show what is under way",
    hint: "“recording…” in the chat, while the voice is made. After a send without an answer: does Telegram listen?",
  },
  "Telegram.answerCallbackQuery": {
    kind: "telegram",
    title: "Answer the tap",
    hint: "Every tap is answered, or its button would go on spinning.",
  },
  "Telegram.getMe": {
    kind: "telegram",
    title: "Ask for the bot’s name",
    hint: "Needed once, to tell commands for this bot from those for others.",
  },
  "Media.signedUrl": {
    kind: "media",
    title: "Sign a link to the video",
    hint: "A link that works for ten minutes, from which Telegram fetches the file. (AWS: S3)",
  },
  "Media.get": {
    kind: "media",
    title: "Look in the cache",
    hint: "Has somebody with your name been greeted before? Then the recording exists.",
    missed: "Not there yet, so it is made now.",
  },
  "Media.put": { kind: "media", title: "Keep the recording", hint: "Stored for the next person of that name." },
  "Speech.synthesize": {
    kind: "media",
    title: "Speak the greeting",
    hint: "Turns the greeting with your name into speech. The slowest step, done once per text and voice. (AWS: Polly)",
  },
}

/** Their work shows in the steps within them. */
export const wrappers = new Set([
  "processUpdate",
  "sendVideo",
  "sendVoice",
  "prove",
  "forget",
  "Greetings.audio",
  "MediaLinks.to",
])

/** @param {string} what @returns {Term} */
export const termOf = (what) =>
  steps[what] ?? { kind: "other", title: what, hint: "A step without an explanation yet." }
