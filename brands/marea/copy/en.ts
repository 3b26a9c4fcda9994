import type { Voice } from "@concierge/core/brand/Voice.ts"
import type { Words } from "../brand.ts"

const spokenOf = {
  never: "We begin at the beginning: the wind, one knot, and all the time in the world.",
  some: "You know the wind already. What you need now is the helm, and there is room for two.",
  skipper: "You have the sea in your hands already. So choose your boat, and leave the lines to us.",
}

const seasonOf = {
  spring: "In spring we sail on <b>Wednesdays and Saturdays</b>, in light wind and with the bay to ourselves.",
  summer: "In summer we sail <b>every day</b>, late in the afternoon, when the north wind drops.",
  autumn: "In autumn we sail at <b>weekends</b>, with hot tea on board.",
  winter: "In winter there are <b>knots and charts</b> on Tuesdays, and the sea whenever it lets us.",
}

export const name = "English"

export const voice: Voice = { id: "Amy", engine: "generative", local: "en" }

export const words: Words = {
  steps: {
    hello: {
      button: "⛵ Begin",
      hint: "Everything is ready on board. Tap the button to begin 👇",
      text: ({ name }) =>
        `⛵ ${name ? `Hello, ${name}!` : "Hello!"} <b>Good to have you at Marea.</b>\n\nWe are a small sailing school. In two minutes you will know how we sail, and we will know how you like to.`,
      again: "⛵ Read the welcome again",
    },
    level: {
      button: "🧭 Go on",
      hint: "A question comes next. Tap the button 👇",
      text: ({ name }) => `🧭 ${name ? `${name}, how` : "How"} much have you sailed?`,
      choices: {
        never: "I have never been on a boat",
        some: "A few times, somebody else steered",
        skipper: "I sail a boat by myself",
      },
      waiting: "I don't know yet how much you have sailed. Choose an answer 👇",
    },
    lesson: {
      button: "▶️ Watch the first lesson",
      hint: "Your first lesson is ready. Tap the button to watch it 👇",
      caption: ({ answers, name }) =>
        `🎬 <b>${name ? `Your first lesson, ${name}.` : "Your first lesson."}</b>\n\n${
          answers.level === "some"
            ? "Some of it you know. Seeing the wind with new eyes is worth it all the same."
            : "No hurry and no big words: what the wind is, and what we do with it."
        }`,
      link: ({ url }) =>
        `🎬 The lesson would not play here today, but you can <a href="${url}">watch it in your browser</a>.`,
      again: "▶️ Watch the first lesson again",
    },
    boats: {
      button: "🛥 Meet the boats",
      hint: "The boats are waiting for you. Tap the button 👇",
      text: ({ name }) =>
        `🛥 <b>${name ? `Our boats, ${name}` : "Our boats"}</b>\n\n• <b>Heron</b> – 7 metres, light and playful\n• <b>Otter</b> – 9 metres, room for the family\n• <b>Whale</b> – 12 metres, sleep on board\n\nBring your licence: <i>we do the rest ashore.</i>`,
      again: "🛥 See the boats again",
    },
    greeting: {
      button: "🎧 Hear my message",
      hint: "There is a message recorded for you. Tap the button to hear it 👇",
      spoken: ({ answers, name }) =>
        `${name ? `Hello, ${name}!` : "Hello!"} This is Marea. ${spokenOf[answers.level ?? "never"]} See you on the quay.`,
      caption: ({ name }) => `🎧 A message for you${name ? `, ${name}` : ""}.`,
      written: ({ answers, name }) =>
        `💬 ${name ? `Hello, ${name}!` : "Hello!"} This is Marea. ${spokenOf[answers.level ?? "never"]} See you on the quay.`,
      again: "🎧 Hear my message again",
    },
    season: {
      button: "📅 Choose a season",
      hint: "Only the season is left to choose. Tap the button 👇",
      text: () => "📅 And when would you like to go to sea?",
      choices: { spring: "🌱 Spring", summer: "☀️ Summer", autumn: "🍂 Autumn", winter: "❄️ Winter" },
      waiting: "You haven't chosen a season yet. Which one is it? 👇",
    },
    aboard: {
      button: "✅ Come aboard",
      hint: "Only one step is left. Tap the button 👇",
      text: ({ answers, name }) =>
        `⚓️ <b>${name ? `All is ready, ${name}!` : "All is ready!"}</b>\n\n${
          seasonOf[answers.season ?? "summer"]
        }\n\nYou choose your place in the calendar. You will find everything again in the /menu.`,
      link: "📅 Open the calendar",
      copy: "🎁 Copy the code for a friend",
    },
  },
  finished: "All is ready. Here is what I can do for you 👇",
  again: "This way 👇",
  startFirst: "We haven't met yet. Send /start and I will show you the school.",
  linkOver: "🔗 The link you came by is no longer active, but you are welcome all the same.",
  menu: {
    text: "<b>What would you like to do?</b>",
    language: "🌐 Change language",
    restart: "🔄 Start over",
  },
  help: ({ languages }) =>
    `<b>Marea in a minute</b>\n\nTwo questions, a first lesson and a message recorded for you. If you stop half-way, /start goes on where you left off.\n\n/menu – see it all again\n/language – ${languages}\n/restart – start over\n/forgetme – delete what I know about you`,
  language: {
    question: "Which language shall we speak?",
    chosen: "Agreed, we'll speak English from now on. 👍",
  },
  restarted: "🔄 You are back at the beginning. Tap the button to start again.",
  forget: {
    question: (minutes) =>
      `<b>Shall I forget you?</b>\n\nI will delete your profile (name, username, language), your answers, the campaign that brought you here and your progress, and take your name off the record of what you did here. This cannot be undone.\n\nThe button works for ${minutes} minutes.`,
    yes: "🗑 Yes, forget me",
    no: "No, keep my data",
    kept: "All right, nothing was deleted. 🙂",
    expired: (minutes) =>
      `That question is more than ${minutes} minutes old, so nothing was deleted. Send /forgetme to ask again.`,
    done: (days) =>
      [
        "<b>You are forgotten.</b> Your profile, your answers and your progress are deleted, and the record of what you did no longer says that it was you.\n\nSome copies go by themselves a little later:",
        `• technical logs: ${days.logs} days`,
        `• messages that could not be processed, if any: ${days.deadLetters} days`,
        `• database backups: ${days.backups} days`,
        `• an anonymous mark (a hash), so that older messages do not bring you back: ${days.tombstone} days`,
        `• the recording of the message: up to ${days.greetings} days; it holds no more than a first name and is not linked to you`,
        "\nTelegram keeps its own copy of this chat until you delete it.",
      ].join("\n"),
    unknown: "There is nothing to delete: I know nothing about you.",
  },
  toasts: { finished: "You are aboard already ⚓️ See /menu for more." },
  group: {
    text: "⛵ I welcome people one at a time. Tap the button and let's talk in private.",
    button: "💬 Open the chat",
  },
  commands: {
    start: "Begin, or go on where you left off",
    menu: "Lesson, message and settings",
    language: "Change language",
    restart: "Start over",
    help: "How this works",
    forgetme: "Delete what I know about you",
  },
  description: {
    long: "Marea is a small sailing school. Two questions, a first lesson and a message recorded for you: in two minutes you are on board.",
    short: "A small sailing school: your first lesson is here.",
  },
}
