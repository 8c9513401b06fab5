package io.edgemc.kube.kind;

import tools.jackson.databind.node.ObjectNode;

/** How objects look in one version of their kind, where that is not how they rest in a store. */
public interface VersionForm {
    /** Objects go over the wire as they rest. */
    VersionForm SAME = new VersionForm() {
        @Override
        public void toWire(ObjectNode object) {}

        @Override
        public void toRest(ObjectNode object) {}
    };

    /** Brings a stored object into this version's form, in place. Its {@code apiVersion} is not the matter of this. */
    void toWire(ObjectNode object);

    /** Brings an object of this version into the form in which its kind is stored, in place, with its {@code apiVersion}. */
    void toRest(ObjectNode object);
}
