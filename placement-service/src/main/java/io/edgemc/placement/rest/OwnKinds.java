package io.edgemc.placement.rest;

import io.edgemc.kube.crd.CrdKinds;
import io.edgemc.kube.kind.ServedKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The kinds of {@code edge-mc.io}, from the CRD documents beside the code. */
final class OwnKinds {
    private static final String FOLDER = "/io/edgemc/placement/kinds/";

    private OwnKinds() {}

    static List<ServedKind> ofSystem() {
        return read("spaces", "accessgrants");
    }

    static List<ServedKind> ofInventory() {
        return read("clusters");
    }

    static List<ServedKind> ofSpaces() {
        return read("edgeplacements", "customizers", "overrides", "customtransforms", "summarydefinitions");
    }

    private static List<ServedKind> read(String... plurals) {
        YAMLMapper yaml = YAMLMapper.builder().build();
        return Stream.of(plurals).map(plural -> read(yaml, plural)).toList();
    }

    private static ServedKind read(YAMLMapper yaml, String plural) {
        try (InputStream crd = Objects.requireNonNull(OwnKinds.class.getResourceAsStream(FOLDER + plural + ".yaml"))) {
            return Objects.requireNonNull(CrdKinds.of(yaml.readTree(crd), ServedKind.Origin.OWN));
        } catch (IOException e) {
            throw new UncheckedIOException("the kind " + plural + " cannot be read", e);
        }
    }
}
