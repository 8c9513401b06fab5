package io.edgemc.kube.fuzz;

import io.edgemc.kube.fuzz.RawClient.Sent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

/** Requests that have hurt servers before, each with the answers that are right. */
public final class Nasties {
    /**
     * @param title what it is
     * @param sent the request; it is about the ConfigMap {@code nasty}, which is there, or creates one named {@code made}
     * @param statuses answers that are right
     */
    public record Nasty(String title, Sent sent, Set<Integer> statuses) {
        @Override
        public String toString() {
            return title;
        }
    }

    public static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String OBJECT = MAPS + "/nasty";
    private static final String JSON = "application/json";
    private static final String CRDS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

    private Nasties() {}

    public static List<Nasty> all() {
        List<Nasty> all = new ArrayList<>();
        bodies(all);
        yaml(all);
        patches(all);
        schemas(all);
        queries(all);
        paths(all);
        transport(all);
        return all;
    }

    private static void bodies(List<Nasty> all) {
        create(all, "JSON nested 100 000 deep", "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000), 400);
        create(all, "arrays nested 100 000 deep, never closed", "[".repeat(100_000), 400);
        create(all, "a number of 1e999999 in a field", with("\"immutable\":1e999999"), 400);
        create(all, "a number of 1e999999 nobody asked for", with("\"nobody\":1e999999"), 400);
        create(all, "an integer of 400 digits", with("\"nobody\":" + "7".repeat(400)), 400, 201);
        create(all, "an integer of 2 000 000 digits", with("\"nobody\":" + "7".repeat(2_000_000)), 400);
        create(all, "a member twice", "{\"metadata\":{\"name\":\"made\",\"name\":\"made\"}}", 400, 201);
        create(all, "a lone surrogate", with("\"data\":{\"k\":\"\\ud800\"}"), 400, 201);
        create(all, "NUL in a value", with("\"data\":{\"k\":\"\\u0000\"}"), 400, 201);
        create(all, "NUL in a key", with("\"data\":{\"\\u0000\":\"v\"}"), 422);
        create(all, "NUL in a name", "{\"metadata\":{\"name\":\"ma\\u0000de\"}}", 422);
        create(all, "a path as a name", "{\"metadata\":{\"name\":\"../../etc/passwd\"}}", 422);
        create(all, "a line end in a name", "{\"metadata\":{\"name\":\"a\\r\\nX-Evil: 1\"}}", 422);
        create(all, "a member's name of 20 000 characters", with("\"" + "n".repeat(20_000) + "\":1"), 400, 201);
        create(all, "100 000 unknown members", with(many(100_000)), 400, 201);
        create(all, "nothing but blanks", " ".repeat(1_000_000), 400);
        add(
                all,
                "a byte order mark",
                post(JSON, bytes(0xef, 0xbb, 0xbf, "{\"metadata\":{\"name\":\"made\"}}")),
                400,
                201);
        add(all, "invalid UTF-8", post(JSON, bytes(0xc0, 0xaf, 0xff, "{}")), 400);
        add(all, "UTF-16", post(JSON, "{\"metadata\":{\"name\":\"made\"}}".getBytes(StandardCharsets.UTF_16)), 400);
    }

    private static void yaml(List<Nasty> all) {
        StringBuilder laughs = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 12; i++) {
            laughs.append("a%d: &a%d [%s]\n"
                    .formatted(i, i, String.join(",", Collections.nCopies(10, "*a" + (i - 1)))));
        }
        yaml(all, "a billion laughs", laughs + "metadata: {name: made}\n", 400);
        yaml(all, "a map that holds itself", "a: &a {b: *a}\n", 400);
        yaml(all, "a tag that makes objects", "!!javax.script.ScriptEngineManager [a]\n", 400);
        yaml(all, "sequences nested 50 000 deep", "[".repeat(50_000) + "]".repeat(50_000), 400);
        yaml(all, "blocks nested 2 000 deep", "- ".repeat(2_000) + "a\n", 400);
        yaml(all, "merge keys", "x: &x {name: made}\nmetadata: {<<: *x}\n", 400, 201, 422);
        yaml(all, "infinity", "metadata: {name: made}\nnobody: .inf\n", 400, 201);
    }

    private static void patches(List<Nasty> all) {
        StringBuilder copies = new StringBuilder("[{\"op\":\"add\",\"path\":\"/data\",\"value\":{\"a\":\"x\"}}");
        for (int i = 0; i < 60; i++) {
            copies.append(",{\"op\":\"copy\",\"from\":\"/data\",\"path\":\"/data/c")
                    .append(i)
                    .append("\"}");
        }
        patch(all, "copies that double", "application/json-patch+json", copies + "]", 413, 422, 400);
        patch(
                all,
                "10 001 operations",
                "application/json-patch+json",
                "[" + String.join(",", Collections.nCopies(10_001, "{\"op\":\"test\",\"path\":\"/data\",\"value\":1}"))
                        + "]",
                413);
        patch(
                all,
                "a pointer 100 000 deep",
                "application/json-patch+json",
                "[{\"op\":\"add\",\"path\":\"" + "/a".repeat(100_000) + "\",\"value\":1}]",
                422);
        patch(
                all,
                "a copy into itself",
                "application/json-patch+json",
                "[{\"op\":\"copy\",\"from\":\"\",\"path\":\"/data/self\"}]",
                400,
                422);
        patch(
                all,
                "the root moved away",
                "application/json-patch+json",
                "[{\"op\":\"move\",\"from\":\"\",\"path\":\"/data\"}]",
                400,
                422);
        patch(
                all,
                "the whole object removed",
                "application/json-patch+json",
                "[{\"op\":\"remove\",\"path\":\"\"}]",
                400,
                422);
        patch(
                all,
                "a merge patch nested 100 000 deep",
                "application/merge-patch+json",
                "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000),
                400);
        patch(
                all,
                "a merge patch of 4 MiB",
                "application/merge-patch+json",
                "{\"data\":{\"k\":\"" + "x".repeat(4 << 20) + "\"}}",
                413);
        patch(all, "a merge patch that is null", "application/merge-patch+json", "null", 400, 422);
        patch(
                all,
                "a directive that nobody knows",
                "application/strategic-merge-patch+json",
                "{\"$patch\":\"explode\"}",
                400,
                422,
                500);
        patch(
                all,
                "an order that is no list",
                "application/strategic-merge-patch+json",
                "{\"metadata\":{\"$setElementOrder/finalizers\":{\"a\":1}}}",
                400,
                422,
                500);
        patch(
                all,
                "an object deleted by a directive",
                "application/strategic-merge-patch+json",
                "{\"$patch\":\"delete\"}",
                400,
                422);
    }

    private static void schemas(List<Nasty> all) {
        crd(all, "a pattern that backtracks", "{\"type\":\"string\",\"pattern\":\"^(([a-z])+.)+[A-Z]([a-z])+$\"}", 201);
        crd(
                all,
                "a pattern that repeats 1 000 times 1 000 times",
                "{\"type\":\"string\",\"pattern\":\"((a{1000}){1000}){1000}\"}",
                422);
        crd(all, "a pattern that cannot be read", "{\"type\":\"string\",\"pattern\":\"(\"}", 422);
        crd(
                all,
                "a default above a reference",
                "{\"type\":\"object\",\"default\":{\"a\":{}},\"properties\":{\"a\":{\"$ref\":\"#/a\"}}}",
                422);
        crd(
                all,
                "a default above a reference in a combination",
                "{\"type\":\"object\",\"default\":{\"a\":{}},\"anyOf\":[{\"properties\":{\"a\":{\"$ref\":\"#/a\"}}}]}",
                422);
        crd(all, "a reference to itself", "{\"$ref\":\"#/properties/spec\"}", 422);
        crd(
                all,
                "a schema 100 deep",
                "{\"type\":\"object\",\"properties\":{\"a\":".repeat(100) + "{\"type\":\"string\"}" + "}}".repeat(100),
                400,
                201);
        crd(all, "a schema of 1 MB", properties(15_000), 201, 422);
        crd(
                all,
                "negations 50 deep",
                "{\"type\":\"string\",\"not\":".repeat(1) + "{\"not\":".repeat(50) + "{}" + "}".repeat(51),
                201,
                422);
        crd(
                all,
                "a rule that costs too much",
                "{\"type\":\"array\",\"items\":{\"type\":\"string\"},\"x-kubernetes-validations\":[{\"rule\":"
                        + "\"self.all(a, self.all(b, self.all(c, self.all(d, a + b + c == d))))\"}]}",
                422);
        crd(
                all,
                "a rule nested 500 deep",
                "{\"type\":\"string\",\"x-kubernetes-validations\":[{\"rule\":\"" + "(".repeat(500) + "true"
                        + ")".repeat(500) + "\"}]}",
                422,
                201);
        crd(
                all,
                "a rule with a pattern that repeats a thousand times a thousand times",
                "{\"type\":\"string\",\"default\":\"a\",\"x-kubernetes-validations\":[{\"rule\":"
                        + "\"self.matches('((a{1000}){1000}){1000}')\"}]}",
                201,
                422);
        crd(
                all,
                "a pattern of 1 500 brackets",
                "{\"type\":\"string\",\"pattern\":\"" + "(".repeat(1_500) + ")".repeat(1_500) + "\"}",
                422);
        crd(all, "a default that the schema refuses", "{\"type\":\"integer\",\"default\":\"x\"}", 422);
    }

    private static void queries(List<Nasty> all) {
        get(all, "a negative limit", MAPS + "?limit=-1", 200, 400);
        get(all, "a limit beyond all numbers", MAPS + "?limit=" + "9".repeat(40), 400);
        get(all, "a limit of the largest number", MAPS + "?limit=9223372036854775807", 200);
        get(all, "a watch that lasts for ever", MAPS + "?timeoutSeconds=" + "9".repeat(40) + "&watch=1", 400);
        get(all, "a negative watch", MAPS + "?timeoutSeconds=-99&watch=false", 200, 400);
        get(all, "a continue token of 100 000 characters", MAPS + "?continue=" + "A".repeat(6_000), 400);
        get(all, "a continue token from elsewhere", MAPS + "?continue=eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6LTF9", 400);
        get(all, "a selector of 2 000 parts", MAPS + "?labelSelector=" + "a%3Db,".repeat(1_000) + "a", 200, 400);
        get(all, "a selector of brackets", MAPS + "?labelSelector=" + "(".repeat(3_000), 400);
        get(all, "a selector that backtracks", MAPS + "?labelSelector=" + "a".repeat(5_000) + "!", 400);
        get(all, "a field selector of escapes", MAPS + "?fieldSelector=metadata.name%3D" + "%5C".repeat(1_001), 400);
        get(all, "broken percent-encoding in the query", MAPS + "?labelSelector=%zz", 200, 400);
        get(all, "half a percent-encoding in the query", MAPS + "?labelSelector=%", 200, 400);
        get(all, "500 parameters", MAPS + "?" + "a=b&".repeat(500), 200, 400);
    }

    private static void paths(List<Nasty> all) {
        get(all, "broken percent-encoding in the path", MAPS + "/%zz", 400);
        get(all, "dots in the path", MAPS + "/../secrets", 301, 400, 404);
        get(all, "encoded dots in the path", MAPS + "/%2e%2e/secrets", 301, 400, 404);
        get(all, "an encoded slash in a name", MAPS + "/a%2Fb", 400, 404);
        get(all, "a backslash in a name", MAPS + "/a%5Cb", 400, 404);
        get(all, "NUL in the path", MAPS + "/a%00", 400, 404);
        get(all, "overlong UTF-8 in the path", MAPS + "/%c0%ae", 400, 404);
        get(all, "a line end in the path", MAPS + "/a%0d%0aX-Evil:%201", 400, 404);
        get(all, "a path of 7 000 characters", MAPS + "/" + "a".repeat(7_000), 404);
        get(all, "a path of 3 000 parts", "/api" + "/a".repeat(3_000), 400, 404);
    }

    private static void transport(List<Nasty> all) {
        add(all, "gzip that is none", zipped("no gzip".getBytes(StandardCharsets.UTF_8)), 400, 415);
        add(all, "gzip cut off", zipped(java.util.Arrays.copyOf(gzip(new byte[100_000]), 40)), 400, 415);
        add(all, "gzip of 100 MB of blanks", zipped(gzip(new byte[100 << 20])), 413, 400, 415);
        add(
                all,
                "chunks that end too early",
                new Sent(
                        "POST",
                        MAPS,
                        List.of("Content-Type: " + JSON, "Transfer-Encoding: chunked"),
                        "5\r\n{\"met\r\nzz\r\n".getBytes(StandardCharsets.US_ASCII)),
                400);
        add(
                all,
                "a media type of 5 000 characters",
                new Sent(
                        "POST",
                        MAPS,
                        List.of("Content-Type: " + "a".repeat(5_000)),
                        "{}".getBytes(StandardCharsets.US_ASCII)),
                415);
        add(
                all,
                "an Accept header of 1 000 types",
                new Sent("GET", MAPS, List.of("Accept: " + "a/b;q=0.1,".repeat(700) + "*/*"), new byte[0]),
                200,
                406);
        add(
                all,
                "an Accept header of nothing",
                new Sent("GET", MAPS, List.of("Accept: ;;,,;=,"), new byte[0]),
                406,
                200);
        add(
                all,
                "a manager's name with a line end",
                Sent.of(
                        "PATCH",
                        OBJECT + "?fieldManager=a%0d%0aX-Evil:%201",
                        "application/merge-patch+json",
                        "{\"data\":{\"k\":\"w\"}}"),
                422,
                400);
    }

    private static void add(List<Nasty> all, String title, Sent sent, Integer... statuses) {
        all.add(new Nasty(title, sent, Set.of(statuses)));
    }

    private static void create(List<Nasty> all, String title, String body, Integer... statuses) {
        add(all, title, post(JSON, body.getBytes(StandardCharsets.UTF_8)), statuses);
    }

    private static void yaml(List<Nasty> all, String title, String body, Integer... statuses) {
        add(all, "YAML: " + title, post("application/yaml", body.getBytes(StandardCharsets.UTF_8)), statuses);
    }

    private static void patch(List<Nasty> all, String title, String media, String body, Integer... statuses) {
        add(all, title, Sent.of("PATCH", OBJECT, media, body), statuses);
    }

    private static void get(List<Nasty> all, String title, String path, Integer... statuses) {
        add(all, title, new Sent("GET", path, List.of(), new byte[0]), statuses);
    }

    private static void crd(List<Nasty> all, String title, String schema, Integer... statuses) {
        String name = "n" + all.size();
        String body = Seeds.KINDS
                .getLast()
                .object()
                .replace("NAME", name)
                .replace("KIND", "K" + name)
                .replace("SHORT", "s" + name)
                .replace("\n", "")
                .replace("{\"type\":\"array\",\"maxItems\":5,\"items\":{\"type\":\"integer\",\"minimum\":1}}", schema);
        add(all, "CRD: " + title, Sent.of("POST", CRDS, JSON, body), statuses);
    }

    private static Sent post(String media, byte[] body) {
        return new Sent("POST", MAPS, List.of("Content-Type: " + media), body);
    }

    private static Sent zipped(byte[] body) {
        return new Sent("POST", MAPS, List.of("Content-Type: " + JSON, "Content-Encoding: gzip"), body);
    }

    private static String with(String members) {
        return "{\"metadata\":{\"name\":\"made\"}," + members + "}";
    }

    private static String many(int members) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < members; i++) {
            text.append(i == 0 ? "" : ",").append("\"m").append(i).append("\":1");
        }
        return text.toString();
    }

    private static String properties(int count) {
        StringBuilder text = new StringBuilder("{\"type\":\"object\",\"properties\":{");
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : ",")
                    .append("\"property")
                    .append(i)
                    .append("\":{\"type\":\"string\",\"maxLength\":9}");
        }
        return text + "}}";
    }

    private static byte[] bytes(int first, int second, int third, String rest) {
        byte[] text = rest.getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[text.length + 3];
        all[0] = (byte) first;
        all[1] = (byte) second;
        all[2] = (byte) third;
        System.arraycopy(text, 0, all, 3, text.length);
        return all;
    }

    private static byte[] gzip(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(content);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }
}
