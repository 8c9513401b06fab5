"""What a scenario of the Python client works with, and how it says what it sees."""

import json
import re
import threading

import yaml
from kubernetes import client, config, dynamic
from kubernetes.client.exceptions import ApiException

SCENARIOS = []

LAMP_DEFINITION = """
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
spec:
  scope: Namespaced
  names: {plural: lamps, singular: lamp, kind: Lamp}
  versions:
  - name: v1
    served: true
    storage: true
    subresources:
      status: {}
      scale: {specReplicasPath: .spec.bulbs, statusReplicasPath: .status.bulbs}
    schema:
      openAPIV3Schema:
        type: object
        properties:
          spec:
            type: object
            required: [watts]
            properties:
              watts: {type: integer, minimum: 1, maximum: 100}
              bulbs: {type: integer, default: 1}
              colour: {type: string, default: white}
          status:
            type: object
            properties: {bulbs: {type: integer}, lit: {type: boolean}}
"""


def scenario(function):
    """Its name is that of the function, with blanks."""
    SCENARIOS.append(function)
    return function


class Scene:
    """A namespace of its own, clients, and a place to say what is seen."""

    def __init__(self, name):
        self.api = config.new_client_from_config(CONFIG)
        self.core = client.CoreV1Api(self.api)
        self.apps = client.AppsV1Api(self.api)
        self.custom = client.CustomObjectsApi(self.api)
        self.namespace = "python-" + name.replace("_", "-")
        self.core.create_namespace({"metadata": {"name": self.namespace}})

    def dynamic(self):
        return dynamic.DynamicClient(self.api)

    def map(self, name, **data):
        return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": name}, **({"data": data} if data else {})}

    def create(self, name, **data):
        return self.core.create_namespaced_config_map(self.namespace, self.map(name, **data))

    def deployment(self, name, replicas):
        labels = {"app": name}
        return {
            "apiVersion": "apps/v1",
            "kind": "Deployment",
            "metadata": {"name": name},
            "spec": {
                "replicas": replicas,
                "selector": {"matchLabels": labels},
                "template": {
                    "metadata": {"labels": labels},
                    "spec": {"containers": [{"name": "a", "image": "a:1"}]},
                },
            },
        }

    def lamp_kind(self, group):
        """Defines a kind and waits until it is served; its group."""
        definition = yaml.safe_load(LAMP_DEFINITION)
        group += ".python.example"
        definition["metadata"] = {"name": "lamps." + group}
        definition["spec"]["group"] = group
        extensions = client.ApiextensionsV1Api(self.api)
        extensions.create_custom_resource_definition(definition)
        self.until(lambda: succeeds(lambda: self.custom.list_namespaced_custom_object(group, "v1", self.namespace, "lamps")))
        self.until(lambda: succeeds(lambda: self.custom.get_api_resources(group, "v1")))
        return group

    def lamp(self, group, name, watts):
        return {"apiVersion": group + "/v1", "kind": "Lamp", "metadata": {"name": name}, "spec": {"watts": watts}}

    def until(self, holds):
        """Waits for what is to become true."""
        pause = threading.Event()
        for _ in range(1500):
            if holds():
                return
            pause.wait(0.02)
        raise AssertionError("in vain waited")

    def show(self, title, value, managed=False):
        """An object as sorted JSON, without who owns its fields if that is not asked for."""
        if hasattr(value, "to_dict"):
            value = value.to_dict()
        plain = self.api.sanitize_for_serialization(value)
        if not managed and isinstance(plain, dict):
            for key in ("managedFields", "managed_fields"):
                plain.get("metadata", {}).pop(key, None)
        if isinstance(plain, dict) and isinstance(plain.get("metadata"), dict):
            # A server's order goes by seconds.
            plain["metadata"].get("managedFields", []).sort(key=lambda entry: entry["manager"])
        text = json.dumps(plain, sort_keys=True, indent=1, default=str)
        print(title + ": " + re.sub(r'("resource_version": ")\d+', r"\1<version>", text))

    def refused(self, title, call, words=True):
        """What programs see of an error: its type, and the Status in its body if its words count."""
        try:
            call()
        except ApiException as error:
            print(f"{title}: {type(error).__name__} {error.status}")
            if not words:
                return
            try:
                body = json.loads(error.body)
            except ValueError:
                print("  " + str(error.body))
                return
            causes = body.get("details", {}).get("causes", [])
            print(f"  {body['kind']} {body['code']} {body.get('reason')}: {body['message']}")
            print("  " + json.dumps({**body.get("details", {}), "causes": causes}, sort_keys=True))
            return
        print(title + ": was not refused")


def succeeds(call):
    try:
        call()
        return True
    except ApiException:
        return False


def names(found):
    return ",".join(item.metadata.name for item in found.items)


CONFIG = ""


def run(kubeconfig):
    global CONFIG
    CONFIG = kubeconfig
    for one in SCENARIOS:
        print("## " + one.__name__.replace("_", " "))
        try:
            one(Scene(one.__name__))
        except Exception as problem:  # A transcript tells what was not thought of.
            print(f"UNEXPECTED: {type(problem).__name__}: {problem}".replace("\n", " "))
