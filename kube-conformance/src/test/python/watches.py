"""Scenarios that watch."""

import threading

from kubernetes import watch
from kubernetes.client.exceptions import ApiException
from kubernetes.informer import SharedInformer

from scene import names, scenario


def told(event):
    found = event["object"]
    return f"{event['type']} {found.metadata.name} {found.data}"


@scenario
def watch_resumes_at_a_version(s):
    first = s.create("a", k="1")
    s.core.patch_namespaced_config_map("a", s.namespace, {"data": {"k": "2"}})
    s.create("b", k="1")
    s.core.delete_namespaced_config_map("a", s.namespace)
    stream = watch.Watch()
    version = first.metadata.resource_version
    for event in stream.stream(s.core.list_namespaced_config_map, s.namespace, resource_version=version, timeout_seconds=20):
        print(told(event))
        version = event["object"].metadata.resource_version
        if event["type"] == "ADDED":
            stream.stop()
    print("again from", version == stream.resource_version)
    s.create("c", k="1")
    again = watch.Watch()
    for event in again.stream(s.core.list_namespaced_config_map, s.namespace, resource_version=version, timeout_seconds=20):
        print(told(event))
        if event["object"].metadata.name == "c":
            again.stop()


@scenario
def list_and_watch(s):
    s.create("a", k="1")
    found = s.core.list_namespaced_config_map(s.namespace)
    cache = {item.metadata.name: item.data for item in found.items}
    for name in ("b", "c"):
        s.create(name, k="2")
    s.core.delete_namespaced_config_map("a", s.namespace)
    s.create("last")
    stream = watch.Watch()
    for event in stream.stream(
        s.core.list_namespaced_config_map, s.namespace,
        resource_version=found.metadata.resource_version, allow_watch_bookmarks=True, timeout_seconds=20,
    ):
        if event["type"] == "BOOKMARK":
            continue
        name = event["object"].metadata.name
        if event["type"] == "DELETED":
            cache.pop(name)
        else:
            cache[name] = event["object"].data
        if name == "last":
            stream.stop()
    print(sorted(cache.items(), key=lambda item: item[0]))


@scenario
def watch_by_selectors(s):
    s.create("a")
    s.create("b")
    version = s.core.list_namespaced_config_map(s.namespace).metadata.resource_version
    for label in ("y", "z", None):
        s.core.patch_namespaced_config_map("a", s.namespace, {"metadata": {"labels": {"x": label}}})
    s.core.patch_namespaced_config_map("b", s.namespace, {"metadata": {"labels": {"x": "y"}}})
    stream = watch.Watch()
    for event in stream.stream(
        s.core.list_namespaced_config_map, s.namespace, label_selector="x=y", resource_version=version, timeout_seconds=20
    ):
        print(event["type"], event["object"].metadata.name, event["object"].metadata.labels)
        if event["object"].metadata.name == "b":
            stream.stop()


@scenario
def watch_ends_after_its_time(s):
    s.create("a")
    events = list(watch.Watch().stream(s.core.list_namespaced_config_map, s.namespace, timeout_seconds=1))
    print([told(event) for event in events])


@scenario
def watch_of_custom_objects(s):
    group = s.lamp_kind("watched")
    there = (group, "v1", s.namespace, "lamps")
    version = s.custom.list_namespaced_custom_object(*there)["metadata"]["resourceVersion"]
    s.custom.create_namespaced_custom_object(*there, s.lamp(group, "a", 10))
    s.custom.delete_namespaced_custom_object(*there, "a")
    stream = watch.Watch()
    for event in stream.stream(
        s.custom.list_namespaced_custom_object, *there, resource_version=version, timeout_seconds=20
    ):
        print(event["type"], event["object"]["metadata"]["name"], sorted(event["object"]["spec"].items()))
        if event["type"] == "DELETED":
            stream.stop()


@scenario
def dynamic_watch(s):
    maps = s.dynamic().resources.get(api_version="v1", kind="ConfigMap")
    version = maps.get(namespace=s.namespace).metadata.resourceVersion
    s.create("a", k="1")
    s.core.delete_namespaced_config_map("a", s.namespace)
    stream = watch.Watch()
    for event in maps.watch(namespace=s.namespace, resource_version=version, timeout=20, watcher=stream):
        print(event["type"], event["object"].metadata.name)
        if event["type"] == "DELETED":
            stream.stop()


@scenario
def watch_of_what_is_no_version(s):
    try:
        for event in watch.Watch().stream(
            s.core.list_namespaced_config_map, s.namespace, resource_version="no-number", timeout_seconds=2
        ):
            print(event["type"])
    except ApiException as error:
        print("refused", error.status >= 400)


@scenario
def shared_informer(s):
    s.create("a", k="1")
    seen, lock = [], threading.Lock()
    informer = SharedInformer(s.core.list_namespaced_config_map, namespace=s.namespace)

    def handler(kind):
        def add(found):
            with lock:
                seen.append(f"{kind} {found.metadata.name} {found.data}")
        return add

    for kind in ("ADDED", "MODIFIED", "DELETED"):
        informer.add_event_handler(kind, handler(kind))
    informer.start()
    try:
        s.until(lambda: len(seen) == 1)
        s.create("b", k="1")
        s.until(lambda: len(seen) == 2)
        s.core.patch_namespaced_config_map("b", s.namespace, {"data": {"k": "2"}})
        s.until(lambda: len(seen) == 3)
        s.core.delete_namespaced_config_map("a", s.namespace)
        s.until(lambda: len(seen) == 4)
        print(seen)
        print(sorted(found.metadata.name for found in informer.cache.list()))
    finally:
        informer.stop()
    print("stored:", names(s.core.list_namespaced_config_map(s.namespace)))
