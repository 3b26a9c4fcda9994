export const film = {
  chapters: {
    newcomer: {
      title: "A newcomer",
      lines: [
        "Ada has seen a poster, and taps its link.",
        "The welcome video came, and her campaign is noted for ever. Beside the chat: each step that this took.",
        "A greeting that says her name, spoken once and kept for the next Ada.",
      ],
    },
    fault: {
      title: "A fault",
      lines: [
        "Now the worst moment: the process is to be killed when Telegram has a message and nobody has noted it down.",
        "Armed. Ada asks for the menu…",
      ],
    },
    recovery: {
      title: "The recovery",
      lines: [
        "The process is dead, in the middle of its work. A new one starts.",
        "It took the update up again: worked exactly once. The message may come twice, and that is counted.",
        "Nothing is left in the queue, and nothing died.",
      ],
    },
    funnel: {
      title: "The funnel",
      lines: [
        "And what did the campaign bring?",
        "Two hundred more come by its links; some stop on the way.",
        "Everybody who came is counted once, however often their update was delivered.",
      ],
    },
  },
}
