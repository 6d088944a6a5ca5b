"""The Bot API methods about the bot itself, its menu, its webhook, and about chats, members and topics."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from bot.demo.telegram_cloud import Chat, Cloud
from bot.demo.telegram_params import Json, Params, bad_request
from bot.demo.telegram_sending import chat_id_of

_COLOURS = (7322096, 16766590, 13338331, 9367192, 16749490, 16478047)
_GIFTS = (
    "unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"
)  # fmt: skip
_RIGHTS = (
    "can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members",
    "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories", "can_edit_stories",
    "can_delete_stories", "can_pin_messages", "can_manage_topics",
)  # fmt: skip


def get_me(cloud: Cloud, params: Params) -> Json:  # noqa: ARG001 - every method takes the parameters
    """getMe."""
    return {**cloud.bot, "can_join_groups": True, "can_read_all_group_messages": False}


def get_file(cloud: Cloud, params: Params) -> Json:
    """getFile: where to download it, up to 20 MB."""
    return cloud.files.look_up(params.text("file_id"))


def set_webhook(cloud: Cloud, params: Params) -> bool:
    """setWebhook is kept and shown; telegram_webhook.py calls it."""
    url = params.text("url")
    if url and not url.startswith("https://"):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", params.text("secret_token")):
        raise bad_request("secret token contains unallowed characters")
    if not 1 <= params.whole("max_connections", 40) <= 100:
        raise bad_request("wrong max_connections")
    cloud.settings["webhook"] = url
    cloud.settings["webhook_secret"] = params.text("secret_token")
    cloud.settings["webhook_connections"] = params.whole("max_connections", 40)
    cloud.settings.pop("webhook_error", None)
    return _drop(cloud, params)


def delete_webhook(cloud: Cloud, params: Params) -> bool:
    """deleteWebhook; with drop_pending_updates everything that waits is forgotten."""
    cloud.settings["webhook"] = ""
    return _drop(cloud, params)


def get_webhook_info(cloud: Cloud, params: Params) -> Json:  # noqa: ARG001 - every method takes the parameters
    """getWebhookInfo."""
    url = cloud.settings.get("webhook", "")
    return {"url": url, "has_custom_certificate": False, "pending_update_count": len(cloud.updates),
            **cloud.settings.get("webhook_error", {})}  # fmt: skip


def set_my_commands(cloud: Cloud, params: Params) -> bool:
    """setMyCommands: at most 100, names of 1-32 small letters, digits and _, descriptions of 1-256."""
    commands = params.structure("commands")
    if not isinstance(commands, list):
        raise bad_request("can't parse commands list JSON object")
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not re.fullmatch(r"/?[a-z0-9_]{1,32}", str(command.get("command", ""))):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(str(command.get("description", "")).strip()) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    cloud.settings[_scope(cloud, params)] = commands
    return True


def get_my_commands(cloud: Cloud, params: Params) -> list[Json]:
    """getMyCommands of exactly this scope and language."""
    return list(cloud.settings.get(_scope(cloud, params), []))


def delete_my_commands(cloud: Cloud, params: Params) -> bool:
    """deleteMyCommands of exactly this scope and language."""
    cloud.settings.pop(_scope(cloud, params), None)
    return True


def set_chat_menu_button(cloud: Cloud, params: Params) -> bool:
    """setChatMenuButton: commands, default, or a web app."""
    button = params.structure("menu_button") or {"type": "default"}
    if button.get("type") not in ("commands", "default", "web_app"):
        raise bad_request("can't parse menu button: Unsupported type specified")
    cloud.settings[f"menu_button:{params.whole('chat_id')}"] = button
    return True


def get_chat(cloud: Cloud, params: Params) -> Json:
    """getChat with the fields that every chat has."""
    chat = cloud.chat(chat_id_of(params))
    gifts = dict.fromkeys(_GIFTS, False)
    return {**chat.info, "accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": gifts}


def get_chat_member(cloud: Cloud, params: Params) -> Json:
    """getChatMember: the bot is an administrator of its groups, whoever has written there a member."""
    chat, user_id = cloud.chat(chat_id_of(params)), params.whole("user_id")
    if user_id not in cloud.users:
        raise bad_request("PARTICIPANT_ID_INVALID")
    user = cloud.users[user_id]
    status = chat.members.get(user_id, "member" if chat.id > 0 else "left")
    if status != "administrator":
        return {"user": user, "status": status}
    rights = dict.fromkeys(_RIGHTS, True)
    return {"user": user, "status": status, "can_be_edited": False, "is_anonymous": False, **rights}


def create_forum_topic(cloud: Cloud, params: Params) -> Json:
    """createForumTopic: its thread id is the id of the message that opens it."""
    chat = cloud.chat(chat_id_of(params))
    if not chat.info.get("is_forum"):
        raise bad_request("the chat is not a forum")
    name = _topic_name(params)
    topic: Json = {"name": name, "icon_color": params.whole("icon_color") or _COLOURS[len(chat.topics) % 6]}
    thread = chat.last_id + 1
    opening: Json = {"message_thread_id": thread, "is_topic_message": True, "forum_topic_created": topic}
    cloud.post(chat, cloud.bot, opening)
    chat.topics[thread] = {"message_thread_id": thread, **topic}
    return chat.topics[thread]


def edit_forum_topic(cloud: Cloud, params: Params) -> bool:
    """editForumTopic: another name."""
    chat, thread = _topic(cloud, params)
    return _alter(chat, thread, {"name": _topic_name(params)} if "name" in params else {})


def close_forum_topic(cloud: Cloud, params: Params) -> bool:
    """closeForumTopic; the bot, an administrator, may still write there."""
    chat, thread = _topic(cloud, params)
    return _alter(chat, thread, {"is_closed": True})


def reopen_forum_topic(cloud: Cloud, params: Params) -> bool:
    """reopenForumTopic."""
    chat, thread = _topic(cloud, params)
    return _alter(chat, thread, {"is_closed": False})


def _naming(key: str, field: str, longest: int) -> Callable[[Cloud, Params], bool]:
    def name_it(cloud: Cloud, params: Params) -> bool:
        if len(params.text(field)) > longest:
            raise bad_request(f"{field.replace('_', ' ')} is too long")
        cloud.settings[f"{key}:{params.text('language_code')}"] = params.text(field)
        return True

    return name_it


METHODS: dict[str, Callable[[Cloud, Params], Any]] = {
    "getme": get_me, "getfile": get_file, "setwebhook": set_webhook, "deletewebhook": delete_webhook,
    "getwebhookinfo": get_webhook_info, "setmycommands": set_my_commands, "getmycommands": get_my_commands,
    "deletemycommands": delete_my_commands, "setchatmenubutton": set_chat_menu_button, "getchat": get_chat,
    "getchatmember": get_chat_member, "createforumtopic": create_forum_topic,
    "editforumtopic": edit_forum_topic, "closeforumtopic": close_forum_topic,
    "reopenforumtopic": reopen_forum_topic,
    "setmyname": _naming("name", "name", 64), "setmydescription": _naming("description", "description", 512),
    "setmyshortdescription": _naming("short_description", "short_description", 120),
}  # fmt: skip


def _drop(cloud: Cloud, params: Params) -> bool:
    if params.flag("drop_pending_updates"):
        cloud.updates.clear()
    if "allowed_updates" in params:
        cloud.updates.allow(params.structure("allowed_updates") or [])
    return True


def _scope(cloud: Cloud, params: Params) -> str:
    scope = params.structure("scope") or {"type": "default"}
    kind = scope.get("type")
    if kind in ("chat", "chat_administrators", "chat_member"):
        kind = f"{kind}:{cloud.chat(int(scope.get('chat_id', 0))).id}"
    elif kind not in ("default", "all_private_chats", "all_group_chats", "all_chat_administrators"):
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    return f"commands:{kind}:{params.text('language_code')}"


def _topic_name(params: Params) -> str:
    name = params.text("name").strip()
    if not 1 <= len(name) <= 128:
        raise bad_request("TOPIC_TITLE_EMPTY" if not name else "TOPIC_TITLE_TOO_LONG")
    return name


def _topic(cloud: Cloud, params: Params) -> tuple[Chat, int]:
    chat, thread = cloud.chat(chat_id_of(params)), params.whole("message_thread_id")
    if thread not in chat.topics:
        raise bad_request("TOPIC_ID_INVALID")
    return chat, thread


def _alter(chat: Chat, thread: int, changes: Json) -> bool:
    now = {"is_closed": False, **chat.topics[thread]}
    if all(now.get(key) == value for key, value in changes.items()):
        raise bad_request("TOPIC_NOT_MODIFIED")
    chat.topics[thread] = {**chat.topics[thread], **changes}
    return True
