export const real = {
  title: "The real bot",
  person: "The person, as the system knows them",
  updates: "Their updates",
  people: "People, by their ids",
  nobody: "Nobody has written since the host started.",
  none: "Choose somebody who has written.",
  unknown: "unknown",
  names: "Show names and words",
  standIn: "The stand-in's chat",
  standings: {
    connecting: "Looking for Telegram…",
    polling: "Polling: updates come as they are made.",
    "in trouble": "In trouble:",
    none: "There is no real bot: start with TELEGRAM_BOT_TOKEN.",
  },
  lost: "The host does not answer.",
}
