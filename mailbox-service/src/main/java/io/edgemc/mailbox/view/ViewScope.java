package io.edgemc.mailbox.view;

import io.edgemc.mailbox.postbox.MailboxHead;
import io.edgemc.mailbox.postbox.MailboxIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which clusters a view shows, and under which names their objects appear. */
sealed interface ViewScope {
    List<MailboxHead> heads(MailboxIndex index);

    String shownName(MailboxHead head, String name);

    /** Which objects a shown name may mean. */
    List<Named> named(MailboxIndex index, String shown);

    /** An object's own name at a cluster. */
    record Named(MailboxHead head, String name) {}

    /** One cluster; names stay as they are. */
    record One(String clusterUid) implements ViewScope {
        @Override
        public List<MailboxHead> heads(MailboxIndex index) {
            return index.find(clusterUid).map(List::of).orElse(List.of());
        }

        @Override
        public String shownName(MailboxHead head, String name) {
            return name;
        }

        @Override
        public List<Named> named(MailboxIndex index, String shown) {
            return heads(index).stream().map(head -> new Named(head, shown)).toList();
        }
    }

    /** All clusters; names begin with the cluster's, so that they do not collide in a client's cache. */
    record All() implements ViewScope {
        @Override
        public List<MailboxHead> heads(MailboxIndex index) {
            return List.copyOf(index.all());
        }

        @Override
        public String shownName(MailboxHead head, String name) {
            return head.clusterName() + "." + name;
        }

        @Override
        public List<Named> named(MailboxIndex index, String shown) {
            // Both names may have dots: every split that names a cluster is a candidate.
            List<Named> candidates = new ArrayList<>();
            for (int dot = shown.indexOf('.'); dot > 0; dot = shown.indexOf('.', dot + 1)) {
                Optional<MailboxHead> head = index.byName(shown.substring(0, dot));
                String name = shown.substring(dot + 1);
                head.filter(found -> !name.isEmpty()).ifPresent(found -> candidates.add(new Named(found, name)));
            }
            return candidates;
        }
    }
}
