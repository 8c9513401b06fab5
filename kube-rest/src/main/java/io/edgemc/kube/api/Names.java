package io.edgemc.kube.api;

import java.util.ArrayList;
import java.util.List;

/** What may be a name, a label, a label's value. Written out by hand: these run for every label of every write. */
public final class Names {
    public static final String SUBDOMAIN_RULE =
            "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start"
                    + " and end with an alphanumeric character (e.g. 'example.com', regex used for validation is"
                    + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
    public static final String LABEL_RULE =
            "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end"
                    + " with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is"
                    + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
    public static final String VALUE_RULE =
            "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start"
                    + " and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for"
                    + " validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
    public static final String QUALIFIED_RULE =
            "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an"
                    + " alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is"
                    + " '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

    public static final String WILDCARD_RULE =
            "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of"
                    + " lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character (e.g."
                    + " '*.example.com', regex used for validation is"
                    + " '\\*\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

    public static final String LABEL_1035_RULE =
            "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic"
                    + " character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for"
                    + " validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";

    private static final String KEY_RULE =
            "a valid label key must" + QUALIFIED_RULE.substring("name part must".length())
                    + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')";

    private Names() {}

    /** A DNS label that begins with a letter. */
    public static boolean isLabel1035(String name) {
        return isLabel(name) && name.charAt(0) >= 'a';
    }

    /** What is wrong with a DNS label; nothing if it is one. */
    public static List<String> whyNoLabel(String name) {
        List<String> why = new ArrayList<>();
        if (name.length() > 63) {
            why.add("must be no more than 63 characters");
        }
        if (!isDnsPart(name)) {
            why.add(isSubdomain(name) ? "must not contain dots" : LABEL_RULE);
        }
        return why;
    }

    /** What is wrong with a key that {@link #isLabelKey} does not take. */
    public static String whyNoLabelKey(String key) {
        String[] parts = key.split("/", -1);
        if (parts.length > 2) {
            return KEY_RULE;
        }
        if (parts.length == 2 && !isSubdomain(parts[0])) {
            return "prefix part " + (parts[0].isEmpty() ? "must be non-empty" : SUBDOMAIN_RULE);
        }
        String name = parts[parts.length - 1];
        if (name.isEmpty()) {
            return "name part must be non-empty";
        }
        return name.length() > 63 ? "name part must be no more than 63 bytes" : QUALIFIED_RULE;
    }

    public static boolean isLabel(String name) {
        return name.length() <= 63 && isDnsPart(name);
    }

    public static boolean isSubdomain(String name) {
        if (name.isEmpty() || name.length() > 253) {
            return false;
        }
        for (String part : name.split("\\.", -1)) {
            if (!isDnsPart(part)) {
                return false;
            }
        }
        return true;
    }

    /** For kinds whose names are path segments only, such as RBAC's. */
    public static boolean isPathSegment(String name) {
        return !name.isEmpty()
                && !name.equals(".")
                && !name.equals("..")
                && name.indexOf('/') < 0
                && name.indexOf('%') < 0;
    }

    public static boolean isLabelKey(String key) {
        int slash = key.indexOf('/');
        if (slash >= 0) {
            return isSubdomain(key.substring(0, slash)) && isQualifiedPart(key.substring(slash + 1));
        }
        return isQualifiedPart(key);
    }

    public static boolean isLabelValue(String value) {
        return value.isEmpty() || isQualifiedPart(value);
    }

    private static boolean isQualifiedPart(String part) {
        if (part.isEmpty() || part.length() > 63) {
            return false;
        }
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            boolean inner = i > 0 && i < part.length() - 1 && (c == '-' || c == '_' || c == '.');
            if (!isAlphanumeric(c) && !inner) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDnsPart(String part) {
        if (part.isEmpty()) {
            return false;
        }
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            boolean lower = c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
            boolean inner = i > 0 && i < part.length() - 1 && c == '-';
            if (!lower && !inner) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAlphanumeric(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }
}
