package io.edgemc.kube.kind;

import io.edgemc.kube.cel.SchemaRules;
import io.edgemc.kube.schema.Schema;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One served version of a kind.
 *
 * @param version such as {@code v1beta1}
 * @param schema the object's schema, {@link Schema#ANY} if unknown
 * @param openApi the same as JSON for {@code /openapi}; an object
 * @param openApiName name of the type in OpenAPI documents
 * @param columns table columns; the first is the name
 * @param subresources verbs by subresource that is served here, such as {@code status}
 * @param selectableFields JSON paths beyond metadata that field selectors may use
 * @param rules rules of a CRD's schema in CEL
 * @param scale what the {@code scale} subresource shows, null if it is not served
 * @param traits how this version stands to the others
 */
public record ServedVersion(
        String version,
        Schema schema,
        JsonNode openApi,
        String openApiName,
        List<PrinterColumn> columns,
        Map<String, Set<String>> subresources,
        Set<String> selectableFields,
        SchemaRules rules,
        @Nullable ScalePaths scale,
        VersionTraits traits) {
    public ServedVersion {
        columns = List.copyOf(columns);
        subresources = Map.copyOf(subresources);
        selectableFields = Set.copyOf(selectableFields);
    }

    /** A version like any other. */
    public ServedVersion(
            String version,
            Schema schema,
            JsonNode openApi,
            String openApiName,
            List<PrinterColumn> columns,
            Map<String, Set<String>> subresources,
            Set<String> selectableFields,
            SchemaRules rules,
            @Nullable ScalePaths scale) {
        this(
                version,
                schema,
                openApi,
                openApiName,
                columns,
                subresources,
                selectableFields,
                rules,
                scale,
                VersionTraits.NONE);
    }

    /** Without rules, and without {@code scale}. */
    public ServedVersion(
            String version,
            Schema schema,
            JsonNode openApi,
            String openApiName,
            List<PrinterColumn> columns,
            Map<String, Set<String>> subresources,
            Set<String> selectableFields) {
        this(version, schema, openApi, openApiName, columns, subresources, selectableFields, SchemaRules.NONE, null);
    }

    public boolean hasStatus() {
        return subresources.containsKey("status");
    }
}
