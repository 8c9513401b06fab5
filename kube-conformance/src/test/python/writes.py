"""Scenarios that write."""

import os
import tempfile
import threading

from kubernetes import client, utils

from scene import names, scenario


@scenario
def typed_objects(s):
    made = s.core.create_namespaced_config_map(
        s.namespace,
        client.V1ConfigMap(metadata=client.V1ObjectMeta(name="a", labels={"x": "y"}), data={"k": "1"}),
    )
    s.show("created", made)
    made.data["l"] = "2"
    replaced = s.core.replace_namespaced_config_map("a", s.namespace, made)
    s.show("replaced", replaced)
    s.refused("replaced with a stale one", lambda: s.core.replace_namespaced_config_map("a", s.namespace, made))
    s.show("read", s.core.read_namespaced_config_map("a", s.namespace))
    s.show("deleted", s.core.delete_namespaced_config_map("a", s.namespace))
    s.refused("read after deletion", lambda: s.core.read_namespaced_config_map("a", s.namespace))


@scenario
def secrets(s):
    made = s.core.create_namespaced_secret(s.namespace, {"metadata": {"name": "a"}, "stringData": {"k": "v"}})
    s.show("created", made)
    s.show("patched", s.core.patch_namespaced_secret("a", s.namespace, {"stringData": {"l": "w"}}))
    s.refused("of another type", lambda: s.core.patch_namespaced_secret("a", s.namespace, {"type": "kubernetes.io/tls"}), words=False)


@scenario
def deployments(s):
    s.show("created", s.apps.create_namespaced_deployment(s.namespace, s.deployment("d", 2)))
    s.show("status", s.apps.patch_namespaced_deployment_status("d", s.namespace, {"status": {"replicas": 2}}))
    s.show("status read", s.apps.read_namespaced_deployment_status("d", s.namespace))


@scenario
def patches(s):
    s.apps.create_namespaced_deployment(s.namespace, s.deployment("d", 1))
    strategic = {"spec": {"template": {"spec": {"containers": [{"name": "a", "env": [{"name": "A", "value": "1"}]}]}}}}
    s.show("strategic", s.apps.patch_namespaced_deployment("d", s.namespace, strategic).spec.template.spec)
    for title, kind, body in (
        ("JSON", "application/json-patch+json", [{"op": "add", "path": "/metadata/labels", "value": {"x": "y"}}]),
        ("merge", "application/merge-patch+json", {"metadata": {"labels": {"x": None, "z": "1"}}}),
        ("merge by a list", "application/merge-patch+json", {"spec": {"template": {"spec": {"containers": []}}}}),
        ("JSON that fails", "application/json-patch+json", [{"op": "remove", "path": "/metadata/absent"}]),
    ):
        def call(body=body, kind=kind):
            return s.apps.patch_namespaced_deployment("d", s.namespace, body, _content_type=kind)
        if "fails" in title or "list" in title:
            s.refused(title, call)
        else:
            s.show(title, call().metadata.labels)


@scenario
def server_side_apply(s):
    maps = s.dynamic().resources.get(api_version="v1", kind="ConfigMap")
    made = maps.server_side_apply(body=s.map("a", k="1"), namespace=s.namespace, name="a", field_manager="one")
    s.show("created", made, managed=True)
    s.refused("a conflict", lambda: maps.server_side_apply(
        body=s.map("a", k="2"), namespace=s.namespace, name="a", field_manager="two"))
    forced = maps.server_side_apply(
        body=s.map("a", k="2", l="2"), namespace=s.namespace, name="a", field_manager="two", force_conflicts=True)
    s.show("forced", forced, managed=True)
    less = maps.server_side_apply(body=s.map("a", l="2"), namespace=s.namespace, name="a", field_manager="two")
    s.show("with less", less, managed=True)


@scenario
def dynamic_client(s):
    found = s.dynamic()
    maps = found.resources.get(api_version="v1", kind="ConfigMap")
    s.show("created", maps.create(body=s.map("a", k="1"), namespace=s.namespace))
    s.show("patched", maps.patch(
        body={"data": {"l": "2"}}, name="a", namespace=s.namespace, content_type="application/merge-patch+json"))
    changed = maps.get(name="a", namespace=s.namespace).to_dict()
    changed["data"] = {"m": "3"}
    s.show("replaced", maps.replace(body=changed, namespace=s.namespace))
    listed = maps.get(namespace=s.namespace, label_selector="!absent")
    print(listed.kind, [item.metadata.name for item in listed.items])
    s.show("deleted", maps.delete(name="a", namespace=s.namespace))
    s.refused("deleted again", lambda: maps.delete(name="a", namespace=s.namespace))
    kinds = found.resources.get(api_version="apps/v1", kind="Deployment")
    print(kinds.name, kinds.namespaced, kinds.singular_name, kinds.short_names, sorted(kinds.verbs), sorted(kinds.subresources))
    made = kinds.create(body=s.deployment("d", 2), namespace=s.namespace)
    print("replicas", made.spec.replicas)
    scaled = kinds.scale.patch(
        body={"spec": {"replicas": 4}}, name="d", namespace=s.namespace, content_type="application/merge-patch+json")
    s.show("scaled", scaled)
    s.show("status", kinds.status.get(name="d", namespace=s.namespace))


@scenario
def custom_objects(s):
    group = s.lamp_kind("custom")
    there = (group, "v1", s.namespace, "lamps")
    s.show("created", s.custom.create_namespaced_custom_object(*there, s.lamp(group, "a", 10)))
    s.refused("too much", lambda: s.custom.create_namespaced_custom_object(*there, s.lamp(group, "b", 1000)))
    s.show("patched", s.custom.patch_namespaced_custom_object(
        *there, "a", {"spec": {"watts": 20}}, _content_type="application/merge-patch+json"))
    read = s.custom.get_namespaced_custom_object(*there, "a")
    read["spec"]["colour"] = "red"
    s.show("replaced", s.custom.replace_namespaced_custom_object(*there, "a", read))
    s.show("status", s.custom.patch_namespaced_custom_object_status(
        *there, "a", {"status": {"lit": True, "bulbs": 1}}, _content_type="application/merge-patch+json"))
    s.show("scale", s.custom.get_namespaced_custom_object_scale(*there, "a"))
    s.show("scaled", s.custom.patch_namespaced_custom_object_scale(
        *there, "a", {"spec": {"replicas": 3}}, _content_type="application/merge-patch+json"))
    listed = s.custom.list_namespaced_custom_object(*there)
    print(listed["kind"], [item["metadata"]["name"] for item in listed["items"]])
    everywhere = s.custom.list_custom_object_for_all_namespaces(group, "v1", "lamps")
    print(everywhere["kind"], len(everywhere["items"]))
    dynamic = s.dynamic().resources.get(api_version=group + "/v1", kind="Lamp")
    print(dynamic.name, dynamic.get(name="a", namespace=s.namespace).spec.colour)
    s.show("deleted", s.custom.delete_namespaced_custom_object(*there, "a"))
    s.refused("a kind that is not served", lambda: s.custom.list_namespaced_custom_object(group, "v2", s.namespace, "lamps"), words=False)


@scenario
def create_from_yaml(s):
    text = """
apiVersion: v1
kind: ConfigMap
metadata: {name: a}
data: {k: "1"}
---
apiVersion: v1
kind: List
items:
- {apiVersion: v1, kind: ServiceAccount, metadata: {name: b}}
- apiVersion: rbac.authorization.k8s.io/v1
  kind: Role
  metadata: {name: c}
  rules: [{apiGroups: [""], resources: [pods], verbs: [get]}]
"""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "objects.yaml")
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        for made in utils.create_from_yaml(s.api, path, namespace=s.namespace):
            for one in made if isinstance(made, list) else [made]:
                print(one.kind, one.metadata.name)
        try:
            utils.create_from_yaml(s.api, path, namespace=s.namespace)
        except utils.FailToCreateError as error:
            print([one.status for one in error.api_exceptions])
        for made in utils.create_from_yaml(s.api, path, namespace=s.namespace, apply=True):
            for one in made if isinstance(made, list) else [made]:
                print("applied", one.kind, one.metadata.name)


@scenario
def deletion(s):
    for name in "abcde":
        s.create(name, k="1")
    s.show("by policy", s.core.delete_namespaced_config_map(
        "a", s.namespace, body=client.V1DeleteOptions(propagation_policy="Background")))
    s.refused("another id", lambda: s.core.delete_namespaced_config_map(
        "b", s.namespace, body=client.V1DeleteOptions(preconditions=client.V1Preconditions(resource_version="1"))), words=False)
    s.show("dry", s.core.delete_namespaced_config_map("b", s.namespace, dry_run="All"))
    s.core.patch_namespaced_config_map("c", s.namespace, {"metadata": {"labels": {"x": "y"}}})
    gone = s.core.delete_collection_namespaced_config_map(s.namespace, label_selector="x=y")
    print("a collection:", gone.kind, gone.status)
    print("left:", names(s.core.list_namespaced_config_map(s.namespace)))
    s.core.delete_collection_namespaced_config_map(s.namespace, field_selector="metadata.name!=d")
    print("left:", names(s.core.list_namespaced_config_map(s.namespace)))


@scenario
def scale(s):
    s.apps.create_namespaced_deployment(s.namespace, s.deployment("d", 1))
    s.show("read", s.apps.read_namespaced_deployment_scale("d", s.namespace))
    s.show("patched", s.apps.patch_namespaced_deployment_scale("d", s.namespace, {"spec": {"replicas": 3}}))
    wanted = {"metadata": {"name": "d", "namespace": s.namespace}, "spec": {"replicas": 4}}
    s.show("replaced", s.apps.replace_namespaced_deployment_scale("d", s.namespace, wanted))
    print("replicas", s.apps.read_namespaced_deployment("d", s.namespace).spec.replicas)


@scenario
def conflicts_are_tried_again(s):
    s.create("counter", n="0")

    def count():
        for _ in range(5):
            def once():
                read = s.core.read_namespaced_config_map("counter", s.namespace)
                read.data["n"] = str(int(read.data["n"]) + 1)
                s.core.replace_namespaced_config_map("counter", s.namespace, read)
            done = False
            while not done:
                try:
                    once()
                    done = True
                except client.ApiException as error:
                    if error.status != 409:
                        raise

    writers = [threading.Thread(target=count) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    print("counted:", s.core.read_namespaced_config_map("counter", s.namespace).data["n"])


@scenario
def errors(s):
    s.refused("absent", lambda: s.core.read_namespaced_config_map("absent", s.namespace))
    s.create("a")
    s.refused("there already", lambda: s.create("a"))
    s.refused("a name that is none", lambda: s.create("Not_Valid"))
    s.refused("no namespace", lambda: s.core.create_namespaced_config_map(s.namespace + "-absent", s.map("a")))
    s.refused("a wrong selector", lambda: s.core.list_namespaced_config_map(s.namespace, label_selector="a in"))
    s.refused("a version that was", lambda: s.core.patch_namespaced_config_map(
        "a", s.namespace, {"metadata": {"resourceVersion": "1"}}))
    s.refused("no continue token", lambda: s.core.list_namespaced_config_map(s.namespace, limit=1, _continue="x"), words=False)
