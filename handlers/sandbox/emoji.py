"""Emoji by Slack's names: the common ones. One that is not here is shown as its name between colons."""

from collections.abc import Mapping

_COMMON = """
+1 👍  thumbsup 👍  -1 👎  thumbsdown 👎  grey_question ❔  question ❓  raised_hand ✋  hand ✋  memo 📝  pencil 📝
eyes 👀  white_check_mark ✅  heavy_check_mark ✔️  ballot_box_with_check ☑️  x ❌  warning ⚠️  information_source ℹ️
grey_exclamation ❕  exclamation ❗  heavy_plus_sign ➕  heavy_minus_sign ➖  arrow_right ➡️  arrow_left ⬅️  arrow_up ⬆️
arrow_down ⬇️  speech_balloon 💬  thought_balloon 💭  clap 👏  pray 🙏  wave 👋  ok_hand 👌  point_right 👉
point_up ☝️  raised_hands 🙌  muscle 💪  heart ❤️  broken_heart 💔  tada 🎉  fire 🔥  100 💯  star ⭐  bulb 💡
mag 🔍  calendar 📆  date 📅  spiral_calendar_pad 🗓️  clock1 🕐  hourglass ⌛  hourglass_flowing_sand ⏳  bell 🔔
no_bell 🔕  pushpin 📌  round_pushpin 📍  paperclip 📎  link 🔗  page_facing_up 📄  page_with_curl 📃  clipboard 📋
bar_chart 📊  chart_with_upwards_trend 📈  file_folder 📁  open_file_folder 📂  inbox_tray 📥  outbox_tray 📤
email 📧  envelope ✉️  incoming_envelope 📨  lock 🔒  unlock 🔓  key 🔑  wrench 🔧  gear ⚙️  electric_plug 🔌
zap ⚡  house 🏠  factory 🏭  office 🏢  classical_building 🏛️  busts_in_silhouette 👥  bust_in_silhouette 👤
robot_face 🤖  smile 😄  slightly_smiling_face 🙂  grinning 😀  laughing 😆  joy 😂  blush 😊  wink 😉
thinking_face 🤔  neutral_face 😐  confused 😕  worried 😟  cry 😢  sob 😭  angry 😠  sweat_smile 😅  rocket 🚀
red_circle 🔴  large_yellow_circle 🟡  large_green_circle 🟢  large_blue_circle 🔵  white_circle ⚪  black_circle ⚫
one 1️⃣  two 2️⃣  three 3️⃣  no_entry ⛔  no_entry_sign 🚫  stop_sign 🛑  rotating_light 🚨  construction 🚧  coffee ☕
"""

_words = _COMMON.split()
CHARACTERS: Mapping[str, str] = dict(zip(_words[::2], _words[1::2], strict=True)) | {
    f"skin-tone-{tone}": chr(0x1F3F9 + tone) for tone in range(2, 7)
}
OFFERED = ("+1", "eyes", "white_check_mark", "grey_question", "raised_hand", "memo", "clap", "tada", "heart", "bulb")


def drawn(name: str) -> str:
    """The characters of a reaction or an emoji in a text, `+1::skin-tone-2` too; `:name:` for one not known."""
    parts = name.split("::")
    if any(part not in CHARACTERS for part in parts):
        return f":{name}:"
    return "".join(CHARACTERS[part] for part in parts)
