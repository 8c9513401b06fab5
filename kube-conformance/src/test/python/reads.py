"""Scenarios that read."""

from kubernetes import client

from scene import names, scenario


@scenario
def pages(s):
    for i in range(7):
        s.create(f"m-{i}", k=str(i))
    token, count = None, 0
    while True:
        page = s.core.list_namespaced_config_map(s.namespace, limit=3, _continue=token)
        print(names(page), "remaining", page.metadata.remaining_item_count)
        count += len(page.items)
        token = page.metadata._continue
        if not token:
            break
    print("in all", count)


@scenario
def selectors(s):
    s.create("a")
    s.create("b")
    s.core.patch_namespaced_config_map("b", s.namespace, {"metadata": {"labels": {"x": "y"}}})
    for selector in ("x", "!x", "x=y", "x!=y", "x in (y,z)", "x notin (y)"):
        print(selector, names(s.core.list_namespaced_config_map(s.namespace, label_selector=selector)))
    for selector in ("metadata.name=a", "metadata.name!=a"):
        print(selector, names(s.core.list_namespaced_config_map(s.namespace, field_selector=selector)))
    print(names(s.core.list_config_map_for_all_namespaces(label_selector="x=y", field_selector="metadata.namespace=" + s.namespace)))


@scenario
def versions(s):
    first = s.create("a")
    s.create("b")
    exact = s.core.list_namespaced_config_map(
        s.namespace, resource_version=first.metadata.resource_version, resource_version_match="Exact")
    print(names(exact), exact.metadata.resource_version == first.metadata.resource_version)
    print(names(s.core.list_namespaced_config_map(s.namespace, resource_version="0")))


@scenario
def discovery(s):
    version = client.VersionApi(s.api).get_code()
    print(version.major, version.minor)
    print(sorted(client.CoreApi(s.api).get_api_versions().versions))
    groups = {group.name for group in client.ApisApi(s.api).get_api_versions().groups}
    print(sorted(groups & {"apps", "batch", "networking.k8s.io", "rbac.authorization.k8s.io", "apiextensions.k8s.io", "policy"}))
    for api in (client.AppsV1Api(s.api), client.BatchV1Api(s.api)):
        for one in sorted(api.get_api_resources().resources, key=lambda resource: resource.name):
            print(one.name, one.kind, one.namespaced, one.short_names, sorted(one.verbs))


@scenario
def dynamic_discovery(s):
    group = s.lamp_kind("discovered")
    found = s.dynamic()
    print(found.version["kubernetes"]["major"])
    for kind in ("Pod", "Deployment", "Ingress", "CronJob", "Role", "CustomResourceDefinition", "Lease", "Namespace"):
        one = found.resources.get(kind=kind)
        print(kind, one.group_version, one.name, one.namespaced, one.short_names, one.categories)
    print([one.kind for one in found.resources.search(api_version=group + "/v1") if not one.kind.endswith("List")])
    for wanted in ({"kind": "Absent"}, {"api_version": "apps/v1beta9", "kind": "Deployment"}):
        try:
            found.resources.get(**wanted)
        except Exception as error:
            print(type(error).__name__, str(error))


@scenario
def raw_answers(s):
    s.create("a", k="1")
    answer = s.core.read_namespaced_config_map_with_http_info("a", s.namespace)
    print(answer[1], answer[2]["Content-Type"], answer[0].data)
    table = s.api.call_api(
        "GET", s.api.configuration.host + f"/api/v1/namespaces/{s.namespace}/configmaps",
        header_params={"Accept": "application/json;as=Table;v=v1;g=meta.k8s.io"})
    table.read()
    print(table.status, table.getheader("Content-Type") if hasattr(table, "getheader") else "")


@scenario
def reviews(s):
    review = {"spec": {"resourceAttributes": {"namespace": s.namespace, "verb": "get", "resource": "pods"}}}
    made = client.AuthorizationV1Api(s.api).create_self_subject_access_review(review)
    print("allowed", made.status.allowed)
    print(client.AuthenticationV1Api(s.api).create_self_subject_review({}).status.user_info.username)


@scenario
def reason_phrases(s):
    for call in (
        lambda: s.core.read_namespaced_config_map("absent", s.namespace),
        lambda: s.core.list_namespaced_config_map(s.namespace, label_selector="a in"),
    ):
        try:
            call()
        except client.ApiException as error:
            print(error.status)
            print("phrase:", error.reason)
