package io.edgemc.kube.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What {@code docs/kube-api.md} says of differences from an API server is what the cases say: how many there are, which are
 * meant and why, which are defects. With {@code -Dconformance.write=true} it is written there.
 */
class DocsTest {
    private static final Path DOCUMENT = Path.of("../docs/kube-api.md");
    private static final String BEGIN = "<!-- What follows is written by DocsTest. -->\n";
    private static final String END = "<!-- What precedes is written by DocsTest. -->\n";

    @Test
    void theDocumentSaysWhatTheCasesSay() throws IOException {
        String document = Files.readString(DOCUMENT);
        String expected = table(CaseFiles.all(), OpenCases.read());
        int begin = document.indexOf(BEGIN);
        int end = document.indexOf(END);
        assertThat(begin).as("has its marks").isPositive().isLessThan(end);
        if (Boolean.getBoolean("conformance.write")) {
            Files.writeString(
                    DOCUMENT,
                    document.substring(0, begin + BEGIN.length()) + "\n" + expected + "\n" + document.substring(end));
            return;
        }

        assertThat(document.substring(begin + BEGIN.length(), end).strip()).isEqualTo(expected.strip());
    }

    private static String table(List<Case> cases, OpenCases open) {
        StringBuilder text = new StringBuilder("| area | cases | differ for a reason | defects |\n|---|---|---|---|\n");
        Map<String, List<Case>> areas =
                cases.stream().collect(Collectors.groupingBy(Case::area, TreeMap::new, Collectors.toList()));
        areas.forEach((area, all) -> row(area, all, open, text));
        row("all", cases, open, text);
        text.append("\nThe reasons, with the number of cases and their areas:\n\n");
        Map<String, List<Case>> reasons = cases.stream()
                .filter(one -> one.differs() != null)
                .collect(Collectors.groupingBy(
                        one -> Objects.requireNonNull(one.differs()).reason(), TreeMap::new, Collectors.toList()));
        reasons.forEach((reason, all) -> text.append("- ")
                .append(reason)
                .append(" (")
                .append(all.size())
                .append("; ")
                .append(all.stream().map(Case::area).distinct().sorted().collect(Collectors.joining(", ")))
                .append(")\n"));
        return text.toString();
    }

    private static void row(String name, List<Case> cases, OpenCases open, StringBuilder text) {
        text.append("| ")
                .append(name)
                .append(" | ")
                .append(cases.size())
                .append(" | ")
                .append(cases.stream().filter(one -> one.differs() != null).count())
                .append(" | ")
                .append(cases.stream().filter(one -> open.contains(one.id())).count())
                .append(" |\n");
    }
}
