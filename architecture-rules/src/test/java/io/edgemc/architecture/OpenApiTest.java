package io.edgemc.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** {@code docs/openapi.yaml} has exactly the paths and verbs that the services' controllers serve. */
class OpenApiTest {
    private static final Set<String> VERBS = Set.of("get", "post", "put", "delete");

    @Test
    void documentsEveryPathAndNoOther() throws IOException {
        JsonNode api = YAMLMapper.builder().build().readTree(Files.readString(Path.of("../docs/openapi.yaml")));
        Set<String> documented = new TreeSet<>();
        api.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(verb -> VERBS.contains(verb.getKey()))
                        .forEach(verb -> documented.add(verb.getKey() + " " + path.getKey())));
        Set<String> served = new TreeSet<>();
        new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("io.edgemc").stream()
                        .filter(type -> type.isAnnotatedWith("org.springframework.web.bind.annotation.RestController"))
                        .forEach(controller -> addMappings(controller, served));
        assertThat(documented).isEqualTo(served);
    }

    private static void addMappings(JavaClass controller, Set<String> served) {
        String base = controller.getAnnotations().stream()
                .filter(annotation -> annotation.getRawType().getSimpleName().equals("RequestMapping"))
                .findFirst()
                .map(OpenApiTest::path)
                .orElse("");
        for (JavaMethod method : controller.getMethods()) {
            method.getAnnotations().stream()
                    .filter(annotation ->
                            annotation.getRawType().getSimpleName().endsWith("Mapping"))
                    .forEach(annotation -> served.add(verb(annotation) + " " + base + path(annotation)));
        }
    }

    private static String verb(JavaAnnotation<?> mapping) {
        return mapping.getRawType().getSimpleName().replace("Mapping", "").toLowerCase(Locale.ROOT);
    }

    private static String path(JavaAnnotation<?> mapping) {
        Optional<Object> value = mapping.get("value");
        return value.filter(paths -> ((Object[]) paths).length > 0)
                .map(paths -> String.valueOf(((Object[]) paths)[0]))
                .orElse("");
    }
}
