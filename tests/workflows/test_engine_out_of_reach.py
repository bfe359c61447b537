"""Nobody reaches the engine: not by a URL, not in the admin, not with any right."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.urls import URLPattern, URLResolver, get_resolver
from viewflow.workflow.models import Task

from villages.models import User
from workflows.duties import Duty
from workflows.flows import ProceedingFlow
from workflows.stage import Stage


def views(patterns: list[Any]) -> Iterator[Any]:
    """Every view of the URLconf, whatever wraps it."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns)
        elif isinstance(pattern, URLPattern):
            view = inspect.unwrap(pattern.callback)
            yield getattr(view, "view_class", view)


def test_no_url_resolves_to_a_view_of_the_engine():
    found = list(views(get_resolver().url_patterns))
    assert len(found) > 20
    for view in found:
        lineage = inspect.getmro(view) if inspect.isclass(view) else [view]
        assert not any(part.__module__.startswith("viewflow") for part in lineage)


def test_the_admin_knows_nothing_of_the_engine():
    labels = {model._meta.app_label for model in admin.site._registry}
    names = {model.__name__ for model in admin.site._registry}
    assert "viewflow" not in labels
    assert not {"Process", "Task", "Proceeding"} & names


@pytest.fixture
def superuser(db):
    return User.objects.create(username="root", is_superuser=True, is_staff=True)


def test_nobody_may_manage_a_proceeding(world, superuser):
    matter = world.draft()
    flow = ProceedingFlow.instance
    for user in (superuser, world.clerk, world.township, world.county):
        assert flow.has_manage_permission(user) is False
        assert flow.has_manage_permission(user, matter) is False


@pytest.mark.parametrize("change", ["undo", "cancel", "revive", "assign", "reassign"])
def test_no_duty_can_be_undone_cancelled_revived_or_given_away(
    world, superuser, change
):
    matter = world.matter_at(Stage.ANNOUNCED)
    for task in Task.objects.filter(process__proceeding__matter=matter):
        activation = task.flow_task.activation_class(task)
        transition = getattr(activation, change, None)
        if transition is not None:
            assert not transition.has_perm(superuser)


def test_no_duty_has_a_page_in_the_engine():
    duties = [node for node in ProceedingFlow.instance.nodes() if type(node) is Duty]
    assert len(duties) == 11
    for duty in duties:
        assert duty.view is None


def test_a_superuser_without_an_office_discharges_nothing(world, superuser):
    matter = world.matter_at(Stage.ADOPTED)
    (task,) = Task.objects.filter(process__proceeding__matter=matter, finished=None)
    assert not task.flow_task.can_execute(superuser, task)
    assert not task.flow_task.can_execute(world.zhou, task)
    assert task.flow_task.can_execute(world.clerk, task)


def test_who_may_discharge_a_duty_is_who_may_perform_its_transition(world):
    matter = world.matter_at(Stage.ANNOUNCED)
    (task,) = Task.objects.filter(process__proceeding__matter=matter, finished=None)
    users = {name: getattr(world, name) for name in ("clerk", "director", "township")}
    may = {name: task.flow_task.can_execute(user, task) for name, user in users.items()}
    assert may == {"clerk": False, "director": True, "township": False}
