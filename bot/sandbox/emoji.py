"""The emoji that apps write by name most, as characters."""

# fmt: off
EMOJI = {
    "+1": "👍", "-1": "👎", "thumbsup": "👍", "thumbsdown": "👎", "wave": "👋", "clap": "👏", "pray": "🙏",
    "muscle": "💪", "eyes": "👀", "raised_hands": "🙌", "point_right": "👉", "ok_hand": "👌", "handshake": "🤝",
    "smile": "😄", "slightly_smiling_face": "🙂", "grin": "😁", "joy": "😂", "blush": "😊", "wink": "😉",
    "thinking_face": "🤔", "cry": "😢", "sob": "😭", "sweat_smile": "😅", "sleeping": "😴", "zzz": "💤",
    "face_with_thermometer": "🤒", "heart": "❤️", "tada": "🎉", "fire": "🔥", "star": "⭐", "sparkles": "✨",
    "rocket": "🚀", "100": "💯", "bulb": "💡", "bell": "🔔", "no_bell": "🔕", "mega": "📣", "speech_balloon": "💬",
    "white_check_mark": "✅", "heavy_check_mark": "✔️", "ballot_box_with_check": "☑️", "x": "❌",
    "no_entry": "⛔", "no_entry_sign": "🚫", "warning": "⚠️", "rotating_light": "🚨", "exclamation": "❗",
    "question": "❓", "information_source": "ℹ️", "sos": "🆘", "stop_sign": "🛑", "lock": "🔒", "unlock": "🔓",
    "key": "🔑", "red_circle": "🔴", "large_orange_circle": "🟠", "large_yellow_circle": "🟡",
    "large_green_circle": "🟢", "large_blue_circle": "🔵", "white_circle": "⚪", "black_circle": "⚫",
    "large_red_square": "🟥", "large_yellow_square": "🟨", "large_green_square": "🟩", "arrow_right": "➡️",
    "arrow_left": "⬅️", "arrow_up": "⬆️", "arrow_down": "⬇️", "arrows_counterclockwise": "🔄", "repeat": "🔁",
    "hourglass": "⌛", "hourglass_flowing_sand": "⏳", "alarm_clock": "⏰", "stopwatch": "⏱️", "clock9": "🕘",
    "calendar": "📅", "date": "📅", "spiral_calendar_pad": "🗓️", "clipboard": "📋", "memo": "📝", "pencil2": "✏️",
    "page_facing_up": "📄", "book": "📖", "books": "📚", "file_folder": "📁", "package": "📦", "paperclip": "📎",
    "pushpin": "📌", "link": "🔗", "mag": "🔍", "wrench": "🔧", "gear": "⚙️", "chart_with_upwards_trend": "📈",
    "chart_with_downwards_trend": "📉", "bar_chart": "📊", "email": "📧", "inbox_tray": "📥", "outbox_tray": "📤",
    "telephone_receiver": "📞", "phone": "☎️", "iphone": "📱", "computer": "💻", "headphones": "🎧",
    "sunny": "☀️", "crescent_moon": "🌙", "palm_tree": "🌴", "coffee": "☕", "house": "🏠", "office": "🏢",
    "truck": "🚚", "moneybag": "💰", "credit_card": "💳", "robot_face": "🤖", "busts_in_silhouette": "👥",
    "bust_in_silhouette": "👤", "baby": "👶", "hospital": "🏥", "beach_with_umbrella": "🏖️",
}
# fmt: on
