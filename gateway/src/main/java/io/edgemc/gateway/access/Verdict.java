package io.edgemc.gateway.access;

import io.edgemc.door.access.Role;
import java.util.Set;

/** What becomes of a request. */
public sealed interface Verdict {
    /** @param roles effective in the addressed area */
    record Allowed(Set<Role> roles) implements Verdict {}

    /** There is no such space, or none that this user may see: which of the two is not told. */
    record NoSuchSpace(String space) implements Verdict {}

    /** @param reason for the audit log and the answer */
    record Forbidden(String reason) implements Verdict {}

    /** The gateway does not know yet who may do what. */
    record NotReady() implements Verdict {}
}
