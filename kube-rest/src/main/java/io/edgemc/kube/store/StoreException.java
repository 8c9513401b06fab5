package io.edgemc.kube.store;

import org.jspecify.annotations.Nullable;

/** Why a store refused; {@code kube-rest} turns each into its Kubernetes {@code Status}. */
public abstract sealed class StoreException extends RuntimeException {
    private StoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** The name is taken: 409 AlreadyExists. */
    public static final class AlreadyExists extends StoreException {
        public AlreadyExists(String message) {
            super(message, null);
        }
    }

    /** The object changed or went since it was read: the caller reads again, or answers 409 Conflict. */
    public static final class Stale extends StoreException {
        public Stale(String message) {
            super(message, null);
        }
    }

    /** The position is older than what is kept: 410 Expired. */
    public static final class Expired extends StoreException {
        public Expired(String message) {
            super(message, null);
        }
    }

    /** The store's own rules refuse the object: 422 Invalid, with the field. */
    public static final class Invalid extends StoreException {
        private final String field;

        public Invalid(String field, String message) {
            super(message, null);
            this.field = field;
        }

        public String field() {
            return field;
        }
    }

    /** A limit of the store is reached: 403 Forbidden, as a quota says it of the object that was to be written. */
    public static final class QuotaExceeded extends StoreException {
        private final KindRef kind;
        private final String name;

        /** @param why such as {@code exceeded quota: space, requested: objects=1, used: objects=5, limited: objects=5} */
        public QuotaExceeded(KindRef kind, String name, String why) {
            super(why, null);
            this.kind = kind;
            this.name = name;
        }

        public KindRef kind() {
            return kind;
        }

        public String name() {
            return name;
        }
    }

    /** What would hold the object is being deleted: 403 Forbidden. */
    public static final class Terminating extends StoreException {
        public Terminating(String message) {
            super(message, null);
        }
    }

    /** The store is away: 503 with Retry-After. */
    public static final class Unavailable extends StoreException {
        public Unavailable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
