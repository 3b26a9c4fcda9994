/** @type {Record<string, { title: string, expect: string }>} */
const list = {
  limited: {
    title: "429: too many requests",
    expect:
      "Telegram refuses the next message for 3 s. The worker waits them out in hand and sends it then: once, 3 s late.",
  },
  trouble: {
    title: "500: server error",
    expect:
      "Nobody knows whether the next message arrived. The update goes back to the queue as a delayed copy; before it is sent again, Telegram is asked whether it listens.",
  },
  proxy: {
    title: "502, an HTML page",
    expect:
      "A proxy answers in Telegram's place with something that is no JSON. It is worked like a 500, and nothing breaks over the page.",
  },
  cut: {
    title: "Cut after it was sent",
    expect:
      "The message arrives, its answer does not. It may come twice, never three times, and the update counts as ambiguous.",
  },
  slow: {
    title: "Slow by 11 s",
    expect:
      "Of a text the answer is awaited for 10 s, then its outcome is unknown and it comes again. A video or a voice has 60 s, and simply takes longer.",
  },
  botLimit: {
    title: "A limit of the whole bot",
    expect:
      "One message in four seconds, for everybody together. Refusals teach all workers one pace; taps go before newcomers, and nobody is lost.",
  },
  speech: {
    title: "The voice is down",
    expect:
      "A greeting that nobody has heard before is sent as text instead, and the way goes on: the update says that it sent less than planned.",
  },
  media: {
    title: "The media store is unreadable",
    expect:
      "Telegram has forgotten the video as well, and can neither fetch it nor get it from us: a message with a link comes instead. Greetings are spoken anew.",
  },
  queue: {
    title: "The queue refuses",
    expect:
      "The webhook answers 503 and never 200. Telegram comes again after 1, 2, 4 … s until the queue takes it: switch it back and it is worked.",
  },
  tables: {
    title: "The tables cannot be written",
    expect:
      "The update fails and comes again when the queue shows it again, in ten minutes, or at once by the button under Operations. After three failures it is a dead letter.",
  },
  kill: {
    title: "Kill the worker at its next message",
    expect:
      "The process is killed when Telegram has the message and nobody has noted it down: the worst moment. It starts anew, takes up what was in hand, and you may get the message twice.",
  },
  killNow: {
    title: "Kill the worker now",
    expect:
      "Whatever it is doing ends in the middle. Host and worker are one process here, so the page is without both for a second.",
  },
  garbled: {
    title: "An update that nobody can read",
    expect:
      "As if Telegram had changed a field that we use: it is parked whole, alarmed, and holds up nobody. See Operations.",
  },
}

export const faults = {
  title: "What is to go wrong",
  lead: "Choose something, then write or tap in the chat and watch the trace.",
  telegram: "Telegram",
  machine: "This machine",
  next: "Next message",
  now: "Now",
  armed: "It will go wrong once.",
  changed: "Done.",
  sent: "It is on its way.",
  killed: "Killed. It is starting anew.",
  waiting: "Still to go wrong: {n}.",
  cleared: "Nothing goes wrong any more.",
  clear: "Clear",
  failed: "The host did not take that.",
  list,
}
