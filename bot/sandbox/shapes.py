"""The JSON in which Slack speaks of people, conversations, messages, files and views."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.sandbox.app import App
from bot.sandbox.elements import state_values
from bot.sandbox.state import Channel, File, Group, Json, Message, User, View, Workspace


def user_json(user: User, now: datetime, *, email: bool = True, locale: bool = False) -> Json:
    """As `users.info` gives it. `email` only with the scope for it."""
    profile: Json = {
        "real_name": user.real_name,
        "real_name_normalized": user.real_name,
        "display_name": user.real_name,
        "display_name_normalized": user.real_name,
        "title": user.title,
        "phone": "",
        "team": user.team_id,
    }
    if email and user.email:
        profile["email"] = user.email
    shape: Json = {
        "id": user.id,
        "team_id": user.team_id,
        "name": user.name,
        "deleted": user.deleted,
        "real_name": user.real_name,
        "profile": profile,
        "is_bot": user.is_bot,
        "is_app_user": False,
        "updated": user.updated,
    }
    if user.deleted:
        return shape
    here = now.astimezone(ZoneInfo(user.tz))
    offset = here.utcoffset()
    shape |= {
        "color": "9f69e7",
        "tz": user.tz,
        "tz_label": here.tzname() or user.tz,
        "tz_offset": int(offset.total_seconds()) if offset else 0,
        "is_admin": user.is_admin,
        "is_owner": user.is_owner,
        "is_primary_owner": False,
        "is_restricted": user.is_guest,
        "is_ultra_restricted": False,
        "is_email_confirmed": True,
        "who_can_share_contact_card": "EVERYONE",
    }
    return shape | ({"locale": user.locale} if locale else {})


def dnd_json(user: User, now: datetime) -> Json:
    """As `dnd_updated_user` and `dnd.info` tell whether a person has paused notifications."""
    paused = user.is_paused(now)
    end = user.snoozed_until if paused else 1
    return {"dnd_enabled": paused, "next_dnd_start_ts": 1, "next_dnd_end_ts": end}


def channel_json(channel: Channel, workspace: Workspace, bot_user_id: str) -> Json:
    """As `conversations.info` gives it, from the bot's side."""
    shape: Json = {
        "id": channel.id,
        "created": channel.created,
        "is_archived": channel.archived,
        "is_im": channel.kind == "im",
        "is_mpim": channel.kind == "mpim",
        "is_org_shared": False,
        "context_team_id": workspace.team_id,
        "updated": channel.created * 1000,
    }
    if channel.kind == "im":
        other = next((m for m in channel.members if m != bot_user_id), bot_user_id)
        return shape | {"user": other, "is_user_deleted": workspace.users[other].deleted, "priority": 0}
    return shape | {
        "name": channel.name,
        "name_normalized": channel.name,
        "creator": channel.creator,
        "is_channel": channel.kind == "public",
        "is_group": channel.kind == "private",
        "is_private": channel.kind != "public",
        "is_general": channel.name == "general",
        "is_shared": False,
        "is_ext_shared": any(workspace.is_outside(member) for member in channel.members),
        "is_member": bot_user_id in channel.members,
        "topic": {"value": channel.topic, "creator": "", "last_set": 0},
        "purpose": {"value": channel.purpose, "creator": "", "last_set": 0},
        "previous_names": [],
    }


def message_json(
    message: Message, channel: Channel, workspace: Workspace, app: App, url: str, *, metadata: bool = False
) -> Json:
    """As `conversations.history` and events give it."""
    author = workspace.users[message.user]
    shape: Json = {
        "type": "message",
        "user": message.user,
        "text": message.text,
        "ts": message.ts,
        "team": author.team_id,
        "subtype": message.subtype,
        "client_msg_id": message.client_msg_id,
        "blocks": message.blocks or None,
        "attachments": message.attachments or None,
        "thread_ts": message.thread_ts,
        "metadata": message.metadata if metadata else None,
        "edited": {"user": message.user, "ts": message.edited} if message.edited else None,
    }
    if message.by_bot:
        shape |= {"bot_id": app.bot_id, "app_id": app.id, "bot_profile": bot_json(app, workspace)}
    if workspace.is_outside(message.user):
        shape |= {"user_team": author.team_id, "source_team": author.team_id}
    if message.files:
        shape["files"] = [file_json(workspace.files[file], workspace, url) for file in message.files]
        shape |= {"upload": False, "display_as_bot": False}
    if message.reactions:
        shape["reactions"] = [
            {"name": name, "users": users, "count": len(users)} for name, users in message.reactions.items()
        ]
    replies = channel.replies(message.ts)
    if replies:
        shape |= {"thread_ts": message.ts, "reply_count": len(replies), "latest_reply": replies[-1].ts}
        shape["reply_users"] = list(dict.fromkeys(reply.user for reply in replies))
        shape["reply_users_count"] = len(shape["reply_users"])
    elif message.thread_ts:
        parent = channel.messages.get(message.thread_ts)
        shape["parent_user_id"] = parent.user if parent else None
    return {key: value for key, value in shape.items() if value is not None}


def bot_json(app: App, workspace: Workspace) -> Json:
    """As `bots.info` gives it, and `bot_profile` in a message."""
    return {
        "id": app.bot_id,
        "app_id": app.id,
        "user_id": app.bot_user_id,
        "name": app.name,
        "deleted": False,
        "updated": 0,
        "icons": {},
        "team_id": workspace.team_id,
    }


def file_json(file: File, workspace: Workspace, url: str) -> Json:
    """As `files.info` gives it; `url` is the sandbox's own, where the bytes are."""
    suffix = file.name.rpartition(".")[2].lower() if "." in file.name else "text"
    address = f"{url}/files/{workspace.team_id}-{file.id}"
    return {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.title,
        "mimetype": file.mimetype if file.is_processed else "",
        "filetype": suffix if file.is_processed else "",
        "pretty_type": suffix.upper() if file.is_processed else "",
        "user": file.user,
        "user_team": workspace.team_id,
        "editable": False,
        "size": len(file.content) or file.length,
        "mode": "hosted",
        "is_external": False,
        "external_type": "",
        "is_public": False,
        "public_url_shared": False,
        "display_as_bot": False,
        "username": "",
        "url_private": f"{address}/{file.name}",
        "url_private_download": f"{address}/download/{file.name}",
        "media_display_type": "unknown",
        "permalink": f"{url}/files/{file.user}/{file.id}/{file.name}",
        "permalink_public": f"{url}/files/public/{workspace.team_id}-{file.id}",
        "channels": file.channels,
        "has_rich_preview": False,
        "file_access": "visible",
        **({"alt_txt": file.alt_txt} if file.alt_txt else {}),
    }


def view_json(view: View, workspace: Workspace, app: App) -> Json:
    """As `views.open` answers it and as interactions carry it, with what was typed in `state.values`."""
    content = view.content
    shape: Json = {
        "id": view.id,
        "team_id": workspace.team_id,
        "type": content["type"],
        "blocks": view.blocks,
        "private_metadata": content.get("private_metadata") or "",
        "callback_id": content.get("callback_id") or "",
        "state": {"values": state_values(view.blocks, view.typed)},
        "hash": view.hash,
        "title": content.get("title"),
        "clear_on_close": bool(content.get("clear_on_close")),
        "notify_on_close": bool(content.get("notify_on_close")),
        "close": content.get("close"),
        "submit": content.get("submit"),
        "previous_view_id": view.previous_id,
        "root_view_id": view.root_id,
        "app_id": app.id,
        "external_id": content.get("external_id") or "",
        "app_installed_team_id": workspace.team_id,
        "bot_id": app.bot_id,
    }
    return shape


def group_json(group: Group, workspace: Workspace, *, users: bool = False, count: bool = False) -> Json:
    """As `usergroups.list` gives it, with the members' user ids or their number if asked for."""
    shape: dict[str, Any] = {
        "id": group.id,
        "team_id": workspace.team_id,
        "is_usergroup": True,
        "name": group.name,
        "handle": group.handle,
        "is_external": False,
        "date_delete": 0,
    }
    shape |= {"users": group.users} if users else {}
    return shape | ({"user_count": len(group.users)} if count else {})
