"""Styled letters that look like plain ones, and that Unicode does not call the same (NFKC)."""

from string import ascii_lowercase

_SMALL_CAPITALS = "ᴀʙᴄᴅᴇꜰғɢʜɪᴊᴋʟᴍɴᴏᴘǫʀꜱᴛᴜᴠᴡʏᴢ"
_BLOCKS = "\U0001f130\U0001f150\U0001f170\U0001f1e6"  # in squares, in circles, of flags
_UNSTYLED = str.maketrans(
    _SMALL_CAPITALS + "".join(chr(ord(first) + k) for first in _BLOCKS for k in range(26)),
    "abcdeffghijklmnopqrstuvwyz" + ascii_lowercase * len(_BLOCKS),
)


def unstyled(text: str) -> str:
    """Return plain letters for small capitals, squared ones and those of flags, one for one."""
    return text.translate(_UNSTYLED)
