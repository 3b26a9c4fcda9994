// What each step is. By its name in a trace: a title, what it is for, and what it means that it found nothing.

/** @type {Record<string, readonly [title: string, hint: string, missed?: string]>} */
export const steps = {
  queued: [
    "Wait in the queue",
    "Telegram calls the webhook, which does one thing: it puts the update on a queue and says OK. The work happens here, a moment later. (AWS: SQS)",
  ],
  refused: [
    "Not taken in",
    "The queue did not take it, so the webhook said 503 and never OK: Telegram keeps the update and comes again after 1, 2, 4 … seconds.",
  ],
  recover: [
    "Taken up again",
    "The process that had it in hand was killed. The new one finds the update still in the queue, and the dead one's lock is void.",
  ],
  postpone: ["Put off", "It cannot be done right now, so a delayed copy goes back to the queue. Nothing is lost."],
  "Users.begin": [
    "Begin: lock the person",
    "One write takes a short lock on you and reads your state, so that two of your updates are never worked at once. (AWS: DynamoDB)",
  ],
  "Events.claim": [
    "Claim the update",
    "Records that this update is being worked. A copy delivered twice finds its outcome here and changes nothing.",
  ],
  "Users.commit": [
    "Commit the new state",
    "State, outcome and unlock in a single conditional write: all of it, or none.",
  ],
  "Users.release": ["Release the lock", "Nothing is to be committed, so the lock is simply given back."],
  "Users.get": ["Read the person", "Looks at your record without locking it."],
  "Users.remove": ["Delete the person", "The last step of /forgetme: your record goes, lock and all."],
  "Sessions.save": ["Save the session", "One record an onboarding run, written when it starts and when it ends."],
  "Sessions.removeOfUser": ["Delete the sessions", "Part of /forgetme."],
  "Settings.count": [
    "Count for the funnel",
    "Adds one to the state reached today. The counter knows which updates it has counted, so none counts twice.",
  ],
  "Settings.get": [
    "Look up what is remembered",
    "For instance: does Telegram have this file already? Then its file_id is enough and nothing is uploaded. Or: did this person ask to be forgotten?",
  ],
  "Settings.put": [
    "Remember a setting",
    "Keeps what Telegram told us, such as the file_id of a video, for everybody who comes next.",
  ],
  "Settings.remove": ["Forget a setting", "Telegram refused what we remembered, so it is looked up anew."],
  "Settings.throttle": ["Ask for the right to answer", "A group is answered once a minute, and by one attempt only."],
  "Settings.release": ["Give the right back", "Nothing was sent, so that another attempt may answer."],
  "Settings.forgetCounted": ["Tidy the counter", "Updates that can no longer come again need not be remembered by it."],
  "Events.finish": ["Finish: record the outcome", "Written last. From now on a copy of this update is a duplicate."],
  "Events.finished": ["Check older outcomes", "Housekeeping: which older updates need not be remembered any more."],
  "Events.get": [
    "Read what was asked",
    "Your tap shows that a message without an answer has arrived: what was it to do?",
  ],
  "Events.strip": [
    "Take your name off the record",
    "Part of /forgetme: outcomes stay, the person and what they wrote go.",
  ],
  "Settings.swap": [
    "Share the pace",
    "Telegram has had enough: all workers keep to one rate, which stands in one item.",
  ],
  "Telegram.sendVideo": ["Send the video", "The real video, not a link. At most one send that Telegram may accept."],
  "Telegram.sendVoice": ["Send the voice message", "Uploaded the first time; by file_id after that."],
  "Telegram.sendMessage": ["Send a message", "Text and buttons, in your language."],
  "Telegram.sendChatAction": [
    "Show what is under way",
    "“recording…” in the chat, while the voice is made. After a send without an answer: does Telegram listen?",
  ],
  "Telegram.answerCallbackQuery": ["Answer the tap", "Every tap is answered, or its button would go on spinning."],
  "Telegram.getMe": ["Ask for the bot’s name", "Needed once, to tell commands for this bot from those for others."],
  "Media.signedUrl": [
    "Sign a link to the video",
    "A link that works for ten minutes, from which Telegram fetches the file. (AWS: S3)",
  ],
  "Media.get": [
    "Look in the cache",
    "Has somebody with your name been greeted before? Then the recording exists.",
    "Not there yet, so it is made now.",
  ],
  "Media.put": ["Keep the recording", "Stored for the next person of that name."],
  "Speech.synthesize": [
    "Speak the greeting",
    "Turns the greeting with your name into speech. The slowest step, done once per text and voice. (AWS: Polly)",
  ],
}

/** Why a step failed. @type {Record<string, string>} */
export const failures = {
  RateLimited: "Telegram has had enough: nothing was sent, and it is asked again in {n} s.",
  Unavailable: "No answer, or one of a server in trouble: nobody knows whether it arrived.",
  Blocked: "The person has blocked the bot.",
  BadFile: "Telegram no longer knows this file: it is forgotten, and sent another way.",
  BadUrl: "Telegram could not read the link: the file is sent another way.",
  Rejected: "Telegram refuses this, and would again.",
  Throttled: "The voice is asked too often.",
  NotFound: "It is not there.",
  Busy: "Another update of the same person is being worked.",
  Interrupted: "Given up: something else was quicker.",
}
