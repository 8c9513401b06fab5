package io.edgemc.door.access;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What an AccessGrant gives (the domain rules, §14). */
public enum Role {
    PLATFORM_ADMIN("platform-admin", Scope.EVERYWHERE),
    INFRASTRUCTURE_OWNER("infrastructure-owner", Scope.EVERYWHERE),
    SPACE_ADMIN("space-admin", Scope.NAMED_SPACES),
    SPACE_EDITOR("space-editor", Scope.NAMED_SPACES),
    SPACE_VIEWER("space-viewer", Scope.NAMED_SPACES),
    COMPLIANCE_READER("compliance-reader", Scope.EVERYWHERE),
    COMPLIANCE_OFFICER("compliance-officer", Scope.EVERYWHERE),
    SUMMARY_READER("summary-reader", Scope.EVERYWHERE),
    AUDITOR("auditor", Scope.EVERYWHERE);

    /** What a grant of the role is about. */
    public enum Scope {
        /** The whole hub; the rules say which areas. */
        EVERYWHERE,
        /** The spaces that the grant names, by exact name. */
        NAMED_SPACES
    }

    private static final Map<String, Role> BY_TEXT =
            Arrays.stream(values()).collect(Collectors.toMap(Role::text, Function.identity()));

    private final String text;
    private final Scope scope;

    Role(String text, Scope scope) {
        this.text = text;
        this.scope = scope;
    }

    /** As in an AccessGrant: {@code platform-admin}. */
    public String text() {
        return text;
    }

    public Scope scope() {
        return scope;
    }

    /** The role of that name; empty for one that this version does not know, which then gives nothing. */
    public static Optional<Role> of(String text) {
        return Optional.ofNullable(BY_TEXT.get(text));
    }
}
