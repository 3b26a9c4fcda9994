import type { Voice } from "@concierge/core/brand/Voice.ts"
import type { Words } from "../brand.ts"

export const name = "English"

export const voice: Voice = { id: "Matthew", engine: "neural", local: "en-us" }

export const words: Words = {
  steps: {
    video: {
      button: "▶️ Watch the video",
      hint: "Your welcome video is ready. Tap the button to watch it 👇",
      caption: ({ name }) =>
        `👋 ${name ? `Hi, ${name}!` : "Hi there!"} <b>Welcome to Concierge.</b>\n\nThis short video shows you what to expect. After it, there is a greeting just for you.`,
      link: ({ url }) =>
        `🎬 The video would not play here today, but you can <a href="${url}">watch it in your browser</a>. After it, there is a greeting just for you.`,
      again: "▶️ Watch the video again",
    },
    greeting: {
      button: "🎧 Hear your greeting",
      hint: "Next comes a greeting made for you. Tap the button to hear it 👇",
      spoken: ({ name }) =>
        `${name ? `Hello, ${name}!` : "Hello!"} Welcome to Concierge. We are very happy that you are here. Make yourself at home.`,
      caption: ({ name }) => `🎧 A greeting for you${name ? `, ${name}` : ""}.`,
      written: ({ name }) =>
        `💬 ${name ? `Hello, ${name}!` : "Hello!"} Welcome to Concierge. We are very happy that you are here. Make yourself at home.`,
      again: "🎧 Hear my greeting again",
    },
    finish: {
      button: "✅ Finish",
      hint: "Only one step is left. Tap the button to finish 👇",
      text: ({ name }) =>
        `🎉 <b>${name ? `That's it, ${name}!` : "That's it!"}</b> You are all set. Thank you for joining Concierge.\n\nYou will find everything again in the /menu.`,
    },
  },
  finished: "You are all set. Here is what I can do for you 👇",
  again: "Here you go on 👇",
  startFirst: "We haven't met yet. Send /start and I will show you around.",
  linkOver: "🔗 The link you came by is no longer active, but you are welcome all the same.",
  menu: {
    text: "<b>What would you like to do?</b>",
    language: "🌐 Change language",
    restart: "🔄 Start over",
  },
  help: ({ languages }) =>
    `<b>Concierge in a minute</b>\n\nA short video, a greeting for you, and you are all set. If you stop half-way, /start goes on where you left off.\n\n/menu – see it all again\n/language – ${languages}\n/restart – start over\n/forgetme – delete what I know about you`,
  language: {
    question: "Which language shall we speak?",
    chosen: "Done, we'll speak English from now on. 👍",
  },
  restarted: "🔄 You are back at the beginning. Tap the button to start again.",
  forget: {
    question: (minutes) =>
      `<b>Shall I forget you?</b>\n\nI will delete your profile (name, username, language), the campaign that brought you here and your progress, and take your name off the record of what you did here. This cannot be undone.\n\nThe button works for ${minutes} minutes.`,
    yes: "🗑 Yes, forget me",
    no: "No, keep my data",
    kept: "All right, nothing was deleted. 🙂",
    expired: (minutes) =>
      `That question is more than ${minutes} minutes old, so nothing was deleted. Send /forgetme to ask again.`,
    done: (days) =>
      [
        "<b>You are forgotten.</b> Your profile and your progress are deleted, and the record of what you did no longer says that it was you.\n\nSome copies go by themselves a little later:",
        `• technical logs: ${days.logs} days`,
        `• messages that could not be processed, if any: ${days.deadLetters} days`,
        `• database backups: ${days.backups} days`,
        `• an anonymous mark (a hash), so that older messages do not bring you back: ${days.tombstone} days`,
        `• the recording of the greeting: up to ${days.greetings} days; it holds no more than a first name and is not linked to you`,
        "\nTelegram keeps its own copy of this chat until you delete it.",
      ].join("\n"),
    unknown: "There is nothing to delete: I know nothing about you.",
  },
  toasts: { finished: "You have finished already 🎉 See /menu for more." },
  group: {
    text: "👋 I welcome people one at a time. Tap the button and let's talk in private.",
    button: "💬 Open the chat",
  },
  commands: {
    start: "Begin, or go on where you left off",
    menu: "Video, greeting and settings",
    language: "Change language",
    restart: "Start over",
    help: "How this works",
    forgetme: "Delete what I know about you",
  },
  description: {
    long: "Hello! I welcome you to Concierge: a short video, a greeting spoken for you alone, and you are all set. It takes two minutes.",
    short: "A warm welcome in two minutes: a video, and a greeting made for you.",
  },
}
