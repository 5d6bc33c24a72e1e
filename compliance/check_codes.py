"""The codes by which whoever holds a paper asks whether it is genuine."""

import secrets

# Read aloud over the telephone: no 0 O 1 I L U.
LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_code() -> str:
    """Sixteen letters of chance, in fours."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(16))
    return "-".join(letters[start : start + 4] for start in range(0, 16, 4))
