"""Nodes of a query are values: equal by class and fields, and never changed."""

import copy
import pickle

import pytest

from nutgraf.query.tree import Boost, Exact, Filter, Fuzzy, Group, Near, Node, Pattern, Words

NODES: list[Node] = [
    Words("otter"),
    Words("otter", quoted=True),
    Exact("otter"),
    Pattern("otter"),
    Fuzzy("otter", 1),
    Fuzzy("otter", 2),
    Near(((Words("sea"),), (Words("otter"),)), 3, ordered=True),
    Boost(Words("otter"), 2.0),
    Filter("title", "otter"),
    Filter("heading", "otter"),
    Group(should=(Words("sea"), Words("otter"))),
    Group(must=(Words("sea"), Words("otter"))),
]


@pytest.mark.parametrize("node", NODES, ids=repr)
def test_a_node_equals_its_copies_and_no_other(node: Node) -> None:
    others = [other for other in NODES if other is not node]
    for same in (copy.deepcopy(node), pickle.loads(pickle.dumps(node)), node.replaced()):
        assert type(same) is type(node)
        assert same == node
        assert hash(same) == hash(node)
        assert repr(same) == repr(node)
        assert same not in others
    assert len({*NODES}) == len(NODES)


@pytest.mark.parametrize("node", NODES, ids=repr)
def test_a_node_does_not_change(node: Node) -> None:
    for name in ("text", "node", "must", "anything"):
        with pytest.raises(AttributeError, match=f"is immutable: '{name}' cannot be set"):
            setattr(node, name, "x")


def test_a_copy_has_the_fields_that_are_given() -> None:
    assert Words("otter").replaced(quoted=True) == Words("otter", quoted=True)
    group = Group(must=(Words("sea"),), filters=(Filter("title", "otter"),))
    assert group.replaced(must=()) == Group(filters=(Filter("title", "otter"),))
    with pytest.raises(TypeError):
        group.replaced(words=())
    assert repr(Fuzzy("otter", 2)) == "Fuzzy(text='otter', edits=2)"


def test_what_reads_as_syntax_is_quoted() -> None:
    for text in ("AND", "NOT", "NEAR/5", "sea otter", "-otter", "by:otter"):
        assert Words(text).quoted, text
    for text in ("otter", "Otter", "and", "US", "42", "U.S.", "don't", "Nearby"):
        assert not Words(text).quoted, text
