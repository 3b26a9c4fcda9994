import { brand, brandName, forgetMinutes, retentionDays } from "./brand.ts"
import type { Catalogue } from "./Catalogue.ts"

export const en: Catalogue = {
  buttons: {
    video: "▶️ Watch the video",
    greeting: "🎧 Hear your greeting",
    finish: "✅ Finish",
  },
  video: {
    caption: (name) =>
      `👋 ${name ? `Hi, ${name}!` : "Hi there!"} <b>Welcome to ${brandName}.</b>\n\nThis short video shows you what to expect. After it, there is a greeting just for you.`,
    link: (url) =>
      `🎬 The video would not play here today, but you can <a href="${url}">watch it in your browser</a>. After it, there is a greeting just for you.`,
  },
  greeting: {
    spoken: (name) =>
      `${name ? `Hello, ${name}!` : "Hello!"} Welcome to ${brand.name}. We are very happy that you are here. Make yourself at home.`,
    caption: (name) => `🎧 A greeting for you${name ? `, ${name}` : ""}.`,
    written: (name) =>
      `💬 ${name ? `Hello, ${name}!` : "Hello!"} Welcome to ${brandName}. We are very happy that you are here. Make yourself at home.`,
  },
  finish: (name) =>
    `🎉 <b>${name ? `That's it, ${name}!` : "That's it!"}</b> You are all set. Thank you for joining ${brandName}.\n\nYou will find everything again in the /menu.`,
  hints: {
    NEW: "Your welcome video is ready. Tap the button to watch it 👇",
    WELCOME_VIDEO_SENT: "Next comes a greeting made for you. Tap the button to hear it 👇",
    TTS_SENT: "Only one step is left. Tap the button to finish 👇",
    DONE: "You are all set. Here is what I can do for you 👇",
  },
  again: "Here you go on 👇",
  startFirst: "We haven't met yet. Send /start and I will show you around.",
  menu: {
    text: "<b>What would you like to do?</b>",
    video: "▶️ Watch the video again",
    greeting: "🎧 Hear my greeting again",
    language: "🌐 Change language",
    restart: "🔄 Start over",
  },
  help: `<b>${brandName} in a minute</b>\n\nA short video, a greeting for you, and you are all set. If you stop half-way, /start goes on where you left off.\n\n/menu – see it all again\n/language – English or Spanish\n/restart – start over\n/forgetme – delete what I know about you`,
  language: {
    question: "Which language shall we speak?",
    chosen: "Done, we'll speak English from now on. 👍",
  },
  restarted: "🔄 You are back at the beginning. Tap the button to start again.",
  forget: {
    question: `<b>Shall I forget you?</b>\n\nI will delete your profile (name, username, language), the campaign that brought you here and your progress, and take your name off the record of what you did here. This cannot be undone.\n\nThe button works for ${forgetMinutes} minutes.`,
    yes: "🗑 Yes, forget me",
    no: "No, keep my data",
    kept: "All right, nothing was deleted. 🙂",
    expired: `That question is more than ${forgetMinutes} minutes old, so nothing was deleted. Send /forgetme to ask again.`,
    done: [
      "<b>You are forgotten.</b> Your profile and your progress are deleted, and the record of what you did no longer says that it was you.\n\nSome copies go by themselves a little later:",
      `• technical logs: ${retentionDays.logs} days`,
      `• messages that could not be processed, if any: ${retentionDays.deadLetters} days`,
      `• database backups: ${retentionDays.backups} days`,
      `• an anonymous mark (a hash), so that older messages do not bring you back: ${retentionDays.tombstone} days`,
      `• the recording of the greeting: up to ${retentionDays.greetings} days; it holds no more than a first name and is not linked to you`,
      "\nTelegram keeps its own copy of this chat until you delete it.",
    ].join("\n"),
    unknown: "There is nothing to delete: I know nothing about you.",
  },
  toasts: { finished: "You have finished already 🎉 See /menu for more." },
  group: {
    text: "👋 I welcome people one at a time. Tap the button and let's talk in private.",
    button: "💬 Open the chat",
  },
  linkGone: "The link that brought you here is no longer valid, but you are just as welcome. Let's go on!",
  commands: {
    start: "Begin, or go on where you left off",
    menu: "Video, greeting and settings",
    language: "Change language",
    restart: "Start over",
    help: "How this works",
    forgetme: "Delete what I know about you",
  },
}
