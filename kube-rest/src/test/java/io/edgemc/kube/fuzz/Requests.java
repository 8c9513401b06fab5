package io.edgemc.kube.fuzz;

import io.edgemc.kube.fuzz.RawClient.Sent;
import io.edgemc.kube.fuzz.Seeds.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/** Makes requests that a careful client would not send: the same for the same seed. */
final class Requests {
    private static final List<String> SELECTOR = List.of(
            "a",
            "b",
            "=",
            "==",
            "!=",
            "!",
            ",",
            "(",
            ")",
            " in ",
            " notin ",
            "in",
            ">",
            "<",
            "1",
            "-",
            ".",
            "/",
            "a/b",
            " ",
            "\\",
            "\"",
            "%00",
            "metadata.name",
            "spec.color",
            "status.phase",
            "x".repeat(64),
            "ü");
    private static final List<String> MEDIA = List.of(
            "application/json",
            "application/yaml",
            "application/",
            "*/*",
            "*",
            "/",
            ";",
            ",",
            "as=Table",
            "v=v1",
            "g=meta.k8s.io",
            "q=0",
            "q=",
            "charset=utf-8",
            "\"",
            "=",
            " ",
            "application/vnd.kubernetes.protobuf",
            "text/html",
            "\t",
            "application/apply-patch+yaml",
            "application/json-patch+json",
            "as=PartialObjectMetadataList");
    private static final List<String> PATH = List.of(
            "/",
            "api",
            "apis",
            "v1",
            "apps",
            "namespaces",
            "default",
            "configmaps",
            "deployments",
            "openapi",
            "v3",
            "version",
            "..",
            ".",
            "%2e%2e",
            "%2F",
            "%",
            "%zz",
            "%00",
            "%ff",
            "%c0%af",
            "a",
            "status",
            "scale",
            "?",
            "&",
            "#",
            ";",
            "//",
            "fuzz.example.com",
            "widgets",
            "%0d%0aX:y",
            "\\",
            "x".repeat(300));
    private static final List<String> QUERY = List.of(
            "limit",
            "continue",
            "watch",
            "timeoutSeconds",
            "resourceVersion",
            "resourceVersionMatch",
            "labelSelector",
            "fieldSelector",
            "dryRun",
            "fieldManager",
            "fieldValidation",
            "force",
            "pretty",
            "gracePeriodSeconds",
            "propagationPolicy",
            "orphanDependents",
            "allowWatchBookmarks",
            "unknown",
            "");
    private static final List<String> QUERY_VALUES = List.of(
            "",
            "0",
            "1",
            "-1",
            "500",
            "999999999999999999999",
            "-9223372036854775808",
            "1.5",
            "1e9",
            "true",
            "TRUE",
            "All",
            "x",
            "%00",
            "%",
            "%ff",
            "%E2%80%AE",
            "a%3Db",
            "Exact",
            "NotOlderThan",
            "Strict",
            "Foreground",
            "x".repeat(200),
            "+",
            "a&a");
    private static final List<String> CEL = List.of(
            "self",
            "oldSelf",
            ".",
            "a",
            "b",
            "size()",
            "(",
            ")",
            "[",
            "]",
            "0",
            "-1",
            "1.5",
            "'x'",
            "\"",
            " && ",
            " || ",
            "!",
            " == ",
            " > ",
            " + ",
            " in ",
            "? ",
            " : ",
            "all(x, x)",
            "exists(",
            "map(x, x + x)",
            "matches('(a+)+$')",
            "duration('1s')",
            "timestamp('x')",
            "has(",
            "{",
            "}",
            ",",
            "9223372036854775807",
            "1e999",
            "null",
            "optional.none()",
            "quantity('1k')",
            "self.b.all(x, self.b.all(y, self.b.all(z, true)))",
            "true",
            "\\",
            "ü",
            "/",
            "%",
            "string(",
            "replace('a','aa')");
    private static final List<String> SCHEMA = List.of(
            "{\"type\":\"object\"}",
            "{\"type\":\"array\"}",
            "{\"type\":\"string\",\"pattern\":\"(a*)*b\"}",
            "{\"$ref\":\"#/a\"}",
            "{\"type\":\"array\",\"items\":HOLE}",
            "{\"type\":\"object\",\"properties\":{\"a\":HOLE,\"b\":HOLE}}",
            "{\"type\":\"object\",\"additionalProperties\":HOLE}",
            "{\"allOf\":[HOLE],\"type\":\"string\"}",
            "{\"not\":HOLE}",
            "{\"type\":\"integer\",\"default\":\"x\"}",
            "{\"type\":\"integer\",\"minimum\":5,\"maximum\":1}",
            "{\"type\":\"string\",\"enum\":[1,\"a\",\"a\",null]}",
            "{\"type\":\"string\",\"format\":\"x\"}",
            "{}",
            "[]",
            "1",
            "null",
            "{\"type\":\"object\",\"x-kubernetes-preserve-unknown-fields\":true,\"properties\":{\"a\":HOLE}}",
            "{\"type\":\"array\",\"items\":HOLE,\"x-kubernetes-list-type\":\"map\",\"x-kubernetes-list-map-keys\":[\"a\"]}",
            "{\"type\":\"array\",\"items\":HOLE,\"x-kubernetes-list-type\":\"set\"}",
            "{\"type\":\"string\",\"maxLength\":-1}",
            "{\"type\":\"array\",\"items\":[HOLE]}",
            "{\"type\":\"object\",\"x-kubernetes-embedded-resource\":true}",
            "{\"x-kubernetes-int-or-string\":true,\"type\":\"object\"}",
            "{\"type\":\"object\",\"default\":{\"a\":{}},\"properties\":{\"a\":HOLE}}",
            "{\"type\":\"number\",\"multipleOf\":0}",
            "{\"type\":[\"string\"]}",
            "{\"type\":\"object\",\"required\":[\"\",1]}",
            "{\"type\":\"object\",\"patternProperties\":{\"(\":HOLE}}",
            "{\"type\":\"string\",\"nullable\":\"yes\"}");
    private static final List<String> YAML = List.of(
            "a: ",
            "&x ",
            "*x",
            "- ",
            "[",
            "]",
            "{",
            "}",
            "\n",
            "  ",
            "!!binary ",
            "!!python/object:os.system ",
            "!<tag:x> ",
            "? ",
            ": ",
            "|\n",
            ">\n",
            "'",
            "\"",
            "#",
            "---\n",
            "...\n",
            "%YAML 9.9\n",
            "<<: ",
            "0x1F",
            "1_000",
            "0o17",
            "1:30",
            ".inf",
            ".nan",
            "2026-01-01",
            "~",
            "yes",
            "\t",
            "\0",
            "\u0085",
            "\ufeff",
            "9".repeat(400),
            "1e999999");

    private final Trees trees;
    private final int number;
    private final String there;

    /**
     * @param number for new names
     * @param there the name of the object of each kind that is there
     */
    Requests(Random random, int number, String there) {
        this.trees = new Trees(random);
        this.number = number;
        this.there = there;
    }

    /** A request and the object it may change; {@code object} empty for none. */
    record Made(Sent sent, String object) {}

    Made next() {
        return trees.one(List.<java.util.function.Supplier<Made>>of(
                        this::created,
                        this::created,
                        this::replaced,
                        this::merged,
                        this::jsonPatched,
                        this::strategic,
                        this::applied,
                        this::yaml,
                        this::listed,
                        this::negotiated,
                        this::anywhere,
                        this::rule,
                        this::schema,
                        this::scaled,
                        this::zipped))
                .get();
    }

    private Kind kind() {
        return trees.one(Seeds.KINDS);
    }

    private String named(Kind kind, String name) {
        return kind.object()
                .replace("\n", "")
                .replace("NAME", name)
                .replace("KIND", "K" + name.replace("-", ""))
                .replace("SHORT", "s" + name.replace("-", ""));
    }

    private static String at(Kind kind, String name) {
        boolean crd = kind == Seeds.KINDS.getLast();
        return kind.collection() + "/" + name + (crd ? "s.fuzzed.example.com" : "");
    }

    private Made body(String method, String path, String media, String text, String object) {
        List<String> headers = new ArrayList<>(List.of("Content-Type: " + media));
        return new Made(new Sent(method, path, headers, trees.bytes(text)), object);
    }

    private Made created() {
        Kind kind = kind();
        String name = "new" + number;
        return body(
                "POST",
                kind.collection() + query(15),
                "application/json",
                trees.changed(named(kind, name)),
                at(kind, name));
    }

    private Made replaced() {
        Kind kind = kind();
        return body(
                "PUT",
                at(kind, there) + query(15),
                "application/json",
                trees.changed(named(kind, there)),
                at(kind, there));
    }

    private Made merged() {
        Kind kind = kind();
        return body(
                "PATCH",
                at(kind, there) + query(15),
                "application/merge-patch+json",
                trees.changed(named(kind, there)),
                at(kind, there));
    }

    private Made strategic() {
        Kind kind = kind();
        return body(
                "PATCH",
                at(kind, there) + query(15),
                "application/strategic-merge-patch+json",
                trees.changed(named(kind, there)),
                at(kind, there));
    }

    private Made applied() {
        Kind kind = kind();
        return body(
                "PATCH",
                at(kind, there) + "?fieldManager=fuzz&force=true",
                "application/apply-patch+yaml",
                trees.changed(named(kind, there)),
                at(kind, there));
    }

    private Made jsonPatched() {
        Kind kind = kind();
        StringBuilder operations = new StringBuilder("[");
        List<String> paths = List.of(
                "",
                "/",
                "/metadata",
                "/metadata/name",
                "/metadata/labels/a",
                "/spec",
                "/spec/-",
                "/spec/ports/0",
                "/spec/ports/-",
                "/spec/ports/99999999999",
                "/spec/ports/-1",
                "/a~1b",
                "/a~2",
                "/data/k",
                "/spec/template/spec/containers/0/image",
                "nopointer",
                "/metadata/managedFields",
                "/metadata/managedFields/0/fieldsV1",
                "/status");
        for (int i = trees.one(List.of(0, 1, 2, 5, 30)); i > 0; i--) {
            String op = trees.one(List.of("add", "remove", "replace", "move", "copy", "test", "merge", ""));
            operations
                    .append("{\"op\":\"")
                    .append(op)
                    .append("\",\"path\":\"")
                    .append(trees.one(paths))
                    .append("\",\"from\":\"")
                    .append(trees.one(paths))
                    .append('"')
                    .append(trees.chance(85) ? ",\"value\":" + trees.one(Seeds.VALUES.subList(0, 30)) : "")
                    .append(i > 1 ? "}," : "}");
        }
        return body("PATCH", at(kind, there), "application/json-patch+json", operations + "]", at(kind, there));
    }

    private Made yaml() {
        Kind kind = kind();
        String name = "new" + number;
        String text = trees.chance(50)
                ? trees.pieces(YAML, 20)
                : "metadata:\n  name: " + name + "\ndata:\n  k: " + trees.pieces(YAML, 6) + "\n";
        return body("POST", kind.collection(), "application/yaml", text, at(kind, name));
    }

    private Made listed() {
        Kind kind = kind();
        String selector = encoded(trees.pieces(SELECTOR, 8));
        String path = kind.collection()
                + switch (trees.one(List.of(0, 1, 2, 3))) {
                    case 0 -> "?labelSelector=" + selector;
                    case 1 -> "?fieldSelector=" + selector;
                    case 2 -> "?limit=1&continue=" + encoded(token());
                    default -> query(100);
                };
        return new Made(new Sent("GET", path, List.of(), new byte[0]), "");
    }

    private String token() {
        String json = trees.changed("{\"rv\":3,\"ns\":\"default\",\"name\":\"a\"}");
        return switch (trees.one(List.of(0, 1, 2))) {
            case 0 -> Base64.getUrlEncoder().withoutPadding().encodeToString(trees.bytes(json));
            case 1 -> trees.pieces(QUERY_VALUES, 5);
            default -> Base64.getUrlEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8)) + "==";
        };
    }

    private Made negotiated() {
        Kind kind = kind();
        List<String> headers = new ArrayList<>();
        headers.add("Accept: " + trees.pieces(MEDIA, 8));
        headers.add("Accept-Encoding: " + trees.pieces(List.of("gzip", "br", ";q=0", ",", "*", "identity"), 4));
        if (trees.chance(50)) {
            return new Made(new Sent("GET", kind.collection() + query(20), headers, new byte[0]), "");
        }
        headers.add("Content-Type: " + trees.pieces(MEDIA, 4));
        headers.add("Content-Encoding: " + trees.one(List.of("", "gzip", "identity", "br", "gzip, gzip", "x")));
        String text = named(kind, there);
        return new Made(
                new Sent(trees.one(List.of("PUT", "PATCH")), at(kind, there), headers, trees.bytes(text)),
                at(kind, there));
    }

    private Made anywhere() {
        String path = "/" + trees.pieces(PATH, 8);
        String method = trees.one(List.of("GET", "POST", "PUT", "PATCH", "HEAD", "OPTIONS", "TRACE", "BREW"));
        return new Made(
                new Sent(method, path.replace(" ", "%20"), List.of("Content-Type: application/json"), new byte[0]), "");
    }

    private Made rule() {
        Kind crds = Seeds.KINDS.getLast();
        String name = "rule" + number;
        String rule = trees.pieces(CEL, 12).replace("\\", "\\\\").replace("\"", "\\\"");
        String text = named(crds, name).replace("self.a.size() < 20", rule);
        return body("POST", crds.collection(), "application/json", text, at(crds, name));
    }

    private Made schema() {
        Kind crds = Seeds.KINDS.getLast();
        String name = "schema" + number;
        String schema = "HOLE";
        for (int i = trees.one(List.of(1, 3, 8, 20)); i > 0; i--) {
            schema = schema.replaceFirst("HOLE", java.util.regex.Matcher.quoteReplacement(trees.one(SCHEMA)));
        }
        String text = named(crds, name)
                .replace(
                        "{\"type\":\"array\",\"maxItems\":5,\"items\":{\"type\":\"integer\",\"minimum\":1}}",
                        schema.replace("HOLE", "{\"type\":\"string\"}"));
        return body("POST", crds.collection(), "application/json", text, at(crds, name));
    }

    private Made scaled() {
        Kind kind = trees.one(List.of(Seeds.KINDS.get(2), Seeds.KINDS.get(5)));
        String scale = trees.changed("{\"apiVersion\":\"autoscaling/v1\",\"kind\":\"Scale\",\"metadata\":{\"name\":\""
                + there + "\",\"namespace\":\"default\"},\"spec\":{\"replicas\":2}}");
        String media =
                trees.one(List.of("application/merge-patch+json", "application/apply-patch+yaml", "application/json"));
        String method = media.equals("application/json") ? "PUT" : "PATCH";
        return body(method, at(kind, there) + "/scale?fieldManager=f", media, scale, at(kind, there));
    }

    private Made zipped() {
        Kind kind = kind();
        java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        try (java.util.zip.GZIPOutputStream zip = new java.util.zip.GZIPOutputStream(bytes)) {
            zip.write(trees.changed(named(kind, there)).getBytes(StandardCharsets.UTF_8));
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
        byte[] body = trees.bytes(new String(bytes.toByteArray(), StandardCharsets.ISO_8859_1));
        List<String> headers = List.of("Content-Type: application/json", "Content-Encoding: gzip");
        return new Made(
                new Sent("PUT", at(kind, there), headers, trees.chance(50) ? bytes.toByteArray() : body),
                at(kind, there));
    }

    private String query(int percent) {
        if (!trees.chance(percent)) {
            return "";
        }
        StringBuilder text = new StringBuilder("?");
        for (int i = trees.one(List.of(1, 2, 4)); i > 0; i--) {
            text.append(trees.one(QUERY))
                    .append('=')
                    .append(trees.one(QUERY_VALUES))
                    .append('&');
        }
        // A watch without an end would be one.
        return text + "timeoutSeconds=1";
    }

    private static String encoded(String text) {
        return java.net.URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
