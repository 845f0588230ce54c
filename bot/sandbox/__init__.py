"""A Slack-compatible workspace on this machine, for demonstrations and tests.

A `Sandbox` (`server`) serves the addresses in `routes` from a thread. It holds one `World`, which is handed to
everything else and lives on that thread's event loop. When it stops nothing is left, unless it is kept in a file.

What there is
    state, app                       people, conversations, messages, files, views; the app, as its manifest says
    feed                             every change of them, for whoever watches or waits
    world                            these, with what Slack keeps around them: sockets, triggers, rates, …
    posts, membership                messages, people and channels change here, and events follow from it
    keeping                          the file from which the next start continues

How a Web API call is answered
    webapi, call, errors             token, scope, arguments and rate, checked in Slack's order; its error codes
    addressing                       what a channel, given by id, name or person, means to the bot
    methods                          every method there is: its scopes, tier and required arguments
    about, chat, conversations,
    files, people, views             what the methods do
    blocks, content, sharing         what a message or view may consist of
    shapes, paging                   the JSON that comes back

How an interaction travels
    talk, commands, actions, modals  what a person does, and what becomes of the app's answer
    surfaces, elements               where a control stands, and what was entered in it
    payloads, triggers, hooks        what the app is sent, with the trigger id and the response URL in it
    events                           what happened otherwise, with up to three retries
    delivery, sockets, posting       the way to the app: Socket Mode, or signed requests
    answers                          what the app says in an ack or to a response URL

What may be turned
    rates, faults, clock             how much is allowed, what goes wrong, and the business time

How people take part
    control, manage                  the control API under `/sandbox/`: as a person, and over the workspace
    door                             keeps other web pages from using it
    sights, reading                  what is on a person's screen, as they read it
    parts, markup, markdown, emoji   what a text consists of, and the notations for it
    unread                           what they have not read yet
    page                             the same in a browser, at `/`
    person, seat, screen, choosing   the client of that API, which finds everything by its label
    terminal, sample                 the same at a prompt, in the workspace of a small support team

What it does not do
    installing: there is one workspace with one app in it, so no OAuth, token rotation or Enterprise Grid
    methods that `methods` lacks, such as chat.scheduleMessage and reactions.remove: they are an `unknown_method`
    events that `events` lacks, such as app_uninstalled and subteam_updated: who subscribes to them is refused
    people editing or deleting what they said, or taking a reaction back
    `message_attachment` containers: a control in an attachment is reported as one of the message
    unfurling links; disabling a subscription whose events keep failing
"""

from bot.sandbox.person import Person
from bot.sandbox.screen import Modal, Shown
from bot.sandbox.server import Sandbox
from bot.sandbox.world import Times

__all__ = ["Modal", "Person", "Sandbox", "Shown", "Times"]
