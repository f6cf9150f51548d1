"""messages.yml: what every message that staff send must say and link to, and the moments at which one is sent."""

from __future__ import annotations

from collections.abc import Mapping

from patientpages.model import MessageRules, Moment, Place, Topic
from patientpages.standard.topics import identifier, read_topic
from patientpages.yamlfile import Map, Mistakes, near


def read_messages(data: Map | None, topics: Mapping[str, Topic], mistakes: Mistakes) -> MessageRules:
    """Return the rules; what they name must be there."""
    if data is None:
        return MessageRules()
    seen: dict[str, Place] = {}
    own = {topic.id: topic for topic in (read_topic(e, seen, home=False) for e in data.maps("topics", required=False))}
    moments: list[Moment] = []
    ids: dict[str, Place] = {}
    for entry in data.maps("moments"):
        moment = Moment(identifier(entry, ids, "moment"), entry.text("when"), entry.texts("links"), entry.place)
        entry.close()
        moments.append(moment)
    known = {f"{topic.id}.{s.id}" for topic in (*topics.values(), *own.values()) for s in topic.statements}
    for place, name in zip(data.places("says"), data.texts("says", required=True), strict=False):
        if name not in known:
            mistakes.add(place, f'"{name}" is no statement.{near(name, known)}', "says: [get-help-now.act]")
    for place, name in zip(data.places("discloses"), data.texts("discloses"), strict=False):
        if name not in topics:
            mistakes.add(place, f'"{name}" is no topic.{near(name, topics)}', "discloses: [pregnancy]")
    rules = MessageRules(own, tuple(moments), data.texts("says"), data.texts("links"), data.texts("discloses"),
                         data.texts("for-everybody"), data.whole("grade") or 0, data.whole("words") or 0)  # fmt: skip
    data.close()
    return rules
