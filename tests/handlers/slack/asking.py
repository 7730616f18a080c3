"""What tests of commands share: the answer's one sentence, and a title to look for."""

from handlers.sandbox import Answer

TITLE = "New Planned Maintenance Methodology"


def sentence(answer: Answer) -> str:
    """The one line that was answered, to the caller alone."""
    assert answer.acknowledged
    assert answer.payload.get("response_type", "ephemeral") == "ephemeral"
    assert "\n" not in answer.text
    return answer.text
